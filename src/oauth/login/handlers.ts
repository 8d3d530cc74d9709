import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { RETURNING_WITHOUT_STATE } from '../../errors/catalogue/oauth.js';
import { CleverCallbackError, type CleverError, isCleverError } from '../../errors/index.js';
import { hideMembers } from '../../privacy/index.js';
import { type AcceptedCallback, acceptCallback, readCallback } from '../callback.js';
import { identify } from '../identify.js';
import { exchangeCode, isSpentCode } from '../token.js';
import { methodNotAllowed, notYet, redirectTo, statusOf } from './answers.js';
import { type Browser, LoginCookies } from './cookies.js';
import { errorPage } from './error-page.js';
import { ExchangedCodes } from './exchanged-codes.js';
import { type Memory, pathOf, withArrival, withFinished, withoutArrivals, withPath } from './memory.js';
import { moveToOwnOrigin } from './own-origin.js';
import { beginLogin, isBoundTo, type NewLogin, openLogin, type PendingLogin } from './pending-login.js';
import { ownPath } from './return-to.js';
import { Sealer } from './sealer.js';
import { isSpeculative } from './speculative.js';
import type {
  CleverLogin,
  HookContext,
  LoginContext,
  LoginFailure,
  LoginResult,
  LoginSettings,
  StartOptions,
} from './types.js';

/**
 * How often in a row a login starts again because its callback could not be used. Another process may have exchanged
 * its code, so the person sees no error; but a provider that accepts no code must not cause an endless circle.
 */
const MAX_RETRIES = 2;

/** A request, what its browser's cookies say, and what the app passed with it. */
interface Visit<Context> {
  readonly request: Request;
  readonly browser: Browser;
  readonly context: Context;
}

/** What else to do when a browser is sent to Clever. */
interface WayToClever {
  readonly districtId?: string | undefined;
  readonly askWho?: boolean | undefined;
  /** What the browser remembers from now on. Default: what it remembers already. */
  readonly memory?: Memory;
}

