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
   * Builds the URL that starts a login. Sends nothing; redirect the browser to the URL.
   *
   * The URL contains `response_type`, `client_id`, `redirect_uri` and `state`, and `district_id` and
   * `nonce` if given. It contains no scope, because an app's scopes are set at Clever.
   *
   * @param options - All optional; see {@link AuthorizationUrlOptions}.
   * @returns The URL, and the `state` to keep in the browser's session until the callback.
   * @throws {@link CleverConfigError} without a redirect URI, for an empty value, or for a member of
   * `extraParams` that would replace a parameter set by the SDK.
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
   * Builds the link with which the people of one district log in from any of their web pages. Sends nothing.
   *
   * Such a login ends at the app's first registered redirect URI and has no `state`: see
   * {@link CleverOAuth.exchangeCallback}. Does not work for the Clever Library. Source:
   * dev.clever.com/docs/identity-api.
   *
   * @throws {@link CleverConfigError} without a district's id.
   */
  instantLoginUrl(options: InstantLoginUrlOptions): string;

  /**
   * Exchanges the callback of a login for the person's token.
   *
   * First checks the callback strictly: it must have exactly one `state`, equal to `expectedState`, and a
   * code. Then sends one `POST /oauth/tokens` with HTTP Basic. The code is never sent twice, because it
   * works only once, within one minute.
   *
   * A callback **without** `state` comes from a login that began inside Clever, or from an attacker who
   * wants to log your visitor in as another person. It is refused with reason `state_missing`: redirect
   * once to a new `authorizationUrl()` and use the code that it returns. Source:
   * dev.clever.com/docs/il-design.
   *
   * @param callback - The callback's URL, absolute or starting with `/`, or the request itself.
   * @param options - `expectedState` is required, and may be `undefined` if the session has none.
   * @returns `access_token`, `token_type` and, for apps with OpenID Connect, the raw `id_token`. **The
   * id_token is not verified yet**: pass the whole token to {@link CleverOAuth.identify}, which verifies
   * it. To keep the token, store `token.access_token`: printing and JSON show `[redacted]`, and a spread or
   * clone does not copy it.
   * @throws {@link CleverCallbackError} when the callback must not become a login; `reason` says why.
   * Nothing was sent.
   * @throws {@link CleverTokenError} when Clever did not return a token: the code was used, has expired or
   * belongs to another app, or the credentials or the redirect URI are wrong.
   * @throws {@link CleverConnectionError} and {@link CleverTimeoutError} when no complete answer arrived.
   * Treat the code as used and start a new login.
   * @throws {@link CleverConfigError} for options that cannot work.
   * @throws the signal's `reason` after an abort.
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
   * Reads which app a token was issued to and which scopes it has. Sends `GET /oauth/tokeninfo`.
   *
   * @returns `client_id`, to compare with your own if you received the token from elsewhere, and `scopes`.
   * @throws {@link CleverAuthenticationError} when the token has expired or was not issued by Clever.
   */
  tokenInfo(accessToken: string, options?: RequestOptions): Promise<TokenInfo>;

  /**
   * Reads whose token this is, as Clever sends it. Sends `GET /{version}/me`.
   *
   * In API v3 `type` is `user` for every person, not the role. If `data.district` is missing, the login
   * came through the Clever Library. Source: dev.clever.com/docs/new-in-api-v3.
   *
   * @throws {@link CleverAuthenticationError} when the token has expired: log the person in again.
   */
  me(accessToken: string, options?: RequestOptions): Promise<Me>;

  /**
   * Identifies the person that a token belongs to, from `/me`, `/users/{id}`, `/userinfo` and, if the token
   * has one, the verified id_token.
   *
   * Sends `GET /{version}/me`, then `GET /{version}/users/{id}` and `GET /userinfo` in parallel. If the
   * token has no access to one of the latter two, or `/userinfo` fails, the result is built without it. A
   * login is a Library login when `authorized_by` is `teacher` or no district is named. Source:
   * dev.clever.com/docs/district-sso-vs-library-sso.
   *
   * @param token - The access token, or preferably the whole result of `exchangeCallback`, which includes
   * the id_token.
   * @param options.expectedNonce - The nonce that the authorization request sent, if it sent one.
   * @throws {@link CleverIdTokenError} when the token has an id_token that must not be trusted.
   * @throws {@link CleverAuthenticationError} when the token has expired.
   */
  identify(
    token: string | Pick<UserToken, 'access_token' | 'id_token'>,
    options?: IdentifyOptions,
  ): Promise<CleverIdentity>;

  /**
   * Verifies an id_token: its RS256 signature with a key that the provider publishes, issuer, audience,
   * times and nonce.
   *
   * Reads the provider's discovery document (once a day) and keys (once an hour, and once more for an unknown key).
   * Source: OpenID Connect Core 1.0 section 3.1.3.7.
   *
   * @throws {@link CleverIdTokenError} when the token must not be trusted; `reason` says why.
   */
  verifyIdToken(idToken: string, expectations?: IdTokenExpectations): Promise<IdTokenClaims>;

  /**
   * Fetches the app's district-app tokens: one per connected district. Sends
   * `GET /oauth/tokens?owner_type=district` with HTTP Basic, following a `next` link if the answer has one.
   *
   * Clever may replace tokens at any time: store `owner.id`, and fetch the tokens again after a 401. A
   * district that has disconnected is no longer in the list (inferred). Source:
   * dev.clever.com/docs/onboarding.
   *
   * @param options.districtId - Only this district's token, sent as `district`. Default: all.
   * @returns The tokens as Clever sends them. Empty when no district is connected. To keep one, store its
   * `access_token`: printing and JSON show `[redacted]`, and a spread or clone does not copy it.
   * @throws {@link CleverAuthenticationError} when the app's credentials are wrong.
   * @throws {@link CleverPaginationError} when a `next` link points to another origin or to a page that was
   * already read.
   */
  districtTokens(options?: DistrictTokensOptions): Promise<DistrictToken[]>;
}
