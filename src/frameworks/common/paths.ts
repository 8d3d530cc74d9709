import type { LoginClient } from './login-steps.js';

/** The path of a client's redirect URI, as browsers see it. Without `redirectUri`, throws what the client throws. */
export function redirectPathOf({ oauth }: Pick<LoginClient, 'oauth'>): string {
  const redirectUri = new URL(oauth.authorizationUrl().url).searchParams.get('redirect_uri');
  return new URL(redirectUri ?? '').pathname;
}
