import { httpDateMs } from '../http-date.js';
import { readRateLimit } from '../rate-limit.js';
import { askedWait } from '../retry.js';

/** What Clever counted, by an answer's headers. */
export interface RateCount {
  readonly limit: number;
  readonly remaining: number;
  /** End of the window in Unix seconds, by Clever's clock. */
  readonly reset: number;
  /** From the answer to the end of the window, in milliseconds by Clever's clock; `undefined` when it does not tell the time. */
  readonly untilResetMs: number | undefined;
}

/** What the head of an answer tells of its token's budget. Plain JSON. */
export interface RateReport {
  readonly status: number;
  /** `undefined` for an answer without Clever's headers: from a proxy, or from a server that does not count. */
  readonly count: RateCount | undefined;
  /** With a 429: the wait that `Retry-After` asks for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/** Reads what the head of an answer tells of the budget. Pure. */
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
