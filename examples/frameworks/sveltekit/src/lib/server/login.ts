/** The login, and a session in a signed cookie. */

import type { RequestEvent } from '@sveltejs/kit';
import { cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { jwtVerify, SignJWT } from 'jose';

// A function, because the build loads this file where no secret is. On other platforms than Node.js, read the variables
// as your SvelteKit does: from `$env/dynamic/private` in version 2, by your `src/env.ts` in version 3.
const clever = createCleverClient(() => cleverOptionsFromEnv(process.env));
const key = () => new TextEncoder().encode(process.env['COOKIE_SECRET']);

export const login = clever.login<RequestEvent>({
  cookieSecret: process.env['COOKIE_SECRET'],
  onLogin: async ({ identity: { id, email, role }, returnTo, context: { cookies } }) => {
    const token = new SignJWT({ id, email, role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('8h');
    // The new session takes the place of any other, whichever person it belongs to.
    cookies.set('session', await token.sign(key()), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: process.env['CLEVER_REDIRECT_URI']?.startsWith('https:') === true,
    });
    return redirectTo(returnTo);
  },
  onRepeat: async ({ context }) => ((await whoIs(context)) === undefined ? undefined : redirectTo('/')),
});

/** Who is logged in: for hooks.server.ts, loads and endpoints. */
export async function whoIs({ cookies }: Pick<RequestEvent, 'cookies'>) {
  return jwtVerify<{ id: string; email?: string; role?: string }>(cookies.get('session') ?? '', key()).then(
    ({ payload: { id, email, role } }) => ({ id, email, role }),
    () => undefined,
  );
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
