/** The rate limit, which counts requests in fixed windows as Clever does. */
export interface RateLimitOptions {
  /** Requests per window. Default 1200. */
  readonly limit?: number;
  /**
   * Length of the window, in milliseconds. Must be whole seconds, because Clever sends its end in seconds.
   * Default 60000.
   */
  readonly windowMs?: number;
}

/** What is left of a token's window after one of its requests. */
export interface Budget {
  readonly limit: number;
  readonly remaining: number;
  /** End of the window, in Unix seconds. */
  readonly resetAtSeconds: number;
  /** Whether the request exceeds the limit. */
  readonly isSpent: boolean;
}

/**
 * Clever's fixed window per token. It begins with the token's first request, not at the full minute, and
 * its end stays fixed while the budget decreases (observed).
 */
export class RateLimiter {
  readonly #options: Required<RateLimitOptions>;
  readonly #clock: () => number;
  readonly #windows = new Map<string, { used: number; readonly resetAtSeconds: number }>();
  /**
   * When to look next for windows that have ended. Needed because every login adds a token that is soon
   * unused.
   */
  #sweepAt = 0;

  constructor(options: Required<RateLimitOptions>, clock: () => number) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Counts a request. */
  take(bucket: string): Budget {
    const now = this.#clock();
    const { limit, windowMs } = this.#options;
    this.#sweep(now);
    const current = this.#windows.get(bucket);
    const window =
      current !== undefined && now < current.resetAtSeconds * 1_000
        ? current
        : { used: 0, resetAtSeconds: Math.floor(now / 1_000) + windowMs / 1_000 };
    this.#windows.set(bucket, window);
    window.used += 1;
    return {
      limit,
      remaining: Math.max(0, limit - window.used),
      resetAtSeconds: window.resetAtSeconds,
      isSpent: window.used > limit,
    };
  }

  #sweep(now: number): void {
    if (now < this.#sweepAt) {
      return;
    }
    this.#sweepAt = now + this.#options.windowMs;
    for (const [bucket, { resetAtSeconds }] of this.#windows) {
      if (now >= resetAtSeconds * 1_000) {
        this.#windows.delete(bucket);
      }
    }
  }
}
