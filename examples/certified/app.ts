import { type CleverClient, isCleverError, type LoginResult } from 'clever-sdk';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Database } from './database.ts';
import { homePage, loginPage, messagePage, STYLESHEET } from './pages.ts';
import { keepClassroom, keepPerson, sectionsOf } from './roster.ts';
import { Sessions } from './sessions.ts';

/** What the app is made of. */
export interface AppOptions {
  /** With the app's credentials and `redirectUri`. */
  readonly clever: CleverClient;
  readonly database: Database;
  /** Where people open the app, without a slash at the end. */
  readonly origin: string;
  /** Encrypts the cookie of a login; at least 32 bytes. */
  readonly cookieSecret: string;
}

/** Builds the app. */
export function createApp({ clever, database, origin, cookieSecret }: AppOptions): Hono {
  const sessions = new Sessions(database.query, origin);

  /** Every login ends here: from the button, the portal, the Library or an Instant Login link. */
  async function onLogin({ identity, token, request, returnTo }: LoginResult): Promise<Response> {
    const personId = await keepPerson(database, identity);
    if (identity.connection === 'library' && identity.roles.includes('teacher')) {
      await keepClassroom(database, await clever.library({ token: token.access_token }).classroom());
    }
    return redirect(returnTo, await sessions.replace(request, personId, identity.role ?? ''));
  }

  const login = clever.login({
    cookieSecret,
    onLogin,
    // After a reload or the back button, a person who is logged in stays logged in.
    onRepeat: async ({ request }) => ((await sessions.find(request)) === undefined ? undefined : redirect('/')),
    onError: async ({ error, status }) => page(await messagePage('Login did not work', error.userMessage), status),
  });

  const app = new Hono();
  app.use(SECURITY_HEADERS, csrf({ origin }));
  app.get('/auth/clever', (c) => login.start(c.req.raw));
  app.all('/auth/clever/callback', (c) => login.callback(c.req.raw));
  app.get('/login', async () => page(await loginPage()));
  app.post('/logout', async (c) => redirect('/login', await sessions.end(c.req.raw)));
  app.get('/', async (c) => {
    const person = await sessions.find(c.req.raw);
    return person === undefined
      ? redirect('/login')
      : page(await homePage(person, await sectionsOf(database, person.cleverId)));
  });
  app.get('/api/me', async (c) => {
    const person = await sessions.find(c.req.raw);
    return c.json(person ?? null, person === undefined ? 401 : 200, PRIVATE);
  });
  app.get('/style.css', (c) => c.body(STYLESHEET, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.notFound(async () => page(await messagePage('Page not found', 'This page does not exist.'), 404));
  app.onError(async (error) => {
    if (error instanceof HTTPException) {
      return page(await messagePage('Request refused', 'The request did not come from this app.'), error.status);
    }
    if (isCleverError(error)) {
      return page(await messagePage('Login did not work', error.userMessage), 502);
    }
    console.error(error.stack); // and not the error itself, which may have a statement with people's names
    return page(await messagePage('Something went wrong', 'This is our fault. Please try again.'), 500);
  });
  return app;
}

/** The next person on the same device must not see the page, not even with the back button. */
const PRIVATE = { 'cache-control': 'no-store' };

const SECURITY_HEADERS = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // `no-referrer` would have the browser send `Origin: null` with the form that logs out.
  referrerPolicy: 'same-origin',
});

function page(html: { toString(): string }, status = 200): Response {
  return new Response(html.toString(), { status, headers: { ...PRIVATE, 'content-type': 'text/html; charset=utf-8' } });
}

function redirect(location: string, cookie?: string): Response {
  const headers = { ...PRIVATE, location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) };
  return new Response(null, { status: 303, headers });
}
