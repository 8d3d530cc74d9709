import type { CleverError } from '../../errors/index.js';
import type { UserToken } from '../../schemas/tokens.js';
import type { InnerAuthorizationUrlOptions } from '../authorization-url.js';
import type { OAuthConfig } from '../context.js';
import type { CleverIdentity } from '../identity.js';
import type { IdTokenVerifier } from '../oidc/id-token.js';
import type { CookieKeys, CookieSecret } from './cookie-keys.js';

/**
 * The result of a successful login, which `onLogin` receives. Read its members by name: printing shows only
 * how the person logged in, and a spread does not copy the identity, the token and the request.
 */
export interface LoginResult<Context = undefined> {
  /** Who logged in, identified by Clever's id. */
  readonly identity: CleverIdentity;
  /**
   * The person's own token, which expires within a day or less. Printing and JSON show `[redacted]`: to keep it,
   * store `token.access_token`.
   */
  readonly token: UserToken;
  /** The callback's request, including the app's own cookies. */
  readonly request: Request;
  /** Whether the login began inside Clever: portal, Clever Library or Instant Login link. */
  readonly isCleverInitiated: boolean;
  /** The path to go to now: the one passed to `start`, or `/`. Always one of the app's own. */
  readonly returnTo: string;
  /**
   * Whether a different person was logged in on this browser until now. Always `false` without the
   * `currentUserId` hook.
   *
   * In either case, **replace any existing session.** Students share devices, and Clever does not certify
   * an app that keeps the previous person's session after a new login. Source:
   * dev.clever.com/docs/il-security.
   */
  readonly hasSwitchedAccount: boolean;
  /** What the app passed to `callback`. */
  readonly context: Context;
}

/** A failed login, which `onError` receives. Printing it does not show the request. */
export interface LoginFailure<Context = undefined> {
  /** The error. `error.userMessage` is safe to show to the person; `error.message` is for developers. */
  readonly error: CleverError;
  readonly request: Request;
  /**
   * A suitable HTTP status: 400 or 403 if the callback, or the address of the login, is at fault; 502 for a
   * problem at Clever, such as a token endpoint that answers with 5xx.
   */
  readonly status: number;
  /** What the app passed to `callback`, or to `start`. */
  readonly context: Context;
}

/** A repeated callback, which `onRepeat` receives. */
export interface LoginRepeat<Context = undefined> {
  readonly request: Request;
  /** What the app passed to `callback`. */
  readonly context: Context;
}

/**
 * Options of `clever.login`.
 *
 * @typeParam Context - What the app passes with each request for its hooks, such as its framework's own request and
 * response.
 */
export interface LoginOptions<Context = undefined> {
  /**
   * Seals the `state` and the login cookie while the browser is at Clever: a random string of at least 32
   * bytes. To rotate secrets, pass a list: the first one seals, and all of them open.
   */
  readonly cookieSecret: CookieSecret | undefined;
  /**
   * Creates the session and returns the answer. Must replace any session that the browser still has,
   * whichever person it belongs to: see {@link LoginResult.hasSwitchedAccount}.
   */
  readonly onLogin: (result: LoginResult<Context>) => Response | Promise<Response>;
  /** Answers a failed login. Default: a plain, accessible page with `error.userMessage`. */
  readonly onError?: (failure: LoginFailure<Context>) => Response | Promise<Response>;
  /**
   * Answers a callback that was answered before, by this process or another one (reload, back button, a second
   * tab), usually with a redirect into the existing session. Without it, or when it returns `undefined`, the
   * login starts again, which the person does not notice while signed in at Clever.
   */
  readonly onRepeat?: (repeat: LoginRepeat<Context>) => Response | undefined | Promise<Response | undefined>;
  /**
   * Returns the Clever id of the person logged in on this browser now, for
   * {@link LoginResult.hasSwitchedAccount}. The second argument contains what the app passed to `callback`.
   */
  readonly currentUserId?: (
    request: Request,
    given: { readonly context: Context },
  ) => string | undefined | Promise<string | undefined>;
  /**
   * What to do with a login that began inside Clever and therefore has no `state`: start it again with one
   * (`'restart'`, default, as Clever documents) or refuse it (`'reject'`). Its first code is never
   * exchanged. Source: dev.clever.com/docs/il-design.
   */
  readonly cleverInitiated?: 'restart' | 'reject';
  /**
   * Additional parameters of every authorization request, for example `{ return_unshared: 'true' }`. To ask who is
   * using a shared device, pass `askWho` to `start` instead.
   */
  readonly extraParams?: Readonly<Record<string, string>>;
  /**
   * The app's other origins, such as `['https://www.example.com']`, if people also open it there. `start`
   * sends their browser to the origin of `redirectUri` first, because the login's cookies have to be set where
   * the callback is. Plain http instead of https of the same host, and the names of this machine (`localhost`,
   * `127.0.0.1`), need not be listed. At any other origin a login does not start: `onError` gets a
   * `CleverConfigError` that names both. Default: none.
   */
  readonly origins?: readonly string[];
  /** The target of *Try again* on the default error page. Default `/`. */
  readonly retryPath?: string;
}

