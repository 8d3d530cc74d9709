import { elapsedMs } from './clock.js';
import { digestOf } from './digest.js';

/**
 * How long a code is remembered; Clever's codes are valid for one minute. Source:
 * dev.clever.com/docs/error-messages.
 */
const REMEMBERED_MS = 5 * 60_000;
const MAX_REMEMBERED = 10_000;

/**
 * Remembers which codes and states this process has already used, so that two simultaneous requests of a browser
 * cannot both use the same one. It stores digests only.
 */
export class ExchangedCodes {
  readonly #takenAt = new Map<string, number>();

  /** Records a code or a state as used. Returns whether it was new. */
  async take(value: string, now: number): Promise<boolean> {
    const digest = await digestOf(value);
    for (const [other, takenAt] of this.#takenAt) {
      if (elapsedMs(takenAt, now) < REMEMBERED_MS && this.#takenAt.size < MAX_REMEMBERED) {
        break;
      }
      this.#takenAt.delete(other);
    }
    if (this.#takenAt.has(digest)) {
      return false;
    }
    this.#takenAt.set(digest, now);
    return true;
  }
}
