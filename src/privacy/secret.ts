import { defineInspect, REDACTED } from './inspect.js';

/** Anything that gives up a secret string only when asked to. */
export interface SecretSource {
  /** The plain secret. */
  reveal(): string;
}

/**
 * A string that cannot be printed by accident: inspection, JSON and template strings show `[redacted]`.
 *
 * Holds tokens, client secrets, authorization codes and cookies inside the SDK.
 */
export class Secret implements SecretSource {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    defineInspect(this, () => REDACTED);
  }

  /** The plain secret. Called once per layer, where the value goes onto the wire. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }
}
