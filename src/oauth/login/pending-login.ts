/** Two arrivals without `state` that are further apart are two visits of the portal, not a loop. */
const LOOP_WINDOW_MS = 60_000;
/** How long a code stays known; Clever's own live one minute. Source: dev.clever.com/docs/error-messages. */
const REMEMBERED_MS = 5 * 60_000;
const MAX_REMEMBERED = 10_000;

/** A login that a browser has begun: the content of one cookie. */
export interface PendingLogin {
  /** Distinguishes this login's cookie from those of other tabs. */
  readonly id: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE's `code_verifier`, when the app uses it. */
  readonly verifier?: string | undefined;
  readonly returnTo: string;
  /** Whether the person came from Clever (portal, Library, Instant Login link) and not from the app's own button. */
  readonly cleverInitiated: boolean;
  /** How often the SDK has sent this visit back to Clever. */
  readonly restarts: number;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  /** Whether it has ended. It is remembered because a reload or the back button calls its callback again. */
  readonly isFinished: boolean;
}

/** Whether an unsealed value is a login. Only this app can have sealed it, but perhaps with an older version. */
export function isPendingLogin(value: unknown): value is PendingLogin {
  const members = Object(value) as Readonly<Record<string, unknown>>;
  return (
    ['id', 'state', 'nonce', 'returnTo'].every((name) => typeof members[name] === 'string') &&
    typeof members['at'] === 'number'
  );
}

/** The login that a callback's `state` belongs to, among those of this browser. */
export function loginOf(logins: readonly PendingLogin[], state: string | undefined): PendingLogin | undefined {
  return state === undefined ? undefined : logins.find((login) => isEqual(login.state, state));
}

/** The login for which the browser was sent back to Clever a moment ago, if it has not come back with its state. */
export function pendingRestart(logins: readonly PendingLogin[], now: number): PendingLogin | undefined {
  return logins.find(({ restarts, isFinished, at }) => restarts > 0 && !isFinished && now - at < LOOP_WINDOW_MS);
}

/** Compares in a time that does not depend on how much is equal. */
function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index % Math.max(1, other.length));
  }
  return difference === 0;
}

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
