import type { ApiVersion } from './api/context.js';
import { CleverConfigError } from './errors/index.js';
import { checkRedirectUri, isLoopbackHttp, type OidcOptions } from './oauth/index.js';
import { assertKnownKeys } from './options/known-keys.js';
import { checkStored } from './options/stored.js';
import { checkFunction, checkInteger } from './options/values.js';
import { Secret, type SecretSource } from './privacy/index.js';
import type { ValidationMode } from './records/index.js';
import {
  type ClientEvent,
  checkRequestOptions,
  type FetchFunction,
  type RateBudgetStore,
  REQUEST_DEFAULTS,
  REQUEST_KEYS,
  type RequestOptions,
} from './transport/index.js';
import { keysOf } from './util/keys-of.js';
import { isWebPage, missingBuiltIn, RUNTIMES } from './util/runtime.js';
import { VERSION } from './version.js';

/** The SDK's defaults, read by both the code and the docs. */
export const CLIENT_DEFAULTS = {
  apiVersion: 'v3.1',
  apiOrigin: 'https://api.clever.com',
  authOrigin: 'https://clever.com',
  /** Records per request for district-app tokens. */
  pageSize: 1_000,
  /** Pages requested ahead, starting with the second page. */
  prefetch: 1,
  ...REQUEST_DEFAULTS,
  validation: 'lenient',
  userAgent: `clever-sdk/${VERSION}`,
} as const;

/** The options that every client takes. Every one has a default. */
export interface CleverClientOptions extends RequestOptions {
  /** The Data API's version. Default `'v3.1'`. */
  readonly apiVersion?: ApiVersion;
  /**
   * The origin of the Data API and `/me`. Default `https://api.clever.com`, also for `undefined`, such as
   * an unset environment variable.
   */
  readonly apiOrigin?: string | undefined;
  /**
   * The origin of OAuth. Default `https://clever.com`, also for `undefined`, such as an unset environment
   * variable.
   */
  readonly authOrigin?: string | undefined;
  /** Replaces the global `fetch`, called as `(url, init)`. It must not retry. */
  readonly fetch?: FetchFunction;
  /**
   * Called for every request, answer, retry, page and record of an unexpected shape; see
   * {@link ClientEvent}. Errors that it throws are ignored.
   */
  readonly onEvent?: (event: ClientEvent) => void;
  /**
   * Where the request budgets of tokens are kept. The default is this process's memory, in which all
   * clients with the same token, `apiOrigin` and `fetch` share one budget: they pace their requests by
   * Clever's headers and receive no 429. A store of your own shares budgets between processes; `false`
   * sends without pacing. See {@link RateBudgetStore}.
   */
  readonly rateBudget?: RateBudgetStore | false;
  /** How a record that does not match its documented shape is handled. Default `'lenient'`. */
  readonly validation?: ValidationMode;
  /** Records per request with a district-app token, 1 to 10000. Default 1000. */
  readonly pageSize?: number;
  /** Pages requested ahead of the consumer, starting with the second page. Default 1. */
  readonly prefetch?: number;
  /**
   * Allows a client with an app's secret, or with a district's token, in a web page. Default `false`: everyone who
   * opens the page could read the secret, and with it every record of the district. Use the SDK on your server.
   */
  readonly dangerouslyAllowBrowser?: boolean;
  /** Sent as `User-Agent`. Default `clever-sdk/<version>`. */
  readonly userAgent?: string;
  /**
   * The current time in Unix milliseconds, against which the SDK compares the age of an event cursor, the
   * times of an id_token and the end of a rate limit. Default `Date.now`. Durations are measured with a
   * different clock. Where the answers of the Data API name another time in `Date`, cursors go by theirs.
   */
  readonly now?: () => number;
}

/** Options of a client without an app, which creates token clients but no logins. */
export interface TokenClientOptions extends CleverClientOptions {
  readonly clientId?: never;
  readonly clientSecret?: never;
  readonly redirectUri?: never;
  readonly oidc?: never;
}

/**
 * Options of a client that acts for an app. Values may be passed directly from environment variables; a
 * missing one throws.
 */
export interface AppClientOptions extends CleverClientOptions {
  /** The app's client id, from the dashboard's *Settings*. */
  readonly clientId: string | undefined;
  /** The app's client secret. */
  readonly clientSecret: string | SecretSource | undefined;
  /**
   * The app's **primary** redirect URI, the first in the dashboard's list, to which portal, Library and
   * Instant Login always return. Pass it exactly as registered, without a query. Needed for logins, but not
   * for rostering.
   */
  readonly redirectUri?: string | undefined;
  /** How to use OpenID Connect, if Clever has enabled it for the app. */
  readonly oidc?: OidcOptions;
}

