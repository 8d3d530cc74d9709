/** A rate budget store, as the `rateBudget` option of `createCleverClient` accepts. */
export interface SandboxRateBudget {
  /** Reads, changes and writes what is known of a token, as one step. */
  update<Result>(
    key: string,
    change: (state: object | undefined, nowMs: number) => { readonly state: object; readonly result: Result },
  ): Result;
}

/**
 * What clients of a sandbox know of its rate limits, by the sandbox's clock: setting the clock forward also
 * ends the client's windows, and a reset of the sandbox resets them. It never holds more entries than the
 * sandbox has tokens.
 */
export class ClientBudget implements SandboxRateBudget {
  readonly #now: () => number;
  readonly #states = new Map<string, object>();

  constructor(now: () => number) {
    this.#now = now;
  }

  update<Result>(
    key: string,
    change: (state: object | undefined, nowMs: number) => { readonly state: object; readonly result: Result },
  ): Result {
    const { state, result } = change(this.#states.get(key), this.#now());
    this.#states.set(key, state);
    return result;
  }

  clear(): void {
    this.#states.clear();
  }
}
