/** Two callbacks without `state` that are further apart are two visits to the portal, not a loop. */
const LOOP_WINDOW_MS = 60_000;
/**
 * How long a code is remembered; Clever's codes are valid for one minute. Source:
 * dev.clever.com/docs/error-messages.
 */
const REMEMBERED_MS = 5 * 60_000;
const MAX_REMEMBERED = 10_000;

/** A login that a browser has started: the content of one cookie. */
export interface PendingLogin {
  /** Distinguishes this login's cookie from those of other tabs. */
  readonly id: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE's `code_verifier`, if the app uses PKCE. */
  readonly verifier?: string | undefined;
  readonly returnTo: string;
  /**
   * Whether the person came from Clever (portal, Library, Instant Login link) rather than from the app's
   * own button.
   */
  readonly cleverInitiated: boolean;
  /** How often the SDK has sent this browser back to Clever during this visit. */
  readonly restarts: number;
  /** When the login started, in milliseconds since 1970. */
  readonly at: number;
  /** Whether the login has ended. It is remembered, because a reload or the back button repeats its callback. */
  readonly isFinished: boolean;
}

/**
 * Checks whether an unsealed value is a login. Only this app can have sealed it, but possibly an older
 * version of it.
 */
export function isPendingLogin(value: unknown): value is PendingLogin {
  const members = Object(value) as Readonly<Record<string, unknown>>;
  return (
    ['id', 'state', 'nonce', 'returnTo'].every((name) => typeof members[name] === 'string') &&
    typeof members['at'] === 'number'
  );
}

/** Finds the login of this browser that a callback's `state` belongs to. */
export function loginOf(logins: readonly PendingLogin[], state: string | undefined): PendingLogin | undefined {
  return state === undefined ? undefined : logins.find((login) => isEqual(login.state, state));
}

/** Finds a login that was just sent back to Clever and whose callback with its state has not arrived. */
export function pendingRestart(logins: readonly PendingLogin[], now: number): PendingLogin | undefined {
  return logins.find(({ restarts, isFinished, at }) => restarts > 0 && !isFinished && now - at < LOOP_WINDOW_MS);
}

/** Compares two texts in a time that does not depend on how much of them is equal. */
function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index % Math.max(1, other.length));
  }
  return difference === 0;
}

/**
 * Remembers which codes this process has already exchanged, so that two simultaneous requests of a browser
 * cannot both exchange the same code. It stores digests, never codes.
 */
export class ExchangedCodes {
  readonly #takenAt = new Map<string, number>();

  /** Records the code as taken. Returns whether it was new. */
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
