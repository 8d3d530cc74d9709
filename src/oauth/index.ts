export type { AuthorizationUrl, AuthorizationUrlOptions, InstantLoginUrlOptions } from './authorization-url.js';
export type { CallbackInput, CallbackRequest } from './callback.js';
export { isLoopbackHttp, type OAuthConfig, type OidcOptions } from './context.js';
export { createOAuth } from './create.js';
export { deferLogin, deferOAuth } from './deferred.js';
export type { DistrictTokensDiff, StoredDistrictToken } from './diff-district-tokens.js';
export type { DistrictTokensOptions } from './district-tokens.js';
export { createDistrictTransport } from './district-transport.js';
export type { ExchangeCallbackOptions } from './exchange-callback.js';
export type { IdentifyOptions } from './identify.js';
export type { CleverIdentity, IdentityRole } from './identity.js';
export { checkRedirectUri } from './input.js';
export type { CookieSecret } from './login/cookie-keys.js';
export type {
  CleverEntryAnswer,
  CleverEntryFailure,
  CleverEntryOptions,
  CleverEntryStart,
  CleverLogin,
  HandlerOptions,
  HookContext,
  LoginFailure,
  LoginOptions,
  LoginRepeat,
  LoginResult,
  StartOptions,
} from './login/types.js';
export type { ProviderMetadata } from './oidc/built-in-metadata.js';
export type { IdTokenClaims, IdTokenExpectations } from './oidc/id-token.js';
export type { CleverOAuth } from './types.js';