/** The context of one request, for the hooks. */
export interface HookContext<Context> {
  /** What the hooks get as `context`. It is not kept, and not sent anywhere. */
  readonly context: Context;
}

/**
 * The last argument of a handler: needed if the hooks have a context. Members that the handler does not know are
 * ignored, because servers such as Next.js, Bun and Deno call a handler with an argument of their own.
 */
export type HandlerOptions<Context, Options = unknown> = undefined extends Context
  ? [options?: Options & Partial<HookContext<Context>>]
  : [options: Options & HookContext<Context>];

/** Options of `start`. */
export interface StartOptions {
  /** Where to go after the login: a path of the app. Default: the request's `returnTo` parameter, otherwise `/`. */
  readonly returnTo?: string;
  /** Clever's id of the district to preselect at Clever. */
  readonly districtId?: string;
  /**
   * Whether Clever is to ask who is using the device, even if a person is signed in there. Without it, the next
   * click on the button after *Log out* logs the last person in again, unasked. Sent as `confirmed=false`, which
   * Clever does not document (observed). Default `false`.
   */
  readonly askWho?: boolean;
}

/**
 * The complete login as two web-standard handlers.
 *
 * @typeParam Context - What the app passes with each request for its hooks.
 */
export interface CleverLogin<Context = undefined> {
  /**
   * Sends the browser to Clever. Use it for the "Log in with Clever" button.
   *
   * Reads the `returnTo` query parameter, an absolute path of the app with at most 512 characters; anything
   * else becomes `/`. A prefetch, or a script's `fetch`, is answered with status 204 and starts nothing. At
   * another address of the app, sends the browser to the same path at the origin of `redirectUri` first; see
   * {@link LoginOptions.origins}.
   */
  start(request: Request, ...options: HandlerOptions<Context, StartOptions>): Promise<Response>;
  /**
   * Receives the browser from Clever. Logins from the portal, the Clever Library, Instant Login links and
   * the button all end here: serve it at the path of `redirectUri`, with `GET`.
   *
   * Throws only what the hooks throw: a `GET` ends in `onLogin`, `onError`, `onRepeat` or a redirect, and
   * any other method in status 405. A prefetch ends in status 204, and uses nothing up.
   */
  callback(request: Request, ...options: HandlerOptions<Context>): Promise<Response>;
}

/**
 * What starts a login of the framework: a `Response`, or the address of the app that does. A function may also throw
 * the redirect, as `signIn` of Auth.js does in Next.js.
 */
export type CleverEntryAnswer = Response | string | URL;

/**
 * Starts a login of the framework, as its own button does. Gets the request, whose address has no query, and what the
 * server passes to a handler after the request.
 */
export type CleverEntryStart<Given extends unknown[] = []> = (
  request: Request,
  ...given: Given
) => CleverEntryAnswer | Promise<CleverEntryAnswer>;

/** An arrival that starts no login, which `onError` of an entry receives. Printing it does not show the request. */
export type CleverEntryFailure = Omit<LoginFailure, 'context'>;

/** Options of `cleverEntry`. */
export interface CleverEntryOptions {
  /** Answers an arrival that starts no login. Default: a plain, accessible page with `error.userMessage`. */
  readonly onError?: (failure: CleverEntryFailure) => Response | Promise<Response>;
  /** The target of *Try again* on the default page: a path of the app. Default `/`. */
  readonly retryPath?: string;
}

/** The parts of the app that the handlers of a login need. */
export interface LoginContext {
  readonly config: OAuthConfig;
  /** Shared with `clever.oauth`, so that the provider's keys are read only once. */
  readonly verifier: IdTokenVerifier;
}

/** The app's options, checked, with every default filled in. */
export interface LoginSettings<Context>
  extends Required<Pick<LoginOptions<Context>, 'onLogin' | 'cleverInitiated' | 'retryPath' | 'origins'>> {
  readonly redirectUri: string;
  /** Builds the authorization URL of a login, with the app's additional parameters. */
  readonly urlToClever: (options: InnerAuthorizationUrlOptions) => string;
  readonly keys: CookieKeys;
  readonly onError: LoginOptions<Context>['onError'] | undefined;
  readonly onRepeat: LoginOptions<Context>['onRepeat'] | undefined;
  readonly currentUserId: LoginOptions<Context>['currentUserId'] | undefined;
}
