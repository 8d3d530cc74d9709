import { checkOptions } from '../options/known-keys.js';
import type { TokenInfo } from '../schemas/tokens.js';
import { bearer, REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { apiFor, type OAuthConfig } from './context.js';
import { checkAccessToken } from './input.js';

/** Implements {@link CleverOAuth.tokenInfo}. */
export async function tokenInfo(
  config: OAuthConfig,
  accessToken: string,
  options: RequestOptions = {},
): Promise<TokenInfo> {
  const call = 'oauth.tokenInfo()';
  checkAccessToken(call, accessToken);
  checkOptions(call, options, REQUEST_KEYS);
  const isUsable = (answer: Record<string, unknown>): boolean => typeof answer['client_id'] === 'string';
  return apiFor(config, bearer(accessToken), 'tokenInfo', config.authTransport).getBare(
    { call, kind: 'tokenInfo', path: '/oauth/tokeninfo', isVersioned: false, isUsable },
    options,
  );
}
