/** The login as one web-standard handler, with a session in a signed cookie: for Bun, Deno, Workers and others. */
import { cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { jwtVerify, SignJWT } from 'jose';

/** The variables that README.md names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the app's handler. Workers pass their variables to each request, other runtimes have them from the start. */
export function createApp(environment: Environment): (request: Request) => Promise<Response> {
  const secret = environment['COOKIE_SECRET'] ?? '';
  const key = new TextEncoder().encode(secret);
  const attributes = `Path=/; HttpOnly; SameSite=Lax${environment['CLEVER_REDIRECT_URI']?.startsWith('https:') ? '; Secure' : ''}`;

  async function whoIs(request: Request): Promise<object | undefined> {
    const [, session = ''] = /(?:^|; )session=([^;]+)/u.exec(request.headers.get('cookie') ?? '') ?? [];
    return jwtVerify(session, key).then(
      ({ payload: { id, email, role } }) => ({ id, email, role }),
      () => undefined,
    );
  }

  const clever = createCleverClient(cleverOptionsFromEnv(environment));
  const login = clever.login({
    cookieSecret: secret,
    // The new session takes the place of any other, whichever person it belongs to.
    onLogin: async ({ identity: { id, email, role }, returnTo }) => {
      const token = new SignJWT({ id, email, role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('8h');
      const cookie = `session=${await token.sign(key)}; ${attributes}`;
      return new Response(null, { status: 303, headers: { location: returnTo, 'set-cookie': cookie } });
    },
    onRepeat: async ({ request }) =>
      (await whoIs(request)) && new Response(null, { status: 303, headers: { location: '/' } }),
  });

  return async (request) => {
    switch (new URL(request.url).pathname) {
      case '/auth/clever':
        return login.start(request);
      case '/auth/clever/callback':
        return login.callback(request);
      default:
        return Response.json((await whoIs(request)) ?? null);
    }
  };
}
