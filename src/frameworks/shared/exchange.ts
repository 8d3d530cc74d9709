import type { CleverClient, UserToken } from '../../index.js';

/** The part of a client that a framework's login needs. */
export type OAuthClient = Pick<CleverClient, 'oauth'>;

/** Where a login begins at Clever, and as which app. */
export interface AuthorizationEndpoint {
  readonly clientId: string;
  /** Without a query. */
  readonly url: string;
}

/** Never sent: it only lets a client without a redirect URI of its own build the URL of a login. */
const ANY_REDIRECT_URI = 'https://app.invalid/callback';

/** Reads from a client where its logins begin. A client whose options are a function reads them now. */
export function authorizationEndpointOf({ oauth }: OAuthClient): AuthorizationEndpoint {
  const url = new URL(oauth.authorizationUrl({ redirectUri: ANY_REDIRECT_URI }).url);
  return { clientId: url.searchParams.get('client_id') ?? '', url: `${url.origin}${url.pathname}` };
}

/**
 * Exchanges a code of which the framework has checked the `state`. The exchange is the client's: one request with HTTP
 * Basic, which is never repeated.
 *
 * @param redirectUri - The one that the framework sent to Clever.
 */
export function exchangeChecked({ oauth }: OAuthClient, code: string, redirectUri: string): Promise<UserToken> {
  const callback = new URL(redirectUri);
  callback.search = String(new URLSearchParams({ code, state: CHECKED }));
  return oauth.exchangeCallback(callback, { expectedState: CHECKED, redirectUri });
}

/** The place of the `state` that the framework has compared. */
const CHECKED = 'checked-by-the-framework';
