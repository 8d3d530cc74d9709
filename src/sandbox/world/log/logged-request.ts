/** Which kind of credentials a request carried. */
export type LoggedToken =
  /** A district-app token. */
  | 'district'
  /** A token of somebody who logged in by a district. */
  | 'user'
  /** A token of somebody who logged in by the Library. */
  | 'library'
  /** The app's id and secret, or what claims to be them. */
  | 'app'
  /** A bearer token that the sandbox does not know: made up, expired, revoked or rotated. */
  | 'unknown'
  | 'none';

/** How a request ended. */
export type LoggedOutcome =
  /** It waits for its answer. */
  | 'pending'
  | 'answered'
  /** A fault broke the answer off in the middle of its body. */
  | 'truncated'
  /** A fault reset the connection, or did not find the host. */
  | 'reset'
  /** The caller gave up before the answer was complete, as far as the sandbox noticed. */
  | 'aborted';

/**
 * A request that the sandbox was asked, with everything left out that is secret or somebody's: no token, no code, no person's
 * id.
 */
export interface LoggedRequest {
  /** 1 for the first since the sandbox was made, reset, or its log cleared. */
  readonly number: number;
  /** By the sandbox's clock, in milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly method: string;
  /** With placeholders for ids: `/v3.1/users/{id}`. `{unknown}` stands for parts of a path that Clever does not have. */
  readonly path: string;
  /**
   * Parameters of the query. Values are kept where they tell of nobody (`limit`, `role`, `count` …), otherwise `[redacted]`;
   * parameters that Clever does not have are together `{unknown}`.
   */
  readonly query: Readonly<Record<string, string>>;
  readonly token: LoggedToken;
  /** The district of the token. */
  readonly districtId: string | undefined;
  readonly outcome: LoggedOutcome;
  /** `undefined` while there is no answer. */
  readonly status: number | undefined;
  /** `X-Request-ID` of the answer, which the client's errors carry too. */
  readonly requestId: string | undefined;
  /** By the sandbox's clock: until the answer began, or until the request ended without one. */
  readonly durationMs: number | undefined;
  /** What a fault did: the names of its members, `['status', 'delayMs']`. Empty without a fault. */
  readonly faults: readonly string[];
}

/** Which requests {@link Sandbox.requests} returns. Default: all. */
export interface RequestQuery {
  /** In any case of letters. */
  readonly method?: string;
  /** As in a fault: `{id}` stands for any one segment, `*` at the end for anything. */
  readonly path?: string;
  readonly status?: number;
  readonly token?: LoggedToken;
  readonly districtId?: string;
  readonly outcome?: LoggedOutcome;
  /** `true`: only those that met a fault; `false`: only those that met none. */
  readonly hasFault?: boolean;
}
