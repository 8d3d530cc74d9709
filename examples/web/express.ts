/**
 * The login in Express: two routes and an adapter. `app.ts` has the whole app.
 *
 *     npm run build:js && npx node examples/web/express.ts
 */
import { toNodeHandler } from 'clever-sdk';
import express, { type Express } from 'express';
import { announce, fromEnvironment, type WebOptions } from './support/environment.ts';
import { redirect } from './support/respond.ts';
import { Sessions } from './support/sessions.ts';

/** Builds the app. */
export function createExpressApp({ clever, origin, cookieSecret }: WebOptions): Express {
  const sessions = new Sessions(origin, cookieSecret);
  const login = clever.login({
    cookieSecret,
    onLogin: async ({ identity, request, returnTo }) => redirect(returnTo, await sessions.start(request, identity)),
  });
  const whoAmI = async (request: Request) => Response.json((await sessions.find(request)) ?? null);

  const app = express();
  app.get('/auth/clever', toNodeHandler(login.start, origin));
  app.get('/auth/clever/callback', toNodeHandler(login.callback, origin));
  app.get('/', toNodeHandler(whoAmI, origin));
  return app;
}

if (import.meta.main) {
  const environment = await fromEnvironment();
  createExpressApp(environment).listen(environment.port, () => announce(environment));
}
