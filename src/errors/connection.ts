import { CleverError, type CleverErrorInit } from './base.js';
import type { CatalogueEntry, MessageValues, ReasonEntry } from './catalogue/entry.js';
import type { ConnectionFailureReason } from './codes.js';
import { messageOf } from './message.js';

/** The facts about a request that got no usable response. */
export interface ConnectionFailure extends CleverErrorInit {
  readonly method: string;
  /** The path with placeholders, `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  readonly attempts: number;
}

/** No usable response arrived: the network failed, the body ended early, or the response was not JSON from Clever. */
export class CleverConnectionError<
  Code extends 'connection' | 'timeout' = 'connection' | 'timeout',
> extends CleverError<Code> {
  override get name(): string {
    return 'CleverConnectionError';
  }

  /** The HTTP method of the request. */
  readonly method: string;
  /** The path with placeholders, for example `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  /** Why no usable answer arrived. */
  readonly reason: ConnectionFailureReason;
  /** How many times the request was sent. */
  readonly attempts: number;

  constructor(
    code: Code,
    entry: ReasonEntry<ConnectionFailureReason>,
    failure: ConnectionFailure,
    values?: MessageValues,
  ) {
    const { method, pathTemplate } = failure;
    const message = `${method} ${pathTemplate}: ${messageOf(entry, values)}`;
    super(code, message, { isRetryable: true, ...failure }, entry.reason);
    this.method = method;
    this.pathTemplate = pathTemplate;
    this.reason = entry.reason;
    this.attempts = failure.attempts;
  }
}

/** The SDK stopped waiting for one attempt (`timeoutMs`) or for the whole call (`totalTimeoutMs`). */
export class CleverTimeoutError extends CleverConnectionError<'timeout'> {
  override get name(): string {
    return 'CleverTimeoutError';
  }

  /** The limit that ran out, in milliseconds. */
  readonly timeoutMs: number;
  /** Which limit ran out: that of one attempt (`timeoutMs`) or of the whole call (`totalTimeoutMs`). */
  readonly limit: 'attempt' | 'total';

  constructor(
    entry: CatalogueEntry,
    failure: ConnectionFailure & { readonly timeoutMs: number; readonly limit: 'attempt' | 'total' },
  ) {
    const { timeoutMs, limit } = failure;
    const option = limit === 'attempt' ? 'timeoutMs' : 'totalTimeoutMs';
    super('timeout', { ...entry, reason: 'timeout' }, failure, { timeoutMs, option });
    this.timeoutMs = timeoutMs;
    this.limit = limit;
  }
}
