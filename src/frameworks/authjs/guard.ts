/** Options of {@link guardCallback}. */
export interface GuardOptions {
  /** Where a person who is logged in goes after a repeated callback: reload, back button. Default `/`. */
  readonly home?: string;
}

/**
 * The members of Node's request and response that {@link guardNodeCallback} uses; Express's and Next.js's have them.
 */
export interface NodeExchangeToGuard {
  readonly req: {
    readonly url?: string | undefined;
    readonly originalUrl?: string | undefined;
    readonly headers: { cookie?: string | undefined };
    /** As `next-auth` 4 reads them in Next.js. */
    cookies?: Partial<Record<string, string>> | undefined;
  };
  readonly res: {
    /** As Node's. */
    writeHead(status: number, headers: Record<string, string>): NodeAnswerToGuard;
  };
}

/** What ends an answer. */
interface NodeAnswerToGuard {
  /** As Node's. */
  end(): unknown;
}

/** The session of Auth.js, of whichever version and in however many parts. */
const SESSION = /(?:^|[.-])session-token(?:\.\d+)?$/u;
/** The `state` of a login that Auth.js has started and that has not come back. */
const STATE = /(?:^|[.-])state$/u;
const CALLBACK = /\/callback\/clever\/?$/u;

/**
 * Guards Clever's callback, before a handler of Auth.js:
 *
 * - Auth.js does not see the session that the browser had before. With a database, it would otherwise **link the person
 * who logs in to the one before**, as a second account of the same user; students share devices. The new session
 * replaces the old one.
 * - A repeated callback (reload, back button) of a person who is logged in leads to `home`, and not to an error page.
 *
 * Everything else passes unchanged.
 *
 * @param handler - The `GET` handler of Auth.js: `handlers.GET`, or `(request) => Auth(request, config)`.
 *
 * @example
 * ```ts
 * import { guardCallback } from 'clever-sdk/authjs';
 *
 * declare const handlers: { GET(request: Request): Promise<Response> };
 * // app/api/auth/[...nextauth]/route.ts
 * export const GET = guardCallback(handlers.GET);
 * ```
 */
export function guardCallback<Incoming extends Request, Given extends unknown[]>(
  handler: (request: Incoming, ...given: Given) => Response | Promise<Response>,
  { home = '/' }: GuardOptions = {},
): (request: Incoming, ...given: Given) => Promise<Response> {
  return async (request, ...given) => {
    const { pathname } = new URL(request.url);
    const cookies = CALLBACK.test(pathname) ? pairsOf(request.headers.get('cookie')) : [];
    if (isRepeat(cookies)) {
      return new Response(null, { status: 302, headers: { location: home, 'cache-control': 'no-store' } });
    }
    if (!cookies.some(isOfSession)) {
      return handler(request, ...given);
    }
    const headers = new Headers(request.headers);
    headers.set('cookie', headerOf(cookies));
    // Of the class that the framework has given it: Next.js's has members of its own.
    const Same = request.constructor as new (input: Incoming, init: RequestInit) => Incoming;
    return handler(new Same(request, { headers }), ...given);
  };
}

/**
 * The same as {@link guardCallback} for Node's request and response: a middleware of Express, before `ExpressAuth`, or
 * around `NextAuth` in an API route of Next.js: `guard(req, res, () => NextAuth(req, res, options))`.
 *
 * @example
 * ```ts
 * import { guardNodeCallback } from 'clever-sdk/authjs';
 * import express from 'express';
 *
 * const app = express();
 * app.use('/auth', guardNodeCallback()); // before ExpressAuth(config)
 * ```
 */
export function guardNodeCallback({
  home = '/',
}: GuardOptions = {}): <Result>(
  req: NodeExchangeToGuard['req'],
  res: NodeExchangeToGuard['res'],
  next: () => Result,
) => Result | undefined {
  return (req, res, next) => {
    const path = (req.originalUrl ?? req.url ?? '').split('?')[0] ?? '';
    const cookies = CALLBACK.test(path) ? pairsOf(req.headers.cookie) : [];
    if (isRepeat(cookies)) {
      res.writeHead(302, { location: home, 'cache-control': 'no-store' }).end();
      return undefined;
    }
    if (cookies.some(isOfSession)) {
      req.headers.cookie = headerOf(cookies);
      if (req.cookies !== undefined) {
        const kept = Object.entries(req.cookies).filter(([name]) => !SESSION.test(name));
        Object.defineProperty(req, 'cookies', { value: Object.fromEntries(kept), configurable: true, writable: true });
      }
    }
    return next();
  };
}

type Pair = readonly [name: string, text: string];

function pairsOf(header: string | null | undefined): Pair[] {
  const texts = (header ?? '').split(';').map((text) => text.trim());
  return texts.filter(Boolean).map((text) => [text.split('=')[0] ?? '', text]);
}

function headerOf(cookies: readonly Pair[]): string {
  return cookies
    .filter((pair) => !isOfSession(pair))
    .map(([, text]) => text)
    .join('; ');
}

function isOfSession([name]: Pair): boolean {
  return SESSION.test(name);
}

/** Whether the browser has a session and no login that could come back. */
function isRepeat(cookies: readonly Pair[]): boolean {
  return cookies.some(isOfSession) && !cookies.some(([name]) => STATE.test(name));
}
