/** Why a run could not be carried out. */
export type CertifyErrorReason =
  /** An option is wrong, or one is missing. */
  | 'options'
  /** The app is not on this machine, and was not named as the caller's own; or it is Clever itself. */
  | 'not_allowed'
  /** The app did not answer, or never used the variables. */
  | 'app_not_ready'
  /** The browser could not be started. */
  | 'browser'
  /** The run used up its time or its requests. */
  | 'limit';

/**
 * A certification run could not be carried out. The message says what to do; it contains no token, secret or person's
 * id. What an app does wrong is no error: it is the verdict of a probe.
 */
export class CertifyError extends Error {
  /** `CertifyError`. */
  override get name(): string {
    return 'CertifyError';
  }

  /** Stable, for `switch`. */
  readonly code = 'certify';
  readonly reason: CertifyErrorReason;

  constructor(reason: CertifyErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
