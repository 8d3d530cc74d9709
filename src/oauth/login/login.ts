import { CleverConfigError } from '../../errors/index.js';
import { lazily } from '../../lazily.js';
import { keysOf } from '../../options/keys-of.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { defineInspect } from '../../privacy/index.js';
import type { CleverOAuth } from '../index.js';
import { type CookieKeys, deriveCookieKeys } from './cookie-keys.js';
import { ownPath } from './return-to.js';
import type { CleverLogin, LoginOptions } from './types.js';

const OPTION_KEYS = keysOf<LoginOptions>()({
  cookieSecret: true,
  onLogin: true,
  onError: true,
  onRepeat: true,
  currentUserId: true,
  cleverInitiated: true,
  extraParams: true,
  retryPath: true,
});

/** What a login needs of the layers around it. */
export interface LoginContext {
  readonly redirectUri: string;
  readonly oauth: Pick<CleverOAuth, 'authorizationUrl' | 'exchangeCallback' | 'identify'>;
  readonly usesPkce: boolean;
}

/** What the app chose, checked, with every default filled in. */
export interface LoginSettings
  extends Required<Pick<LoginOptions, 'onLogin' | 'cleverInitiated' | 'extraParams' | 'retryPath'>> {
  readonly onError: LoginOptions['onError'] | undefined;
  readonly onRepeat: LoginOptions['onRepeat'] | undefined;
  readonly currentUserId: LoginOptions['currentUserId'] | undefined;
  readonly keys: CookieKeys;
}

/** Makes a login. Checks every option now; the first request loads what handles it. */
export function createLogin(context: LoginContext, options: LoginOptions): CleverLogin {
  checkOptions(options);
  const { onError, onRepeat, currentUserId, cleverInitiated = 'restart', extraParams = {} } = options;
  // What cannot go into an authorization URL is refused now, not at the first login.
  context.oauth.authorizationUrl({ extraParams });
  const retryPath = ownPath(options.retryPath);
  if (options.retryPath !== undefined && retryPath !== options.retryPath) {
    throw new CleverConfigError('clever.login(): `retryPath` must be a path of the app, beginning with `/`.');
  }
  const keys = deriveCookieKeys(options.cookieSecret);
  const onLogin: LoginOptions['onLogin'] = (result) => options.onLogin(result);
  const hooks = { onLogin, onError, onRepeat, currentUserId };
  const handlers = lazily(async () => {
    const { createHandlers } = await import('./handlers.js');
    return createHandlers(context, { ...hooks, cleverInitiated, extraParams, retryPath, keys });
  });
  const login: CleverLogin = {
    start: async (...given) => (await handlers()).start(...given),
    callback: async (...given) => (await handlers()).callback(...given),
  };
  return Object.freeze(defineInspect(login, () => ({ redirectUri: context.redirectUri, cleverInitiated })));
}

function checkOptions(options: LoginOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new CleverConfigError('clever.login() needs an object with `cookieSecret` and `onLogin`.');
  }
  assertKnownKeys('clever.login()', options, OPTION_KEYS);
  const { onLogin, onError, onRepeat, currentUserId, cleverInitiated } = options;
  if (typeof onLogin !== 'function') {
    throw new CleverConfigError('clever.login() needs `onLogin`, which makes the session and answers with a Response.');
  }
  for (const [name, hook] of Object.entries({ onError, onRepeat, currentUserId })) {
    if (hook !== undefined && typeof hook !== 'function') {
      throw new CleverConfigError(`clever.login(): \`${name}\` must be a function.`);
    }
  }
  if (cleverInitiated !== undefined && cleverInitiated !== 'restart' && cleverInitiated !== 'reject') {
    throw new CleverConfigError("clever.login(): `cleverInitiated` must be 'restart' (the default) or 'reject'.");
  }
}
