import { keysOf } from '../../util/keys-of.js';
import { assertKnownKeys, assertWholeNumber } from '../roster/checks.js';
import { SandboxError } from '../roster/error.js';
import { Random } from '../roster/random.js';
import { DEFAULT_STUDENTS, type DistrictSource, type ResolvedSource, resolveSource } from '../roster/sources.js';
import { API_VERSIONS, type ApiVersion } from './access/api-versions.js';
import type { RateLimitOptions } from './access/rate-limiter.js';
import { isRedirectUri } from './access/redirect-uris.js';
import { makeSecrets, type Secrets } from './access/secrets.js';
import { readState } from './state/read-state.js';
import type { SandboxState, SavedState } from './state/state-schema.js';

/** Options of {@link createSandbox}. All of them have defaults. */
export interface SandboxOptions {
  /**
   * The same seed produces the same data, ids, credentials and district tokens; where a district comes from files, its
   * token and the client secret are random. A whole number, 0 or more. Default 1.
   */
  readonly seed?: number;
  /**
   * Students of the default district. Cannot be combined with `districts`, each of which has its own
   * number. Default 1000.
   */
  readonly students?: number;
  /**
   * The districts: generated (`{ seed, students }`), given as records (`{ district, schools, users … }`) or
   * recorded (`await districtFromRecordings(folder)`). Default: one generated district that connected the
   * app, and a small one that did not, whose teachers can use the Library.
   */
  readonly districts?: readonly DistrictSource[];
  /** The app's client id. Default: 20 hexadecimal digits chosen by the seed. */
  readonly clientId?: string;
  /**
   * The app's client secret. Default: 40 hexadecimal digits chosen by the seed, or random ones when a district has
   * `credentials: 'random'`.
   */
  readonly clientSecret?: string;
  /**
   * The redirect URIs that the app registered. The first is the primary one, which the portal, the Library
   * and Instant Login use. Matched exactly. Default `http://localhost:3000/auth/clever/callback`, until
   * {@link Sandbox.registerRedirectUri} or the page of an unknown redirect URI registers another one.
   */
  readonly redirectUris?: readonly string[];
  /** The app's name in the portal, in the Library and on the consent screen. Default `My app`. */
  readonly appName?: string;
  /**
   * The address at which browsers and apps reach the sandbox, when a proxy or a tunnel is before it:
   * `https://clever.test`, without a path. Issuer, discovery document, `clientOptions()` and links name it, and the
   * sandbox answers at its host name. Default: the address of each request.
   */
  readonly publicUrl?: string;
  /**
   * Whether OpenID Connect is switched on for the app. At Clever it is off until support switches it on (source:
   * dev.clever.com/docs/oidc-implementation). Default `false`: no id_tokens, no discovery document, no keys.
   * `true`: district logins have an id_token; Library logins have none.
   */
  readonly oidc?: boolean;
  /**
   * Whether events are switched on for the app; at Clever, its developer does this in the dashboard.
   * Default `true`. `false`: no change is written as an event until {@link SandboxEvents.enable} is called.
   */
  readonly events?: boolean;
  /**
   * The API versions that the app may use. Default: both. `['v3.0']` is an app that did not ask Clever for
   * v3.1: the paths of v3.1 answer as they do for a token of the wrong kind (inferred).
   */
  readonly apiVersions?: readonly ApiVersion[];
  /** The rate limit of each bearer token. Default 1200 requests in 60000 ms. */
  readonly rateLimit?: RateLimitOptions;
  /** Lifetime of a user token, in milliseconds. Default 24 hours; Clever does not document its own. */
  readonly userTokenLifetimeMs?: number;
  /** How many of the latest requests `requests()` remembers. Default 1000; 0 for none. */
  readonly requestLogSize?: number;
  /**
   * Returns the time, in milliseconds since 1970. Default `Date.now`. Controls expiry, rate limits, events
   * and the days of attendance, but not generated rosters. {@link Sandbox.advance} sets it forward.
   */
  readonly clock?: () => number;
  /**
   * A state of another sandbox to continue from, as {@link Sandbox.snapshot} returned it, also after a JSON
   * round trip. Needs a sandbox with the same `seed` and districts. Default: the initial state.
   */
  readonly state?: SandboxState;
}

/** The app that the sandbox knows. */
export interface App {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiVersions: readonly ApiVersion[];
}

/** Every option, checked, with its default filled in. */
export interface ResolvedOptions {
  readonly seed: number;
  readonly app: App;
  /** Empty when the options name none. */
  readonly redirectUris: readonly string[];
  readonly sources: readonly ResolvedSource[];
  readonly secrets: Secrets;
  readonly rateLimit: Required<RateLimitOptions>;
  readonly userTokenLifetimeMs: number;
  readonly requestLogSize: number;
  readonly publicUrl: string | undefined;
  readonly oidc: boolean;
  readonly events: boolean;
  readonly clock: () => number;
  readonly state: SavedState | undefined;
}

const OPTION_KEYS = keysOf<SandboxOptions>()({
  seed: true,
  students: true,
  districts: true,
  clientId: true,
  clientSecret: true,
  redirectUris: true,
  rateLimit: true,
  userTokenLifetimeMs: true,
  requestLogSize: true,
  clock: true,
  appName: true,
  publicUrl: true,
  oidc: true,
  events: true,
  apiVersions: true,
  state: true,
});
const LIBRARY_STUDENTS = 240;
const DAY_MS = 86_400_000;