/** Creates the two handlers. */
export function createHandlers<Context>(
  { config, verifier }: LoginContext,
  settings: LoginSettings<Context>,
): CleverLogin<Context> {
  const { redirectUri, onLogin, onError, onRepeat, currentUserId, cleverInitiated, urlToClever, origins, retryPath } =
    settings;
  const sealer = new Sealer(settings.keys);
  const cookies = new LoginCookies(sealer, redirectUri);
  const exchanged = new ExchangedCodes();

  /** Adds cookies to an answer. Copies it, because a redirect's headers cannot be changed. */
  async function answer(
    response: Response,
    { browser }: Visit<Context>,
    memory: Memory,
    ...set: string[]
  ): Promise<Response> {
    const headers = new Headers(response.headers);
    const kept = memory === browser.memory ? [] : [await cookies.remember(memory)];
    for (const cookie of [...set, ...kept, ...cookies.drop(browser)]) {
      headers.append('set-cookie', cookie);
    }
    if (!headers.has('cache-control')) {
      headers.set('cache-control', 'no-store');
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  async function sendToClever(
    visit: Visit<Context>,
    newLogin: NewLogin,
    { memory = visit.browser.memory, districtId, askWho }: WayToClever = {},
  ): Promise<Response> {
    const { binding, cookie } = await cookies.bind(visit.browser);
    const login = await beginLogin(sealer, newLogin, binding);
    const { state, nonce, verifier: codeVerifier } = login;
    const codeChallenge = config.oidc.pkce === true ? await calculatePKCECodeChallenge(codeVerifier) : undefined;
    const extraParams = askWho === true ? { confirmed: 'false' } : undefined;
    const url = urlToClever({ state, nonce, codeChallenge, districtId, extraParams });
    return answer(redirectTo(url), visit, withPath(memory, login), cookie);
  }

  /** @param memory - What the browser remembers from now on. */
  async function refuse(
    error: CleverError,
    visit: Visit<Context>,
    memory: Memory,
    status: number = statusOf(error),
  ): Promise<Response> {
    const { request, context } = visit;
    const failure: LoginFailure<Context> = { error, request, status, context };
    const response = await (onError === undefined
      ? errorPage({ error, status, retryPath })
      : onError(hideMembers(failure, ['request', 'context'], () => ({ error, status }))));
    return answer(response, visit, memory);
  }

  /**
   * Answers a callback whose code or `state` was used before: with the existing session, or with a login that the
   * person does not notice.
   *
   * @param spent - Clever's refusal of the code, if this process had not used it.
   */
  async function repeat(visit: Visit<Context>, login: PendingLogin, spent?: CleverError): Promise<Response> {
    const memory = withFinished(visit.browser.memory, login);
    const { request, context } = visit;
    const existing = await onRepeat?.(hideMembers({ request, context }, ['request', 'context'], () => ({})));
    if (existing !== undefined) {
      return answer(existing, visit, memory);
    }
    if (spent !== undefined && login.retries >= MAX_RETRIES) {
      return refuse(spent, visit, memory);
    }
    const retries = spent === undefined ? 0 : login.retries + 1;
    return sendToClever(visit, { returnTo: login.returnTo, isCleverInitiated: false, retries }, { memory });
  }

  /** Answers a login that began inside Clever: sends the browser back for a code with a `state`. */
  async function restart(visit: Visit<Context>): Promise<Response> {
    const memory = withArrival(visit.browser.memory, Date.now());
    return memory === undefined
      ? refuse(new CleverCallbackError(RETURNING_WITHOUT_STATE), visit, withoutArrivals(visit.browser.memory))
      : sendToClever(visit, { returnTo: '/', isCleverInitiated: true, retries: 0 }, { memory });
  }

  async function finish(visit: Visit<Context>, callback: AcceptedCallback<PendingLogin>): Promise<Response> {
    const { code, login } = callback;
    const { memory } = visit.browser;
    if (memory.finished.includes(login.id) || !(await isNew(code, login.state))) {
      return repeat(visit, login);
    }
    let result: LoginResult<Context>;
    try {
      result = await logIn(visit, callback);
    } catch (error) {
      if (!isCleverError(error)) {
        throw error;
      }
      return isSpentCode(error) ? repeat(visit, login, error) : refuse(error, visit, withFinished(memory, login));
    }
    return answer(await onLogin(result), visit, withFinished(memory, login));
  }

  /** Records a code and its `state` as used. Returns whether both were new. */
  async function isNew(code: string, state: string): Promise<boolean> {
    const now = Date.now();
    const [isNewCode, isNewState] = await Promise.all([exchanged.take(code, now), exchanged.take(state, now)]);
    return isNewCode && isNewState;
  }

  async function logIn(
    { request, context }: Visit<Context>,
    callback: AcceptedCallback<PendingLogin>,
  ): Promise<LoginResult<Context>> {
    const { nonce, isCleverInitiated, returnTo } = callback.login;
    const codeVerifier = config.oidc.pkce === true ? callback.login.verifier : undefined;
    const token = await exchangeCode(config, callback, { redirectUri, codeVerifier });
    const identity = await identify(config, verifier, token, { expectedNonce: nonce });
    const current = await currentUserId?.(request, { context });
    const hasSwitchedAccount = current !== undefined && current !== identity.id;
    const result = { identity, token, request, isCleverInitiated, returnTo, hasSwitchedAccount, context };
    const { connection, role } = identity;
    const hidden = ['identity', 'token', 'request', 'context'];
    return hideMembers(result, hidden, () => ({ connection, role, isCleverInitiated }));
  }

  async function visitOf(
    request: Request,
    options: Partial<HookContext<Context>> | undefined,
  ): Promise<Visit<Context>> {
    // The types require a context unless it may be undefined.
    const context = options?.context as Context;
    return { request, browser: await cookies.read(request), context };
  }

  return {
    async start(request, ...[options]) {
      const { returnTo, districtId, askWho }: StartOptions = options ?? {};
      if (request.method !== 'GET' && request.method !== 'POST') {
        return methodNotAllowed('GET, POST');
      }
      if (isSpeculative(request)) {
        return notYet();
      }
      const visit = await visitOf(request, options);
      const address = moveToOwnOrigin(request, redirectUri, origins);
      if (address !== undefined) {
        const { memory } = visit.browser;
        return isCleverError(address)
          ? refuse(address, visit, memory, 400)
          : answer(redirectTo(address, 307), visit, memory);
      }
      const wanted = returnTo ?? new URL(request.url).searchParams.get('returnTo');
      return sendToClever(
        visit,
        { returnTo: ownPath(wanted), isCleverInitiated: false, retries: 0 },
        { districtId, askWho },
      );
    },

    async callback(request, ...[options]) {
      // A link checker's HEAD must not use up the code, and no page has a reason to POST here.
      if (request.method !== 'GET') {
        return methodNotAllowed('GET');
      }
      if (isSpeculative(request)) {
        return notYet();
      }
      const visit = await visitOf(request, options);
      const { bindings, memory } = visit.browser;
      const callback = readCallback(config, request);
      if (callback.code !== undefined && callback.state === undefined && cleverInitiated === 'restart') {
        return restart(visit);
      }
      const opened = await openLogin(sealer, callback.state);
      const isOwn =
        opened !== undefined &&
        isBoundTo(
          opened,
          bindings.map(([, binding]) => binding),
        );
      const isRetry = opened !== undefined && !isOwn && opened.retries < MAX_RETRIES;
      if (isRetry && (await cookies.isOverwritten(opened, visit.browser))) {
        // Its code is not used, so it does not matter if the login is another browser's after all.
        return sendToClever(visit, { ...opened, retries: opened.retries + 1 });
      }
      const login = isOwn ? { ...opened, returnTo: pathOf(memory, opened) } : undefined;
      const accepted = acceptCallback(callback, login);
      return isCleverError(accepted)
        ? refuse(accepted, visit, login === undefined ? memory : withFinished(memory, login))
        : finish(visit, accepted);
    },
  };
}
