import { Identity } from '../api/identity.js';
import { checkOptions } from '../options/known-keys.js';
import type { Me } from '../schemas/me.js';
import { bearer, REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { apiFor, type OAuthConfig } from './context.js';
import { checkAccessToken } from './input.js';

/** Implements {@link CleverOAuth.me}. */
export async function me(config: OAuthConfig, accessToken: string, options: RequestOptions = {}): Promise<Me> {
  const call = 'oauth.me()';
  checkAccessToken(call, accessToken);
  checkOptions(call, options, REQUEST_KEYS);
  return identityOf(config, accessToken).me(options);
}

/** Returns the calls that report whose token it is. */
export function identityOf(config: OAuthConfig, accessToken: string): Identity {
  return new Identity(apiFor(config, bearer(accessToken), 'person'));
}