/**
 * Checks the sandbox's options and fills in the defaults.
 *
 * @throws {@link SandboxError} naming the option and what to pass.
 */
export function resolveOptions(options: SandboxOptions): ResolvedOptions {
  assertKnownKeys('createSandbox()', options, OPTION_KEYS);
  const { seed = 1, rateLimit = {}, userTokenLifetimeMs = DAY_MS, clock = Date.now, oidc = false } = options;
  const { requestLogSize = 1_000, events = true } = options;
  const { limit = 1_200, windowMs = 60_000 } = rateLimit;
  assertWholeNumber('seed', seed, 0);
  assertKnownKeys('`rateLimit`', rateLimit, ['limit', 'windowMs']);
  assertWholeNumber('rateLimit.limit', limit, 1);
  assertWholeNumber('rateLimit.windowMs', windowMs, 1_000);
  assertWholeNumber('userTokenLifetimeMs', userTokenLifetimeMs, 1);
  assertWholeNumber('requestLogSize', requestLogSize, 0);
  if (windowMs % 1_000 !== 0) {
    throw new SandboxError('`rateLimit.windowMs` must be whole seconds: Clever sends the end of a window in seconds.');
  }
  if (typeof oidc !== 'boolean') {
    throw new SandboxError('`oidc` must be true or false (the default).');
  }
  if (typeof events !== 'boolean') {
    throw new SandboxError('`events` must be true (the default) or false.');
  }
  if (typeof clock !== 'function') {
    throw new SandboxError('`clock` must be a function that returns milliseconds since 1970, like `Date.now`.');
  }
  const sources = resolveDistricts(options, seed);
  const state = options.state === undefined ? undefined : readState(options.state, { seed, sources });
  const secrets = makeSecrets(sources, state?.secrets);
  return {
    seed,
    app: resolveApp(options, seed, secrets),
    redirectUris: resolveRedirectUris(options),
    publicUrl: resolvePublicUrl(options),
    sources,
    secrets,
    rateLimit: { limit, windowMs },
    userTokenLifetimeMs,
    requestLogSize,
    oidc,
    events,
    clock,
    state,
  };
}

function resolveDistricts({ students, districts }: SandboxOptions, seed: number): ResolvedSource[] {
  if (districts === undefined) {
    return [
      resolveSource({ seed, students: students ?? DEFAULT_STUDENTS }, seed),
      resolveSource({ seed: seed + 1, students: LIBRARY_STUDENTS, connection: 'library' }, seed),
    ];
  }
  if (students !== undefined) {
    throw new SandboxError(
      '`students` is the size of the default district. With `districts`, set it in each of them instead.',
    );
  }
  if (!Array.isArray(districts) || districts.length === 0 || !districts.every(isSource)) {
    throw new SandboxError(
      '`districts` must be a list of at least one district. Await `districtFromRecordings()` first.',
    );
  }
  return districts.map((source, index) => resolveSource(source, seed + index));
}

/**
 * Detects a promise. A forgotten `await` before `districtFromRecordings()` is the likeliest mistake, and
 * its promise would count as `{}`.
 */
function isSource(source: unknown): boolean {
  return typeof source === 'object' && source !== null && !('then' in source);
}

function resolveApp(options: SandboxOptions, seed: number, secrets: Secrets): App {
  const random = new Random(seed, 'app');
  const [generatedId, secretOfSeed] = [random.hex(20), random.hex(40)];
  const generatedSecret = secrets.clientSecret ?? secretOfSeed;
  const { clientId = generatedId, clientSecret = generatedSecret, appName: name = 'My app' } = options;
  if (typeof name !== 'string' || name.trim() === '') {
    throw new SandboxError('`appName` must be text.');
  }
  if (![clientId, clientSecret].every((credential) => typeof credential === 'string' && credential !== '')) {
    throw new SandboxError('`clientId` and `clientSecret` must be text; leave them out for generated ones.');
  }
  return { name, clientId, clientSecret, apiVersions: resolveVersions(options) };
}

function resolveRedirectUris({ redirectUris }: SandboxOptions): readonly string[] {
  if (redirectUris === undefined) {
    return [];
  }
  if (!Array.isArray(redirectUris) || redirectUris.length === 0 || !redirectUris.every(isRedirectUri)) {
    throw new SandboxError(
      '`redirectUris` must be a list of at least one absolute URI without a fragment, the primary one first.',
    );
  }
  return [...redirectUris];
}

function resolvePublicUrl({ publicUrl }: SandboxOptions): string | undefined {
  if (publicUrl === undefined) {
    return undefined;
  }
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new SandboxError('`publicUrl` must be an origin without a path, such as https://clever.test.');
  }
  return url.origin;
}

function resolveVersions({ apiVersions = API_VERSIONS }: SandboxOptions): readonly ApiVersion[] {
  const isList = Array.isArray(apiVersions) && apiVersions.length > 0;
  if (!isList || !apiVersions.every((version) => API_VERSIONS.includes(version))) {
    throw new SandboxError("`apiVersions` must be a list of 'v3.0', 'v3.1' or both (the default).");
  }
  return [...apiVersions];
}
