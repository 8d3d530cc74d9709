/** How long a code stays known; Clever's own live one minute. Source: dev.clever.com/docs/error-messages. */
const REMEMBERED_MS = 5 * 60_000;
const MAX_REMEMBERED = 10_000;

/**
 * Remembers which codes this process has already taken to the token endpoint, so that two calls of the browser at the
 * same moment cannot both exchange one. Holds digests, never codes.
 */
export class ExchangedCodes {
  readonly #takenAt = new Map<string, number>();

  /** Whether the code is new. Asking takes it. */
  async take(code: string, now: number): Promise<boolean> {
    const digest = await digestOf(code);
    for (const [other, takenAt] of this.#takenAt) {
      if (now - takenAt < REMEMBERED_MS && this.#takenAt.size < MAX_REMEMBERED) {
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

async function digestOf(code: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
