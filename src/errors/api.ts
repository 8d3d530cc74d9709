import { hideAccessors, withoutSensitiveFields } from '../privacy/index.js';
import { CleverError, type CleverErrorInit } from './base.js';

/** The state of a bearer token's request budget, as Clever's `X-RateLimit-*` headers report it. */
export interface RateLimit {
  /** Requests per window; 1200 in Clever's documentation. */
  readonly limit: number;
  /** Requests left in the current window. */
  readonly remaining: number;
  /** When the window ends. */
  readonly resetAt: Date;
}

/** The `code` values of {@link CleverApiError} and its subclasses. */
export type CleverApiErrorCode =
  | 'api'
  | 'bad_request'
  | 'authentication'
  | 'permission'
  | 'not_found'
  | 'rate_limit'
  | 'server';

/** The facts about an error answer, from which its error is built. */
export interface ApiFailure extends CleverErrorInit {
  readonly status: number;
  readonly method: string;
  /** The path with placeholders, `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  /** The path as sent. */
  readonly path: string;
  readonly requestId?: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
  readonly rateLimit?: RateLimit | undefined;
  /** The known phrase of Clever's own message; empty when it has none. */
  readonly said: string;
  /** The body as received. */
  readonly body: string;
  /** The advice that ends the message. */
  readonly advice: string;
}

/**
 * Clever answered with an error status. The usual statuses have a subclass; this class covers the others
 * (405, 413, 501 …).
 *
 * The message contains the path *template*. The real `path` and the raw `body` may identify a person, so
 * they are getters, which logging does not show.
 *
 * Source: dev.clever.com/docs/error-messages.
 */
export class CleverApiError<Code extends CleverApiErrorCode = CleverApiErrorCode> extends CleverError<Code> {
  override get name(): string {
    return 'CleverApiError';
  }

  /** HTTP status of the last attempt. */
  readonly status: number;
  /** The HTTP method of the request. */
  readonly method: string;
  /** The path with placeholders, for example `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  /** Clever's `x-request-id` (or `clever-request-id`): quote it to Clever's support. */
  readonly requestId: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** The token's budget as reported by the answer; `undefined` when the answer did not report it. */
  readonly rateLimit: RateLimit | undefined;
  readonly #path: string;
  readonly #body: string;

  static {
    hideAccessors(CleverApiError.prototype, Error, ['path', 'body']);
  }

  constructor(code: Code, failure: ApiFailure) {
    const said = failure.said === '' ? '' : `${failure.said.replace(/[.\s]+$/u, '')}. `;
    super(code, `${failure.method} ${failure.pathTemplate} → ${failure.status}: ${said}${failure.advice}`, failure);
    this.status = failure.status;
    this.method = failure.method;
    this.pathTemplate = failure.pathTemplate;
    this.requestId = failure.requestId;
    this.attempts = failure.attempts;
    this.rateLimit = failure.rateLimit;
    this.#path = failure.path;
    this.#body = failure.body;
  }

  /** The path as sent, including ids. Not enumerable: keep it out of logs. */
  get path(): string {
    return this.#path;
  }

  /**
   * The answer's body as received, without sensitive student fields: JSON, HTML or empty. Not enumerable: keep it
   * out of logs.
   */
  get body(): string {
    return withoutSensitiveFields(this.#body);
  }
}

/** 400: Clever did not accept a parameter. */
export class CleverBadRequestError extends CleverApiError<'bad_request'> {
  override get name(): string {
    return 'CleverBadRequestError';
  }

  constructor(failure: ApiFailure) {
    super('bad_request', failure);
  }
}

/** 401: the token is missing, revoked or unknown, or the app's credentials are wrong. */
export class CleverAuthenticationError extends CleverApiError<'authentication'> {
  override get name(): string {
    return 'CleverAuthenticationError';
  }

  constructor(failure: ApiFailure) {
    super('authentication', failure);
  }
}

/**
 * 403: the token is valid, but does not allow this call. Clever sends this status only for LMS Connect and
 * attendance.
 */
export class CleverPermissionError extends CleverApiError<'permission'> {
  override get name(): string {
    return 'CleverPermissionError';
  }

  constructor(failure: ApiFailure) {
    super('permission', failure);
  }
}

/**
 * 404: the record does not exist, is not shared with the app, or the token is of the wrong kind (Clever
 * then sends HTML).
 */
export class CleverNotFoundError extends CleverApiError<'not_found'> {
  override get name(): string {
    return 'CleverNotFoundError';
  }

  constructor(failure: ApiFailure) {
    super('not_found', failure);
  }
}

/**
 * 429: the token's budget is spent, and its next window begins later than this call may wait. When the SDK
 * knows this beforehand, it sends nothing: `attempts` counts the requests sent before, and may be 0.
 */
export class CleverRateLimitError extends CleverApiError<'rate_limit'> {
  override get name(): string {
    return 'CleverRateLimitError';
  }

  /**
   * After how many milliseconds a call is not refused again: what Clever asked for, and the second that the SDK adds
   * because the end of a window is named in whole seconds. `undefined` when Clever did not say.
   */
  readonly retryAfterMs: number | undefined;
  /** The same as a time, by this machine's clock. `rateLimit.resetAt` has the time by Clever's clock, as sent. */
  readonly resetAt: Date | undefined;

  constructor(
    failure: ApiFailure & { readonly retryAfterMs?: number | undefined; readonly resetAt?: Date | undefined },
  ) {
    super('rate_limit', { ...failure, isRetryable: true });
    this.retryAfterMs = failure.retryAfterMs;
    this.resetAt = failure.resetAt;
  }
}

/** 5xx: a problem on Clever's side that persisted through the retries, if the call had any. */
export class CleverServerError extends CleverApiError<'server'> {
  override get name(): string {
    return 'CleverServerError';
  }

  constructor(failure: ApiFailure) {
    super('server', failure);
  }
}
