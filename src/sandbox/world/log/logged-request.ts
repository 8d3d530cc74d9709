/** The kind of credentials that a request carried. */
export type LoggedToken =
  /** A district-app token. */
  | 'district'
  /** A token from a district login. */
  | 'user'
  /** A token from a Library login. */
  | 'library'
  /** The app's id and secret, valid or not. */
  | 'app'
  /** A bearer token that the sandbox does not know: invented, expired, revoked or rotated. */
  | 'unknown'
  | 'none';

/** Who sent a request: the app, or a person with a browser. */
export type LoggedSender = 'app' | 'browser';

/** How a request ended. */
export type LoggedOutcome =
  /** The request waits for its answer. */
  | 'pending'
  | 'answered'
  /** A fault ended the answer in the middle of its body. */
  | 'truncated'
  /** A fault reset the connection, or made the host unknown. */
  | 'reset'
  /** The caller gave up before the answer was complete, as far as the sandbox could see. */
  | 'aborted';

/**
 * A request that the sandbox received, without anything secret or personal: no token, no code, no person's
 * id.
 */
export interface LoggedRequest {
  /** 1 for the first request since the sandbox was made or reset, or its log was cleared. */
  readonly number: number;
  /** By the sandbox's clock, in milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly method: string;
  /**
   * With placeholders for ids: `/v3.1/users/{id}`. `{unknown}` replaces parts of a path that Clever does
   * not have.
   */
  readonly path: string;
  /**
   * Parameters of the query. Values that are not personal (`limit`, `role`, `count` …) are kept, the others
   * are `[redacted]`. Parameters that Clever does not have are combined as `{unknown}`.
   */
  readonly query: Readonly<Record<string, string>>;
  /**
   * `browser`: a page that a person opened, a form that a person sent, or what a page loads, by what browsers say of
   * themselves (`Sec-Fetch-Mode`, `Sec-Fetch-Dest`), and every request for a page of Clever's. `app`: all others.
   */
  readonly from: LoggedSender;
  readonly token: LoggedToken;
  /** The district of the token. */
  readonly districtId: string | undefined;
  readonly outcome: LoggedOutcome;
  /** `undefined` while there is no answer. */
  readonly status: number | undefined;
  /** `X-Request-ID` of the answer, which the client's errors also contain. */
  readonly requestId: string | undefined;
  /** By the sandbox's clock: the time until the answer began, or until the request ended without one. */
  readonly durationMs: number | undefined;
  /** What a fault did: the names of its members, `['status', 'delayMs']`. Empty without a fault. */
  readonly faults: readonly string[];
}

/** Which requests {@link Sandbox.requests} returns. Default: all. */
export interface RequestQuery {
  /** In any case. */
  readonly method?: string;
  /** As in a fault: `{id}` matches any one segment, and `*` at the end matches any rest. */
  readonly path?: string;
  readonly status?: number;
  readonly from?: LoggedSender;
  readonly token?: LoggedToken;
  readonly districtId?: string;
  readonly outcome?: LoggedOutcome;
  /** `true`: only requests that met a fault; `false`: only requests that met none. */
  readonly hasFault?: boolean;
}
