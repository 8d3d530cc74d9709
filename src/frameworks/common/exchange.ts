import { CleverConfigError } from '../../errors/config.js';
import type { CleverClient, SecretSource, UserToken } from '../../index.js';
import { APP_SECRET } from '../../util/app-secret.js';

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

/** The callback of a framework's login, and the `state` that this browser has. */
export interface FrameworkCallback {
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly expectedState: string | undefined;
}

/**
 * Exchanges the code of a framework's callback. The exchange is the client's: it compares the `state`, and sends one
 * request with HTTP Basic, which is never repeated.
 *
 * @param redirectUri - The one that the framework sent to Clever.
 */
export function exchangeCode(
  { oauth }: OAuthClient,
  redirectUri: string,
  { code = '', state = '', expectedState }: FrameworkCallback,
): Promise<UserToken> {
  const callback = new URL(redirectUri);
  callback.search = String(new URLSearchParams({ code, state }));
  return oauth.exchangeCallback(callback, { expectedState, redirectUri });
}

/** The same for a framework that has compared the `state` and does not hand it over. */
export function exchangeCheckedCode(client: OAuthClient, redirectUri: string, code: string): Promise<UserToken> {
  return exchangeCode(client, redirectUri, { code, state: CHECKED, expectedState: CHECKED });
}

const CHECKED = 'checked-by-the-framework';

/** Returns the app's secret, for a framework that exchanges codes itself and therefore has to have it. */
export function appSecretOf({ oauth }: OAuthClient): string {
  const secret = (oauth as { [APP_SECRET]?: () => SecretSource })[APP_SECRET]?.();
  if (secret === undefined) {
    throw new CleverConfigError(
      '`client` must be a client that createCleverClient() made with the credentials of an app.',
    );
  }
  return secret.reveal();
}
