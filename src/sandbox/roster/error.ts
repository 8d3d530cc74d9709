/**
 * A sandbox was asked for something it cannot be or do: bad options, an unknown id, a second `listen()`.
 *
 * The message says what to pass instead. It holds no token, no secret and no person's id.
 */
export class SandboxError extends Error {
  /** `SandboxError`. */
  override get name(): string {
    return 'SandboxError';
  }

  /** Stable, for `switch`. */
  readonly code = 'sandbox';
}
