import { addCookies, webRequest } from '../../adapters/node.js';
import { CleverConfigError } from '../../errors/config.js';
import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { createLoginSteps } from '../common/login-steps.js';
import type { H3LikeEvent, OAuthCleverConfig, OAuthCleverOptions } from './types.js';

const OPTION_KEYS = keysOf<OAuthCleverOptions>()({ config: true, onSuccess: true, onError: true });
const CONFIG_KEYS = keysOf<OAuthCleverConfig>()({
  client: true,
  cookieSecret: true,
  cleverInitiated: true,
  extraParams: true,
  origins: true,
  retryPath: true,
});

/**
 * Defines the event handler of one route that is the button's address and `redirectUri`, as every provider of
 * nuxt-auth-utils is: with a `code`, a `state` or an `error`, a request is Clever's callback, otherwise it starts a
 * login.
 *
 * Works in Nuxt 3 and 4, whose server is h3 1. nuxt-auth-utils is not needed, only usual. A callback that was answered
 * before (reload, back button) starts the login again, which the person does not notice while signed in at Clever.
 *
 * @throws `CleverConfigError` for an unknown option, and for what `clever.login` refuses.
 *
 * @example
 * ```ts
 * // server/routes/auth/clever.get.ts
 * import { createCleverClient } from 'clever-sdk';
 * import { defineOAuthCleverEventHandler } from 'clever-sdk/nuxt';
 *
 * const client = createCleverClient(() => ({
 *   clientId: process.env['NUXT_OAUTH_CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['NUXT_OAUTH_CLEVER_CLIENT_SECRET'],
 *   redirectUri: 'https://app.example.com/auth/clever',
 * }));
 * export default defineOAuthCleverEventHandler({
 *   config: { client, cookieSecret: process.env['NUXT_SESSION_PASSWORD'] },
 *   onSuccess: async (event, { user, returnTo }) => {
 *     // await replaceUserSession(event, { user: { id: user.id, name: user.name.first } });
 *     // return sendRedirect(event, returnTo);
 *   },
 * });
 * ```
 */
export function defineOAuthCleverEventHandler<Event extends H3LikeEvent = H3LikeEvent>(
  options: OAuthCleverOptions<Event>,
): (event: Event) => Promise<unknown> {
  checkOptions('defineOAuthCleverEventHandler()', options, OPTION_KEYS);
  const { config, onSuccess, onError } = options;
  checkOptions('defineOAuthCleverEventHandler(): `config`', config, CONFIG_KEYS);
  if (typeof onSuccess !== 'function') {
    throw new CleverConfigError('defineOAuthCleverEventHandler() needs `onSuccess`, which creates the session.');
  }
  const { client, ...settings } = config;
  const takeStep = createLoginSteps(client, settings, onError !== undefined);
  const handler = async (event: Event): Promise<unknown> => {
    const { req, res } = event.node;
    const { response, cookies, result, failure } = await takeStep(webRequest(req));
    if (result === undefined && failure === undefined) {
      return response;
    }
    // Before the app answers: h3's `sendRedirect` ends the response.
    addCookies(res, cookies);
    if (result !== undefined) {
      const { identity: user, token: tokens, returnTo } = result;
      return onSuccess(event, { user, tokens, returnTo });
    }
    return failure && onError?.(event, failure.error);
  };
  // How h3 1 recognises an event handler. Source: h3's src/event/utils.ts.
  return Object.assign(handler, { __is_handler__: true as const });
}
