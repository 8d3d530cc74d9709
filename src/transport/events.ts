import type { CleverIssue, RateLimit } from '../errors/index.js';

interface ClientEventBase {
  /** `GET`, `POST` … */
  readonly method: string;
  /** The path with placeholders, `/v3.1/users/{id}`; never the real one. */
  readonly pathTemplate: string;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends ClientEventBase {
  readonly kind: 'request';
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** An attempt was answered and its body read, whatever the status. */
export interface ResponseEvent extends ClientEventBase {
  readonly kind: 'response';
  readonly attempt: number;
  readonly status: number;
  /** From sending to the end of the body, in milliseconds. */
  readonly durationMs: number;
  readonly rateLimit: RateLimit | undefined;
  readonly requestId: string | undefined;
}

/** An attempt failed and another will follow after a wait. */
export interface RetryEvent extends ClientEventBase {
  readonly kind: 'retry';
  /** The attempt that failed. */
  readonly attempt: number;
  readonly reason: 'status' | 'network' | 'body' | 'not_json' | 'timeout';
  /** The status, when `reason` is `status`. */
  readonly status: number | undefined;
  /** How long the SDK waits before the next attempt, in milliseconds. */
  readonly delayMs: number;
}

/** A request waits for the budget of its token before it is sent. */
export interface WaitEvent extends ClientEventBase {
  readonly kind: 'wait';
  /** The attempt that waits. */
  readonly attempt: number;
  /** How long at least, in milliseconds: until the window ends, or until a listing may continue. */
  readonly delayMs: number;
}

/**
 * An answer named an end of the rate limit's window beyond Clever's minute, or a `Retry-After` of more than a day. It
 * was ignored, because one broken answer must not stop all calls with its token.
 */
export interface IgnoredWaitEvent extends ClientEventBase {
  readonly kind: 'ignored_wait';
  /** The attempt that was answered so. */
  readonly attempt: number;
  readonly header: 'retry-after' | 'x-ratelimit-reset';
  /** From the answer to the time that the header names, in milliseconds. */
  readonly namedMs: number;
}

/** A page of a listing was read. */
export interface PageEvent extends ClientEventBase {
  readonly kind: 'page';
  /** 1 for the first page of this iteration. */
  readonly pageNumber: number;
  readonly itemCount: number;
  /** Whether another page follows, as far as is known. */
  readonly hasNext: boolean;
}

/** A record does not have its documented shape; it was delivered as sent. */
export interface ValidationEvent extends ClientEventBase {
  readonly kind: 'validation';
  /** Where and what kind, never the value. */
  readonly issues: readonly CleverIssue[];
}

/** A page of a listing was not as Clever documents pages, and the reading dealt with it. */
export interface IrregularPageEvent extends ClientEventBase {
  readonly kind: 'irregular_page';
  /**
   * - `repeated_records`: some of its records were delivered before; they were left out.
   * - `missing_link`: it comes after a page that had no usable link to it, and was found by asking for what follows
   *   that page's last record.
   * - `unordered`: its ids are not in order, so a parallel reading continues with one reader.
   */
  readonly reason: 'repeated_records' | 'missing_link' | 'unordered';
  /** How many records were left out; with the other reasons, how many the page has. */
  readonly itemCount: number;
}

/** What `onEvent` receives: everything worth measuring, nothing that names a person. */
export type ClientEvent =
  | RequestEvent
  | ResponseEvent
  | RetryEvent
  | WaitEvent
  | IgnoredWaitEvent
  | PageEvent
  | IrregularPageEvent
  | ValidationEvent;
