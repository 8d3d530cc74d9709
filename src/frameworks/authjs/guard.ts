import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';

/** Options of {@link guardCallback}. */
export interface GuardOptions {
  /** Where a person who is logged in goes after a repeated callback: reload, back button. Default `/`. */
  readonly home?: string;
  /** The name of the session's cookie, if the app sets `cookies.sessionToken.name` of Auth.js to one of its own. */
  readonly sessionCookie?: string;
  /** The name of the cookie of a login on its way, if the app sets `cookies.state.name` of Auth.js. */
  readonly stateCookie?: string;
}

const OPTION_KEYS = keysOf<GuardOptions>()({ home: true, sessionCookie: true, stateCookie: true });

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
    /** As Node's, in each of its forms. */
    // biome-ignore lint/suspicious/noExplicitAny: Node's own type has a form with and one without the status's text.
    writeHead: (...given: any) => NodeAnswerToGuard;
    /** As Node's. */
    getHeader(name: string): number | string | readonly string[] | undefined;
    /** As Node's. */
    setHeader(name: string, values: string[]): unknown;
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
 * replaces the old one, of which no cookie stays.
 * - A repeated callback (reload, back button) of a person who is logged in leads to `home`, and not to an error page.
 *
 * Everything else passes unchanged. If the app has given Auth.js's cookies names of its own, the guard needs them as
 * `sessionCookie` and `stateCookie`.
 *
 * @param handler - The `GET` handler of Auth.js: `handlers.GET`, or `(request) => Auth(request, config)`.
 * @throws `CleverConfigError` for an unknown option.
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
  options: GuardOptions = {},
): (request: Incoming, ...given: Given) => Promise<Response> {
  checkOptions('guardCallback()', options, OPTION_KEYS);
  const { home = '/' } = options;
  return async (request, ...given) => {
    const { pathname } = new URL(request.url);
    const { hidden, shown, isRepeat } = sortedCookies(pathname, request.headers.get('cookie'), options);
    if (isRepeat) {
      return new Response(null, { status: 302, headers: { location: home, 'cache-control': 'no-store' } });
    }
    if (hidden.length === 0) {
      return handler(request, ...given);
    }
    const headers = new Headers(request.headers);
    headers.set('cookie', shown);
    // Of the class that the framework has given it: Next.js's has members of its own.
    const Same = request.constructor as new (input: Incoming, init: RequestInit) => Incoming;
    const response = await handler(new Same(request, { headers }), ...given);
    const ends = endsOf(hidden, response.headers.getSetCookie(), options);
    if (ends.length === 0) {
      return response;
    }
    // Copied, because a redirect's headers cannot be changed.
    const answer = new Response(response.body, response);
    for (const end of ends) {
      answer.headers.append('set-cookie', end);
    }
    return answer;
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
export function guardNodeCallback(
  options: GuardOptions = {},
): <Result>(
  req: NodeExchangeToGuard['req'],
  res: NodeExchangeToGuard['res'],
  next: () => Result,
) => Result | undefined {
  checkOptions('guardNodeCallback()', options, OPTION_KEYS);
  const { home = '/' } = options;
  return (req, res, next) => {
    const path = (req.originalUrl ?? req.url ?? '').split('?')[0] ?? '';
    const { hidden, shown, isRepeat } = sortedCookies(path, req.headers.cookie, options);
    if (isRepeat) {
      res.writeHead(302, { location: home, 'cache-control': 'no-store' }).end();
      return undefined;
    }
    if (hidden.length > 0) {
      req.headers.cookie = shown;
      if (req.cookies !== undefined) {
        const kept = Object.entries(req.cookies).filter(([name]) => !isOfSession(name, options));
        Object.defineProperty(req, 'cookies', { value: Object.fromEntries(kept), configurable: true, writable: true });
      }
      endBeforeHead(res, hidden, options);
    }
    return next();
  };
}

/** Ends the hidden cookies when the head of an answer is written: only then is it known what the answer sets. */
function endBeforeHead(res: NodeExchangeToGuard['res'], hidden: readonly string[], options: GuardOptions): void {
  const { writeHead } = res;
  // Node itself calls it, too, for an answer whose code does not.
  res.writeHead = (...given: unknown[]) => {
    res.writeHead = writeHead;
    const set = [res.getHeader('set-cookie') ?? []].flat().map(String);
    const ends = endsOf(hidden, set, options);
    if (ends.length > 0) {
      res.setHeader('set-cookie', [...set, ...ends]);
    }
    return res.writeHead(...given);
  };
}

interface SortedCookies {
  /** The names of the cookies of the session that the browser had before. */
  readonly hidden: readonly string[];
  /** The header without them. */
  readonly shown: string;
  /** Whether the browser has a session and no login that could come back. */
  readonly isRepeat: boolean;
}

/** Finds the session's cookies of a callback from Clever; of another request, none. */
function sortedCookies(path: string, header: string | null | undefined, options: GuardOptions): SortedCookies {
  const texts = CALLBACK.test(path) ? (header ?? '').split(';').map((text) => text.trim()) : [];
  const names = texts.map(nameOf);
  const hidden = names.filter((name) => isOfSession(name, options));
  return {
    hidden,
    shown: texts.filter((text) => text !== '' && !hidden.includes(nameOf(text))).join('; '),
    isRepeat: hidden.length > 0 && !names.some((name) => STATE.test(name) || name === options.stateCookie),
  };
}

/**
 * Returns what ends the parts of the old session that the answer does not replace. Auth.js joins all the parts that a
 * browser sends, and ends only those that it has seen: a part that stayed would spoil the new session.
 *
 * They get the attributes of the new session's cookie, its domain and path above all, by which browsers tell cookies
 * apart. Without a new session, as after a failed login, the old one stays.
 */
function endsOf(hidden: readonly string[], set: readonly string[], options: GuardOptions): string[] {
  const replaced = set.filter((cookie) => isOfSession(nameOf(cookie), options));
  const [, ...attributes] = replaced[0]?.split(';') ?? [];
  const kept = attributes.filter((attribute) => !/^\s*(?:expires|max-age)\s*=/iu.test(attribute));
  const names = replaced.map(nameOf);
  return replaced.length === 0
    ? []
    : hidden.filter((name) => !names.includes(name)).map((name) => [`${name}=`, ...kept, ' Max-Age=0'].join(';'));
}

/** The name in `name=value`, with or without attributes. */
function nameOf(cookie: string): string {
  return cookie.split('=')[0] ?? '';
}

/** Whether a cookie is the session's, or a part of it: Auth.js adds `.0`, `.1` to the names of the parts. */
function isOfSession(name: string, { sessionCookie }: GuardOptions): boolean {
  return SESSION.test(name) || (sessionCookie !== undefined && name.replace(/\.\d+$/u, '') === sessionCookie);
}
