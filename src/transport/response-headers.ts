import type { RateLimit } from '../errors/index.js';
import type { RateReport } from './budget/index.js';

/** Unix seconds from 2001 to the year 5138: a number outside counts something else. */
const [EARLIEST_RESET, LATEST_RESET] = [1e9, 1e11];

/**
 * Reads the token's budget from an answer's `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix seconds).
 *
 * @returns `undefined` unless all three exist and make sense: clever.com sends none, api.clever.com all of them.
 * Source: dev.clever.com/docs/paging-and-limits; observed.
 */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const limit = readCount(headers.get('x-ratelimit-limit'));
  const remaining = readCount(headers.get('x-ratelimit-remaining'));
  const reset = readCount(headers.get('x-ratelimit-reset'));
  if (limit === undefined || remaining === undefined || reset === undefined) {
    return undefined;
  }
  return reset < EARLIEST_RESET || reset > LATEST_RESET
    ? undefined
    : { limit, remaining, resetAt: new Date(reset * 1000) };
}

function readCount(text: string | null): number | undefined {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,15}$/u.test(trimmed) ? Number(trimmed) : undefined;
}

/** The id to quote to Clever's support. Errors and events show it, so whatever does not look like one is left out. */
export function requestIdOf(headers: Headers): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('clever-request-id') ?? '';
  return /^[\w.:=+/-]{1,128}$/u.test(id) ? id : undefined;
}

/**
 * Reads an HTTP date, in Unix milliseconds. `Date.parse` makes a date of almost anything, so only what names
 * a weekday and ends in GMT is given to it.
 *
 * Source: RFC 9110 section 5.6.7.
 */
function httpDateMs(text: string | null): number | undefined {
  const isHttpDate = text !== null && /^[A-Z][a-z]{2,8},? .{1,30} GMT$/u.test(text);
  const ms = isHttpDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** A wait that the server asked for. */
export interface AskedWait {
  /** How long, from now; never negative. */
  readonly waitMs: number;
  /** When it is over: as the answer says it, else by this machine's clock. `undefined` beyond the calendar's end. */
  readonly until: Date | undefined;
  /** How much later than asked is certainly late enough. */
  readonly marginMs: number;
}

/**
 * Finds the wait that an answer asks for: `Retry-After` in seconds or as an HTTP date, else, with a 429,
 * `X-RateLimit-Reset`. Pure.
 *
 * Clever documents no `Retry-After`, so the reset is the usual case. Both dates are compared with the answer's own
 * `Date`, so that a wrong clock on this machine does not matter.
 *
 * Source: RFC 9110 section 10.2.3; dev.clever.com/docs/paging-and-limits.
 */
export function askedWait(status: number, headers: Headers, nowMs: number): AskedWait | undefined {
  const serverNowMs = httpDateMs(headers.get('date')) ?? nowMs;
  const retryAfter = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,15}(\.\d{1,9})?$/u.test(retryAfter)) {
    const waitMs = Math.round(Number(retryAfter) * 1000);
    return { waitMs, until: dateAt(nowMs + waitMs), marginMs: 0 };
  }
  const retryAtMs = httpDateMs(retryAfter);
  if (retryAtMs !== undefined) {
    return { waitMs: Math.max(0, retryAtMs - serverNowMs), until: dateAt(retryAtMs), marginMs: 0 };
  }
  const resetAt = status === 429 ? readRateLimit(headers)?.resetAt : undefined;
  if (resetAt === undefined) {
    return undefined;
  }
  // The reset counts whole seconds, so the window may last until the end of the one it names.
  return { waitMs: Math.max(0, resetAt.getTime() - serverNowMs), until: resetAt, marginMs: 1000 };
}

function dateAt(ms: number): Date | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Reads what the head of an answer says about the budget. Pure. */
export function readRateReport(status: number, headers: Headers, nowMs: number): RateReport {
  const isAsked = status === 429 && headers.has('retry-after');
  const retryAfterMs = isAsked ? askedWait(status, headers, nowMs)?.waitMs : undefined;
  const rateLimit = readRateLimit(headers);
  if (rateLimit === undefined) {
    return { status, count: undefined, retryAfterMs };
  }
  const { limit, remaining, resetAt } = rateLimit;
  const untilResetMs = untilReset(status, headers, resetAt.getTime(), nowMs);
  return { status, count: { limit, remaining, reset: resetAt.getTime() / 1_000, untilResetMs }, retryAfterMs };
}

/**
 * By the answer's own `Date`, so that a wrong clock on this machine does not matter. Without one only a refusal is
 * measured by this machine's, which is better than to wait for a whole window, provided that it makes sense.
 */
function untilReset(status: number, headers: Headers, resetMs: number, nowMs: number): number | undefined {
  const dateMs = httpDateMs(headers.get('date'));
  if (dateMs !== undefined) {
    return resetMs - dateMs;
  }
  const guessMs = resetMs - nowMs;
  return status === 429 && guessMs >= 0 && guessMs <= 60_000 ? guessMs : undefined;
}
