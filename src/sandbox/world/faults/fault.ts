/**
 * A failure to answer with: to which requests, how often, and what happens.
 *
 * Members combine: `{ status: 503, delayMs: 200 }` is a slow 503. Without `status`, `body` or `html`, the sandbox answers as
 * usual and the rest changes that answer. What would contradict itself, such as a page of records with a changed record and
 * status 500, is refused by `faults.add()`.
 *
 * Members that change pages or records wait for an answer that has some: a fault counts only when it happened.
 *
 * @example
 * ```ts
 * import { createSandbox } from 'clever-sdk/sandbox';
 *
 * const sandbox = createSandbox();
 * sandbox.faults.add({ path: '/v3.1/users', status: 429, times: 3 });
 * sandbox.faults.add({ path: '/v3.1/*', truncateBody: true, skip: 2 });
 * sandbox.faults.add({ path: '/v3.1/users', wrongType: 'name', record: 4_321, query: { limit: 10_000 } });
 * ```
 */
export interface Fault {
  // To which requests.

  /** HTTP method, in any case of letters. Default: every method. */
  readonly method?: string;
  /**
   * Path with the version and without the query: `/v3.1/users`. `{id}` stands for any one segment, `*` at the end for
   * anything. Default: every path.
   */
  readonly path?: string;
  /** Parameters that the request's query must have, beside others: `{ role: 'student' }`. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Only requests whose bearer token belongs to this district. */
  readonly districtId?: string;
  /** Only requests for which this returns `true`. It must not read the body. */
  readonly when?: (request: Request) => boolean;

  // How often.

  /** Matching requests to let pass before the first failure. Default 0. */
  readonly skip?: number;
  /** Failures, after which the fault is gone. `Infinity` until it is removed. Default 1. */
  readonly times?: number;

  // On the way. At most one of these, beside `delayMs`.

  /** Wait before anything else, in milliseconds. */
  readonly delayMs?: number;
  /** No answer, ever; `'body'`: half of the answer's body, and then nothing more. */
  readonly hang?: boolean | 'body';
  /** The connection is reset in place of an answer; `'body'` resets it in the middle of the answer's body. */
  readonly resetConnection?: boolean | 'body';
  /** The answer breaks off in the middle of its body. */
  readonly truncateBody?: boolean;
  /** The body arrives in ten parts over this time, in milliseconds, behind headers that come at once. */
  readonly slowBodyMs?: number;
  /** The name of the host is not found. Over loopback, where that lies behind, the connection is reset. */
  readonly dnsFailure?: boolean;

  // In place of the answer.

  /** Status to answer with. 429 has an empty body and the rate-limit headers of a spent budget, as at Clever. */
  readonly status?: number;
  /**
   * For 429: the budget's reset, this far from now, in milliseconds; default 0. For every status: a `Retry-After` header, in
   * whole seconds, which Clever is not known to send.
   */
  readonly retryAfterMs?: number;
  /** Body to answer with: text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** An HTML page in place of JSON; with status 200 unless `status` says otherwise. `true` for some page. */
  readonly html?: string | true;

  // In the headers of any answer.

  /** Headers to add to the answer or replace in it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `false`: the answer says nothing of the rate limit. */
  readonly rateLimitHeaders?: boolean;
  /** Clever's clock is ahead by this, in milliseconds, or behind when negative: in `Date` and in the reset of the rate limit. */
  readonly clockSkewMs?: number;

  // In the pages of a list.

  /** The `uri` of the answer's `next` link. `'self'` repeats the page's own. */
  readonly nextLink?: string;
  /** The page has no links at all. */
  readonly dropLinks?: boolean;
  /**
   * The cursor of the request has moved by as many records, as when others came or went in front of it: records that are
   * skipped when positive, read again when negative. Waits for a request with a cursor.
   */
  readonly moveCursor?: number;
  /** The page before the one that was asked for once more, as from a cursor that is stuck. Waits for a request with a cursor. */
  readonly repeatPage?: boolean;
  /** An empty page in front of the one that was asked for, to which its `next` link leads. */
  readonly emptyPage?: boolean;

  // In the records of a page, or in a record that is read by its id. Members are named by their path: `roles.student.grade`.

  /**
   * Which record of a page is changed, by its place from 0; `'all'` for every one that has the member. Default: the first that
   * has it.
   */
  readonly record?: number | 'all';
  /** A value that Clever has never had, in a member that has known values; `true` finds one. */
  readonly unknownEnum?: string | true;
  /** `null` in a member. */
  readonly nullField?: string;
  /** A member is not there. */
  readonly missingField?: string;
  /** A member of another type: text becomes a number, everything else text. */
  readonly wrongType?: string;
  /** Anything in the place of a record: `null`, `{ id: 7 }`. */
  readonly replaceRecord?: unknown;
  /** A record is in the page twice, the second right behind the first. */
  readonly duplicateRecord?: boolean;
}
