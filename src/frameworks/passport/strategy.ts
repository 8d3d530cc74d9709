import { addCookies, type NodeResponse, sendResponse, webRequest } from '../../adapters/node.js';
import { CleverConfigError } from '../../errors/config.js';
import type { CleverIdentity, UserToken } from '../../index.js';
import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { omitUndefined } from '../../util/omit-undefined.js';
import { createLoginSteps, type LoginStep, type LoginStepOptions } from '../common/login-steps.js';
import type {
  CleverAuthenticateOptions,
  CleverAuthInfo,
  CleverFailureInfo,
  CleverStrategyOptions,
  CleverVerify,
  CleverVerifyWithRequest,
  PassportRequest,
  VerifyDone,
} from './types.js';

/** What Passport adds to a strategy for each request. Source: passport's lib/middleware/authenticate.js. */
interface PassportActions {
  success(user: unknown, info?: object): void;
  fail(challenge?: object, status?: number): void;
  error(error: unknown): void;
}

const OPTION_KEYS = keysOf<CleverStrategyOptions>()({
  client: true,
  passReqToCallback: true,
  cookieSecret: true,
  cleverInitiated: true,
  extraParams: true,
  origins: true,
  retryPath: true,
});

/**
 * Logs people in by Clever, as a strategy of Passport 0.7 in Express.
 *
 * One strategy serves two routes: the button's, and that of `redirectUri`, where every login from Clever arrives. A
 * request with a `code`, a `state` or an `error` is a callback, any other request starts a login. `authenticate` also
 * takes {@link CleverAuthenticateOptions}. The flow needs no session; Passport's own login session does, and Passport
 * replaces the browser's previous one at each login (do not set `keepSessionInfo`, which copies the previous person's
 * data).
 *
 * A failed login ends in Passport's failure with a sentence for the person and a suitable status: pass
 * `failureRedirect` and `failureMessage`, or a callback that reads {@link CleverFailureInfo}. A callback that was
 * answered before (reload, back button) keeps the person who is logged in, or starts the login again.
 *
 * @throws `CleverConfigError` for an unknown option, without `verify`, and for what `clever.login` refuses.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { CleverStrategy } from 'clever-sdk/passport';
 * import express from 'express';
 * import passport from 'passport';
 *
 * const client = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 *   redirectUri: 'https://app.example.com/auth/clever/callback',
 * });
 * const cookieSecret = process.env['COOKIE_SECRET'];
 * passport.use(new CleverStrategy({ client, cookieSecret }, async (identity) => ({ id: identity.id })));
 * const app = express();
 * app.get('/auth/clever', passport.authenticate('clever'));
 * app.get(
 *   '/auth/clever/callback',
 *   passport.authenticate('clever', { successRedirect: '/', failureRedirect: '/login', failureMessage: true }),
 * );
 * ```
 */
export class CleverStrategy {
  /** The name to pass to `passport.authenticate`. */
  readonly name: string = 'clever';
  /** Called by Passport for each request, on an object that inherits from this strategy. */
  readonly authenticate: (this: unknown, request: PassportRequest, options?: CleverAuthenticateOptions) => void;

  /**
   * @param options - The client and a `cookieSecret` of at least 32 bytes.
   * @param verify - Finds the app's user by `identity.id`.
   */
  constructor(options: CleverStrategyOptions<false>, verify: CleverVerify);
  /**
   * @param options - With `passReqToCallback: true`.
   * @param verify - Gets the request first.
   */
  constructor(
    options: CleverStrategyOptions<true> & { readonly passReqToCallback: true },
    // biome-ignore lint/suspicious/noExplicitAny: Express's request, whose type this package does not import.
    verify: CleverVerifyWithRequest<any>,
  );
  constructor(options: CleverStrategyOptions, verify: (...given: never[]) => unknown) {
    checkOptions('new CleverStrategy()', options, OPTION_KEYS);
    if (typeof verify !== 'function') {
      throw new CleverConfigError(
        'new CleverStrategy() needs a second argument: the function that finds the user by `identity.id`.',
      );
    }
    const { client, passReqToCallback = false, ...settings } = options;
    const takeStep = createLoginSteps(client, settings, true);
    const find = userFinder(verify as (...given: unknown[]) => unknown, passReqToCallback);
    // Passport calls it on an object made by Object.create(strategy), where private members of a class do not exist.
    this.authenticate = function authenticate(request, { returnTo, districtId, askWho, assignProperty } = {}) {
      const actions = this as PassportActions;
      // With passport.authorize(), the person who is logged in is not the account that is asked for.
      const isLoggedIn = assignProperty === undefined && Boolean(request.user);
      const options = { isLoggedIn, ...omitUndefined({ returnTo, districtId, askWho }) };
      authenticateWith(actions, request, options).catch((error: unknown) => actions.error(error));
    };

    async function authenticateWith(actions: PassportActions, request: PassportRequest, given: LoginStepOptions) {
      const { res } = request;
      if (res === undefined) {
        throw new CleverConfigError(
          'CleverStrategy needs `req.res`, which Express sets. In another server, set it before passport.authenticate().',
        );
      }
      const step = await takeStep(webRequest(request), given);
      await act(actions, step, { request, res, find });
    }
  }
}

/** A user, or `false`, and what the app says about it. */
interface Found {
  readonly user: unknown;
  readonly info?: object | undefined;
}

type FindUser = (request: PassportRequest, identity: CleverIdentity, token: UserToken) => Promise<Found>;

/** One request, and how its user is found. */
interface Visit {
  readonly request: PassportRequest;
  readonly res: NodeResponse;
  readonly find: FindUser;
}

/** Ends in exactly one of Passport's actions, or in an answer of the login itself. */
async function act(actions: PassportActions, step: LoginStep, { request, res, find }: Visit): Promise<void> {
  const { response, cookies, result, failure, isRepeat } = step;
  if (failure !== undefined) {
    const info: CleverFailureInfo = { message: failure.error.userMessage, error: failure.error };
    addCookies(res, cookies);
    actions.fail(info, failure.status);
  } else if (result !== undefined) {
    const { returnTo, isCleverInitiated } = result;
    const own: CleverAuthInfo = { returnTo, isCleverInitiated };
    addCookies(res, cookies);
    const { user, info } = await find(request, result.identity, result.token);
    user ? actions.success(user, { ...own, ...info }) : actions.fail(info);
  } else if (isRepeat === true) {
    const own: CleverAuthInfo = { returnTo: '/', isCleverInitiated: false };
    addCookies(res, cookies);
    actions.success(request.user, own);
  } else {
    await sendResponse(res, response);
  }
}

/** Calls the app's `verify`, which reports by `done` if it names that argument, and otherwise by its result. */
function userFinder(verify: (...given: unknown[]) => unknown, passReqToCallback: boolean): FindUser {
  return async (request, identity, token) => {
    const given = passReqToCallback ? [request, identity, token] : [identity, token];
    if (verify.length <= given.length) {
      return { user: await verify(...given) };
    }
    return new Promise((resolve, reject) => {
      const done: VerifyDone = (error, user, info) =>
        error === undefined || error === null ? resolve({ user, info }) : reject(error);
      // A `verify` that is also asynchronous may fail without calling `done`.
      Promise.resolve(verify(...given, done)).catch(reject);
    });
  };
}
