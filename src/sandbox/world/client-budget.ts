/** A rate budget store, as the option `rateBudget` of `createCleverClient` takes it. */
export interface SandboxRateBudget {
  /** Changes what is known of a token: reads, changes and writes in one go. */
  update<Result>(
    key: string,
    change: (state: object | undefined, nowMs: number) => { readonly state: object; readonly result: Result },
  ): Result;
}

/**
 * What clients of a sandbox know of its budgets, by the sandbox's clock: where that is set forward a window is over for
 * the client as well, and after a reset both begin anew. Never holds more than the sandbox has tokens.
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
