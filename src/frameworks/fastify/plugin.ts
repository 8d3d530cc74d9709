import { webRequest } from '../../adapters/node.js';
import { CleverConfigError } from '../../errors/config.js';
import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { redirectPathOf } from '../common/paths.js';
import type {
  CleverPluginOptions,
  FastifyExchange,
  FastifyLikeInstance,
  FastifyLikeReply,
  FastifyLikeRequest,
} from './types.js';

const OPTION_KEYS = keysOf<CleverPluginOptions>()({
  client: true,
  prefix: true,
  callbackPath: true,
  onLogin: true,
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
 * Serves the complete login by two routes below `prefix`: the button's, and Clever's callback. Decorates nothing.
 * Answers by Fastify's reply, so that its hooks and the cookies of its session plugins work.
 *
 * For types of your own request and reply, write `cleverPlugin<FastifyRequest, FastifyReply>`.
 *
 * @throws `CleverConfigError` while Fastify starts: for an unknown option, for what `clever.login` refuses, and
 * if the callback's route is not at the path of `redirectUri`.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import cleverPlugin from 'clever-sdk/fastify';
 * import fastify from 'fastify';
 *
 * const client = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 *   redirectUri: 'https://app.example.com/auth/clever/callback',
 * });
 * const app = fastify();
 * app.register(cleverPlugin, {
 *   client,
 *   prefix: '/auth/clever',
 *   cookieSecret: process.env['COOKIE_SECRET'],
 *   onLogin: async ({ identity }) => {
 *     console.log('a login as', identity.role); // begin a session here, in the place of any other
 *   },
 * });
 * ```
 */
async function cleverPlugin<Request = FastifyLikeRequest, Reply = FastifyLikeReply>(
  instance: FastifyLikeInstance,
  options: CleverPluginOptions<Request, Reply>,
): Promise<void> {
  checkOptions('cleverPlugin', options, OPTION_KEYS);
  const { client, prefix: _prefix, callbackPath = '/callback', onLogin, ...settings } = options;
  if (typeof onLogin !== 'function') {
    throw new CleverConfigError('cleverPlugin needs `onLogin`, which creates the session.');
  }
  checkPath(redirectPathOf(client), `${instance.prefix}${callbackPath}`);
  const login = client.login<FastifyExchange<Request, Reply>>({
    ...settings,
    onLogin: async (result) => answerOf(await onLogin(result), result.returnTo),
  });
  const route =
    (handler: typeof login.callback) =>
    async (request: Request & FastifyLikeRequest, reply: Reply & FastifyLikeReply): Promise<unknown> =>
      send(reply, await handler(webRequest(request.raw), { context: { request, reply } }));
  instance.get('/', route(login.start));
  instance.get(callbackPath, route(login.callback));
}

/** Fastify reads these: the versions that the plugin works with, and its name in messages. */
export default Object.assign(cleverPlugin, {
  [Symbol.for('plugin-meta')]: { fastify: '5.x', name: 'clever-sdk/fastify' },
});

function checkPath(publicPath: string, route: string): void {
  // A proxy may have removed the first segments of the path that browsers see.
  if (!publicPath.endsWith(route)) {
    throw new CleverConfigError(
      `cleverPlugin serves Clever's callback at ${route}, but the path of \`redirectUri\` is ${publicPath}: ` +
        'change `prefix` or `callbackPath`, so that they are the same.',
    );
  }
}

function answerOf(answer: unknown, returnTo: string): Response {
  if (answer !== undefined && !(answer instanceof Response)) {
    throw new CleverConfigError(
      'cleverPlugin: `onLogin` must return a Response, or nothing to redirect to `returnTo`, and send no reply itself.',
    );
  }
  return answer ?? new Response(null, { status: 303, headers: { location: returnTo } });
}

/** Sends an answer by Fastify, whose hooks add the cookies of a session. */
async function send(reply: FastifyLikeReply, response: Response): Promise<unknown> {
  const content = new Uint8Array(await response.arrayBuffer());
  reply.code(response.status);
  for (const [name, value] of response.headers) {
    // Fastify adds a cookie to those that are set already.
    reply.header(name, value);
  }
  return reply.send(content.length === 0 ? undefined : content);
}
