/**
 * The login as route handlers of the Next.js App Router. They are web-standard functions, so they need no
 * adapter, and they also work in Remix loaders, SvelteKit endpoints, Bun, Deno and Workers. `app.ts` has
 * the whole app.
 *     // lib/login.ts
 *     export const { start, callback } = createRouteHandlers({ clever, origin, cookieSecret });
 *     // app/auth/clever/route.ts
 *     export { start as GET } from '@/lib/login';
 *     // app/auth/clever/callback/route.ts
 *     export { callback as GET } from '@/lib/login';
 */
import type { WebOptions } from './support/environment.ts';
import { redirect } from './support/respond.ts';
import { Sessions } from './support/sessions.ts';

/** A route handler of the App Router. */
export type RouteHandler = (request: Request) => Promise<Response>;

/** Builds the handlers of the two routes, and one that returns who is logged in. */
export function createRouteHandlers({ clever, origin, cookieSecret }: WebOptions): {
  readonly start: RouteHandler;
  readonly callback: RouteHandler;
  readonly whoAmI: RouteHandler;
} {
  const sessions = new Sessions(origin, cookieSecret);
  const login = clever.login({
    cookieSecret,
    onLogin: async ({ identity, request, returnTo }) => redirect(returnTo, await sessions.start(request, identity)),
  });
  return {
    start: (request) => login.start(request),
    callback: (request) => login.callback(request),
    whoAmI: async (request) => Response.json((await sessions.find(request)) ?? null),
  };
}
