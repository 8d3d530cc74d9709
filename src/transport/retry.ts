import type { AskedWait } from './response-headers.js';

/** When and how a request is repeated: a `GET`, or a write that its call declares safe to repeat; never another one. */
export interface RetryOptions {
  /** Repetitions after the first attempt. Default 2. */
  readonly retries?: number;
  /** Upper bound of the first back-off, in milliseconds; doubles each time, drawn with full jitter. Default 500. */
  readonly baseDelayMs?: number;
  /** Upper bound of any back-off, in milliseconds. Default 8000. */
  readonly maxDelayMs?: number;
  /**
   * The longest wait that Clever may ask for (by `Retry-After` or `X-RateLimit-Reset`), in milliseconds. A
   * longer one throws at once: a `CleverRateLimitError` for a 429, a `CleverServerError` for a 503. So does,
   * without a request, a token whose budget is known to be spent for longer. Default 60000.
   */
  readonly maxRetryAfterMs?: number;
}

/** {@link RetryOptions} with every default filled in. */
export type RetryPolicy = Readonly<Record<keyof RetryOptions, number>>;

/** Why an attempt failed. */
export type FailureReason = 'status' | 'network' | 'body' | 'not_json' | 'too_large' | 'redirect' | 'timeout';

/** An attempt that failed, as far as repeating it is concerned. */
export interface FailedAttempt {
  readonly method: string;
  /** Whether the caller declared a write safe to repeat. */
  readonly isSafeToRepeat?: boolean | undefined;
  /** 1 for the first. */
  readonly attempt: number;
  readonly reason: FailureReason;
  /** The status, when `reason` is `status`. */
  readonly status?: number | undefined;
  readonly asked?: AskedWait | undefined;
}

/** Whether to try again after a failed attempt, and if not, why. */
export type RetryDecision =
  | { readonly retry: true; readonly delayMs: number }
  /**
   * `final`: repeating does not help or is used up. `asked_too_long`, `out_of_time`: the wait is not worth
   * starting.
   */
  | { readonly retry: false; readonly because: 'final' | 'asked_too_long' | 'out_of_time' };

const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const RETRYABLE_REASONS: ReadonlySet<FailureReason> = new Set(['network', 'body', 'not_json', 'timeout']);

/**
 * Decides what follows a failed attempt. Pure.
 *
 * A write is repeated only where its caller declared that safe: whether one without an answer was carried out cannot be
 * known.
 *
 * @param remainingMs - What is left of the call's total time.
 * @param random - From 0 up to, not including, 1.
 */
export function decideRetry(
  failed: FailedAttempt,
  policy: RetryPolicy | false,
  remainingMs: number,
  random: number,
): RetryDecision {
  const { method, isSafeToRepeat = false, attempt, reason, status, asked } = failed;
  const helps = reason === 'status' ? RETRYABLE_STATUSES.has(status ?? 0) : RETRYABLE_REASONS.has(reason);
  const isRepeatable = method === 'GET' || isSafeToRepeat;
  if (policy === false || !isRepeatable || !helps || attempt > policy.retries) {
    return { retry: false, because: 'final' };
  }
  if (asked !== undefined && asked.waitMs > policy.maxRetryAfterMs) {
    return { retry: false, because: 'asked_too_long' };
  }
  const delayMs = Math.max(backoffMs(attempt, policy, random), askedMs(asked, policy));
  return delayMs < remainingMs ? { retry: true, delayMs } : { retry: false, because: 'out_of_time' };
}

/**
 * The back-off after an attempt: full jitter, so that clients that failed together do not come back together.
 *
 * Source: the "full jitter" of the AWS Architecture Blog, "Exponential Backoff and Jitter".
 */
export function backoffMs(attempt: number, policy: RetryPolicy, random: number): number {
  return Math.round(random * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1)));
}

function askedMs(asked: AskedWait | undefined, { maxRetryAfterMs }: RetryPolicy): number {
  return asked === undefined ? 0 : Math.min(asked.waitMs + asked.marginMs, maxRetryAfterMs);
}
