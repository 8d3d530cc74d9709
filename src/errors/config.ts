import { CleverError, type CleverErrorInit } from './base.js';

/**
 * The SDK was called in a way that cannot work: a missing or misspelt option, a `pageSize` out of range, an empty id.
 * Thrown before anything is sent. The message says what to pass instead.
 */
export class CleverConfigError extends CleverError<'config'> {
  override get name(): string {
    return 'CleverConfigError';
  }

  constructor(message: string, init?: CleverErrorInit) {
    super('config', message, init);
  }
}

/**
 * Refuses members that a call does not know: a misspelt filter must not silently widen a listing.
 *
 * @param call - What the caller typed, for the message: `users.list()`.
 * @param options - The caller's options.
 * @param known - The members that the call takes.
 * @throws {@link CleverConfigError} naming the unknown member and those that the call takes.
 */
export function assertKnownKeys(call: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new CleverConfigError(`${call} has no option \`${key}\`. It takes: ${known.join(', ')}.`);
    }
  }
}
