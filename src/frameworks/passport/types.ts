import type { CleverError, CleverIdentity, NodeRequest, NodeResponse, StartOptions, UserToken } from '../../index.js';
import type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';

/** Options of {@link CleverStrategy}. */
export interface CleverStrategyOptions<PassReq extends boolean = boolean> extends CleverLoginSettings {
  /** The client, with `redirectUri`. */
  readonly client: Pick<LoginClient, 'login'>;
  /** Whether `verify` gets the request as its first argument. Default `false`. */
  readonly passReqToCallback?: PassReq;
}

/**
 * Options of a login that begins at this app, for `passport.authenticate('clever', options)` beside Passport's own.
 *
 * @example
 * ```ts
 * import type { CleverAuthenticateOptions } from 'clever-sdk/passport';
 *
 * export const askWho: CleverAuthenticateOptions = { askWho: true };
 * ```
 */
export interface CleverAuthenticateOptions extends StartOptions {
  /** Passport's: whether to keep the person in the session. Default `true`. */
  readonly session?: boolean | undefined;
  /** Passport's, which `passport.authorize` sets: where the request gets the account. */
  readonly assignProperty?: string | undefined;
}

/**
 * Reports the app's user, as in every strategy of Passport: an error, or the user, or `false` for a person whom the app
 * does not let in.
 */
export type VerifyDone = (error?: unknown, user?: unknown, info?: object) => void;

/**
 * Finds or creates the app's user. Either calls `done`, or names only the arguments before it and returns the user, or
 * a promise of the user. Use `identity.id` as the key, never the e-mail address, which may be missing.
 */
export type CleverVerify = (identity: CleverIdentity, token: UserToken, done: VerifyDone) => unknown;

/** The same with `passReqToCallback: true`. */
export type CleverVerifyWithRequest<Request> = (
  request: Request,
  identity: CleverIdentity,
  token: UserToken,
  done: VerifyDone,
) => unknown;

/** What a failed login gives to Passport: to `failureMessage`, `failureFlash`, and a callback of `authenticate`. */
export interface CleverFailureInfo {
  /** A sentence for the person. */
  readonly message: string;
  /** The typed error, for developers. */
  readonly error: CleverError;
}

/** What a login gives to Passport beside the user: `req.authInfo`, and the `info` of a callback of `authenticate`. */
export interface CleverAuthInfo {
  /** Where to go now: the path that the login was started with, otherwise `/`. Always a path of the app. */
  readonly returnTo: string;
  /** Whether the login began inside Clever: portal, Clever Library or Instant Login link. */
  readonly isCleverInitiated: boolean;
}

/** The members of Express's request that the strategy reads. */
export interface PassportRequest extends NodeRequest {
  /** Set by Express. */
  readonly res?: NodeResponse | undefined;
  /** Set by `passport.session()`. */
  readonly user?: unknown;
}
