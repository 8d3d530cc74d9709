import { plainWords } from '../privacy/index.js';
import { DEFAULT_USER_MESSAGE, USER_MESSAGES } from './catalogue/user-messages.js';
import type { CleverErrorCode } from './codes.js';

/** Survives two copies of the SDK in one process (ESM beside CommonJS), where `instanceof` does not. */
const brand: unique symbol = Symbol.for('clever-sdk.error') as never;

/** What every SDK error is built from. */
export interface CleverErrorInit {
  /** Whether the same call may succeed when repeated unchanged. Default `false`. */
  readonly isRetryable?: boolean;
  /** The underlying failure; only its harmless parts are kept. */
  readonly cause?: unknown;
}

/**
 * Base of every error that the SDK throws on its own account.
 *
 * The message says what failed and what to do next. It never holds a token, a code, a secret, a record's value or a
 * person's id; details that may hold one are non-enumerable getters, so that printing or logging the error shows none.
 * An abort by the caller is the one thing that is not wrapped: it rethrows the caller's own `signal.reason`.
 *
 * @typeParam Code - The literal type of `code`, for `switch`.
 */
export abstract class CleverError<Code extends CleverErrorCode = CleverErrorCode> extends Error {
  /** The name of the class, also where a minifier has renamed the class itself. */
  override get name(): string {
    return 'CleverError';
  }

  /** Stable, machine-readable kind of the error. */
  readonly code: Code;
  /** Whether the same call may succeed when repeated unchanged. */
  readonly isRetryable: boolean;
  #cursor: string | undefined;

  protected constructor(code: Code, message: string, init: CleverErrorInit = {}) {
    super(message);
    this.code = code;
    this.isRetryable = init.isRetryable ?? false;
    Object.defineProperty(this, brand, { value: true });
    if (init.cause !== undefined) {
      Object.defineProperty(this, 'cause', { value: harmlessCause(init.cause), configurable: true });
    }
  }

  /**
   * The cursor of the last page that was read whole before a listing failed. Pass it as `from` to go on. The listing's
   * start when the first page failed; `undefined` when the error did not come out of a listing. Not enumerable, because
   * a cursor holds a record's id.
   */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** One sentence that is safe to show to the person who was logging in. `message` is for developers. */
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
 * Whether a value is an error of the SDK, also when it comes from another copy of the SDK in the same process.
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

/** Keeps name, system code and the harmless words of a foreign error: its other members may hold a request or a token. */
function harmlessCause(cause: unknown): Error {
  const source: { name?: unknown; message?: unknown; code?: unknown; cause?: unknown } =
    typeof cause === 'object' && cause !== null ? cause : { message: String(cause) };
  const error = new Error(typeof source.message === 'string' ? plainWords(source.message) : '');
  Object.defineProperty(error, 'name', { value: identifier(source.name) ?? 'Error' });
  Object.defineProperty(error, 'stack', { value: `${error.name}: ${error.message}`, configurable: true });
  const systemCode = identifier(source.code) ?? identifier((source.cause as { code?: unknown } | undefined)?.code);
  return systemCode === undefined ? error : Object.assign(error, { code: systemCode });
}

function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z][A-Z_a-z]{1,39}$/u.test(value) ? value : undefined;
}
