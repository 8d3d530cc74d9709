import { withoutSensitiveFields } from '../privacy/index.js';
import { CleverError, type CleverErrorCode, type CleverErrorInit } from './base.js';

/** The `code` values of {@link CleverOAuthError} and its subclasses. */
export type CleverOAuthErrorCode = Extract<CleverErrorCode, `oauth${string}`>;

/** The protocol's own words for a failure. They come from outside, so they are never printed. */
export interface OAuthFailure extends CleverErrorInit {
  /** RFC 6749 `error`, or one of Clever's own such as `unauthorized-user`. */
  readonly error?: string | undefined;
  /** RFC 6749 `error_description`. */
  readonly errorDescription?: string | undefined;
}

/**
 * A step of the OAuth 2.0 flow failed.
 *
 * `error` and `error_description` are getters: the first half of the flow travels through the browser, so both may hold
 * anything. The message quotes only values that are known.
 *
 * Source: RFC 6749 sections 4.1.2.1 and 5.2; dev.clever.com/docs/error-messages.
 */
export class CleverOAuthError<Code extends CleverOAuthErrorCode = CleverOAuthErrorCode> extends CleverError<Code> {
  override get name(): string {
    return 'CleverOAuthError';
  }

  readonly #error: string | undefined;
  readonly #errorDescription: string | undefined;

  constructor(code: Code, message: string, failure: OAuthFailure = {}) {
    super(code, message, failure);
    this.#error = failure.error;
    this.#errorDescription = failure.errorDescription;
  }

  /** The protocol's `error`, as received. Not enumerable. */
  get error(): string | undefined {
    return this.#error;
  }

  /** The protocol's `error_description`, as received. Not enumerable. */
  get error_description(): string | undefined {
    return this.#errorDescription && withoutSensitiveFields(this.#errorDescription);
  }
}

/** Why a callback was refused. */
export type CallbackFailureReason =
  /** No `state`: the login began inside Clever (portal, Library, Instant Login link). */
  | 'state_missing'
  /** The `state` is not the one that was sent. */
  | 'state_mismatch'
  /** Clever sent an `error` instead of a code. */
  | 'denied'
  /** Neither a code nor an error. */
  | 'code_missing'
  /** A parameter stands twice, is too long, or the URL is not one. */
  | 'malformed';

/** The browser came back from Clever with something that must not be turned into a login. */
export class CleverCallbackError extends CleverOAuthError<'oauth_callback'> {
  override get name(): string {
    return 'CleverCallbackError';
  }

  readonly reason: CallbackFailureReason;

  constructor(message: string, failure: OAuthFailure & { readonly reason: CallbackFailureReason }) {
    super('oauth_callback', message, failure);
    this.reason = failure.reason;
  }

  override get userMessage(): string {
    return (
      (this.reason === 'denied' ? DENIED_MESSAGES.get(this.error ?? '') : undefined) ?? CALLBACK_MESSAGES[this.reason]
    );
  }
}

const NOT_CONNECTED =
  "Your school does not use this app with Clever yet. Please ask your district's Clever administrator.";
const TROUBLE = 'Clever has trouble at the moment. Please try again in a minute.';

/** What to tell a person of the errors that have a known meaning. `unauthorized-user` is Clever's own (observed). */
const DENIED_MESSAGES: ReadonlyMap<string, string> = new Map([
  ['unauthorized-user', NOT_CONNECTED],
  ['unauthorized_user', NOT_CONNECTED],
  ['server_error', TROUBLE],
  ['temporarily_unavailable', TROUBLE],
]);

const CALLBACK_MESSAGES: Record<CallbackFailureReason, string> = {
  state_missing: 'Your login could not be confirmed. Please log in again.',
  state_mismatch:
    'Your login took too long or was interrupted. Please log in again. If that does not help, allow cookies for this site.',
  denied: 'Clever did not let you in. Please try again, or ask your teacher for help.',
  code_missing: 'Your login was interrupted. Please log in again.',
  malformed: 'Your login was interrupted. Please log in again.',
};

/** Clever did not turn the authorization code into a token. A code works once and for one minute; it is never retried. */
export class CleverTokenError extends CleverOAuthError<'oauth_token'> {
  override get name(): string {
    return 'CleverTokenError';
  }

  /** HTTP status of the token endpoint; `undefined` when there was no usable answer. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(
    message: string,
    failure: OAuthFailure & { readonly status?: number | undefined; readonly requestId?: string | undefined } = {},
  ) {
    super('oauth_token', message, failure);
    this.status = failure.status;
    this.requestId = failure.requestId;
  }
}

/** Why an id_token was not believed. */
export type IdTokenFailureReason =
  /** Not a signed JWT, or without the claims it must have. */
  | 'malformed'
  /** Signed by another algorithm than RS256, or by none. */
  | 'algorithm'
  /** Signed by a key that the provider does not publish. */
  | 'unknown_key'
  /** The signature does not fit. */
  | 'signature'
  | 'issuer'
  /** Made for another app. */
  | 'audience'
  /** Past its end, or not begun. */
  | 'expired'
  /** Not the nonce that the login was begun with. */
  | 'nonce'
  /** It speaks of another person than the access token. */
  | 'subject'
  /** There is none, although the client wants one. */
  | 'missing';

/**
 * An id_token was not believed. The login must not go on: nobody was logged in.
 *
 * Source: OpenID Connect Core 1.0 section 3.1.3.7.
 */
export class CleverIdTokenError extends CleverOAuthError<'oauth_id_token'> {
  override get name(): string {
    return 'CleverIdTokenError';
  }

  readonly reason: IdTokenFailureReason;

  constructor(message: string, failure: { readonly reason: IdTokenFailureReason }) {
    super('oauth_id_token', message);
    this.reason = failure.reason;
  }
}
