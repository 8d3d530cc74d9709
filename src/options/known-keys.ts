import { CleverConfigError } from '../errors/config.js';

/**
 * Refuses unknown options, because a misspelt filter would silently widen a listing.
 *
 * @param call - The call as the caller typed it, for the message: `users.list()`.
 * @param options - The caller's options.
 * @param known - The options that the call takes.
 * @throws {@link CleverConfigError} naming the unknown option and those that the call takes.
 */
export function assertKnownKeys(call: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new CleverConfigError(`${call} has no option \`${key}\`. It takes: ${known.join(', ')}.`);
    }
  }
}

/**
 * Checks that the options of a call are an object with known members only.
 *
 * @throws {@link CleverConfigError} naming the call.
 */
export function checkOptions(call: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new CleverConfigError(`${call}: the options must be an object.`);
  }
  assertKnownKeys(call, options, known);
}
