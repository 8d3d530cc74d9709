import { checkOptions } from '../options/known-keys.js';
import { deliver, notAnEnvelope } from '../records/index.js';
import type { TokenInfo } from '../schemas/token-info.js';
import { bearer, REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { isObject } from '../util/is-object.js';
import type { OAuthConfig } from './context.js';
import { checkAccessToken } from './input.js';

const PATH = '/oauth/tokeninfo';
const ADVICE = {
  401: 'Clever does not know this token, or it has expired: send the person through the login again.',
};

/** Implements {@link CleverOAuth.tokenInfo}. */
export async function tokenInfo(
  config: OAuthConfig,
  accessToken: string,
  options: RequestOptions = {},
): Promise<TokenInfo> {
  const call = 'oauth.tokenInfo()';
  checkAccessToken(call, accessToken);
  checkOptions(call, options, REQUEST_KEYS);
  const { authTransport: transport } = config;
  const { json } = await transport.send({
    method: 'GET',
    pathTemplate: PATH,
    path: PATH,
    authorization: bearer(accessToken),
    options,
    advice: ADVICE,
  });
  if (!isObject(json) || typeof json['client_id'] !== 'string') {
    throw notAnEnvelope('GET', PATH);
  }
  return deliver({ transport, method: 'GET', pathTemplate: PATH, validation: config.validation }, 'tokenInfo', json);
}
