import { checkOptions } from '../options/known-keys.js';
import { refusePlaceholder } from '../options/stored.js';
import { REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { keysOf } from '../util/keys-of.js';
import { endpoints, type OAuthConfig } from './context.js';
import { districtTokens } from './district-tokens.js';
import { exchangeCallback } from './exchange-callback.js';
import { identify } from './identify.js';
import { checkParameter } from './input.js';
import { createHandlers } from './login/handlers.js';
import type { CleverLogin, LoginSettings } from './login/types.js';
import { me } from './me.js';
import { Discovery, KeySet } from './oidc/discovery.js';
import { type IdTokenExpectations, IdTokenVerifier } from './oidc/id-token.js';
import { tokenInfo } from './token-info.js';
import type { CleverOAuth } from './types.js';

/** The methods of `clever.oauth` that send requests, and the handlers of `clever.login`. */
export interface LoginFlow extends Omit<CleverOAuth, 'authorizationUrl' | 'instantLoginUrl'> {
  /** Creates the two handlers of a login. */
  createHandlers<Context>(settings: LoginSettings<Context>): CleverLogin<Context>;
}

const EXPECTATION_KEYS = [
  ...keysOf<Omit<IdTokenExpectations, keyof RequestOptions>>()({ expectedNonce: true }),
  ...REQUEST_KEYS,
];

/**
 * Creates the login flow of an app. A rostering job with a token does not need it, so this file is loaded
 * by the first call that does.
 */
export function createLoginFlow(config: OAuthConfig): LoginFlow {
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
      refusePlaceholder('oauth.verifyIdToken(): the id_token', idToken);
      checkParameter('oauth.verifyIdToken()', 'expectedNonce', expectations.expectedNonce);
      return verifier.verify(idToken, expectations);
    },
    districtTokens: (options) => districtTokens(config, options),
    createHandlers: (settings) => createHandlers({ config, verifier }, settings),
  };
}

export { createEntryHandler } from './login/entry-handler.js';
