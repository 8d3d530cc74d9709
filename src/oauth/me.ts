import { checkOptions } from '../options/known-keys.js';
import { deliver, notAnEnvelope } from '../records/index.js';
import type { Me } from '../schemas/me.js';
import { bearer, REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { isObject } from '../util/is-object.js';
import type { OAuthConfig } from './context.js';
import { checkAccessToken } from './input.js';

const ADVICE = {
  401: 'The token has expired or was revoked: send the person through the login again.',
  404: 'This is not the token of a signed-in person. District-app tokens belong to clever.district().',
};

/** Implements {@link CleverOAuth.me}. */
export async function me(config: OAuthConfig, accessToken: string, options: RequestOptions = {}): Promise<Me> {
  const call = 'oauth.me()';
  checkAccessToken(call, accessToken);
  checkOptions(call, options, REQUEST_KEYS);
  const { apiTransport: transport, apiVersion } = config;
  const pathTemplate = `/${apiVersion}/me`;
  const { json } = await transport.send({
    method: 'GET',
    pathTemplate,
    path: pathTemplate,
    authorization: bearer(accessToken),
    options,
    advice: ADVICE,
  });
  if (!isObject(json) || !isObject(json['data']) || typeof json['data']['id'] !== 'string') {
    throw notAnEnvelope('GET', pathTemplate);
  }
  return deliver({ transport, method: 'GET', pathTemplate, validation: config.validation }, 'me', json);
}
