import { defineInspect } from '../privacy/index.js';
import { APP_SECRET } from '../util/app-secret.js';
import type { CleverLogin } from './login/types.js';
import type { CleverOAuth } from './types.js';

interface WithSecret {
  [APP_SECRET](): unknown;
}

/**
 * Returns an object in the place of `oauth` of a client that does not exist yet. Each call asks for it, so that
 * what `real` throws reaches the caller: as an exception of the methods that only build a URL, and as a rejection
 * of those that send.
 */
export function deferOAuth(real: () => CleverOAuth): CleverOAuth {
  const oauth: CleverOAuth = {
    authorizationUrl: (...given) => real().authorizationUrl(...given),
    instantLoginUrl: (...given) => real().instantLoginUrl(...given),
    exchangeCallback: async (...given) => real().exchangeCallback(...given),
    tokenInfo: async (...given) => real().tokenInfo(...given),
    me: async (...given) => real().me(...given),
    identify: async (...given) => real().identify(...given),
    verifyIdToken: async (...given) => real().verifyIdToken(...given),
    districtTokens: async (...given) => real().districtTokens(...given),
  };
  Object.defineProperty(oauth, APP_SECRET, { value: () => (real() as unknown as WithSecret)[APP_SECRET]() });
  return Object.freeze(defineInspect(oauth, () => ({ options: 'read at the first use' })));
}

/** Returns an object in the place of a login of a client that does not exist yet: see {@link deferOAuth}. */
export function deferLogin<Context>(real: () => CleverLogin<Context>): CleverLogin<Context> {
  const login: CleverLogin<Context> = {
    start: async (...given) => real().start(...given),
    callback: async (...given) => real().callback(...given),
  };
  return Object.freeze(defineInspect(login, () => ({ options: 'read at the first use' })));
}
