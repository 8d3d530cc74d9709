import type { LoginFailure, LoginRepeat, LoginResult } from '../../index.js';
import type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';

/**
 * A login that has just succeeded: `c.get('clever')`. Read its members by name: printing it shows no person and no
 * token, and a spread does not copy them.
 */
export type CleverVariable = Pick<
  LoginResult,
  'identity' | 'token' | 'returnTo' | 'isCleverInitiated' | 'hasSwitchedAccount'
>;

/**
 * The variables that the middleware sets for the handler of the callback.
 *
 * @example
 * ```ts
 * import type { CleverVariables } from 'clever-sdk/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono<{ Variables: CleverVariables }>();
 * ```
 */
export interface CleverVariables {
  clever: CleverVariable;
}

/** The members of Hono's context that the middleware uses. */
export interface HonoLikeContext {
  readonly req: { readonly raw: Request; readonly path: string };
  res: Response;
  /** Sets a variable. */
  // biome-ignore lint/suspicious/noExplicitAny: Hono's own type depends on the variables of the app.
  set: (...given: any) => void;
}

/** Options of {@link cleverAuth}. */
export interface CleverAuthOptions<Context = HonoLikeContext> extends CleverLoginSettings {
  /** The client, with `redirectUri`. */
  readonly client: LoginClient;
  /** The path of the button. Default: the folder of the callback, `/auth/clever` for `/auth/clever/callback`. */
  readonly startPath?: string;
  /** The path of the callback as the app sees it. Default: that of `redirectUri`, which a proxy may have shortened. */
  readonly callbackPath?: string;
  /** Answers a failed login. Default: a plain, accessible page with `error.userMessage`. `context` is Hono's. */
  onError?(failure: LoginFailure<Context>): Response | Promise<Response>;
  /** Answers a callback that was answered before. Default: the login starts again. `context` is Hono's. */
  onRepeat?(repeat: LoginRepeat<Context>): Response | undefined | Promise<Response | undefined>;
  /** Returns the Clever id of the person who is logged in now, for `hasSwitchedAccount`. `context` is Hono's. */
  currentUserId?(
    request: Request,
    given: { readonly context: Context },
  ): string | undefined | Promise<string | undefined>;
}
