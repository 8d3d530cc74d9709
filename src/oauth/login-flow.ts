import { keysOf } from '../options/keys-of.js';
import { checkOptions } from '../options/known-keys.js';
import { REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { exchangeCallback } from './callback.js';
import { endpoints, type OAuthConfig } from './context.js';
import { districtTokens } from './district-tokens.js';
import { identify } from './identify.js';
import type { CleverOAuth } from './index.js';
import { me } from './me.js';
import { Discovery } from './oidc/discovery.js';
import { type IdTokenExpectations, IdTokenVerifier } from './oidc/id-token.js';
import { KeySet } from './oidc/jwks.js';
import { tokenInfo } from './token-info.js';

/** Those methods of `clever.oauth` that send something: all but the two that build an address. */
export type SendingMethods = Omit<CleverOAuth, 'authorizationUrl' | 'instantLoginUrl'>;

const EXPECTATION_KEYS = [
  ...keysOf<Omit<IdTokenExpectations, keyof RequestOptions>>()({ expectedNonce: true }),
  ...REQUEST_KEYS,
];

/** Makes them for an app. In a module of its own, because a rostering job with a token needs none of what they bring along. */
export function createSendingMethods(config: OAuthConfig): SendingMethods {
  const { clientId, authTransport, now, oidc } = config;
  const discovery = new Discovery(authTransport, endpoints(config), oidc.metadata ?? {});
  const verifier = new IdTokenVerifier({ clientId, discovery, keys: new KeySet(authTransport), now });
  return {
    exchangeCallback: (callback, options) => exchangeCallback(config, callback, options),
    tokenInfo: (accessToken, options) => tokenInfo(config, accessToken, options),
    me: (accessToken, options) => me(config, accessToken, options),
    identify: (token, options) => identify(config, verifier, token, options),
    verifyIdToken: async (idToken, expectations = {}) => {
      checkOptions('oauth.verifyIdToken()', expectations, EXPECTATION_KEYS);
      return verifier.verify(idToken, expectations);
    },
    districtTokens: (options) => districtTokens(config, options),
  };
}
