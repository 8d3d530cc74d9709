import type { ApiVersion, ClientContext } from './api/context.js';
import { loadEngine } from './api/resource-api.js';
import {
  type AppClientOptions,
  type ResolvedConfig,
  resolveConfig,
  secretInPage,
  type TokenClientOptions,
} from './config.js';
import { CleverConfigError } from './errors/index.js';
import {
  type CleverLogin,
  type CleverOAuth,
  createDistrictTransport,
  createOAuth,
  deferLogin,
  deferOAuth,
  type LoginOptions,
  type OAuthConfig,
} from './oauth/index.js';
import { assertKnownKeys } from './options/known-keys.js';
import {
  defineInspect,
  NO_SENSITIVE_FIELDS,
  SENSITIVE_FIELDS,
  type SecretSource,
  type SensitiveFieldsChoice,
  type SensitiveFieldsIn,
  type SensitiveFieldsOption,
  sensitiveFieldsIn,
} from './privacy/index.js';
import { createDistrictClient, type DistrictClientOf, deferDistrictClient } from './resources/clients/district.js';
import { LibraryClient } from './resources/clients/library.js';
import { UserClient } from './resources/clients/user.js';
import {
  type Authorization,
  bearer,
  createTransport,
  type ServiceClock,
  type Transport,
  type TransportConfig,
} from './transport/index.js';
import { isObject } from './util/is-object.js';
import { keysOf } from './util/keys-of.js';
import { omitUndefined } from './util/omit-undefined.js';
import { once } from './util/once.js';

/**
 * A bearer token, or a function that returns the current one. The function is called before each request,
 * so tokens may rotate.
 */
export type TokenSource = string | SecretSource | (() => string | Promise<string>);

/** Whose token a client acts with. */
export interface TokenOptions {
  readonly token: TokenSource;
}

/**
 * A client that reads with tokens obtained elsewhere. Created by `createCleverClient()` without an app's credentials.
 *
 * @typeParam Version - The client's `apiVersion`: with `'v3.0'`, a district has neither LMS Connect nor attendance.
 */
export interface CleverTokenClient<Version extends ApiVersion = 'v3.1'> {
  /**
   * Reads a whole district with a district-app token of a Secure Sync connection. Sensitive student fields
   * are included only if requested by name: `sensitiveFields: ['frl_status']`.
   */
  district<const Option extends SensitiveFieldsOption = readonly []>(
    options: TokenOptions & SensitiveFieldsChoice<Option>,
  ): DistrictClientOf<Version, SensitiveFieldsIn<Option>>;
  /** Reads a teacher's classroom with the token of a Clever Library login. */
  library(options: TokenOptions): LibraryClient;
  /** Reads the signed-in person with the person's own token. */
  user(options: TokenOptions): UserClient;
}

/** Which of the app's connected districts a client reads. */
export interface DistrictIdOptions {
  /** Clever's id of the district. */
  readonly districtId: string;
}

/**
 * A client that acts for an app: it logs people in and finds the app's district tokens.
 *
 * @typeParam Version - The client's `apiVersion`: with `'v3.0'`, a district has neither LMS Connect nor attendance.
 */
export interface CleverClient<Version extends ApiVersion = 'v3.1'> extends CleverTokenClient<Version> {
  /** The steps of Clever's OAuth 2.0 flow, for apps that build their own login. */
  readonly oauth: CleverOAuth;
  /**
   * Creates the complete login as two web-standard handlers, which pass Clever's certification for every
   * way to log in.
   *
   * @typeParam Context - What the app passes with each request for its hooks; see {@link HookContext}.
   * @throws {@link CleverConfigError} without `redirectUri`, `onLogin` or a `cookieSecret` of 32 bytes.
   */
  login<Context = undefined>(options: LoginOptions<Context>): CleverLogin<Context>;
  /**
   * Reads a whole district, with its token or by its id. By id, the SDK looks up the token in the app's
   * list when it is first needed, and once more after a 401, because Clever may replace it. Reuse the
   * client, because it remembers the token.
   *
   * By id, calls throw {@link CleverDistrictDisconnectedError} when the district is not, or no longer, connected.
   */
  district<const Option extends SensitiveFieldsOption = readonly []>(
    options: (TokenOptions | DistrictIdOptions) & SensitiveFieldsChoice<Option>,
  ): DistrictClientOf<Version, SensitiveFieldsIn<Option>>;
}

