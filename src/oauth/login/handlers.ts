import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { CleverCallbackError, type CleverError, isCleverError } from '../../errors/index.js';
import { defineInspect } from '../../privacy/index.js';
import { randomValue } from '../../util/random.js';
import { deniedMessage } from '../callback-denied.js';
import { AttemptCookies, type Carried } from './cookies.js';
import { errorPage } from './error-page.js';
import type { LoginContext, LoginSettings } from './login.js';
import { ExchangedCodes } from './once.js';
import { type Attempt, attemptOf, pendingRestart } from './pending-login.js';
import { ownPath } from './return-to.js';
import { createCookieSealer } from './sealer.js';
import type { CleverLogin, LoginResult, StartOptions } from './types.js';

const MAX_URL_LENGTH = 8_192;

/** A new attempt, before it has its secrets. */
type Visit = Pick<Attempt, 'returnTo' | 'cleverInitiated' | 'restarts'> & Pick<StartOptions, 'districtId'>;

/** Builds the two handlers. */
export function createHandlers(context: LoginContext, settings: LoginSettings): CleverLogin {
  const { onLogin, onError, onRepeat, currentUserId, cleverInitiated, extraParams, retryPath } = settings;
  const cookies = new AttemptCookies(createCookieSealer(settings.keys), context.redirectUri);
  const exchanged = new ExchangedCodes();

  /** The answer with the browser's new cookies. Copied, because a redirect's headers cannot be changed. */
  async function answer(response: Response, { spent }: Carried, attempt?: Attempt): Promise<Response> {
    const headers = new Headers(response.headers);
    // Dropped first: a cookie may be over the number of those kept and needed once more.
    for (const name of spent) {
      headers.append('set-cookie', cookies.drop(name));
    }
    if (attempt !== undefined) {
      headers.append('set-cookie', await cookies.keep(attempt));
    }
    if (!headers.has('cache-control')) {
      headers.set('cache-control', 'no-store');
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  async function sendToClever(carried: Carried, { districtId, ...visit }: Visit): Promise<Response> {
    const secrets = { state: randomValue(), nonce: randomValue() };
    const verifier = context.usesPkce ? { verifier: randomValue() } : {};
    const id = randomValue().slice(0, 8);
    const attempt: Attempt = { id, ...secrets, ...verifier, ...visit, at: Date.now(), isFinished: false };
    const { url } = context.oauth.authorizationUrl({
      ...secrets,
      extraParams,
      ...(attempt.verifier === undefined ? {} : { codeChallenge: await calculatePKCECodeChallenge(attempt.verifier) }),
      ...(districtId === undefined ? {} : { districtId }),
    });
    return answer(redirectTo(url), carried, attempt);
  }

  async function refuse(error: CleverError, request: Request, carried: Carried, ended?: Attempt): Promise<Response> {
    const status = statusOf(error);
    const response = await (onError === undefined
      ? errorPage({ error, status, retryPath })
      : onError(defineInspect({ error, request, status }, () => ({ error, status }))));
    return answer(response, carried, ended);
  }

  /** A callback that was answered before: the session that exists, or a login that nobody sees. */
  async function repeat(request: Request, carried: Carried, { returnTo }: Attempt): Promise<Response> {
    const existing = await onRepeat?.({ request });
    return existing ?? sendToClever(carried, { returnTo, cleverInitiated: false, restarts: 0 });
  }

  async function arriveWithoutState(request: Request, carried: Carried): Promise<Response> {
    const pending = pendingRestart(carried.attempts, Date.now());
    if (cleverInitiated === 'reject' || pending !== undefined) {
      // Ended, so that a person who clicks the portal's icon once more gets another try.
      const ended = pending && { ...pending, isFinished: true };
      return refuse(stateMissing(pending !== undefined), request, carried, ended);
    }
    return sendToClever(carried, { returnTo: '/', cleverInitiated: true, restarts: 1 });
  }

  async function finish(request: Request, carried: Carried, attempt: Attempt, code: string): Promise<Response> {
    if (attempt.isFinished || !(await exchanged.take(code, Date.now()))) {
      return repeat(request, carried, attempt);
    }
    const ended: Attempt = { ...attempt, isFinished: true };
    let result: LoginResult;
    try {
      result = await logIn(request, attempt);
    } catch (error) {
      if (!isCleverError(error)) {
        throw error;
      }
      return refuse(error, request, carried, ended);
    }
    return answer(await onLogin(result), carried, ended);
  }

  async function logIn(request: Request, attempt: Attempt): Promise<LoginResult> {
    const token = await context.oauth.exchangeCallback(request.url, {
      expectedState: attempt.state,
      ...(attempt.verifier === undefined ? {} : { codeVerifier: attempt.verifier }),
    });
    const identity = await context.oauth.identify(token, { expectedNonce: attempt.nonce });
    const current = await currentUserId?.(request);
    const result: LoginResult = {
      identity,
      token,
      request,
      isCleverInitiated: attempt.cleverInitiated,
      returnTo: attempt.returnTo,
      hasSwitchedAccount: current !== undefined && current !== identity.id,
    };
    const { connection, role } = identity;
    return defineInspect(result, () => ({ connection, role, isCleverInitiated: result.isCleverInitiated }));
  }

  return {
    async start(request, { returnTo, districtId } = {}) {
      if (request.method !== 'GET' && request.method !== 'POST') {
        return methodNotAllowed('GET, POST');
      }
      const wanted = returnTo ?? new URL(request.url).searchParams.get('returnTo');
      const visit = { returnTo: ownPath(wanted), cleverInitiated: false, restarts: 0 };
      return sendToClever(await cookies.read(request), districtId === undefined ? visit : { ...visit, districtId });
    },

    async callback(request) {
      // A link checker's HEAD must not spend the code, and nobody has a reason to POST here.
      if (request.method !== 'GET') {
        return methodNotAllowed('GET');
      }
      const carried = await cookies.read(request);
      const parameters = readParameters(request.url);
      if (isCleverError(parameters)) {
        // A refusal ends the login it answers, so that the next try is a first one.
        const answered = attemptOf(carried.attempts, new URL(request.url).searchParams.get('state') ?? '');
        const isEnded = parameters.reason === 'denied' && answered !== undefined;
        return refuse(parameters, request, carried, isEnded ? { ...answered, isFinished: true } : undefined);
      }
      const { code, state } = parameters;
      if (state === undefined) {
        return code === undefined ? refuse(codeMissing(), request, carried) : arriveWithoutState(request, carried);
      }
      const attempt = attemptOf(carried.attempts, state);
      if (attempt === undefined) {
        return refuse(stateUnknown(), request, carried);
      }
      return code === undefined
        ? refuse(codeMissing(), request, carried, { ...attempt, isFinished: true })
        : finish(request, carried, attempt, code);
    },
  };
}

/** The callback's parameters, each at most once; an error when Clever or somebody else sent something unusable. */
function readParameters(url: string): { code?: string; state?: string } | CleverCallbackError {
  const malformed = (what: string): CleverCallbackError =>
    new CleverCallbackError(`The callback ${what}. Nothing was exchanged. Start the login again.`, {
      reason: 'malformed',
    });
  if (url.length > MAX_URL_LENGTH) {
    return malformed('is longer than any that Clever sends');
  }
  const { searchParams } = new URL(url);
  for (const name of ['code', 'state', 'error', 'error_description', 'iss']) {
    if (searchParams.getAll(name).length > 1) {
      return malformed(`has \`${name}\` more than once`);
    }
  }
  const error = searchParams.get('error');
  if (error !== null) {
    const errorDescription = searchParams.get('error_description') ?? undefined;
    return new CleverCallbackError(deniedMessage(error), { reason: 'denied', error, errorDescription });
  }
  const code = searchParams.get('code');
  const state = searchParams.get('state');
  return { ...(code ? { code } : {}), ...(state ? { state } : {}) };
}

function stateMissing(isLoop: boolean): CleverCallbackError {
  const what = isLoop
    ? 'The browser came from Clever without `state` a second time within a minute, although the SDK had sent one.'
    : 'The login began inside Clever and has no `state`, and `cleverInitiated` is `reject`.';
  return new CleverCallbackError(`${what} Its code was not exchanged.`, { reason: 'state_missing' });
}

function stateUnknown(): CleverCallbackError {
  return new CleverCallbackError(
    'The callback has a `state` that this browser did not begin a login with, or began too long ago. Its code was not ' +
      'exchanged. Start the login again; if it happens to everybody, check that the cookie reaches the callback path.',
    { reason: 'state_mismatch' },
  );
}

function codeMissing(): CleverCallbackError {
  return new CleverCallbackError('The callback has neither a code nor an error. Start the login again.', {
    reason: 'code_missing',
  });
}

/** The status that tells the browser whose turn it is. */
function statusOf(error: CleverError): number {
  if (error instanceof CleverCallbackError) {
    const isTrouble = error.error === 'server_error' || error.error === 'temporarily_unavailable';
    return error.reason !== 'denied' ? 400 : isTrouble ? 502 : 403;
  }
  return error.code === 'oauth_token' || error.code === 'oauth_id_token' ? 400 : 502;
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 302, headers: { location, 'referrer-policy': 'no-referrer' } });
}

function methodNotAllowed(allow: string): Response {
  return new Response(null, { status: 405, headers: { allow } });
}
