/**
 * The login in Express: two routes and an adapter. `app.ts` has the whole app.
 *
 *     npm run build:js && npx node examples/web/express.ts
 */
import { type NodeExchange, toNodeHandler } from 'clever-sdk';
import express, { type Express, type Request as ExpressRequest, type Response as ExpressResponse } from 'express';
import { announce, fromEnvironment, type WebOptions } from './support/environment.ts';
import { redirect } from './support/respond.ts';
import { Sessions } from './support/sessions.ts';

/** What the hooks of the login get besides the web-standard request: Express's own objects. */
type Context = NodeExchange<ExpressRequest, ExpressResponse>;

/** Builds the app. */
export function createExpressApp({ clever, origin, cookieSecret }: WebOptions): Express {
  const sessions = new Sessions(origin, cookieSecret);
  const login = clever.login<Context>({
    cookieSecret,
    onLogin: async ({ identity, request, returnTo, context: { req, res } }) => {
      // Whatever other middleware has put on Express's request or response is available: a session, a logger.
      req.app.emit('login', { requestId: res.locals['requestId'], role: identity.role });
      return redirect(returnTo, await sessions.start(request, identity));
    },
  });
  const whoAmI = async (request: Request) => Response.json((await sessions.find(request)) ?? null);

  const app = express();
  app.use((_req, res, next) => {
    res.locals['requestId'] = crypto.randomUUID();
    next();
  });
  app.get(
    '/auth/clever',
    toNodeHandler((request, context: Context) => login.start(request, { context }), origin),
  );
  app.get(
    '/auth/clever/callback',
    toNodeHandler((request, context: Context) => login.callback(request, { context }), origin),
  );
  app.get('/', toNodeHandler(whoAmI, origin));
  return app;
}

if (import.meta.main) {
  const environment = await fromEnvironment();
  createExpressApp(environment).listen(environment.port, () => announce(environment));
}
