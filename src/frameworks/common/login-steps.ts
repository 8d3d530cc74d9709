import type { CleverClient, LoginFailure, LoginOptions, LoginResult, StartOptions } from '../../index.js';

/** The part of a client that logs people in. */
export type LoginClient = Pick<CleverClient, 'login' | 'oauth'>;

/** The options of `clever.login` that do not depend on the framework. */
export interface CleverLoginSettings
  extends Pick<LoginOptions, 'cookieSecret' | 'cleverInitiated' | 'extraParams' | 'origins' | 'retryPath'> {}

/** What one request of a login has led to. */
export interface LoginStep {
  /** What to answer, unless one of the other members says that the framework goes on. */
  readonly response: Response;
  /** The `Set-Cookie` values that have to be sent with any answer. */
  readonly cookies: readonly string[];
  /** The person who has logged in. */
  readonly result?: LoginResult<unknown>;
  readonly failure?: LoginFailure<unknown>;
  /** Whether this callback was answered before, and the person is logged in. */
  readonly isRepeat?: boolean;
}

/** Options of one step. */
export interface LoginStepOptions extends StartOptions {
  /** Whether someone is logged in on this browser: then a repeated callback starts no new login. */
  readonly isLoggedIn?: boolean;
}

/** Answers a request at an address that serves both the button and Clever's callback. */
export type TakeLoginStep = (request: Request, options?: LoginStepOptions) => Promise<LoginStep>;

type Notes = { -readonly [Name in 'result' | 'failure' | 'isRepeat']?: LoginStep[Name] } & {
  readonly isLoggedIn: boolean;
};

/**
 * The complete login for frameworks whose own code has to go on after it, instead of a hook that returns a response.
 *
 * @param handlesFailures - Whether failed logins are returned as `failure`. Otherwise `response` is the SDK's own page.
 */
export function createLoginSteps(
  client: Pick<LoginClient, 'login'>,
  settings: CleverLoginSettings,
  handlesFailures: boolean,
): TakeLoginStep {
  // The framework answers: of this response, only the cookies that the login adds are used.
  const nothing = (): Response => new Response(null);
  const login = client.login<Notes>({
    ...settings,
    onLogin: (result) => {
      result.context.result = result;
      return nothing();
    },
    onRepeat: ({ context }) => {
      context.isRepeat = context.isLoggedIn;
      return context.isRepeat ? nothing() : undefined;
    },
    ...(handlesFailures && {
      onError: (failure: LoginFailure<Notes>) => {
        failure.context.failure = failure;
        return nothing();
      },
    }),
  });
  return async (request, { isLoggedIn = false, ...options } = {}) => {
    const context: Notes = { isLoggedIn };
    const response = await (isCallback(request)
      ? login.callback(request, { context })
      : login.start(request, { ...options, context }));
    return { ...context, response, cookies: response.headers.getSetCookie() };
  };
}

/** Whether a request comes from Clever. Without any of these parameters, it is a click on the button. */
export function isCallback({ url }: Pick<Request, 'url'>): boolean {
  const { searchParams } = new URL(url);
  return ['code', 'state', 'error'].some((name) => searchParams.has(name));
}
