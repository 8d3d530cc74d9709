import { hideAccessors, withoutSensitiveFields } from '../privacy/index.js';
import { CleverError, type CleverErrorInit } from './base.js';
import type { CatalogueEntry, MessageValues, ReasonEntry } from './catalogue/entry.js';
import { CALLBACK_USER_MESSAGES, DENIED_USER_MESSAGES, TROUBLE } from './catalogue/user-messages.js';
import type { CallbackFailureReason, CleverErrorCode, IdTokenFailureReason } from './codes.js';
import { messageOf } from './message.js';
import { isTroubleAtClever } from './trouble.js';

/** The `code` values of {@link CleverOAuthError} and its subclasses. */
export type CleverOAuthErrorCode = Extract<CleverErrorCode, `oauth${string}`>;

/** The protocol's own description of a failure. It comes from outside, so it is never printed. */
export interface OAuthFailure extends CleverErrorInit {
  /** RFC 6749 `error`, or one of Clever's own such as `unauthorized-user`. */
  readonly error?: string | undefined;
  /** RFC 6749 `error_description`. */
  readonly errorDescription?: string | undefined;
}

/**
 * A step of the OAuth 2.0 flow failed.
 *
 * `error` and `error_description` are getters, because the first half of the flow goes through the browser
 * and both may contain anything. The message quotes known values only.
 *
 * Source: RFC 6749 sections 4.1.2.1 and 5.2; dev.clever.com/docs/error-messages.
 */
export class CleverOAuthError<Code extends CleverOAuthErrorCode = CleverOAuthErrorCode> extends CleverError<Code> {
  override get name(): string {
    return 'CleverOAuthError';
  }

  readonly #error: string | undefined;
  readonly #errorDescription: string | undefined;

  static {
    hideAccessors(CleverOAuthError.prototype, Error, ['error', 'error_description']);
  }

  constructor(code: Code, message: string, failure: OAuthFailure = {}, reason?: string) {
    super(code, message, failure, reason);
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

/** The browser returned from Clever with a callback that must not become a login. */
export class CleverCallbackError extends CleverOAuthError<'oauth_callback'> {
  override get name(): string {
    return 'CleverCallbackError';
  }

  /** Why the callback was refused. */
  readonly reason: CallbackFailureReason;

  constructor(entry: ReasonEntry<CallbackFailureReason>, failure?: OAuthFailure, values?: MessageValues) {
    super('oauth_callback', messageOf(entry, values), failure, entry.reason);
    this.reason = entry.reason;
  }

  override get userMessage(): string {
    const denied = this.reason === 'denied' ? DENIED_USER_MESSAGES.get(this.error ?? '') : undefined;
    return denied ?? CALLBACK_USER_MESSAGES[this.reason];
  }
}

/** The facts about a token request that failed. */
export interface TokenFailure extends OAuthFailure {
  /** The request and its result, for the message: `POST /oauth/tokens → 401 invalid_client`. */
  readonly where: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
}

/**
 * Clever did not turn the authorization code into a token. A code works only once, within one minute, so
 * the SDK never retries the exchange.
 */
export class CleverTokenError extends CleverOAuthError<'oauth_token'> {
  override get name(): string {
    return 'CleverTokenError';
  }

  /** The HTTP status of the token endpoint; `undefined` when no usable answer arrived. */
  readonly status: number | undefined;
  /** Clever's id of the request: quote it to Clever's support. */
  readonly requestId: string | undefined;

  constructor(entry: CatalogueEntry, failure: TokenFailure) {
    super('oauth_token', `${failure.where}: ${messageOf(entry)}`, failure);
    this.status = failure.status;
    this.requestId = failure.requestId;
  }

  override get userMessage(): string {
    return isTroubleAtClever(this) ? TROUBLE : super.userMessage;
  }
}

/**
 * An id_token could not be trusted. No one was logged in, and the login must not continue.
 *
 * Source: OpenID Connect Core 1.0 section 3.1.3.7.
 */
export class CleverIdTokenError extends CleverOAuthError<'oauth_id_token'> {
  override get name(): string {
    return 'CleverIdTokenError';
  }

  /** Why the id_token was not trusted. */
  readonly reason: IdTokenFailureReason;

  constructor(entry: ReasonEntry<IdTokenFailureReason>) {
    super('oauth_id_token', messageOf(entry), {}, entry.reason);
    this.reason = entry.reason;
  }
}
