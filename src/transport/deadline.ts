import { throwIfAborted, untilAborted } from '../util/abort.js';

/**
 * A time limit for some work, which ends when the work is done, aborted or out of time, whichever comes first.
 *
 * The work is raced against the limit, because it may not heed it: a custom `fetch` may ignore its signal, a token
 * function takes none, and a body may never end. Aborted work runs on unobserved, and its late failure is never an
 * unhandled rejection.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #parents: readonly AbortSignal[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endsAt = 0;
  #isExpired = false;
  #isClosed = false;

  /**
   * @param parents - Signals that may abort the work.
   * @throws the `reason` of a parent that has already been aborted, untouched.
   */
  constructor(parents: readonly AbortSignal[], timeoutMs: number) {
    for (const parent of parents) {
      throwIfAborted(parent);
    }
    this.#parents = parents;
    for (const parent of parents) {
      parent.addEventListener('abort', this.#abortWithParent, { once: true });
    }
    this.#start(timeoutMs);
  }

  /** Aborted when a parent is aborted or the time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time ended the work, and not a parent. */
  get isExpired(): boolean {
    return this.#isExpired;
  }

  /** Milliseconds until the time is up. */
  get remainingMs(): number {
    return this.#endsAt - performance.now();
  }

  /**
   * Does some work within the time.
   *
   * @throws the `reason` of {@link Deadline.signal} as soon as it is aborted, or whatever the work throws before.
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this;
    return await untilAborted(signal, () => work(signal));
  }

  /** Waits within the time. Its end also ends the timer. */
  sleep(delayMs: number): Promise<void> {
    return this.run(
      (signal) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, delayMs);
          signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
        }),
    );
  }

  /** Waits for something without counting the time against the deadline. The parents may still abort. */
  async untimed<T>(work: Promise<T>): Promise<T> {
    const { remainingMs } = this;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      return await work;
    } finally {
      if (!this.#isClosed) {
        this.#start(remainingMs);
      }
    }
  }

  /** Frees the timer and stops listening to the parents. Call it in a `finally` block. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const parent of this.#parents) {
      parent.removeEventListener('abort', this.#abortWithParent);
    }
  }

  #start(timeoutMs: number): void {
    this.#endsAt = performance.now() + timeoutMs;
    this.#timer = setTimeout(() => {
      this.#isExpired = !this.signal.aborted;
      this.#controller.abort(new DOMException('The time is up.', 'TimeoutError'));
    }, timeoutMs);
  }

  readonly #abortWithParent = ({ target }: Event): void => {
    this.#controller.abort((target as AbortSignal).reason);
  };
}
