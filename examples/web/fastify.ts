/**
 * The login in Fastify: two routes and an adapter. `app.ts` has the whole app.
 *
 *     npm run build:js && npx node examples/web/fastify.ts
 */
import { toNodeHandler, type WebHandler } from 'clever-sdk';
import fastify, { type FastifyInstance, type RouteHandlerMethod } from 'fastify';
import { announce, fromEnvironment, type WebOptions } from './support/environment.ts';
import { redirect } from './support/respond.ts';
import { Sessions } from './support/sessions.ts';

/** Builds the app. */
export function createFastifyApp({ clever, origin, cookieSecret }: WebOptions): FastifyInstance {
  const sessions = new Sessions(origin, cookieSecret);
  const login = clever.login({
    cookieSecret,
    onLogin: async ({ identity, request, returnTo }) => redirect(returnTo, await sessions.start(request, identity)),
  });
  const whoAmI = async (request: Request) => Response.json((await sessions.find(request)) ?? null);

  /** Hijacks only after success, so that errors reach Fastify's error handler. */
  const route = (handler: WebHandler): RouteHandlerMethod => {
    const handle = toNodeHandler(handler, origin);
    return async (request, reply) => {
      await handle(request.raw, reply.raw);
      reply.hijack();
    };
  };

  const app = fastify();
  app.get('/auth/clever', route(login.start));
  app.get('/auth/clever/callback', route(login.callback));
  app.get('/', route(whoAmI));
  return app;
}

if (import.meta.main) {
  const environment = await fromEnvironment();
  await createFastifyApp(environment).listen({ port: environment.port });
  announce(environment);
}
