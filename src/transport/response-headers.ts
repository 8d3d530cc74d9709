import type { RateLimit } from '../errors/index.js';

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
export function httpDateMs(text: string | null): number | undefined {
  const isHttpDate = text !== null && /^[A-Z][a-z]{2,8},? .{1,30} GMT$/u.test(text);
  const ms = isHttpDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
