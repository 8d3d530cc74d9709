/*
 * The content of the login cookie: the logins that a browser has begun and not finished, and those it has finished a
 * moment ago. Several may be open at once, one per tab.
 */

const MAX_OPEN = 4;
const MAX_FINISHED = 4;
/** Two arrivals without `state` further apart than this are two visits of the portal, not a loop. */
const LOOP_WINDOW_MS = 60_000;

/** A login that is under way. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's `code_verifier`, when the app uses it. */
  readonly verifier?: string;
  readonly returnTo: string;
  /** Whether the person came from Clever (portal, Library, Instant Login link) and not from the app's own button. */
  readonly cleverInitiated: boolean;
  /** How often this visit was sent back to Clever by the SDK. */
  readonly restarts: number;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
}

/** All that a browser carries. Immutable. */
export class Attempts {
  readonly open: readonly Attempt[];
  /** The states of logins that ended, whose callback may be called again by a reload or the back button. */
  readonly finished: readonly string[];

  constructor(open: readonly Attempt[] = [], finished: readonly string[] = []) {
    this.open = open.slice(-MAX_OPEN);
    this.finished = finished.slice(-MAX_FINISHED);
  }

  /** Reads what was sealed. A value of another shape counts as none. */
  static from(sealed: Record<string, unknown> | undefined): Attempts | undefined {
    const { open, finished } = sealed ?? {};
    return Array.isArray(open) && Array.isArray(finished) ? new Attempts(open, finished) : undefined;
  }

  with(attempt: Attempt): Attempts {
    return new Attempts([...this.open, attempt], this.finished);
  }

  /** Moves a login to the finished ones. */
  finish(state: string): Attempts {
    return new Attempts(
      this.open.filter((attempt) => attempt.state !== state),
      [...this.finished.filter((other) => other !== state), state],
    );
  }

  find(state: string): Attempt | undefined {
    return this.open.find((attempt) => isEqual(attempt.state, state));
  }

  hasFinished(state: string): boolean {
    return this.finished.some((other) => isEqual(other, state));
  }

  /** How often this browser was sent back to Clever a moment ago without having come back with a state. */
  recentRestarts(now: number): number {
    const recent = this.open.filter(({ at }) => now - at < LOOP_WINDOW_MS);
    return Math.max(0, ...recent.map(({ restarts }) => restarts));
  }
}

/** Compares without telling by its duration how much is right. */
function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index % Math.max(1, other.length));
  }
  return difference === 0;
}
