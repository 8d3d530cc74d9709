import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { STATE_MISSING_AGAIN } from '../../errors/catalogue/oauth.js';
import { CleverCallbackError, type CleverError, CleverTokenError, isCleverError } from '../../errors/index.js';
import { isTroubleAtClever } from '../../errors/trouble.js';
import { hideMembers } from '../../privacy/index.js';
import { randomValue } from '../../util/random.js';
import { type AcceptedCallback, acceptCallback, readCallback } from '../callback.js';
import { identify } from '../identify.js';
import { exchangeCode } from '../token.js';
import { type Carried, LoginCookies } from './cookies.js';
import { errorPage } from './error-page.js';
import { ExchangedCodes, loginOf, type PendingLogin, pendingRestart } from './pending-login.js';
import { ownPath } from './return-to.js';
import type { CleverLogin, LoginContext, LoginResult, LoginSettings } from './types.js';

/** A new login, before its secrets are created. */
interface NewLogin extends Pick<PendingLogin, 'returnTo' | 'cleverInitiated' | 'restarts'> {
  readonly districtId?: string | undefined;
}

/** Creates the two handlers. */
export function createHandlers({ config, verifier }: LoginContext, settings: LoginSettings): CleverLogin {
  const { redirectUri, onLogin, onError, onRepeat, currentUserId, cleverInitiated, urlToClever, retryPath } = settings;
  const cookies = new LoginCookies(settings.keys, redirectUri);
  const exchanged = new ExchangedCodes();

  /** Adds the browser's new cookies to an answer. Copies it, because a redirect's headers cannot be changed. */
  async function answer(response: Response, { spent }: Carried, login?: PendingLogin): Promise<Response> {
    const headers = new Headers(response.headers);
    // Dropped first, because a login beyond the kept number may still be needed once, and is then set again.
    for (const name of spent) {
      headers.append('set-cookie', cookies.drop(name));
    }
    if (login !== undefined) {
      headers.append('set-cookie', await cookies.keep(login));
    }
    if (!headers.has('cache-control')) {
      headers.set('cache-control', 'no-store');
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  async function sendToClever(carried: Carried, { districtId, ...begun }: NewLogin): Promise<Response> {
    const [state, nonce] = [randomValue(), randomValue()];
    const codeVerifier = config.oidc.pkce === true ? randomValue() : undefined;
    const codeChallenge = codeVerifier && (await calculatePKCECodeChallenge(codeVerifier));
    const id = randomValue().slice(0, 8);
    const login: PendingLogin = {
      id,
      state,
      nonce,
      verifier: codeVerifier,
      ...begun,
      at: Date.now(),
      isFinished: false,
    };
    return answer(redirectTo(urlToClever({ state, nonce, codeChallenge, districtId })), carried, login);
  }

  /** @param login - The login that the refusal ends, so that the next try starts fresh. */
  async function refuse(
    error: CleverError,
    request: Request,
    carried: Carried,
    login?: PendingLogin,
  ): Promise<Response> {
    const status = statusOf(error);
    const response = await (onError === undefined
      ? errorPage({ error, status, retryPath })
      : onError(hideMembers({ error, request, status }, ['request'], () => ({ error, status }))));
    return answer(response, carried, login && ended(login));
  }

  /**
   * Answers a callback that was answered before: with the existing session, or with a login that the person
   * does not notice.
   */
  async function repeat(request: Request, carried: Carried, { returnTo }: PendingLogin): Promise<Response> {
    const existing = await onRepeat?.(hideMembers({ request }, ['request'], () => ({})));
    return existing ?? sendToClever(carried, { returnTo, cleverInitiated: false, restarts: 0 });
  }

  /** Answers a login that began inside Clever: sends the browser back once for a code with a `state`. */
  async function restart(request: Request, carried: Carried): Promise<Response> {
    const pending = pendingRestart(carried.logins, Date.now());
    return pending === undefined
      ? sendToClever(carried, { returnTo: '/', cleverInitiated: true, restarts: 1 })
      : refuse(new CleverCallbackError(STATE_MISSING_AGAIN), request, carried, pending);
  }

  async function finish(
    request: Request,
    carried: Carried,
    callback: AcceptedCallback<PendingLogin>,
  ): Promise<Response> {
    const { code, login } = callback;
    if (login.isFinished || !(await exchanged.take(code, Date.now()))) {
      return repeat(request, carried, login);
    }
    let result: LoginResult;
    try {
      result = await logIn(request, callback);
    } catch (error) {
      if (!isCleverError(error)) {
        throw error;
      }
      return refuse(error, request, carried, login);
    }
    return answer(await onLogin(result), carried, ended(login));
  }

  async function logIn(request: Request, callback: AcceptedCallback<PendingLogin>): Promise<LoginResult> {
    const { nonce, verifier: codeVerifier, cleverInitiated: isCleverInitiated, returnTo } = callback.login;
    const token = await exchangeCode(config, callback, { redirectUri, codeVerifier });
    const identity = await identify(config, verifier, token, { expectedNonce: nonce });
    const current = await currentUserId?.(request);
    const hasSwitchedAccount = current !== undefined && current !== identity.id;
    const result: LoginResult = { identity, token, request, isCleverInitiated, returnTo, hasSwitchedAccount };
    const { connection, role } = identity;
    return hideMembers(result, ['identity', 'token', 'request'], () => ({ connection, role, isCleverInitiated }));
  }

  return {
    async start(request, { returnTo, districtId } = {}) {
      if (request.method !== 'GET' && request.method !== 'POST') {
        return methodNotAllowed('GET, POST');
      }
      const wanted = returnTo ?? new URL(request.url).searchParams.get('returnTo');
      const begun: NewLogin = { returnTo: ownPath(wanted), cleverInitiated: false, restarts: 0, districtId };
      return sendToClever(await cookies.read(request), begun);
    },

    async callback(request) {
      // A link checker's HEAD must not use up the code, and no page has a reason to POST here.
      if (request.method !== 'GET') {
        return methodNotAllowed('GET');
      }
      const carried = await cookies.read(request);
      const callback = readCallback(config, request);
      if (callback.code !== undefined && callback.state === undefined && cleverInitiated === 'restart') {
        return restart(request, carried);
      }
      const login = loginOf(carried.logins, callback.state);
      const accepted = acceptCallback(callback, login);
      return isCleverError(accepted) ? refuse(accepted, request, carried, login) : finish(request, carried, accepted);
    },
  };
}

function ended(login: PendingLogin): PendingLogin {
  return { ...login, isFinished: true };
}

/** Returns the HTTP status for a failed login. */
function statusOf(error: CleverError): number {
  if (error instanceof CleverCallbackError) {
    return error.reason !== 'denied' ? 400 : isTroubleAtClever(error) ? 502 : 403;
  }
  if (error instanceof CleverTokenError) {
    return isTroubleAtClever(error) ? 502 : 400;
  }
  return error.code === 'oauth_id_token' ? 400 : 502;
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 302, headers: { location, 'referrer-policy': 'no-referrer' } });
}

function methodNotAllowed(allow: string): Response {
  return new Response(null, { status: 405, headers: { allow } });
}
