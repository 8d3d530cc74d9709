import { plainWords } from './plain-words.js';

declare const harmless: unique symbol;

/**
 * What remains of a foreign error. Only {@link harmlessCause} makes one, so no error of the SDK has
 * another cause.
 */
export type HarmlessCause = Error & { readonly [harmless]: true };

/**
 * Copies the name, the system code and the harmless words of a foreign error. Its other members may contain a request
 * or a token.
 */
export function harmlessCause(cause: unknown): HarmlessCause {
  const source: { name?: unknown; message?: unknown; code?: unknown; cause?: unknown } =
    typeof cause === 'object' && cause !== null ? cause : { message: String(cause) };
  const error = new Error(typeof source.message === 'string' ? plainWords(source.message) : '');
  Object.defineProperty(error, 'name', { value: identifier(source.name) ?? 'Error' });
  Object.defineProperty(error, 'stack', { value: `${error.name}: ${error.message}`, configurable: true });
  const systemCode = identifier(source.code) ?? identifier((source.cause as { code?: unknown } | undefined)?.code);
  return (systemCode === undefined ? error : Object.assign(error, { code: systemCode })) as HarmlessCause;
}

function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z][A-Z_a-z]{1,39}$/u.test(value) ? value : undefined;
}
