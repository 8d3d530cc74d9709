import { knownPhrase } from './known-phrases.js';

declare const harmless: unique symbol;

/**
 * What remains of a foreign error. Only the SDK makes one, so no error of the SDK has
 * another cause.
 */
export type HarmlessCause = Error & { readonly [harmless]: true };

/** The members of a foreign error that are read, and the mark of the SDK's own. */
interface Foreign {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly [mark: symbol]: unknown;
}

/**
 * Copies the name, the system code and the known phrase of a foreign error. Its other members may contain a request
 * or a token. An error of the SDK shows none of these, so it is kept.
 */
export function harmlessCause(cause: unknown): HarmlessCause {
  const source = (typeof cause === 'object' && cause !== null ? cause : { message: String(cause) }) as Foreign;
  if (source[Symbol.for('clever-sdk.error')] === true) {
    return cause as HarmlessCause;
  }
  const error = new Error(typeof source.message === 'string' ? knownPhrase(source.message) : '');
  Object.defineProperty(error, 'name', { value: matching(ERROR_NAME, source.name) ?? 'Error' });
  Object.defineProperty(error, 'stack', { value: `${error.name}: ${error.message}`, configurable: true });
  const inner = (source.cause as { code?: unknown } | null | undefined)?.code;
  const systemCode = matching(SYSTEM_CODE, source.code) ?? matching(SYSTEM_CODE, inner);
  return (systemCode === undefined ? error : Object.assign(error, { code: systemCode })) as HarmlessCause;
}

/** `TypeError`, `DOMException`, `HeadersTimeoutError`. */
const ERROR_NAME = /^[A-Z][A-Za-z]{0,39}(?:Error|Exception)$/u;
/** `ECONNRESET`, `UND_ERR_SOCKET`, `SELF_SIGNED_CERT_IN_CHAIN`; Bun's `ConnectionRefused`, `FailedToOpenSocket`. */
const SYSTEM_CODE = /^(?:E[A-Z\d]{3,20}|[A-Z]+(?:_[A-Z\d]+){1,6}|(?:Connection|FailedTo|Unable)[A-Z][A-Za-z]{2,30})$/u;

function matching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}
