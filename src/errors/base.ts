import type { HarmlessCause } from '../privacy/harmless-cause.js';
import { hideAccessors } from '../privacy/index.js';
import { addressOf } from './address.js';
import { DEFAULT_USER_MESSAGE, USER_MESSAGES } from './catalogue/user-messages.js';
import type { CleverErrorCode } from './codes.js';

/** Recognises errors across two copies of the SDK in one process (ESM and CommonJS), where `instanceof` fails. */
const brand: unique symbol = Symbol.for('clever-sdk.error') as never;

/** The parts that every SDK error is built from. */
export interface CleverErrorInit {
  /** Whether the same call may succeed when repeated unchanged. Default `false`. */
  readonly isRetryable?: boolean;
  /** The underlying failure, reduced to its harmless parts. */
  readonly cause?: HarmlessCause | undefined;
}

/**
 * The base class of every error that the SDK creates.
 *
 * The message says what failed and what to do next, and ends with the address of a page about its `code`. It never
 * contains a token, a code, a secret, a record's value or a person's id. Details that may contain one are
 * non-enumerable getters, so printing or logging the error does not show them. Only an abort by the caller is not
 * wrapped: the caller's own `signal.reason` is rethrown.
 *
 * @typeParam Code - The literal type of `code`, for `switch`.
 */
export abstract class CleverError<Code extends CleverErrorCode = CleverErrorCode> extends Error {
  /** The name of the class, even when a minifier has renamed the class itself. */
  override get name(): string {
    return 'CleverError';
  }

  /** The kind of the error, stable and machine-readable. */
  readonly code: Code;
  /** Whether the same call may succeed when repeated unchanged. */
  readonly isRetryable: boolean;
  #cursor: string | undefined;

  static {
    hideAccessors(CleverError.prototype, Error, ['cursor']);
  }

  /** The address comes last and without a full stop, so that a terminal makes a working link of it. */
  protected constructor(code: Code, message: string, init: CleverErrorInit = {}, reason?: string) {
    super(`${message} See ${addressOf(code, reason)}`);
    this.code = code;
    this.isRetryable = init.isRetryable ?? false;
    Object.defineProperty(this, brand, { value: true });
    if (init.cause !== undefined) {
      Object.defineProperty(this, 'cause', { value: init.cause, configurable: true });
    }
  }

  /**
   * The cursor after the last page that was read completely before a listing failed. Pass it as `from` to
   * continue. It is the start of the listing when the first page failed, and `undefined` when the error did
   * not come from a listing. Not enumerable, because a cursor contains a record's id.
   */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** A short text that is safe to show to the person who was logging in. `message` is for developers. */
  get userMessage(): string {
    return USER_MESSAGES[this.code] ?? DEFAULT_USER_MESSAGE;
  }

  /** @internal Used by the pagination layer. */
  static attachCursor<E>(error: E, cursor: string | undefined): E {
    if (isCleverError(error) && #cursor in error && error.#cursor === undefined) {
      error.#cursor = cursor;
    }
    return error;
  }

  /** The parts of the error that are safe to log: name, message, code and the enumerable members. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...(this as object) };
  }
}

/**
 * Checks whether a value is an error of the SDK, even one from another copy of the SDK in the same process.
 *
 * @example
 * ```ts
 * import { isCleverError } from 'clever-sdk';
 *
 * function explain(error: unknown): string {
 *   return isCleverError(error) ? `${error.code}: ${error.message}` : 'not ours';
 * }
 * ```
 */
export function isCleverError(value: unknown): value is CleverError {
  return typeof value === 'object' && value !== null && (value as { [brand]?: unknown })[brand] === true;
}
