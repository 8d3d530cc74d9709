import { withoutSensitiveFields } from '../privacy/index.js';
import { CleverError, type CleverErrorInit } from './base.js';
import type { CatalogueEntry, MessageValues, ReasonEntry } from './catalogue/entry.js';
import { CALLBACK_USER_MESSAGES, DENIED_USER_MESSAGES } from './catalogue/user-messages.js';
import type { CallbackFailureReason, CleverErrorCode, IdTokenFailureReason } from './codes.js';
import { messageOf } from './message.js';

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

/** The browser came back from Clever with something that must not be turned into a login. */
export class CleverCallbackError extends CleverOAuthError<'oauth_callback'> {
  override get name(): string {
    return 'CleverCallbackError';
  }

  readonly reason: CallbackFailureReason;

  constructor(entry: ReasonEntry<CallbackFailureReason>, failure?: OAuthFailure, values?: MessageValues) {
    super('oauth_callback', messageOf(entry, values), failure);
    this.reason = entry.reason;
  }

  override get userMessage(): string {
    const denied = this.reason === 'denied' ? DENIED_USER_MESSAGES.get(this.error ?? '') : undefined;
    return denied ?? CALLBACK_USER_MESSAGES[this.reason];
  }
}

/** What is known of a token request that failed. */
export interface TokenFailure extends OAuthFailure {
  /** The request and what came of it, for the message: `POST /oauth/tokens → 401 invalid_client`. */
  readonly where: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
}

/** Clever did not turn the authorization code into a token. A code works once and for one minute; it is never retried. */
export class CleverTokenError extends CleverOAuthError<'oauth_token'> {
  override get name(): string {
    return 'CleverTokenError';
  }

  /** HTTP status of the token endpoint; `undefined` when there was no usable answer. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(entry: CatalogueEntry, failure: TokenFailure) {
    super('oauth_token', `${failure.where}: ${messageOf(entry)}`, failure);
    this.status = failure.status;
    this.requestId = failure.requestId;
  }
}

/**
 * An id_token was not trusted. The login must not go on: no one was logged in.
 *
 * Source: OpenID Connect Core 1.0 section 3.1.3.7.
 */
export class CleverIdTokenError extends CleverOAuthError<'oauth_id_token'> {
  override get name(): string {
    return 'CleverIdTokenError';
  }

  readonly reason: IdTokenFailureReason;

  constructor(entry: ReasonEntry<IdTokenFailureReason>) {
    super('oauth_id_token', messageOf(entry));
    this.reason = entry.reason;
  }
}
