/** Two arrivals without `state` further apart than this are two visits of the portal, not a loop. */
const LOOP_WINDOW_MS = 60_000;

/** A login that a browser has begun: the content of one cookie. */
export interface Attempt {
  /** Tells this login's cookie from those of other tabs. */
  readonly id: string;
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
  /** Whether it has ended. It is remembered because a reload or the back button calls its callback again. */
  readonly isFinished: boolean;
}

/** Whether an unsealed value is an attempt; only one that this app has sealed gets here, perhaps by an older version. */
export function isAttempt(value: Readonly<Record<string, unknown>>): boolean {
  return (
    ['id', 'state', 'nonce', 'returnTo'].every((name) => typeof value[name] === 'string') &&
    typeof value['at'] === 'number'
  );
}

/** The login that a `state` belongs to, among those of this browser. */
export function attemptOf(attempts: readonly Attempt[], state: string): Attempt | undefined {
  return attempts.find((attempt) => isEqual(attempt.state, state));
}

/** The visit in which the browser was sent back to Clever a moment ago, if it has not come back with its state. */
export function pendingRestart(attempts: readonly Attempt[], now: number): Attempt | undefined {
  return attempts.find(({ restarts, isFinished, at }) => restarts > 0 && !isFinished && now - at < LOOP_WINDOW_MS);
}

/** Compares without telling by its duration how much is right. */
function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) {
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index % Math.max(1, other.length));
  }
  return difference === 0;
}
