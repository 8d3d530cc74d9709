/** Options of {@link startSignIn}. */
export interface SignInOptions {
  /** Where Auth.js is served. Default `/auth`; that of `next-auth` is `/api/auth`. */
  readonly basePath?: string;
  /** Where a person goes after the login: a path of the app. Default `/`. */
  readonly redirectTo?: string;
  /** The app's origin, if it is not that of the requests. Needed where `handler` asks over the network. */
  readonly origin?: string;
}

/**
 * Starts a login with Clever in Auth.js on the server, for `cleverEntry` and where a framework has no `signIn` of its
 * own: asks the handler for a CSRF token, and posts the sign-in with it.
 *
 * In Next.js with Auth.js 5, use its own: `cleverEntry(() => signIn('clever', { redirectTo: '/' }))`.
 *
 * @param handler - Auth.js as a web-standard handler: `(request) => Auth(request, config)`. For `next-auth` 4, which
 * has none: `(request) => fetch(request, { redirect: 'manual' })`, which asks the app over the network: then
 * `origin` is needed, because the address of a request is what its `Host` header says, and that may be forged.
 *
 * @example
 * ```ts
 * import { cleverEntry } from 'clever-sdk';
 * import { startSignIn } from 'clever-sdk/authjs';
 *
 * declare function auth(request: Request): Promise<Response>; // Auth(request, config)
 * export const GET = cleverEntry(startSignIn(auth));
 * ```
 */
export function startSignIn(
  handler: (request: Request) => Response | Promise<Response>,
  { basePath = '/auth', redirectTo = '/', origin }: SignInOptions = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    const at = (path: string): URL => new URL(`${basePath}${path}`, origin ?? request.url);
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    const asked = await handler(new Request(at('/csrf'), { headers }));
    const { csrfToken } = (await asked.json()) as { csrfToken: string };
    const cookies = asked.headers.getSetCookie();
    const sent = cookies.map((cookie) => cookie.split(';')[0] ?? '');
    headers.set('cookie', [...(headers.has('cookie') ? [headers.get('cookie')] : []), ...sent].join('; '));
    headers.set('content-type', 'application/x-www-form-urlencoded');
    const body = String(new URLSearchParams({ csrfToken, callbackUrl: redirectTo }));
    const started = await handler(new Request(at('/signin/clever'), { method: 'POST', headers, body }));
    const answer = new Headers({
      location: started.headers.get('location') ?? redirectTo,
      'cache-control': 'no-store',
    });
    for (const cookie of [...cookies, ...started.headers.getSetCookie()]) {
      answer.append('set-cookie', cookie);
    }
    return new Response(null, { status: 302, headers: answer });
  };
}
