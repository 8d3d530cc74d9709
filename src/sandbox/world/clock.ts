/** A clock that can be set forward. It controls expiry, budgets, events and attendance. */
export class Clock {
  readonly #base: () => number;
  #aheadMs = 0;

  /** @param base - Milliseconds since 1970. */
  constructor(base: () => number) {
    this.#base = base;
  }

  /** Milliseconds since 1970. Bound, so it can be passed on as it is. */
  readonly now = (): number => this.#base() + this.#aheadMs;

  advance(milliseconds: number): void {
    this.#aheadMs += milliseconds;
  }

  /** How far the clock was set forward, in milliseconds. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Sets the clock back to its original time. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
