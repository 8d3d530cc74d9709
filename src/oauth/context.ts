import type { ApiVersion } from '../api/context.js';
import { ResourceApi } from '../api/resource-api.js';
import type { AdviceName } from '../errors/catalogue/statuses.js';
import type { Secret } from '../privacy/index.js';
import { NO_SENSITIVE_FIELDS } from '../privacy/index.js';
import type { ValidationMode } from '../records/index.js';
import type { Authorization, FetchFunction, RequestOptions, Transport } from '../transport/index.js';
import { builtInMetadata, type ProviderMetadata } from './oidc/built-in-metadata.js';

/** How a client uses OpenID Connect. */
export interface OidcOptions {
  /**
   * What to do with the id_token of a login: `'verify'` it when Clever sends one (default), `'require'` one
   * of every login except the Library's (which never has one), or `'ignore'` it. Source:
   * dev.clever.com/docs/oidc-implementation.
   */
  readonly idToken?: 'verify' | 'require' | 'ignore';
  /** Whether `clever.login` uses PKCE (RFC 7636). Default `false`: Clever does not document it. */
  readonly pkce?: boolean;
  /**
   * Replaces parts of the provider's metadata, for a provider that is not Clever. Default: discovery, else
   * Clever's own.
   */
  readonly metadata?: Partial<ProviderMetadata>;
}

/** What the OAuth layer is made from: an app's credentials and the client's checked options. */
export interface OAuthConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The app's primary redirect URI; `undefined` for apps without logins. */
  readonly redirectUri: string | undefined;
  /** Where `/me` lives. */
  readonly apiOrigin: string;
  /** Where OAuth lives. */
  readonly authOrigin: string;
  /** The Data API's version, which is part of the path of `/me`. */
  readonly apiVersion: ApiVersion;
  /** Sends to `apiOrigin`. */
  readonly apiTransport: Transport;
  /** Sends to `authOrigin`. */
  readonly authTransport: Transport;
  /** Replaces the global `fetch`. */
  readonly fetch: FetchFunction | undefined;
  readonly userAgent: string;
  /** What happens to an answer without its documented shape; see `validation` of the client. */
  readonly validation: ValidationMode;
  /** Defaults of every request. */
  readonly request: RequestOptions;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly oidc: OidcOptions;
}

/** Where Clever's token endpoint and its list of tokens are, below `authOrigin`. */
export const TOKENS_PATH = '/oauth/tokens';

/** Where the provider's endpoints are: what the app says of them, else Clever's. Needs no request. */
export function endpoints({ authOrigin, apiOrigin, oidc }: OAuthConfig): ProviderMetadata {
  return { ...builtInMetadata(authOrigin, apiOrigin), ...oidc.metadata };
}

/** The caller of a request of an app's: to the Data API's origin unless another transport is given. */
export function apiFor(
  config: OAuthConfig,
  authorization: Authorization,
  advice: AdviceName,
  transport: Transport = config.apiTransport,
): ResourceApi {
  const { apiVersion, validation, now } = config;
  return new ResourceApi({
    transport,
    authorization,
    apiVersion,
    validation,
    pageSize: undefined,
    prefetch: 0,
    now,
    sensitiveFields: NO_SENSITIVE_FIELDS,
    advice,
  });
}

/** Whether a URL is plain http on this very machine, the only place where OAuth may go without TLS. */
export function isLoopbackHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}
