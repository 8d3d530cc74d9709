import type { CleverError } from '../../errors/index.js';
import type { UserToken } from '../../schemas/tokens.js';
import type { InnerAuthorizationUrlOptions } from '../authorization-url.js';
import type { OAuthConfig } from '../context.js';
import type { CleverIdentity } from '../identity.js';
import type { IdTokenVerifier } from '../oidc/id-token.js';
import type { CookieKeys, CookieSecret } from './cookie-keys.js';

/** A person has logged in. What `onLogin` receives. */
export interface LoginResult {
  /** Who it is: one stable answer, keyed on Clever's id. */
  readonly identity: CleverIdentity;
  /** The person's own token. Shown as `[redacted]` wherever it is printed; it expires within a day or less. */
  readonly token: UserToken;
  /** The callback's request, with the app's own cookies. */
  readonly request: Request;
  /** Whether the login began inside Clever: portal, Clever Library or Instant Login link. */
  readonly isCleverInitiated: boolean;
  /** The path to go to now: what `start` was asked for, or `/`. Always one of the app's own. */
  readonly returnTo: string;
  /**
   * Whether another person was logged in on this browser until now. Always `false` without the `currentUserId` hook.
   *
   * Whatever it says: **replace any existing session.** Students share devices, and Clever certifies no app
   * that keeps the last person's session after a new login. Source: dev.clever.com/docs/il-security.
   */
  readonly hasSwitchedAccount: boolean;
}

/** A login did not work. What `onError` receives. */
export interface LoginFailure {
  /** What happened. `error.userMessage` is safe to show; `error.message` is for you. */
  readonly error: CleverError;
  readonly request: Request;
  /** The HTTP status that fits: 400 and 403 for what the browser brought, 502 for trouble at Clever. */
  readonly status: number;
}

/** What `clever.login` takes. */
export interface LoginOptions {
  /**
   * Seals the cookie that holds `state`, nonce and the place to return to while the browser is at Clever: a
   * random string of at least 32 bytes. A list rotates: the first seals, all of them open.
   */
  readonly cookieSecret: CookieSecret | undefined;
  /**
   * Makes the session and answers. Must replace any session that the browser still has, whichever person it
   * belongs to: see {@link LoginResult.hasSwitchedAccount}.
   */
  readonly onLogin: (result: LoginResult) => Response | Promise<Response>;
  /** Answers a failed login. Default: a plain, accessible page with `error.userMessage`. */
  readonly onError?: (failure: LoginFailure) => Response | Promise<Response>;
  /**
   * Answers a callback that was answered before (reload, back button, a second tab): usually a redirect
   * into the session that exists. Without it, or when it gives nothing, the login starts anew, which a
   * Clever session makes invisible.
   */
  readonly onRepeat?: (context: { readonly request: Request }) => Response | undefined | Promise<Response | undefined>;
  /** Says who is logged in on this browser now, by Clever's id, for {@link LoginResult.hasSwitchedAccount}. */
  readonly currentUserId?: (request: Request) => string | undefined | Promise<string | undefined>;
  /**
   * What to do with a login that began inside Clever and thus has no `state`: start it anew with one (`'restart'`,
   * default, as Clever documents) or refuse it (`'reject'`). Its first code is never exchanged.
   * Source: dev.clever.com/docs/il-design.
   */
  readonly cleverInitiated?: 'restart' | 'reject';
  /** Further parameters of the authorization request, for example `{ confirmed: 'false' }`. */
  readonly extraParams?: Readonly<Record<string, string>>;
  /** Where *Try again* on the default error page leads. Default `/`. */
  readonly retryPath?: string;
}

/** What one `start` takes. */
export interface StartOptions {
  /** Where to go after the login: a path of the app. Default: the request's `returnTo` parameter, else `/`. */
  readonly returnTo?: string;
  /** Preselects a district at Clever. */
  readonly districtId?: string;
}

/** A whole login as two web-standard handlers. */
export interface CleverLogin {
  /**
   * Sends the browser to Clever. For the "Log in with Clever" button.
   *
   * Reads the `returnTo` query parameter, an absolute path of the app; anything else becomes `/`.
   */
  start(request: Request, options?: StartOptions): Promise<Response>;
  /**
   * Receives the browser from Clever. Portal, Clever Library, Instant Login links and the button all land
   * here: serve it at the path of `redirectUri`, by `GET`.
   *
   * Throws no error of its own: a `GET` ends in `onLogin`, `onError`, `onRepeat` or a redirect, any other
   * method in 405. What the hooks throw is passed on.
   */
  callback(request: Request): Promise<Response>;
}

/** What the handlers of a login need of the app. */
export interface LoginContext {
  readonly config: OAuthConfig;
  /** Shared with `clever.oauth`, so that the provider's keys are read once. */
  readonly verifier: IdTokenVerifier;
}

/** What the app chose, checked, with every default filled in. */
export interface LoginSettings extends Required<Pick<LoginOptions, 'onLogin' | 'cleverInitiated' | 'retryPath'>> {
  readonly redirectUri: string;
  /** Builds the address that a login is sent to, with the app's further parameters. */
  readonly urlToClever: (options: InnerAuthorizationUrlOptions) => string;
  readonly keys: CookieKeys;
  readonly onError: LoginOptions['onError'] | undefined;
  readonly onRepeat: LoginOptions['onRepeat'] | undefined;
  readonly currentUserId: LoginOptions['currentUserId'] | undefined;
}