const TOKEN_KEYS = keysOf<TokenOptions>()({ token: true });
const DISTRICT_ID_KEYS = keysOf<DistrictIdOptions>()({ districtId: true });
const CHOICE_KEYS = keysOf<SensitiveFieldsChoice<SensitiveFieldsOption>>()({ sensitiveFields: true });

/**
 * Creates a client for an app: logins with `oauth` and `login`, and a reader for each kind of token. Checks
 * every option immediately and reads no environment variables. Sends nothing before the first call that
 * needs it.
 *
 * @param options - The app's credentials and any of {@link CleverClientOptions}, or a function that returns
 * them. The function is called, and what it returns is checked, at the first use: a call of `oauth`, a request
 * to a login, the first read of a resource of `district()`, or a call of `library()` or `user()`. Until then a
 * module can create the client, its logins and its districts where no secret exists, as in `next build`. If
 * the function or a check throws, the next use tries again.
 * @throws {@link CleverConfigError} when an option is missing, unknown or invalid.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 *
 * const clever = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 *   redirectUri: 'https://app.example.com/auth/clever/callback',
 * });
 * const { url, state } = clever.oauth.authorizationUrl();
 * ```
 */
export function createCleverClient<Version extends ApiVersion = 'v3.1'>(
  options: Deferrable<AppClientOptions & VersionOption<Version>>,
): CleverClient<Version>;
/**
 * Creates a client without an app: it reads with tokens obtained elsewhere, and has no `oauth`.
 *
 * @param options - Any of {@link CleverClientOptions}, or a function that returns them at the first use.
 * @throws {@link CleverConfigError} when an option is unknown or invalid.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 *
 * const district = createCleverClient().district({ token: process.env['CLEVER_DISTRICT_TOKEN'] ?? '' });
 * for await (const school of district.schools.list()) {
 *   console.log(school.name);
 * }
 * ```
 */
export function createCleverClient<Version extends ApiVersion = 'v3.1'>(
  options?: Deferrable<TokenClientOptions & VersionOption<Version>>,
): CleverTokenClient<Version>;
export function createCleverClient(
  options?: Deferrable<AppClientOptions | TokenClientOptions>,
): CleverTokenClient<ApiVersion> {
  return typeof options === 'function' ? deferClient(options) : createClient(options);
}

/** Options, or a function that returns them when they are first needed. */
export type Deferrable<Options> = Options | (() => Options);

/** Creates the client of a function at the first use. What is asked of it before then are objects that forward. */
function deferClient(options: () => AppClientOptions | TokenClientOptions): CleverTokenClient<ApiVersion> {
  const real = once(() => createClient(checkReturned(options())) as CleverClient<ApiVersion>);
  const client: CleverClient<ApiVersion> = {
    oauth: deferOAuth(() => real().oauth),
    login: (given) => deferLogin(once(() => real().login(given))),
    district: (given: DistrictOptions) => deferDistrictClient(once(() => real().district(given))),
    library: (given) => real().library(given),
    user: (given) => real().user(given),
  };
  return Object.freeze(defineInspect(client, () => ({ options: 'read at the first use' })));
}

function checkReturned<Options extends object>(options: Options): Options {
  if (!isObject(options) || typeof options['then'] === 'function') {
    throw new CleverConfigError(
      'createCleverClient(): the function must return the options as an object, and not a promise of them.',
    );
  }
  return options;
}

