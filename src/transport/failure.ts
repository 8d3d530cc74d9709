import { adviceOn } from '../errors/advice.js';
import {
  type ApiFailure,
  CleverApiError,
  CleverAuthenticationError,
  CleverBadRequestError,
  CleverConnectionError,
  type CleverError,
  CleverNotFoundError,
  CleverPermissionError,
  CleverRateLimitError,
  CleverServerError,
  CleverTimeoutError,
} from '../errors/index.js';
import type { Answer, Outcome } from './attempt.js';
import type { BudgetSpent } from './budget/index.js';
import { readErrorBody } from './error-body.js';
import type { TransportRequest } from './request.js';
import type { AskedWait } from './retry.js';

/** An attempt that failed for good. */
export interface FinalFailure {
  readonly request: TransportRequest;
  readonly outcome: Extract<Outcome, { kind: 'failure' }>;
  /** How many times the request was sent. */
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly asked: AskedWait | undefined;
  /** Whether the wait that was asked for is why there is no further attempt. */
  readonly isWaitTooLong: boolean;
}

const ADVICE: Readonly<Record<number, string>> = {
  400: 'Clever did not accept a parameter. Check the arguments of this call.',
  401:
    'The token is unknown, expired or revoked. For the token of a person, send the person through the login again; ' +
    'for that of a district, fetch it again with clever.oauth.districtTokens().',
  403: 'The token is valid and may not do this. Check which scopes and features the district has granted to the app.',
  404: 'The record may have been removed, or is not shared with your app.',
  405: 'Clever does not offer this method here. Check `apiVersion`.',
  408: "Trouble on Clever's side. Try again later.",
  413: 'The page is too large: pass a `pageSize` of at most 10000.',
  501: 'Clever does not offer this. Check `apiVersion`.',
};
const SERVER_ADVICE = "Trouble on Clever's side. Try again later; if it lasts, quote `requestId` to Clever's support.";
const OTHER_ADVICE =
  'Clever does not document this status. Check the configured origin and whether a proxy stands between.';
const HTML_404 =
  'Clever sent a web page instead of JSON, its way to say that this path does not exist for this kind of token.';
const WRONG_KIND =
  "Rosters need a district-app token, classrooms a Library token, and a person's token sees that person. Check `apiVersion` too.";

/** Makes the error of an attempt that failed for good. Nothing of ky, no request and no response is in it. */
export function errorOf(failure: FinalFailure): CleverError {
  const { request, outcome, attempts, timeoutMs } = failure;
  const { method, pathTemplate } = request;
  if (outcome.reason === 'status') {
    return apiErrorOf(failure, outcome);
  }
  if (outcome.reason === 'timeout') {
    return new CleverTimeoutError({
      method,
      pathTemplate,
      attempts,
      timeoutMs,
      scope: 'attempt',
      isRetryable: isRepeatable(request),
    });
  }
  const { reason, cause } = outcome;
  return new CleverConnectionError('connection', {
    method,
    pathTemplate,
    attempts,
    reason,
    cause,
    isRetryable: isRepeatable(request) && reason !== 'redirect',
  });
}

/** Makes the error of a request that was not sent, because the budget of its token is spent for longer than it may wait. */
export function unsentError(request: TransportRequest, attempts: number, spent: BudgetSpent): CleverRateLimitError {
  const { method, pathTemplate, path } = request;
  const { waitMs, limit, resetAt } = spent;
  const retryAfterMs = Math.ceil(waitMs);
  return new CleverRateLimitError({
    ...{ status: 429, method, pathTemplate, path, attempts, body: '', retryAfterMs, resetAt },
    said: 'Not sent',
    rateLimit: resetAt && { limit, remaining: 0, resetAt },
    advice:
      `The request budget of this token is spent for another ${retryAfterMs} ms, longer than this call may wait ` +
      '(`retry`, `maxRetryAfterMs`, `totalTimeoutMs`). Try again then.',
  });
}

/** Whether repeating is harmless; a write without an answer may have been carried out. */
export function isRepeatable({ method, isSafeToRepeat = false }: TransportRequest): boolean {
  return method === 'GET' || isSafeToRepeat;
}

function apiErrorOf(failure: FinalFailure, { answer, text }: { answer: Answer; text: string }): CleverError {
  const { request, attempts, asked } = failure;
  const { method, pathTemplate, path } = request;
  const { status, rateLimit, requestId } = answer;
  const { said, isHtml } = readErrorBody(text, answer.headers.get('content-type'));
  const advice = adviceOf(failure, status, isHtml);
  const details: ApiFailure = {
    ...{ status, method, pathTemplate, path, requestId, attempts, rateLimit, said, body: text, advice },
    isRetryable: isRepeatable(request) && (status === 408 || (status >= 500 && status !== 501)),
  };
  switch (status) {
    case 400:
      return new CleverBadRequestError(details);
    case 401:
      return new CleverAuthenticationError(details);
    case 403:
      return new CleverPermissionError(details);
    case 404:
      return new CleverNotFoundError(details);
    case 429:
      return new CleverRateLimitError({ ...details, retryAfterMs: asked?.waitMs, resetAt: asked?.until });
    default:
      return status >= 500 ? new CleverServerError(details) : new CleverApiError('api', details);
  }
}

function adviceOf(failure: FinalFailure, status: number, isHtml: boolean): string {
  const override = adviceOn(status, failure.request.advice ?? []);
  if (status === 404 && isHtml) {
    return `${HTML_404} ${override ?? WRONG_KIND}`;
  }
  const wait = waitAdvice(failure, status);
  const advice =
    override ?? (status === 429 ? undefined : (ADVICE[status] ?? (status >= 500 ? SERVER_ADVICE : OTHER_ADVICE)));
  return [advice, wait].filter((part) => part !== undefined).join(' ');
}

function waitAdvice({ asked, isWaitTooLong }: FinalFailure, status: number): string | undefined {
  const spent = status === 429 ? 'The request budget of this token is spent. ' : '';
  if (asked !== undefined && isWaitTooLong) {
    return `${spent}Clever asks to wait ${asked.waitMs} ms, longer than this call may (\`maxRetryAfterMs\`, \`totalTimeoutMs\`). Try again then.`;
  }
  if (spent === '') {
    return undefined;
  }
  return asked === undefined
    ? `${spent}Try again in a minute.`
    : `${spent}Try again in ${asked.waitMs} ms (\`retryAfterMs\`).`;
}
