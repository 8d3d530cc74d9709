/** A clock that can be set forward: what rules expiry, budgets, events and attendance. */
export class Clock {
  readonly #base: () => number;
  #aheadMs = 0;

  /** @param base - Milliseconds since 1970. */
  constructor(base: () => number) {
    this.#base = base;
  }

  /** Milliseconds since 1970. Bound: pass it on as it is. */
  readonly now = (): number => this.#base() + this.#aheadMs;

  advance(milliseconds: number): void {
    this.#aheadMs += milliseconds;
  }

  /** How far it was set forward, in milliseconds. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Back to the time that it was made with. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
