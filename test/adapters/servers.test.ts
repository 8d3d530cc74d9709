import { getRequestListener } from '@hono/node-server';
import { toNodeHandler } from 'clever-sdk';
import { createExpressApp } from '../../examples/web/express.js';
import { createFastifyApp } from '../../examples/web/fastify.js';
import { createRouteHandlers } from '../../examples/web/next-route-handlers.js';
import { describeLogin } from './login-spec.js';
import type { MakeApp } from './stage.js';

describeLogin('Express', createExpressApp);

describeLogin('Fastify', async (options) => {
  const app = createFastifyApp(options);
  await app.ready();
  return (request, response) => app.routing(request, response);
});

describeLogin("Node's http", (options) => {
  const handlers = createRouteHandlers(options);
  const routes = new Map([
    ['/auth/clever', toNodeHandler(handlers.start, options.origin)],
    ['/auth/clever/callback', toNodeHandler(handlers.callback, options.origin)],
    ['/', toNodeHandler(handlers.whoAmI, options.origin)],
  ]);
  return (request, response) => {
    const handle = routes.get((request.url ?? '').split('?')[0] ?? '');
    if (handle === undefined) {
      response.writeHead(404).end();
    } else {
      handle(request, response).catch(() => response.writeHead(500).end());
    }
  };
});

const makeRouter: MakeApp = (options) => {
  const { start, callback, whoAmI } = createRouteHandlers(options);
  const routes: Record<string, typeof start> = {
    '/auth/clever': start,
    '/auth/clever/callback': callback,
    '/': whoAmI,
  };
  return getRequestListener(
    (request) => routes[new URL(request.url).pathname]?.(request) ?? new Response(null, { status: 404 }),
    { overrideGlobalObjects: false },
  );
};
describeLogin('a router of web-standard handlers, as in Next.js', makeRouter, { knowsOnlyHost: true });