/** The credentials of an app, checked. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly redirectUri: string | undefined;
}

/** Every option, checked, with its default filled in. */
export interface ResolvedConfig {
  readonly app: AppCredentials | undefined;
  readonly apiVersion: ApiVersion;
  readonly apiOrigin: string;
  readonly authOrigin: string;
  readonly fetch: FetchFunction | undefined;
  readonly onEvent: ((event: ClientEvent) => void) | undefined;
  readonly validation: ValidationMode;
  readonly pageSize: number;
  readonly prefetch: number;
  readonly userAgent: string;
  /** The store that paces requests to `apiOrigin`. */
  readonly rateBudget: RateBudgetStore | 'process' | undefined;
  readonly now: () => number;
  readonly request: RequestOptions;
  readonly oidc: OidcOptions;
  /** Whether the client may hold what opens a whole district: not in a web page, unless the app allows it. */
  readonly mayHoldSecrets: boolean;
}

const APP_KEYS = ['clientId', 'clientSecret', 'redirectUri'] as const;
const METADATA_KEYS = keysOf<NonNullable<OidcOptions['metadata']>>()({
  issuer: true,
  authorization_endpoint: true,
  token_endpoint: true,
  jwks_uri: true,
  userinfo_endpoint: true,
});
const OIDC_KEYS = keysOf<OidcOptions>()({ idToken: true, pkce: true, metadata: true });
const CLIENT_KEYS = keysOf<AppClientOptions>()({
  clientId: true,
  clientSecret: true,
  redirectUri: true,
  oidc: true,
  apiVersion: true,
  apiOrigin: true,
  authOrigin: true,
  fetch: true,
  onEvent: true,
  validation: true,
  pageSize: true,
  prefetch: true,
  userAgent: true,
  rateBudget: true,
  dangerouslyAllowBrowser: true,
  now: true,
  signal: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  maxResponseBytes: true,
  retry: true,
});

/**
 * Checks a client's options once, fills in the defaults and freezes the result. Reads only its argument.
 *
 * @throws {@link CleverConfigError} naming the option and what to pass.
 */
export function resolveConfig(options: AppClientOptions | TokenClientOptions = {}): ResolvedConfig {
  if (typeof options !== 'object' || options === null) {
    throw new CleverConfigError('createCleverClient() takes an options object or no argument.');
  }
  assertKnownKeys('createCleverClient()', options, CLIENT_KEYS);
  const missing = missingBuiltIn();
  if (missing !== undefined) {
    throw new CleverConfigError(`This runtime has no \`${missing}\`. The SDK runs on ${RUNTIMES}.`);
  }
  const { apiVersion = CLIENT_DEFAULTS.apiVersion, validation = CLIENT_DEFAULTS.validation, fetch, onEvent } = options;
  const {
    pageSize = CLIENT_DEFAULTS.pageSize,
    prefetch = CLIENT_DEFAULTS.prefetch,
    userAgent = CLIENT_DEFAULTS.userAgent,
  } = options;
  if (apiVersion !== 'v3.0' && apiVersion !== 'v3.1') {
    throw new CleverConfigError(
      "`apiVersion` must be 'v3.1' (the default) or 'v3.0'. Clever has closed or is closing older versions.",
    );
  }
  if (validation !== 'lenient' && validation !== 'strict' && validation !== 'off') {
    throw new CleverConfigError("`validation` must be 'lenient' (the default), 'strict' or 'off'.");
  }
  checkFunction('fetch', fetch);
  checkFunction('onEvent', onEvent);
  checkFunction('now', options.now);
  checkInteger('pageSize', pageSize, 1, 10_000);
  checkInteger('prefetch', prefetch, 0, 100);
  if (typeof userAgent !== 'string' || !/^[\x20-\x7e]+$/u.test(userAgent)) {
    throw new CleverConfigError('`userAgent` must be one line of printable ASCII.');
  }
  const { dangerouslyAllowBrowser = false } = options;
  if (typeof dangerouslyAllowBrowser !== 'boolean') {
    throw new CleverConfigError('`dangerouslyAllowBrowser` must be true or false.');
  }
  const mayHoldSecrets = dangerouslyAllowBrowser || !isWebPage();
  const apiOrigin = origin('apiOrigin', options.apiOrigin ?? CLIENT_DEFAULTS.apiOrigin);
  const authOrigin = origin('authOrigin', options.authOrigin ?? CLIENT_DEFAULTS.authOrigin);
  return Object.freeze({
    app: resolveApp(options, mayHoldSecrets),
    apiVersion,
    apiOrigin,
    authOrigin,
    fetch,
    onEvent,
    validation,
    pageSize,
    prefetch,
    userAgent,
    rateBudget: resolveBudget(options.rateBudget),
    // Date.now is looked up at each call, so that a test's fake clock is used.
    now: options.now ?? (() => Date.now()),
    request: resolveRequest(options),
    oidc: resolveOidc(options.oidc, authOrigin, apiOrigin),
    mayHoldSecrets,
  });
}

