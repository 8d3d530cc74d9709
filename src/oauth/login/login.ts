import { CleverConfigError } from '../../errors/index.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { defineInspect } from '../../privacy/index.js';
import { keysOf } from '../../util/keys-of.js';
import { lazily } from '../../util/lazily.js';
import { authorizationUrl } from '../authorization-url.js';
import type { OAuthConfig } from '../context.js';
import type { LoginFlow } from '../login-flow.js';
import { deriveCookieKeys } from './cookie-keys.js';
import { ownPath } from './return-to.js';
import type { CleverLogin, LoginOptions, LoginSettings } from './types.js';

const OPTION_KEYS = keysOf<LoginOptions>()({
  cookieSecret: true,
  onLogin: true,
  onError: true,
  onRepeat: true,
  currentUserId: true,
  cleverInitiated: true,
  extraParams: true,
  origins: true,
  retryPath: true,
});

/**
 * Creates a login. Checks every option immediately; the first request loads the handlers.
 *
 * @param flow - Returns the app's login flow, loading it if needed.
 */
export function createLogin<Context>(
  config: OAuthConfig,
  flow: () => LoginFlow | Promise<LoginFlow>,
  options: LoginOptions<Context>,
): CleverLogin<Context> {
  const { redirectUri } = config;
  if (redirectUri === undefined) {
    throw new CleverConfigError(
      'clever.login() needs `redirectUri`: pass it to createCleverClient(), as registered at Clever.',
    );
  }
  checkOptions(options);
  const { onError, onRepeat, currentUserId, cleverInitiated = 'restart', extraParams = {}, origins = [] } = options;
  const urlToClever: LoginSettings<Context>['urlToClever'] = (given) =>
    authorizationUrl(config, {
      ...given,
      extraParams: given.extraParams ? { ...extraParams, ...given.extraParams } : extraParams,
    }).url;
  // Invalid parameters of the authorization URL are refused now, not at the first login.
  urlToClever({});
  const retryPath = ownPath(options.retryPath);
  if (options.retryPath !== undefined && retryPath !== options.retryPath) {
    throw new CleverConfigError(
      'clever.login(): `retryPath` must be a path of the app, beginning with `/` and percent-encoded.',
    );
  }
  const settings: LoginSettings<Context> = {
    redirectUri,
    keys: deriveCookieKeys(options.cookieSecret),
    onLogin: (result) => options.onLogin(result),
    onError,
    onRepeat,
    currentUserId,
    cleverInitiated,
    urlToClever,
    origins,
    retryPath,
  };
  const handlers = lazily(async () => (await flow()).createHandlers(settings));
  const login: CleverLogin<Context> = {
    start: async (...given) => (await handlers()).start(...given),
    callback: async (...given) => (await handlers()).callback(...given),
  };
  return Object.freeze(defineInspect(login, () => ({ redirectUri, cleverInitiated })));
}

function checkOptions<Context>(options: LoginOptions<Context>): void {
  if (typeof options !== 'object' || options === null) {
    throw new CleverConfigError('clever.login() needs an object with `cookieSecret` and `onLogin`.');
  }
  assertKnownKeys('clever.login()', options, OPTION_KEYS);
  const { onLogin, onError, onRepeat, currentUserId, cleverInitiated, origins = [] } = options;
  if (typeof onLogin !== 'function') {
    throw new CleverConfigError('clever.login() needs `onLogin`, which creates the session and returns a Response.');
  }
  for (const [name, hook] of Object.entries({ onError, onRepeat, currentUserId })) {
    if (hook !== undefined && typeof hook !== 'function') {
      throw new CleverConfigError(`clever.login(): \`${name}\` must be a function.`);
    }
  }
  if (!Array.isArray(origins) || !origins.every(isOrigin)) {
    throw new CleverConfigError(
      "clever.login(): `origins` must be a list of the app's other origins, such as 'https://www.example.com', without paths.",
    );
  }
  if (cleverInitiated !== undefined && cleverInitiated !== 'restart' && cleverInitiated !== 'reject') {
    throw new CleverConfigError("clever.login(): `cleverInitiated` must be 'restart' (the default) or 'reject'.");
  }
}

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
}
