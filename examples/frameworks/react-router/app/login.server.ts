/** The login, and the session by which React Router keeps who is logged in. */
import { cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { createCookieSessionStorage, redirect } from 'react-router';

interface Data {
  readonly user: { readonly id: string; readonly email: string | undefined; readonly role: string | undefined };
}

const secret = process.env['COOKIE_SECRET'] ?? '';
const sessions = createCookieSessionStorage<Data>({
  cookie: {
    name: 'session',
    httpOnly: true,
    path: '/',
    sameSite: 'lax',
    secrets: [secret],
    secure: process.env['CLEVER_REDIRECT_URI']?.startsWith('https:') === true,
  },
});

export const login = createCleverClient(() => cleverOptionsFromEnv(process.env)).login({
  cookieSecret: secret,
  onLogin: async ({ identity: { id, email, role }, returnTo }) => {
    // A new session, in the place of any other, whichever person it belongs to.
    const session = await sessions.getSession();
    session.set('user', { id, email, role });
    return redirect(returnTo, { headers: { 'set-cookie': await sessions.commitSession(session) } });
  },
  onRepeat: async ({ request }) => ((await whoIs(request)) === undefined ? undefined : redirect('/')),
});

export async function whoIs(request: Request) {
  return (await sessions.getSession(request.headers.get('cookie'))).get('user');
}
