import type { RateReport } from './budget/index.js';
import { httpDateMs, readRateLimit } from './response-headers.js';
import { askedWait } from './retry.js';

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
