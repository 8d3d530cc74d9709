import type { RateLimit } from '../errors/index.js';
import { isCredible, type RateReport, RESET_MARGIN_MS, WINDOW_MS } from './budget/index.js';

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

/** From 2001 to 2106, where the 32 bits end in which an event's id has its time. No other time is that of a service. */
const [EARLIEST_DATE_MS, LATEST_DATE_MS] = [EARLIEST_RESET * 1_000, 0xff_ff_ff_ff * 1_000];

/**
 * Returns how far the clock of the service is ahead of this time, by the `Date` of an answer, which names whole
 * seconds. `undefined` without one, and for one that cannot be true. Source: RFC 9110 section 6.6.1.
 */
export function aheadOf(nowMs: number, headers: Headers): number | undefined {
  const dateMs = httpDateMs(headers.get('date')) ?? 0;
  return dateMs < EARLIEST_DATE_MS || dateMs > LATEST_DATE_MS ? undefined : dateMs - nowMs;
}

/** A wait that the server asked for. */
export interface AskedWait {
  /** How long, from now; never negative. */
  readonly waitMs: number;
  /** How much later than asked is certainly late enough. */
  readonly marginMs: number;
}

/** A header that was ignored, because what it says cannot be true. */
export interface IgnoredHeader {
  readonly header: 'retry-after' | 'x-ratelimit-reset';
  /** From the answer to the time that the header names, in milliseconds. */
  readonly namedMs: number;
}

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/**
 * Finds the wait that an answer asks for: `Retry-After` in seconds or as an HTTP date, else, with a 429,
 * `X-RateLimit-Reset`. Pure.
 *
 * Clever documents no `Retry-After`, so the reset is the usual case. Both dates are compared with the answer's own
 * `Date`, so that a wrong clock on this machine does not matter. A reset beyond Clever's window, and a `Retry-After` of
 * more than a day, ask for nothing.
 *
 * Source: RFC 9110 section 10.2.3; dev.clever.com/docs/paging-and-limits.
 */
export function askedWait(status: number, headers: Headers, nowMs: number): AskedWait | undefined {
  const retryAfterMs = readRetryAfter(headers, nowMs);
  if (retryAfterMs !== undefined && retryAfterMs <= DAY_MS) {
    return { waitMs: retryAfterMs, marginMs: 0 };
  }
  const end = status === 429 ? windowEnd(headers, nowMs) : undefined;
  if (end === undefined || !end.isCredible) {
    return undefined;
  }
  const waitMs = Math.min(Math.max(0, end.untilMs), WINDOW_MS);
  return { waitMs, marginMs: Math.min(RESET_MARGIN_MS, WINDOW_MS - waitMs) };
}

/** Reads `Retry-After`, in seconds or as an HTTP date, as milliseconds from the answer; never negative. */
function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const retryAfter = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,15}(\.\d{1,9})?$/u.test(retryAfter)) {
    return Math.round(Number(retryAfter) * 1000);
  }
  const retryAtMs = httpDateMs(retryAfter);
  return retryAtMs === undefined ? undefined : Math.max(0, retryAtMs - (httpDateMs(headers.get('date')) ?? nowMs));
}

/** The end of the window that an answer names. */
interface WindowEnd {
  /** From the answer to that end, in milliseconds. */
  readonly untilMs: number;
  /** Whether that is by the answer's own `Date`, so that this machine's clock does not matter. */
  readonly isByDate: boolean;
  /** Whether a window of Clever's can end then. Without a `Date`, this machine's clock may be wrong by a year. */
  readonly isCredible: boolean;
}

function windowEnd(headers: Headers, nowMs: number): WindowEnd | undefined {
  const resetAt = readRateLimit(headers)?.resetAt;
  if (resetAt === undefined) {
    return undefined;
  }
  const dateMs = httpDateMs(headers.get('date'));
  const untilMs = resetAt.getTime() - (dateMs ?? nowMs);
  const isByDate = dateMs !== undefined;
  return { untilMs, isByDate, isCredible: isCredible(untilMs) || (!isByDate && Math.abs(untilMs) <= YEAR_MS) };
}

/** A window that was over long ago holds no request back, so it needs neither a report nor a probe. */
function isTooLate({ isCredible, untilMs }: WindowEnd): boolean {
  return !isCredible && untilMs > 0;
}

/** Finds the headers of an answer that are ignored, because no wait can be so long. Pure. */
export function ignoredHeaders(headers: Headers, nowMs: number): readonly IgnoredHeader[] {
  const retryAfterMs = readRetryAfter(headers, nowMs) ?? 0;
  const end = windowEnd(headers, nowMs);
  const ignored: IgnoredHeader[] = [];
  if (retryAfterMs > DAY_MS) {
    ignored.push({ header: 'retry-after', namedMs: retryAfterMs });
  }
  // A reset in milliseconds names a time beyond every calendar, so no window's end is read from it.
  const beyondMs = (readCount(headers.get('x-ratelimit-reset')) ?? 0) * 1_000 - nowMs;
  if (end !== undefined && isTooLate(end)) {
    ignored.push({ header: 'x-ratelimit-reset', namedMs: end.untilMs });
  } else if (end === undefined && beyondMs > DAY_MS) {
    ignored.push({ header: 'x-ratelimit-reset', namedMs: beyondMs });
  }
  return ignored;
}

/** Reads what the head of an answer says about the budget. Pure. */
export function readRateReport(status: number, headers: Headers, nowMs: number): RateReport {
  const isAsked = status === 429 && headers.has('retry-after');
  const retryAfterMs = isAsked ? askedWait(status, headers, nowMs)?.waitMs : undefined;
  const rateLimit = readRateLimit(headers);
  const end = windowEnd(headers, nowMs);
  if (rateLimit === undefined || end === undefined || !end.isCredible) {
    return { status, count: undefined, isIncredible: end !== undefined && isTooLate(end), retryAfterMs };
  }
  const { limit, remaining, resetAt } = rateLimit;
  const untilResetMs = isUsable(end, status) ? end.untilMs : undefined;
  const count = { limit, remaining, reset: resetAt.getTime() / 1_000, untilResetMs };
  return { status, count, isIncredible: false, retryAfterMs };
}

/**
 * Without a `Date`, only a refusal is measured by this machine's clock, which is better than to wait for a whole
 * window, provided that it makes sense.
 */
function isUsable({ isByDate, untilMs }: WindowEnd, status: number): boolean {
  return isByDate || (status === 429 && untilMs >= 0 && untilMs <= WINDOW_MS);
}
