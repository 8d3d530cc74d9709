/**
 * A small web app with a Clever login that supports every entry: both buttons, the portal, the Library and
 * Instant Login links. It keeps a session, shows who is logged in, and logs out.
 *
 *     npm run example:web
 *
 * With CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET and CLEVER_REDIRECT_URI in the environment it uses Clever;
 * without them, a sandbox on this machine.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { announce, fromEnvironment, type WebOptions } from './support/environment.ts';
import { booksPage, homePage, messagePage, STYLESHEET } from './support/pages.ts';
import { redirect } from './support/respond.ts';
import { Sessions } from './support/sessions.ts';

/** Builds the app. */
export function createApp({ clever, origin, cookieSecret }: WebOptions): Hono {
  const sessions = new Sessions(origin, cookieSecret);
  const login = clever.login({
    cookieSecret,
    currentUserId: async (request) => (await sessions.find(request))?.id,
    // Always a new session, even for the same person: Clever does not certify apps that keep the previous
    // one.
    onLogin: async ({ identity, request, returnTo }) => redirect(returnTo, await sessions.start(request, identity)),
    // After a reload or the back button, a person who is logged in stays logged in.
    onRepeat: async ({ request }) => ((await sessions.find(request)) === undefined ? undefined : redirect('/')),
    onError: async ({ error, status }) =>
      new Response(String(await messagePage('Login did not work', error.userMessage)), {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
  });

  const app = new Hono();
  app.use(securityHeaders);
  app.use(csrf({ origin }));
  app.get('/auth/clever', (c) => login.start(c.req.raw));
  // On a shared device, Clever may still know the last person: let it ask.
  app.get('/auth/clever/someone-else', (c) => login.start(c.req.raw, { askWho: true }));
  app.all('/auth/clever/callback', (c) => login.callback(c.req.raw));
  app.post('/logout', async (c) => redirect('/', await sessions.end(c.req.raw)));
  app.get('/', async (c) => c.html(homePage(await sessions.find(c.req.raw)), 200, PRIVATE));
  app.get('/books', async (c) => {
    const person = await sessions.find(c.req.raw);
    return c.html(booksPage(person), person === undefined ? 401 : 200, PRIVATE);
  });
  app.get('/style.css', (c) => c.body(STYLESHEET, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.notFound((c) => c.html(messagePage('Page not found', 'This page does not exist.'), 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      return c.html(messagePage('Request refused', 'The request did not come from this app.'), error.status);
    }
    console.error(error);
    return c.html(messagePage('Something went wrong', 'This is our fault. Please try again.'), 500);
  });
  return app;
}

/** Personal pages must not be shown to the next person on the same device, not even with the back button. */
const PRIVATE = { 'cache-control': 'no-store' };

const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // `no-referrer` would make the browser send `Origin: null` with the logout form.
  referrerPolicy: 'same-origin',
});

if (import.meta.main) {
  const environment = await fromEnvironment();
  serve({ fetch: createApp(environment).fetch, port: environment.port }, () => announce(environment));
}
