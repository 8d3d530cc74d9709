/**
 * A failure that the sandbox answers with: for which requests, how often, and what goes wrong.
 *
 * Members combine: `{ status: 503, delayMs: 200 }` is a slow 503. Without `status`, `body` or `html`, the
 * sandbox answers as usual and the other members change that answer. `faults.add()` rejects members that
 * contradict each other, such as a changed record together with status 500.
 *
 * A fault that changes pages or records waits for an answer that has them: it counts only when it has
 * happened.
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
  // For which requests.

  /** HTTP method, in any case. Default: every method. */
  readonly method?: string;
  /**
   * Path with the version and without the query: `/v3.1/users`. `{id}` matches any one segment, and `*` at
   * the end matches any rest. Default: every path.
   */
  readonly path?: string;
  /** Parameters that the request's query must have; it may have others: `{ role: 'student' }`. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Only requests whose bearer token belongs to this district. */
  readonly districtId?: string;
  /** Only requests for which this returns `true`. It must not read the body. */
  readonly when?: (request: Request) => boolean;

  // How often.

  /** Matching requests that succeed before the first failure. Default 0. */
  readonly skip?: number;
  /**
   * Number of failures, after which the fault is removed. `Infinity`: until it is removed by hand. Default
   * 1.
   */
  readonly times?: number;

  // The connection. At most one of these, in addition to `delayMs`.

  /** Delay before anything else, in milliseconds. */
  readonly delayMs?: number;
  /** The request never gets an answer; `'body'`: it gets half of the answer's body, and then no more. */
  readonly hang?: boolean | 'body';
  /** The connection is reset before the answer; `'body'` resets it in the middle of the answer's body. */
  readonly resetConnection?: boolean | 'body';
  /** The answer ends in the middle of its body. */
  readonly truncateBody?: boolean;
  /** The body arrives in ten parts over this time, in milliseconds, after headers that arrive at once. */
  readonly slowBodyMs?: number;
  /** The host name cannot be resolved. Over loopback, where it is already resolved, the connection is reset. */
  readonly dnsFailure?: boolean;

  // Instead of the answer.

  /**
   * Status to answer with. 429 has an empty body and the rate-limit headers of an exhausted budget, as at
   * Clever.
   */
  readonly status?: number;
  /**
   * For 429: the time until the budget's reset, in milliseconds; default 0. For every status: a
   * `Retry-After` header, in whole seconds. Clever is not known to send that header.
   */
  readonly retryAfterMs?: number;
  /** Body to answer with: text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** An HTML page in place of JSON, with status 200 unless `status` is given. `true` sends a built-in page. */
  readonly html?: string | true;

  // In the headers of any answer.

  /** Headers to add to the answer or replace in it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `false`: the answer has no rate-limit headers. */
  readonly rateLimitHeaders?: boolean;
  /**
   * How far Clever's clock is ahead, in milliseconds; negative when it is slow. Changes `Date` and the
   * reset of the rate limit.
   */
  readonly clockSkewMs?: number;

  // In the pages of a list.

  /** The `uri` of the answer's `next` link. `'self'` repeats the page's own. */
  readonly nextLink?: string;
  /** The page has no links at all. */
  readonly dropLinks?: boolean;
  /**
   * Moves the cursor of the request by this many records, as if records before it had been added or
   * removed: a positive number skips records, a negative one repeats them. Waits for a request with a
   * cursor.
   */
  readonly moveCursor?: number;
  /**
   * Repeats the page before the requested one, as if the cursor were stuck. Waits for a request with a
   * cursor.
   */
  readonly repeatPage?: boolean;
  /** Answers with an empty page first, whose `next` link leads to the requested page. */
  readonly emptyPage?: boolean;

  // In the records of a page, or in a record that is read by its id. Members are named by their path:
  // `roles.student.grade`.

  /**
   * Which record of a page is changed, by its position from 0; `'all'` for every record that has the
   * member. Default: the first record that has it.
   */
  readonly record?: number | 'all';
  /**
   * The path of a member with known values, which gets a value that Clever has never had; `true` selects
   * such a member.
   */
  readonly unknownEnum?: string | true;
  /** The path of a member that becomes `null`. */
  readonly nullField?: string;
  /** The path of a member that is removed. */
  readonly missingField?: string;
  /** The path of a member that changes its type: text becomes a number, everything else becomes text. */
  readonly wrongType?: string;
  /** A value in place of a record: `null`, `{ id: 7 }`. */
  readonly replaceRecord?: unknown;
  /** A record is in the page twice, the second time directly after the first. */
  readonly duplicateRecord?: boolean;
}
