import type { Me } from '../schemas/me.js';
import type { DistrictToken, TokenInfo, UserToken } from '../schemas/tokens.js';
import type { RequestOptions } from '../transport/index.js';
import type { AuthorizationUrl, AuthorizationUrlOptions, InstantLoginUrlOptions } from './authorization-url.js';
import type { CallbackInput } from './callback.js';
import type { DistrictTokensOptions } from './district-tokens.js';
import type { ExchangeCallbackOptions } from './exchange-callback.js';
import type { IdentifyOptions } from './identify.js';
import type { CleverIdentity } from './identity.js';
import type { IdTokenClaims, IdTokenExpectations } from './oidc/id-token.js';

/**
 * Clever's OAuth 2.0 flow, step by step, and the tokens that belong to an app: `clever.oauth`.
 *
 * Source: dev.clever.com/docs/oauth-implementation; RFC 6749.
 */
export interface CleverOAuth {
  /**
   * Builds the URL that starts a login. Sends nothing: redirect the browser to it.
   *
   * Carries `response_type`, `client_id`, `redirect_uri` and `state`, and `district_id` and `nonce` where given. It
   * names no scope, because an app's scopes are set at Clever.
   *
   * @param options - All optional; see {@link AuthorizationUrlOptions}.
   * @returns The URL, and the `state` to keep in the browser's session until the callback.
   * @throws {@link CleverConfigError} without a redirect URI, for an empty value, and for an `extraParams`
   * member that would replace one of the SDK's own.
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
  authorizationUrl(options?: AuthorizationUrlOptions): AuthorizationUrl;

  /**
   * Builds the link that logs the people of one district in from any web page of theirs. Sends nothing.
   *
   * Such a login ends at the app's first registered redirect URI and has no `state`: see
   * {@link CleverOAuth.exchangeCallback}. Does not work for the Clever Library. Source:
   * dev.clever.com/docs/identity-api.
   *
   * @throws {@link CleverConfigError} without a district's id.
   */
  instantLoginUrl(options: InstantLoginUrlOptions): string;

  /**
   * Turns the callback of a login into the person's token.
   *
   * Checks the callback first, strictly: exactly one `state`, equal to `expectedState`, and a code. Then
   * sends one `POST /oauth/tokens` with HTTP Basic. The code is never sent twice, whatever happens: it
   * works once and for one minute.
   *
   * A callback **without** `state` comes from a login that began inside Clever, or from an attacker who
   * wants to log your visitor in as another person. It is refused with reason `state_missing`: redirect to
   * a fresh `authorizationUrl()`, once, and use the code that comes back. Source:
   * dev.clever.com/docs/il-design.
   *
   * @param callback - The callback's URL, absolute or from its `/` on, or the request that brought it.
   * @param options - `expectedState` is required, and may be `undefined` when the session holds none.
   * @returns `access_token`, `token_type` and, for apps with OpenID Connect, the raw `id_token`. **The
   * id_token is not verified yet**: give the whole token to {@link CleverOAuth.identify}, which does.
   * Inspection and JSON hide the tokens; a spread copies them.
   * @throws {@link CleverCallbackError} when the callback must not become a login; `reason` says why.
   * Nothing was sent.
   * @throws {@link CleverTokenError} when Clever did not give a token: the code was used, has expired or
   * belongs to another app, or the credentials or the redirect URI are wrong.
   * @throws {@link CleverConnectionError} and {@link CleverTimeoutError} without a whole answer. The code
   * must be taken as used; start a new login.
   * @throws {@link CleverConfigError} for options that cannot work.
   * @throws the `reason` of the signal after an abort.
   *
   * @example
   * ```ts
   * import { type CleverClient, hasCode } from 'clever-sdk';
   *
   * async function callback(clever: CleverClient, request: Request, expectedState: string | undefined) {
   *   try {
   *     return await clever.oauth.exchangeCallback(request, { expectedState });
   *   } catch (error) {
   *     if (hasCode(error, 'oauth_callback') && error.reason === 'state_missing') {
   *       return clever.oauth.authorizationUrl(); // keep its state, redirect to its url
   *     }
   *     throw error;
   *   }
   * }
   * ```
   */
  exchangeCallback(callback: CallbackInput, options: ExchangeCallbackOptions): Promise<UserToken>;

  /**
   * Asks Clever whom a token was issued to and what it opens. Sends `GET /oauth/tokeninfo`.
   *
   * @returns `client_id`, to compare with your own where a token came from elsewhere, and `scopes`.
   * @throws {@link CleverAuthenticationError} when the token has expired or is none of Clever's.
   */
  tokenInfo(accessToken: string, options?: RequestOptions): Promise<TokenInfo>;

  /**
   * Whose token this is, as Clever sends it. Sends `GET /{version}/me`.
   *
   * In API v3 `type` is `user` for every person, not the role. Without `data.district`, the login came by
   * the Clever Library. Source: dev.clever.com/docs/new-in-api-v3.
   *
   * @throws {@link CleverAuthenticationError} when the token has expired: log the person in again.
   */
  me(accessToken: string, options?: RequestOptions): Promise<Me>;

  /**
   * Who a token belongs to: one stable answer from `/me`, `/users/{id}`, `/userinfo` and, if the token has
   * one, the verified id_token.
   *
   * Sends `GET /{version}/me`, then `GET /{version}/users/{id}` and `GET /userinfo` at once. Where the
   * token may not see one of the latter two, or `/userinfo` has trouble, the answer is made without it. A
   * login is the Library's when `authorized_by` is `teacher` or no district is named. Source:
   * dev.clever.com/docs/district-sso-vs-library-sso.
   *
   * @param token - The access token, or better the whole result of `exchangeCallback`: only that brings the id_token.
   * @param options.expectedNonce - The nonce that the authorization request sent, if it sent one.
   * @throws {@link CleverIdTokenError} when the token has an id_token that must not be trusted.
   * @throws {@link CleverAuthenticationError} when the token has expired.
   */
  identify(
    token: string | Pick<UserToken, 'access_token' | 'id_token'>,
    options?: IdentifyOptions,
  ): Promise<CleverIdentity>;

  /**
   * Verifies an id_token: RS256 signature by a key that the provider publishes, issuer, audience, times and nonce.
   *
   * Reads the provider's discovery document (once a day) and keys (once an hour, and once more for an unknown key).
   * Source: OpenID Connect Core 1.0 section 3.1.3.7.
   *
   * @throws {@link CleverIdTokenError} with the reason.
   */
  verifyIdToken(idToken: string, expectations?: IdTokenExpectations): Promise<IdTokenClaims>;

  /**
   * Fetches the app's district-app tokens: one per connected district. Sends
   * `GET /oauth/tokens?owner_type=district` with HTTP Basic, following a `next` link if the answer has one.
   *
   * Tokens may be replaced at any time: store `owner.id`, and fetch again after a 401. A district that
   * disconnected is no longer in the list (inferred). Source: dev.clever.com/docs/onboarding.
   *
   * @param options.districtId - Only this district's token, sent as `district`. Default: all.
   * @returns The tokens as Clever sends them; inspection and JSON hide `access_token`. Empty when no
   * district is connected.
   * @throws {@link CleverAuthenticationError} when the app's credentials are wrong.
   * @throws {@link CleverPaginationError} when a `next` link leads to another origin or in a circle.
   */
  districtTokens(options?: DistrictTokensOptions): Promise<DistrictToken[]>;
}