/**
 * Returns the app's credentials. Passing a credential, even as `undefined` from an unset variable, requests
 * an app client.
 */
function resolveApp(
  options: AppClientOptions | TokenClientOptions,
  mayHoldSecrets: boolean,
): AppCredentials | undefined {
  if (!APP_KEYS.some((key) => key in options)) {
    return undefined;
  }
  if (!mayHoldSecrets) {
    throw secretInPage("an app's client secret");
  }
  const { clientId, clientSecret, redirectUri } = options;
  return Object.freeze({
    clientId: text('clientId', clientId),
    clientSecret: new Secret(text('clientSecret', revealed(clientSecret))),
    redirectUri: redirectUri === undefined ? undefined : checkRedirectUri('createCleverClient()', redirectUri),
  });
}

/** Makes the error for a client that would hold a secret in a web page. */
export function secretInPage(secret: string): CleverConfigError {
  return new CleverConfigError(
    `This is a web page, where anyone can read ${secret}. Create the client on your server, and let the page ask the ` +
      'server. If only you open the page, `dangerouslyAllowBrowser: true` allows it.',
  );
}

/** Returns the plain secret of a secret source. Returns any other value unchanged, for the check that follows. */
function revealed(secret: unknown): unknown {
  const source = secret as Partial<SecretSource> | null | undefined;
  return typeof source?.reveal === 'function' ? source.reveal() : secret;
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new CleverConfigError(
      `\`${name}\` is missing. Pass \`clientId\` and \`clientSecret\` from the app's settings at Clever, or neither for a client that only reads with tokens.`,
    );
  }
  checkStored(`\`${name}\``, value);
  return value;
}

function origin(name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (
    url === undefined ||
    !(url.protocol === 'https:' || isLoopbackHttp(url.href)) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  ) {
    throw new CleverConfigError(
      `\`${name}\` must be an https origin such as '${CLIENT_DEFAULTS.apiOrigin}' (http on localhost only), without a path.`,
    );
  }
  return url.origin;
}

function resolveBudget(store: RateBudgetStore | false | undefined): ResolvedConfig['rateBudget'] {
  if (store === false) {
    return undefined;
  }
  if (store !== undefined && typeof store?.update !== 'function') {
    throw new CleverConfigError(
      '`rateBudget` must be a store with an `update` method, such as createMemoryRateBudget(), or `false`.',
    );
  }
  return store ?? 'process';
}

function resolveRequest(client: RequestOptions): RequestOptions {
  const given = REQUEST_KEYS.map((key) => [key, client[key]] as const).filter(([, value]) => value !== undefined);
  const options = Object.freeze(Object.fromEntries(given)) as RequestOptions;
  checkRequestOptions(options);
  return options;
}

function resolveOidc(oidc: OidcOptions = {}, authOrigin: string, apiOrigin: string): OidcOptions {
  assertKnownKeys('`oidc`', oidc, OIDC_KEYS);
  const { idToken = 'verify', pkce = false, metadata = {} } = oidc;
  if (idToken !== 'verify' && idToken !== 'require' && idToken !== 'ignore') {
    throw new CleverConfigError("`oidc.idToken` must be 'verify' (the default), 'require' or 'ignore'.");
  }
  if (typeof pkce !== 'boolean') {
    throw new CleverConfigError('`oidc.pkce` must be true or false.');
  }
  assertKnownKeys('`oidc.metadata`', metadata, METADATA_KEYS);
  for (const [name, url] of Object.entries(metadata)) {
    if (typeof url !== 'string' || !URL.canParse(url)) {
      throw new CleverConfigError(`\`oidc.metadata.${name}\` must be an absolute URL.`);
    }
    const home = name === 'userinfo_endpoint' ? apiOrigin : authOrigin;
    if (name !== 'issuer' && new URL(url).origin !== home) {
      throw new CleverConfigError(
        `\`oidc.metadata.${name}\` must be on the configured origin: secrets and tokens are not sent to any other.`,
      );
    }
  }
  return Object.freeze({ idToken, pkce, metadata: Object.freeze({ ...metadata }) });
}
