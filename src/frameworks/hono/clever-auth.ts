import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { isCallback } from '../common/login-steps.js';
import { redirectPathOf } from '../common/paths.js';
import type { CleverAuthOptions, CleverVariable, HonoLikeContext } from './types.js';

const OPTION_KEYS = keysOf<CleverAuthOptions>()({
  client: true,
  startPath: true,
  callbackPath: true,
  onError: true,
  onRepeat: true,
  currentUserId: true,
  cookieSecret: true,
  cleverInitiated: true,
  extraParams: true,
  origins: true,
  retryPath: true,
});

/**
 * Logs people in by Clever. Answers at the button's path and at that of `redirectUri`, and passes on every other
 * request.
 *
 * After a login, it sets `clever` (see {@link CleverVariable}) and calls the handler of the callback's route, which
 * creates the session: in the place of any other, because students share devices.
 *
 * @throws `CleverConfigError` for an unknown option, and for what `clever.login` refuses.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { type CleverVariables, cleverAuth } from 'clever-sdk/hono';
 * import { Hono } from 'hono';
 *
 * const client = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 *   redirectUri: 'https://app.example.com/auth/clever/callback',
 * });
 * const app = new Hono<{ Variables: CleverVariables }>();
 * app.use('/auth/clever/*', cleverAuth({ client, cookieSecret: process.env['COOKIE_SECRET'] }));
 * app.get('/auth/clever/callback', (c) => {
 *   const { identity, returnTo } = c.get('clever');
 *   console.log('a login as', identity.role); // begin a session here, in the place of any other
 *   return c.redirect(returnTo);
 * });
 * ```
 */
export function cleverAuth<Context extends HonoLikeContext = HonoLikeContext>(
  options: CleverAuthOptions<Context>,
): (context: Context, next: () => Promise<void>) => Promise<void> {
  checkOptions('cleverAuth()', options, OPTION_KEYS);
  const { client, startPath, callbackPath, ...settings } = options;
  const loggedIn = new WeakSet<Context>();
  const login = client.login<Context>({
    ...settings,
    onLogin: (result) => {
      const { context } = result;
      // The result itself, because printing it shows no person and no token.
      const variable: CleverVariable = result;
      context.set('clever', variable);
      loggedIn.add(context);
      return new Response(null);
    },
  });
  return async (context, next) => {
    const { raw, path } = context.req;
    const callbackAt = callbackPath ?? redirectPathOf(client);
    const isAtCallback = path === callbackAt;
    if (!isAtCallback && path !== (startPath ?? folderOf(callbackAt))) {
      return next();
    }
    const response = await (isAtCallback && isCallback(raw)
      ? login.callback(raw, { context })
      : login.start(raw, { context }));
    if (loggedIn.delete(context)) {
      await next();
    } else {
      context.res = response;
    }
    // Copied, because a redirect's headers cannot be changed.
    context.res = new Response(context.res.body, context.res);
    keepHeaders(context.res.headers, response.headers);
  };
}

/**
 * Adds what the login has set to the headers of the answer: of the handler's, or of its own, for which Hono prefers the
 * headers that other middleware has set before, even of cookies.
 */
function keepHeaders(headers: Headers, ofLogin: Headers): void {
  const existing = headers.getSetCookie();
  for (const cookie of ofLogin.getSetCookie().filter((one) => !existing.includes(one))) {
    headers.append('set-cookie', cookie);
  }
  if (!headers.has('cache-control')) {
    headers.set('cache-control', 'no-store');
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
