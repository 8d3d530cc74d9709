/**
 * A stretch of work that ends when it is done, called off or out of time, whichever is first.
 *
 * Work is raced rather than trusted: a custom `fetch` may ignore its signal, a token function takes none, and a body may
 * never end. What was called off is left to finish unheard, so its late failure is never an unhandled rejection.
 */
export class Scope {
  readonly #controller = new AbortController();
  readonly #parents: readonly AbortSignal[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endsAt = 0;
  #isExpired = false;
  #isClosed = false;

  /**
   * @param parents - Whoever may call the work off.
   * @throws the `reason` of a parent that has already been aborted, untouched.
   */
  constructor(parents: readonly AbortSignal[], timeoutMs: number) {
    for (const parent of parents) {
      throwIfAborted(parent);
    }
    this.#parents = parents;
    for (const parent of parents) {
      parent.addEventListener('abort', this.#callOff, { once: true });
    }
    this.#start(timeoutMs);
  }

  /** Aborted when the scope was called off or its time is up. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was the time that ended the scope, and not a parent. */
  get isExpired(): boolean {
    return this.#isExpired;
  }

  /** Milliseconds until the time is up. */
  get remainingMs(): number {
    return this.#endsAt - performance.now();
  }

  /**
   * Does some work inside the scope.
   *
   * @throws the `reason` of {@link Scope.signal} as soon as it is aborted, or whatever the work throws before.
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this;
    throwIfAborted(signal);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const callOff = (): void => reject(signal.reason);
    // Registered before the work's own listeners, so the reason arrives ahead of what the work makes of it.
    signal.addEventListener('abort', callOff, { once: true });
    work(signal).then(resolve, reject);
    try {
      return await promise;
    } finally {
      // Node's fetch keeps signals until the next big garbage collection or two: with them, this would keep the answers.
      signal.removeEventListener('abort', callOff);
    }
  }

  /** Waits inside the scope. The timer goes with it. */
  sleep(delayMs: number): Promise<void> {
    return this.run(
      (signal) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, delayMs);
          signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
        }),
    );
  }

  /** Waits for something that the time is not for: its clock stands still. The parents may still call the scope off. */
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

  /** Frees the timer and lets go of the parents. Belongs into a `finally`. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const parent of this.#parents) {
      parent.removeEventListener('abort', this.#callOff);
    }
  }

  #start(timeoutMs: number): void {
    this.#endsAt = performance.now() + timeoutMs;
    this.#timer = setTimeout(() => {
      this.#isExpired = !this.signal.aborted;
      this.#controller.abort(new DOMException('The time is up.', 'TimeoutError'));
    }, timeoutMs);
  }

  readonly #callOff = ({ target }: Event): void => {
    this.#controller.abort((target as AbortSignal).reason);
  };
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw signal.reason;
  }
}
