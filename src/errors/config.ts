import { CleverError, type CleverErrorInit } from './base.js';

/**
 * The SDK was called in a way that cannot work, such as with a missing or misspelt option, a `pageSize` out
 * of range, or an empty id. Thrown before anything is sent. The message says what to pass instead.
 */
export class CleverConfigError extends CleverError<'config'> {
  override get name(): string {
    return 'CleverConfigError';
  }

  constructor(message: string, init?: CleverErrorInit) {
    super('config', message, init);
  }
}