function createClient(options?: AppClientOptions | TokenClientOptions): CleverTokenClient<ApiVersion> {
  const config = resolveConfig(options);
  const clock: ServiceClock = { aheadMs: 0 };
  const apiTransport = transportTo(config.apiOrigin, config, { rateBudget: config.rateBudget, clock });
  const oauthConfig = oauthConfigOf(config, apiTransport);
  const contextFor = (
    kind: ClientKind,
    transport: Transport,
    authorization: Authorization | undefined,
    sensitiveFields = NO_SENSITIVE_FIELDS,
  ): ClientContext => ({
    transport,
    authorization,
    apiVersion: config.apiVersion,
    validation: config.validation,
    pageSize: kind === 'district' ? config.pageSize : undefined,
    prefetch: config.prefetch,
    now: () => config.now() + clock.aheadMs,
    sensitiveFields,
    advice: kind,
  });
  const contextByToken = (kind: ClientKind, given: TokenOptions): ClientContext => {
    assertKnownKeys(`clever.${kind}()`, (given ?? {}) as object, TOKEN_KEYS);
    return contextFor(kind, apiTransport, bearer(given?.token));
  };
  const districtContext = (given: DistrictOptions): ClientContext => {
    const { sensitiveFields = [], ...source } = given ?? {};
    const fields = sensitiveFieldsIn(sensitiveFields);
    if (fields === undefined) {
      throw new CleverConfigError(
        `clever.district(): \`sensitiveFields\` must be 'all' or a list of: ${SENSITIVE_FIELDS.join(', ')}.`,
      );
    }
    assertKnownKeys('clever.district()', source, [...DISTRICT_ID_KEYS, ...TOKEN_KEYS, ...CHOICE_KEYS]);
    const { districtId, token } = source as Partial<DistrictIdOptions & TokenOptions>;
    if (districtId !== undefined && token !== undefined) {
      throw new CleverConfigError('clever.district(): pass `districtId` or `token`, not both.');
    }
    if (districtId !== undefined || (token === undefined && 'districtId' in source)) {
      return contextFor('district', connectionTo(oauthConfig, districtId), undefined, fields);
    }
    if (!config.mayHoldSecrets) {
      throw secretInPage("a district's token");
    }
    return contextFor('district', apiTransport, bearer(token), fields);
  };
  const client: CleverTokenClient<ApiVersion> = {
    district: (given: DistrictOptions) => createDistrictClient(districtContext(given)),
    library: (given) => new LibraryClient(contextByToken('library', given)),
    user: (given) => new UserClient(contextByToken('user', given)),
  };
  defineLogins(client, oauthConfig);
  return Object.freeze(defineInspect(client, () => describe(config)));
}

/** The API version of a client, as part of the client's type. */
export interface VersionOption<Version extends ApiVersion> {
  /** The Data API's version. Default `'v3.1'`, which added LMS Connect and attendance. */
  readonly apiVersion?: Version;
}

type DistrictOptions = (TokenOptions | DistrictIdOptions) & SensitiveFieldsChoice<SensitiveFieldsOption>;

type ClientKind = 'district' | 'library' | 'user';

function connectionTo(config: OAuthConfig | undefined, districtId: string | undefined): Transport {
  if (config === undefined) {
    throw noCredentials('look a district up by its id');
  }
  return createDistrictTransport(config, districtId);
}

function oauthConfigOf(config: ResolvedConfig, apiTransport: Transport): OAuthConfig | undefined {
  const { app, ...rest } = config;
  return app && { ...rest, ...app, apiTransport, authTransport: transportTo(config.authOrigin, config) };
}

/**
 * Defines `oauth` and `login`. Without credentials, reading them throws an error that names the missing
 * options; the types do not have them either.
 */
function defineLogins(client: CleverTokenClient<ApiVersion>, config: OAuthConfig | undefined): void {
  if (config === undefined) {
    for (const name of ['oauth', 'login']) {
      Object.defineProperty(client, name, {
        get() {
          throw noCredentials('log people in');
        },
      });
    }
    return;
  }
  const { oauth, login } = createOAuth(config);
  Object.defineProperty(client, 'oauth', { value: oauth, enumerable: true });
  Object.defineProperty(client, 'login', { value: login, enumerable: true });
}

function noCredentials(purpose: string): CleverConfigError {
  return new CleverConfigError(
    `This client has no app: pass \`clientId\` and \`clientSecret\` to createCleverClient() to ${purpose}.`,
  );
}

/** @param ofApi - For the Data API only: Clever does not limit OAuth requests, and no cursor is used in them. */
function transportTo(
  origin: string,
  config: ResolvedConfig,
  ofApi: Pick<TransportConfig, 'rateBudget' | 'clock'> = {},
): Transport {
  const { fetch, userAgent, onEvent, now, request } = config;
  return createTransport({ origin, fetch, userAgent, onEvent, now, ...ofApi, defaults: request }, loadEngine);
}

function describe({ app, apiOrigin, authOrigin, apiVersion }: ResolvedConfig): object {
  return omitUndefined({ clientId: app?.clientId, apiOrigin, authOrigin, apiVersion });
}
