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
   * What to do with the id_token of a login: `'verify'` it if the login has one (default), `'require'` one
   * for every login except Library logins (which never have one), or `'ignore'` it. Source:
   * dev.clever.com/docs/oidc-implementation.
   */
  readonly idToken?: 'verify' | 'require' | 'ignore';
  /** Whether `clever.login` uses PKCE (RFC 7636). Default `false`: Clever does not document it. */
  readonly pkce?: boolean;
  /**
   * Replaces parts of the provider's metadata, for a provider other than Clever. Default: the discovered metadata, or
   * Clever's if discovery fails.
   */
  readonly metadata?: Partial<ProviderMetadata>;
}

/** The configuration of the OAuth layer: an app's credentials and the client's checked options. */
export interface OAuthConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The app's primary redirect URI; `undefined` for apps without logins. */
  readonly redirectUri: string | undefined;
  /** The origin of `/me`. */
  readonly apiOrigin: string;
  /** The origin of OAuth. */
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
  /** How answers that do not match their documented shape are handled; see `validation` of the client. */
  readonly validation: ValidationMode;
  /** Defaults of every request. */
  readonly request: RequestOptions;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly oidc: OidcOptions;
}

/** The path of Clever's token endpoint and of its list of tokens, on `authOrigin`. */
export const TOKENS_PATH = '/oauth/tokens';

/** Returns the provider's endpoints: those that the app configured, otherwise Clever's. Sends nothing. */
export function endpoints({ authOrigin, apiOrigin, oidc }: OAuthConfig): ProviderMetadata {
  return { ...builtInMetadata(authOrigin, apiOrigin), ...oidc.metadata };
}

/**
 * Returns the API layer for the app's own requests, which go to the Data API's origin unless another
 * transport is given.
 */
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

/** Checks whether a URL is plain http on this machine, the only place where OAuth may work without TLS. */
export function isLoopbackHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}
