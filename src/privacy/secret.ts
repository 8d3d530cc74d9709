import { defineInspect, REDACTED } from './inspect.js';

/** An object that returns a secret string only on request. */
export interface SecretSource {
  /** The plain secret. */
  reveal(): string;
}

/**
 * A string that cannot be printed by accident: inspection, JSON and template strings show `[redacted]`.
 *
 * The SDK stores tokens, client secrets, authorization codes and cookies in it.
 */
export class Secret implements SecretSource {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    defineInspect(this, () => REDACTED);
  }

  /** Returns the plain secret. Each layer calls it in only one place, where the value is sent. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }
}
