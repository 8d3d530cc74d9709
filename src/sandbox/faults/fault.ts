/**
 * A failure to answer with. `method` and `path` say to which requests, `skip` and `times` how often, the rest what happens.
 *
 * Members combine: `{ status: 503, delayMs: 200 }` is a slow 503. Without `status`, `body` or `html`, the sandbox answers as
 * usual and the rest (`delayMs`, `truncateBody`, `nextLink`, `headers` …) changes that answer.
 */
export interface Fault {
  /** HTTP method, in any case of letters. Default: every method. */
  readonly method?: string;
  /**
   * Path with the version and without the query: `/v3.1/users`. `{id}` stands for any one segment, `*` at the end for
   * anything. Default: every path.
   */
  readonly path?: string;
  /** Matching requests to let pass before the first failure. Default 0. */
  readonly skip?: number;
  /** Failures, after which the fault is gone. `Infinity` until `clear()`. Default 1. */
  readonly times?: number;
  /** Wait before anything else, in milliseconds. */
  readonly delayMs?: number;
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
  /** Headers to add to the answer or replace in it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The `uri` of the answer's `next` link. `'self'` repeats the page's own. */
  readonly nextLink?: string;
  /** The answer breaks off in the middle of its body. */
  readonly truncateBody?: boolean;
  /** The connection is reset in place of an answer; `'body'` resets it in the middle of the answer's body. */
  readonly resetConnection?: boolean | 'body';
  /** No answer, ever. */
  readonly hang?: boolean;
}
