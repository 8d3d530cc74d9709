import { CleverConfigError } from '../errors/index.js';
import { assertKnownKeys } from '../options/known-keys.js';
import { checkSignal } from '../options/signal.js';
import { checkInteger, LONGEST_TIMER_MS } from '../options/values.js';
import { keysOf } from '../util/keys-of.js';
import type { RequestOptions } from './request.js';
import type { RetryOptions, RetryPolicy } from './retry.js';

/** The limits and repetitions of a request that names none. */
export const REQUEST_DEFAULTS = {
  timeoutMs: 30_000,
  totalTimeoutMs: 300_000,
  retry: { retries: 2, baseDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 },
} as const;

/** The longest answer of each kind of call where no option names one, in bytes after decompression. */
export const MAX_RESPONSE_BYTES = { page: 128 * 2 ** 20, record: 16 * 2 ** 20, identity: 2 ** 20 } as const;

/** {@link RequestOptions} of a client and a call put together, with every default filled in. */
export interface ResolvedRequestOptions {
  /** The client's signal and the call's: either ends the call. */
  readonly signals: readonly AbortSignal[];
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly retry: RetryPolicy | false;
}

/** The members of {@link RequestOptions}. */
export const REQUEST_KEYS = keysOf<RequestOptions>()({
  signal: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  maxResponseBytes: true,
  retry: true,
});
const RETRY_KEYS = keysOf<RetryOptions>()({
  retries: true,
  baseDelayMs: true,
  maxDelayMs: true,
  maxRetryAfterMs: true,
});

/**
 * Checks the options that every request takes.
 *
 * @throws {@link CleverConfigError} for a value that cannot work, or an unknown member of `retry`.
 */
export function checkRequestOptions(options: RequestOptions): void {
  const { signal, timeoutMs, totalTimeoutMs, maxResponseBytes, retry } = options;
  checkSignal(signal);
  checkInteger('timeoutMs', timeoutMs, 1, LONGEST_TIMER_MS);
  checkInteger('totalTimeoutMs', totalTimeoutMs, 1, LONGEST_TIMER_MS);
  checkInteger('maxResponseBytes', maxResponseBytes, 1, 2 ** 31 - 1);
  if (retry === undefined || retry === false) {
    return;
  }
  if (typeof retry !== 'object' || retry === null) {
    throw new CleverConfigError('`retry` must be `false` or an object such as { retries: 2 }.');
  }
  assertKnownKeys('`retry`', retry, RETRY_KEYS);
  for (const key of RETRY_KEYS) {
    checkInteger(`retry.${key}`, retry[key], 0, key === 'retries' ? 20 : LONGEST_TIMER_MS);
  }
}

/**
 * Puts a client's options and a call's together: the call's values win, member by member, and both signals count.
 *
 * @param defaultTimeoutMs - The limit of one attempt where neither names one.
 * @param defaultMaxResponseBytes - The longest answer where neither names one.
 * @throws {@link CleverConfigError} when an option of the call cannot work.
 */
export function resolveRequestOptions(
  client: RequestOptions,
  call: RequestOptions = {},
  defaultTimeoutMs: number = REQUEST_DEFAULTS.timeoutMs,
  defaultMaxResponseBytes: number = MAX_RESPONSE_BYTES.record,
): ResolvedRequestOptions {
  checkRequestOptions(call);
  return {
    signals: [client.signal, call.signal].filter((signal) => signal !== undefined),
    timeoutMs: call.timeoutMs ?? client.timeoutMs ?? defaultTimeoutMs,
    totalTimeoutMs: call.totalTimeoutMs ?? client.totalTimeoutMs ?? REQUEST_DEFAULTS.totalTimeoutMs,
    maxResponseBytes: call.maxResponseBytes ?? client.maxResponseBytes ?? defaultMaxResponseBytes,
    retry: resolveRetry(client.retry, call.retry),
  };
}

function resolveRetry(client: RetryOptions | false = {}, call: RetryOptions | false = client): RetryPolicy | false {
  if (call === false) {
    return false;
  }
  const policy: Record<keyof RetryOptions, number> = { ...REQUEST_DEFAULTS.retry };
  for (const key of RETRY_KEYS) {
    policy[key] = call[key] ?? (client === false ? undefined : client[key]) ?? policy[key];
  }
  return policy;
}
