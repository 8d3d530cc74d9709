/**
 * The sandbox cannot do what the caller asked for: wrong options, an unknown id, a second `listen()`.
 *
 * The message says what to pass instead. It contains no token, secret or person's id.
 */
export class SandboxError extends Error {
  /** `SandboxError`. */
  override get name(): string {
    return 'SandboxError';
  }

  /** Stable, for `switch`. */
  readonly code = 'sandbox';
}
