import { serve } from '@hono/node-server';
import { type CleverClient, type CleverClientOptions, createCleverClient } from 'clever-sdk';
import type { CertifyEvent } from 'clever-sdk/certify';
import { Hono } from 'hono';

/** What the app does wrong. */
export interface SmallAppFaults {
  /** Every callback is answered with 500. */
  readonly crashes?: boolean;
  /** The login and the logout ask to be confirmed, by a form on a page with a menu, as those of django-allauth. */
  readonly asksToConfirm?: boolean;
}

/** Options of the app's client that no variable changes. */
type FixedOptions = Pick<CleverClientOptions, 'apiOrigin' | 'authOrigin' | 'fetch'> & { readonly redirectUri?: string };

/** A small app whose client is made when the sandbox's address is known. */
export async function startSmallApp({ crashes = false, asksToConfirm = false }: SmallAppFaults = {}) {
  let login: ReturnType<CleverClient['login']> | undefined;
  let origin = '';
  const sessions = new Map<string, string>();
  const app = new Hono();
  const MENU = '<nav><a href="/login">Sign in</a> <a href="/logout">Sign out</a></nav>';
  const confirmation = (words: string): string => `${MENU}<form method="post"><button>${words}</button></form>`;
  app.get('/login', (c) => c.html(`${MENU}<a class="clever" href="/auth/clever">Log in with Clever</a>`));
  const configured = async (answer: (ready: ReturnType<CleverClient['login']>) => Promise<Response>) =>
    login === undefined ? new Response('not configured', { status: 503 }) : await answer(login);
  app.get('/auth/clever', (c) =>
    asksToConfirm ? Promise.resolve(c.html(confirmation('Continue'))) : configured((ready) => ready.start(c.req.raw)),
  );
  app.post('/auth/clever', (c) =>
    configured((ready) => ready.start(new Request(c.req.url, { headers: c.req.raw.headers }))),
  );
  app.get('/logout', (c) => c.html(confirmation('Sign out')));
  app.post('/logout', (c) => {
    sessions.delete(/session=([^;]+)/u.exec(c.req.header('cookie') ?? '')?.[1] ?? '');
    return c.redirect('/', 303);
  });
  app.get('/auth/clever/callback', (c) =>
    crashes
      ? Promise.resolve(new Response('crashed', { status: 500 }))
      : configured((ready) => ready.callback(c.req.raw)),
  );
  app.get('/api/me', (c) => {
    const id = sessions.get(/session=([^;]+)/u.exec(c.req.header('cookie') ?? '')?.[1] ?? '');
    return id === undefined ? c.json({}, 401) : c.json({ id });
  });
  app.get('/', (c) => c.html('<h1>Home</h1>'));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      origin = `http://localhost:${info.port}`;
      resolve(started);
    });
  });
  return {
    origin,
    /** Points the app at the sandbox, as its developer does by variables. */
    configure(event: CertifyEvent) {
      if (event.kind === 'listening') {
        this.use(event.variables);
      }
    },
    use(variables: Readonly<Record<string, string>>, others: FixedOptions = {}) {
      const clever = createCleverClient({
        clientId: variables['CLEVER_CLIENT_ID'] ?? '',
        clientSecret: variables['CLEVER_CLIENT_SECRET'] ?? '',
        redirectUri: `${origin}/auth/clever/callback`,
        apiOrigin: variables['CLEVER_API_ORIGIN'] ?? '',
        authOrigin: variables['CLEVER_AUTH_ORIGIN'] ?? '',
        ...others,
      });
      login = clever.login({
        cookieSecret: 'a secret of this test, longer than 32 characters',
        onLogin: ({ identity }) => {
          const session = crypto.randomUUID();
          sessions.set(session, identity.id);
          const cookie = `session=${session}; Path=/; HttpOnly; SameSite=Lax`;
          return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': cookie } });
        },
      });
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
