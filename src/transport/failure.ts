import { CONNECTION, TIMEOUT } from '../errors/catalogue/connection.js';
import type { CatalogueEntry } from '../errors/catalogue/entry.js';
import { type AdviceName, OTHER_STATUSES, STATUSES, STATUSES_FOR, WAITS } from '../errors/catalogue/statuses.js';
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
import { messageOf } from '../errors/message.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
import type { Answer, Outcome } from './attempt.js';
import type { BudgetSpent } from './budget/index.js';
import { readErrorBody } from './error-body.js';
import type { TransportRequest } from './request.js';
import type { AskedWait } from './response-headers.js';

/** An attempt that failed for good. */
export interface FinalFailure {
  readonly request: TransportRequest;
  readonly outcome: Extract<Outcome, { kind: 'failure' }>;
  /** How many times the request was sent. */
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly asked: AskedWait | undefined;
  /** The current time in Unix milliseconds. */
  readonly nowMs: number;
  /** Whether the wait that was asked for is why there is no further attempt. */
  readonly isWaitTooLong: boolean;
}

/** Makes the error of an attempt that failed for good. Nothing of ky, no request and no response is in it. */
export function errorOf(failure: FinalFailure): CleverError {
  const { request, outcome, attempts, timeoutMs, maxResponseBytes } = failure;
  const { method, pathTemplate } = request;
  if (outcome.reason === 'status') {
    return apiErrorOf(failure, outcome);
  }
  if (outcome.reason === 'timeout') {
    return new CleverTimeoutError(TIMEOUT, {
      method,
      pathTemplate,
      attempts,
      timeoutMs,
      limit: 'attempt',
      isRetryable: isRepeatable(request),
    });
  }
  const { reason, cause } = outcome;
  const isRetryable = isRepeatable(request) && reason !== 'redirect' && reason !== 'too_large';
  const harmless = cause === undefined ? undefined : harmlessCause(cause);
  const details = { method, pathTemplate, attempts, cause: harmless, isRetryable };
  return new CleverConnectionError('connection', CONNECTION[reason], details, { maxResponseBytes });
}

/**
 * Makes the error of a request that was not sent, because the budget of its token is spent for longer than it
 * may wait.
 */
export function unsentError(
  request: TransportRequest,
  attempts: number,
  spent: BudgetSpent,
  nowMs: number,
): CleverRateLimitError {
  const { method, pathTemplate, path } = request;
  const { waitMs, limit, resetAt } = spent;
  const retryAfterMs = Math.ceil(waitMs);
  return new CleverRateLimitError({
    status: 429,
    method,
    pathTemplate,
    path,
    attempts,
    retryAfterMs,
    resetAt: dateAt(nowMs + retryAfterMs),
    rateLimit: resetAt && { limit, remaining: 0, resetAt },
    said: 'Not sent',
    body: '',
    advice: messageOf(WAITS.not_sent, { waitMs: retryAfterMs }),
  });
}

/** Whether repeating is harmless; a write without an answer may have been carried out. */
export function isRepeatable({ method, isSafeToRepeat = false }: TransportRequest): boolean {
  return method === 'GET' || isSafeToRepeat;
}

function apiErrorOf(failure: FinalFailure, { answer, text }: { answer: Answer; text: string }): CleverError {
  const { request, attempts, asked, nowMs } = failure;
  const { method, pathTemplate, path } = request;
  const { status, rateLimit, requestId } = answer;
  const { said, isHtml } = readErrorBody(text, answer.headers.get('content-type'));
  const details: ApiFailure = {
    status,
    method,
    pathTemplate,
    path,
    requestId,
    attempts,
    rateLimit,
    said,
    body: text,
    advice: adviceOf(failure, status, isHtml),
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
      return new CleverRateLimitError({ ...details, ...retryTime(asked, nowMs) });
    default:
      return status >= 500 ? new CleverServerError(details) : new CleverApiError('api', details);
  }
}

/** When to try again: the wait that was asked for, and the margin with which the SDK itself would wait. */
function retryTime(asked: AskedWait | undefined, nowMs: number): { retryAfterMs?: number; resetAt?: Date | undefined } {
  if (asked === undefined) {
    return {};
  }
  const retryAfterMs = asked.waitMs + asked.marginMs;
  return { retryAfterMs, resetAt: dateAt(nowMs + retryAfterMs) };
}

/** By this machine's clock, which is what a caller compares it with. `undefined` beyond the calendar's end. */
function dateAt(ms: number): Date | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function adviceOf({ request, asked, isWaitTooLong }: FinalFailure, status: number, isHtml: boolean): string {
  const own = entryFor(request.advice, status);
  if (status === 404 && isHtml) {
    const { web_page: webPage } = OTHER_STATUSES;
    return own === undefined ? messageOf(webPage) : `${webPage.what} ${messageOf(own)}`;
  }
  const wait = waitEntry(status, asked, isWaitTooLong);
  const entries = [own ?? (status === 429 ? undefined : generalEntry(status)), wait];
  return entries
    .filter((entry) => entry !== undefined)
    .map((entry) => messageOf(entry, asked && { waitMs: asked.waitMs + asked.marginMs }))
    .join(' ');
}

/** The last of the names that has an entry of its own decides. */
function entryFor(names: readonly AdviceName[] = [], status: number): CatalogueEntry | undefined {
  const tables: Readonly<Record<AdviceName, Readonly<Record<number, CatalogueEntry>>>> = STATUSES_FOR;
  return names.map((name) => tables[name][status]).findLast((entry) => entry !== undefined);
}

function generalEntry(status: number): CatalogueEntry {
  return STATUSES[status] ?? (status >= 500 ? OTHER_STATUSES.server : OTHER_STATUSES.undocumented);
}

function waitEntry(status: number, asked: AskedWait | undefined, isWaitTooLong: boolean): CatalogueEntry | undefined {
  if (asked !== undefined && isWaitTooLong) {
    return status === 429 ? WAITS.spent_for_too_long : WAITS.too_long;
  }
  if (status !== 429) {
    return undefined;
  }
  return asked === undefined ? WAITS.spent : WAITS.spent_for;
}
