import type { CleverErrorCode } from 'clever-sdk';
import type { Fault } from 'clever-sdk/sandbox';

/** The outcome of a reading. */
export type Outcome =
  /** The same records as without the fault. */
  | 'same'
  /**
   * Records may be missing without any client noticing: the answers are those of a shorter listing. None
   * appears twice.
   */
  | 'fewer'
  /** An error with this code, whose cursor resumes with the same records. */
  | CleverErrorCode;

/** Whether a fault affects one request, or every request from then on. */
export type Often = 'once' | 'always';

/** A fault, and the outcome of a reading that meets it. */
export interface FaultRow {
  readonly name: string;
  readonly fault: Fault;
  /** The outcome when it happens once. */
  readonly once: Outcome;
  /** The outcome when it affects every request from then on. */
  readonly always: Outcome;
  /** Whether it differs over a real connection. */
  readonly isOfSockets?: true;
}

const row = (name: string, fault: Fault, once: Outcome, always: Outcome): FaultRow => ({ name, fault, once, always });
const socket = (...of: Parameters<typeof row>): FaultRow => ({ ...row(...of), isOfSockets: true });

const HOUR_MS = 3_600_000;

/** Every fault, and its outcome. */
export const FAULTS: readonly FaultRow[] = [
  //     fault                                                                            once          always
  row('429', { status: 429 }, /*                                                       */ 'same', /* */ 'rate_limit'),
  row('429 and its reset in 20 s', { status: 429, retryAfterMs: 20_000 }, /*           */ 'same', /* */ 'rate_limit'),
  row('429 and its reset in an hour', { status: 429, retryAfterMs: HOUR_MS }, /*       */ 'rate_limit', 'rate_limit'),
  row('429 without headers', { status: 429, rateLimitHeaders: false }, /*              */ 'same', /* */ 'rate_limit'),
  row('429, clock an hour ahead', { status: 429, clockSkewMs: HOUR_MS }, /*            */ 'same', /* */ 'rate_limit'),
  row('429, clock an hour slow', { status: 429, clockSkewMs: -HOUR_MS }, /*            */ 'same', /* */ 'rate_limit'),
  row('500', { status: 500 }, /*                                                       */ 'same', /* */ 'server'),
  row('502 with a page of HTML', { status: 502, html: true }, /*                       */ 'same', /* */ 'server'),
  socket('503', { status: 503 }, /*                                                    */ 'same', /* */ 'server'),
  row('HTML with status 200', { html: true }, /*                                       */ 'same', /* */ 'connection'),
  row('half of the JSON', { body: '{"data":[{"data":{"id":"5f' }, /*                   */ 'same', /* */ 'connection'),
  row('JSON that is not a list', { body: { data: {} } }, /*                            */ 'connection', 'connection'),
  socket('reset before the headers', { resetConnection: true }, /*                     */ 'same', /* */ 'connection'),
  socket('reset in mid-body', { resetConnection: 'body' }, /*                          */ 'same', /* */ 'connection'),
  socket('body that breaks off', { truncateBody: true }, /*                            */ 'same', /* */ 'connection'),
  socket('body slower than the timeout', { slowBodyMs: HOUR_MS }, /*                   */ 'same', /* */ 'timeout'),
  socket('no answer', { hang: true }, /*                                               */ 'same', /* */ 'timeout'),
  socket('half a body, then nothing', { hang: 'body' }, /*                             */ 'same', /* */ 'timeout'),
  socket('name not found', { dnsFailure: true }, /*                                    */ 'same', /* */ 'connection'),
  row('clock an hour ahead', { clockSkewMs: HOUR_MS }, /*                              */ 'same', /* */ 'same'),
  row('clock an hour slow', { clockSkewMs: -HOUR_MS }, /*                              */ 'same', /* */ 'same'),
  row('empty page in between', { emptyPage: true }, /*                                 */ 'same', /* */ 'same'),
  row('page repeated', { repeatPage: true }, /*                                        */ 'pagination', 'pagination'),
  row('next link to the page itself', { nextLink: 'self' }, /*                         */ 'pagination', 'pagination'),
  row('next link to another host', { nextLink: 'https://elsewhere.example/v3.1/users' }, 'pagination', 'pagination'),
  row('next link that is no address', { nextLink: 'http://[' }, /*                     */ 'pagination', 'pagination'),
  row('record twice on a page', { duplicateRecord: true }, /*                          */ 'same', /* */ 'same'),
  row('cursor moved back', { moveCursor: -3 }, /*                                      */ 'same', /* */ 'same'),
  row('cursor moved on', { moveCursor: 3 }, /*                                         */ 'fewer', /**/ 'fewer'),
  // A full page without links may be any page, so what comes after it is asked for.
  row('links missing', { dropLinks: true }, /*                                         */ 'same', /* */ 'same'),
];
