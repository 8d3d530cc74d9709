import { defineInspect } from '../privacy/index.js';
import { APP_SECRET } from '../util/app-secret.js';
import { lazily } from '../util/lazily.js';
import { authorizationUrl, instantLoginUrl } from './authorization-url.js';
import type { OAuthConfig } from './context.js';
import { createLogin } from './login/login.js';
import type { CleverLogin, LoginOptions } from './login/types.js';
import type { CleverOAuth } from './types.js';

/** The login members of a client with an app's credentials. */
export interface AppLogins {
  readonly oauth: CleverOAuth;
  readonly login: <Context = undefined>(options: LoginOptions<Context>) => CleverLogin<Context>;
}

/**
 * Creates `oauth` and `login` of a client. Their methods do not use `this`. Methods that build a URL are
 * loaded with the client; methods that send or answer a request are loaded by the first call to one of
 * them.
 *
 * @param config - Checked by the client's factory.
 */
export function createOAuth(config: OAuthConfig): AppLogins {
  const { clientId, clientSecret, redirectUri, authOrigin, apiOrigin } = config;
  const flow = lazily(async () => (await import('./login-flow.js')).createLoginFlow(config));
  const oauth: CleverOAuth = {
    authorizationUrl: (options) => authorizationUrl(config, options),
    instantLoginUrl: (options) => instantLoginUrl(config, options),
    exchangeCallback: async (...given) => (await flow()).exchangeCallback(...given),
    tokenInfo: async (...given) => (await flow()).tokenInfo(...given),
    me: async (...given) => (await flow()).me(...given),
    identify: async (...given) => (await flow()).identify(...given),
    verifyIdToken: async (...given) => (await flow()).verifyIdToken(...given),
    districtTokens: async (...given) => (await flow()).districtTokens(...given),
  };
  Object.defineProperty(oauth, APP_SECRET, { value: () => clientSecret });
  return {
    oauth: Object.freeze(defineInspect(oauth, () => ({ clientId, redirectUri, authOrigin, apiOrigin }))),
    login: (options) => createLogin(config, flow, options),
  };
}
