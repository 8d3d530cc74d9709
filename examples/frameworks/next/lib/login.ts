/** The login, and a session in a signed cookie. */
import { cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { jwtVerify, SignJWT } from 'jose';
import { cookies } from 'next/headers';

// A function, because `next build` loads this file where no secret is.
const clever = createCleverClient(() => cleverOptionsFromEnv(process.env));
const key = () => new TextEncoder().encode(process.env['COOKIE_SECRET']);

export const login = clever.login({
  cookieSecret: process.env['COOKIE_SECRET'],
  onLogin: async ({ identity: { id, email, role }, returnTo }) => {
    const token = new SignJWT({ id, email, role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('8h');
    // The new session takes the place of any other, whichever person it belongs to.
    (await cookies()).set('session', await token.sign(key()), {
      httpOnly: true,
      sameSite: 'lax',
      secure: process.env['CLEVER_REDIRECT_URI']?.startsWith('https:') === true,
    });
    return redirectTo(returnTo);
  },
  onRepeat: async () => ((await whoIs()) === undefined ? undefined : redirectTo('/')),
});

/** Who is logged in: for route handlers, server components and actions. */
export async function whoIs() {
  const session = (await cookies()).get('session')?.value ?? '';
  return jwtVerify<{ id: string; email?: string; role?: string }>(session, key()).then(
    ({ payload: { id, email, role } }) => ({ id, email, role }),
    () => undefined,
  );
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
