/** What a change makes of a token's state. */
export interface RateBudgetChange<Result> {
  /** Replaces the state that was found. Plain JSON: 300 bytes of numbers and booleans, and 80 for each process. */
  readonly state: object;
  /** How long to keep it, in milliseconds from now. Forgetting it later does no harm, earlier costs some caution. */
  readonly keepMs: number;
  /** Handed back by {@link RateBudgetStore.update}. */
  readonly result: Result;
}

/**
 * Where the rate budgets of tokens are kept, for all that share them. The SDK keeps them in memory, for the
 * clients of one process; a store of yours, on Redis or a database, lets several processes share them.
 *
 * It holds counts and times. Its keys are SHA-256 digests, from which no token can be computed.
 *
 * @example
 * ```ts
 * import { createCleverClient, type RateBudgetStore } from 'clever-sdk';
 *
 * // Your database: `change` runs between reading and writing, in one transaction that locks the row.
 * declare const transaction: <T>(key: string, work: (row: { state?: object; nowMs: number }) => {
 *   state: object; keepMs: number; result: T;
 * }) => Promise<T>;
 *
 * const rateBudget: RateBudgetStore = {
 *   update: (key, change) => transaction(key, ({ state, nowMs }) => change(state, nowMs)),
 * };
 * const clever = createCleverClient({ rateBudget });
 * ```
 */
export interface RateBudgetStore {
  /**
   * Changes the state of one key, atomically: no other change of that key comes between reading the state and
   * writing the new one. A store that writes only if nothing has changed meanwhile may call `change` again;
   * it is pure.
   *
   * What this throws or rejects with reaches the waiting call untouched. A store that would rather let
   * requests through than fail catches its own trouble and runs `change(undefined, nowMs)`.
   *
   * @param key - Names a token on an origin: a SHA-256 digest in 64 hexadecimal digits.
   * @param change - Given the state as it was last written, or `undefined` when none exists, and the time
   * in milliseconds by **one** clock for all that share the store: the database's, or that of the machine
   * they run on.
   * @returns the `result` of the change, after its `state` was written.
   */
  update<Result>(
    key: string,
    change: (state: object | undefined, nowMs: number) => RateBudgetChange<Result>,
  ): Result | Promise<Result>;
}

/** How often a store in memory looks for what it may forget, in milliseconds. */
const SWEEP_MS = 60_000;

/** Keeps budgets in this process. */
class MemoryRateBudget implements RateBudgetStore {
  readonly #states = new Map<string, { readonly state: object; readonly forgetAt: number }>();
  #sweepAt = 0;

  update<Result>(key: string, change: (state: object | undefined, nowMs: number) => RateBudgetChange<Result>): Result {
    const now = performance.now();
    const found = this.#states.get(key);
    const { state, keepMs, result } = change(found && now < found.forgetAt ? found.state : undefined, now);
    this.#states.set(key, { state, forgetAt: now + keepMs });
    this.#sweep(now);
    return result;
  }

  /** No timer: a process that sends nothing any more has nothing to sweep. */
  #sweep(now: number): void {
    // A clock that was set back (a test's) may have left a time far ahead.
    if (now < this.#sweepAt && this.#sweepAt - now <= SWEEP_MS) {
      return;
    }
    this.#sweepAt = now + SWEEP_MS;
    for (const [key, { forgetAt }] of this.#states) {
      if (now >= forgetAt) {
        this.#states.delete(key);
      }
    }
  }
}

/** Whether a store is one of ours, which keeps its keys to itself. */
export function isInMemory(store: RateBudgetStore): boolean {
  return store instanceof MemoryRateBudget;
}

/**
 * Creates a rate budget of its own in this process's memory, for clients that are not to share the process's: in tests,
 * where each begins with an unspent budget, or against a second Clever that another `fetch` leads to.
 *
 * @example
 * ```ts
 * import { createCleverClient, createMemoryRateBudget } from 'clever-sdk';
 *
 * const clever = createCleverClient({ rateBudget: createMemoryRateBudget() });
 * ```
 */
export function createMemoryRateBudget(): RateBudgetStore {
  return new MemoryRateBudget();
}
