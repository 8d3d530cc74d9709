import { ENTRY } from '../../errors/catalogue/oauth.js';
import { CleverCallbackError, CleverConfigError } from '../../errors/index.js';
import { hideMembers } from '../../privacy/index.js';
import { denied, parametersOf } from '../callback.js';
import { methodNotAllowed, notYet, redirectTo, statusOf } from './answers.js';
import { elapsedMs } from './clock.js';
import { errorPage } from './error-page.js';
import { ownPath } from './return-to.js';
import { isSpeculative } from './speculative.js';
import type { CleverEntryOptions, CleverEntryStart } from './types.js';

const COOKIE = 'clever_entry';
/** The longest value of {@link COOKIE} that is read; one that the entry has set is shorter. */
const MAX_COOKIE_LENGTH = 100;
/**
 * Arrivals that are further apart than this belong to different visits. People click the portal's icon twice, and a
 * class may share a device; a browser that is sent in a circle arrives more often.
 */
const VISIT_SECONDS = 20;
/** A browser follows 20 redirects, and a round of a circle has four or five: this ends it while a page can be shown. */
const MAX_ARRIVALS = 3;

/**
 * Creates the handler of an entry.
 *
 * An arrival from Clever is sent to the same address without its query, which starts the framework's login. So neither
 * the framework nor its logs see the code, and the cookie that counts the arrivals is set even by frameworks that
 * redirect with an exception.
 */
export function createEntryHandler<Given extends unknown[]>(
  start: CleverEntryStart<Given>,
  { onError, retryPath }: CleverEntryOptions,
): (request: Request, ...given: Given) => Promise<Response> {
  async function refuse(error: CleverCallbackError, request: Request): Promise<Response> {
    const status = statusOf(error);
    const response = await (onError === undefined
      ? errorPage({ error, status, retryPath: ownPath(retryPath) })
      : onError(hideMembers({ error, request, status }, ['request'], () => ({ error, status }))));
    const headers = new Headers(response.headers);
    headers.append('set-cookie', cookie(request, [], 0));
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  function arrive(request: Request): Response | Promise<Response> {
    const arrivals = arrivalsOf(request);
    if (arrivals.length >= MAX_ARRIVALS) {
      return refuse(new CleverCallbackError(ENTRY.returning), request);
    }
    // Relative to the address that the browser knows, which a proxy may hide from the app.
    const response = redirectTo('?');
    response.headers.set('cache-control', 'no-store');
    response.headers.append('set-cookie', cookie(request, [...arrivals, Date.now()], VISIT_SECONDS));
    return response;
  }

  return async (request, ...given) => {
    if (request.method !== 'GET') {
      return methodNotAllowed('GET');
    }
    if (isSpeculative(request)) {
      return notYet();
    }
    const parameters = parametersOf(request);
    if (parameters instanceof CleverCallbackError) {
      return refuse(parameters, request);
    }
    if (parameters.get('error')) {
      return refuse(denied(parameters.get('error') ?? '', parameters.get('error_description') ?? undefined), request);
    }
    if (parameters.get('state')) {
      return refuse(new CleverCallbackError(ENTRY.with_state), request);
    }
    return parameters.get('code') ? arrive(request) : answerOf(await start(request, ...given));
  };
}

/** The answer that starts the framework's login. */
function answerOf(started: unknown): Response {
  if (started instanceof Response) {
    return started;
  }
  if (typeof started === 'string' || started instanceof URL) {
    const response = redirectTo(String(started));
    response.headers.set('cache-control', 'no-store');
    return response;
  }
  if (isResponse(started)) {
    return started;
  }
  throw new CleverConfigError(
    'cleverEntry(): the function must return what starts a login of your framework: a Response, or the address that does.',
  );
}

/** Whether a value is a `Response` of another realm or of a polyfill. */
function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

/** When the browser has arrived, in milliseconds since 1970. A browser may claim anything: it delays only itself. */
function arrivalsOf(request: Request): number[] {
  const header = request.headers.get('cookie') ?? '';
  const value =
    new RegExp(`(?:^|;\\s*)${COOKIE}=([\\da-z.]{1,${MAX_COOKIE_LENGTH}})(?:;|$)`, 'u').exec(header)?.[1] ?? '';
  const now = Date.now();
  return (
    value
      .split('.')
      // One in the future, before the clock was set back, counts as one that happened now.
      .map((at) => Math.min(Number.parseInt(at, 36), now))
      .filter((at) => elapsedMs(at, now) < VISIT_SECONDS * 1_000)
  );
}

function cookie({ url }: Request, arrivals: readonly number[], seconds: number): string {
  const value = arrivals.map((at) => at.toString(36)).join('.');
  return `${COOKIE}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${url.startsWith('https:') ? '; Secure' : ''}`;
}
