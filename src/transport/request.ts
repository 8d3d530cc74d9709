import type { AdviceName } from '../errors/catalogue/statuses.js';
import type { RateLimit } from '../errors/index.js';
import type { Priority, RateBudgetStore } from './budget/index.js';
import type { ClientEvent } from './events.js';
import type { FetchFunction } from './fetch.js';
import type { RetryOptions } from './retry.js';

/** Options of a single request that every call of the SDK takes. */
export interface RequestOptions {
  /** Aborts the request, the waits between attempts and the reading of the body. Its own `reason` is thrown. */
  readonly signal?: AbortSignal;
  /** Limit of one attempt, body included, in milliseconds. Default 30000. */
  readonly timeoutMs?: number;
  /**
   * Limit of the whole call: all attempts, and the waits between them and for the token's budget, in
   * milliseconds. Default 300000.
   */
  readonly totalTimeoutMs?: number;
  /**
   * The longest answer that is read, in bytes after decompression, 1 to 2147483647. A longer one ends the call with a
   * `CleverConnectionError` (`reason: 'too_large'`) as soon as it exceeds the limit. Default: 134217728 (128 MiB) for
   * a page of a listing, 16777216 (16 MiB) for a single record and for the app's list of district tokens, and 1048576
   * (1 MiB) for identities, tokens, keys and counts. Of an error answer, the first 65536 bytes are read.
   */
  readonly maxResponseBytes?: number;
  /**
   * How reads, and writes that are safe to repeat, are repeated. `false` repeats nothing and waits for no
   * window: where the token's budget is spent, a `CleverRateLimitError` comes at once and nothing is sent.
   */
  readonly retry?: RetryOptions | false;
}

/** Gives the value of the `Authorization` header; called for each attempt, so that a rotated token is picked up. */
export type Authorization = () => string | Promise<string>;

/** What the answers of a service say about its clock. */
export interface ServiceClock {
  /** How far it is ahead of `now`, in milliseconds, by the `Date` of the last answer; 0 before the first one. */
  aheadMs: number;
}

/** What a transport is made from. Validated by `config.ts`; nothing here is read from the environment. */
export interface TransportConfig {
  /** Where every request goes, `https://api.clever.com`. The authorization is sent nowhere else. */
  readonly origin: string;
  readonly fetch: FetchFunction | undefined;
  readonly userAgent: string;
  readonly onEvent: ((event: ClientEvent) => void) | undefined;
  /** Unix milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Where to note the service's clock; default nowhere. */
  readonly clock?: ServiceClock | undefined;
  /**
   * What paces the requests that carry a token: a store or this process; `undefined` where Clever does not
   * count them.
   */
  readonly rateBudget?: RateBudgetStore | 'process' | undefined;
  /** Defaults of the client, overridden by the call. */
  readonly defaults: RequestOptions;
}

/** One request, in the terms of the layers above. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path with placeholders, for errors and events: `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  /** The path and query as sent, beginning with `/`; made by `buildPath` or taken from one of Clever's links. */
  readonly path: string;
  /** Absent for what needs no permission, such as public keys. */
  readonly authorization?: Authorization | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly options?: RequestOptions | undefined;
  /** The limit of one attempt where neither the call nor the client names one, in milliseconds. Default 30000. */
  readonly defaultTimeoutMs?: number | undefined;
  /** The longest answer where neither the call nor the client names one, in bytes. Default: that of a single record. */
  readonly defaultMaxResponseBytes?: number | undefined;
  /** For a write: the caller says that carrying it out twice does no harm, so it may be repeated like a `GET`. */
  readonly isSafeToRepeat?: boolean | undefined;
  /**
   * Called with the body of a successful answer before it is parsed, for each attempt that brings one.
   * Parsing waits for what it returns, so that something else can be sent first. Must not throw.
   */
  readonly onBody?: ((chunks: readonly Uint8Array[]) => Promise<void> | undefined) | undefined;
  /** Whether a caller waits for this very request, or it is one of the many of a listing. Default `'interactive'`. */
  readonly priority?: Priority | undefined;
  /** Whose advice ends the error message of a status, in place of the usual. A later name wins over an earlier one. */
  readonly advice?: readonly AdviceName[] | undefined;
}

/** A successful answer. */
export interface TransportResponse {
  readonly status: number;
  /** The parsed JSON; `undefined` for an empty body. */
  readonly json: unknown;
  readonly rateLimit: RateLimit | undefined;
  readonly requestId: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
}

/** Sends requests to one origin. The only thing that the layers above know of HTTP. */
export interface Transport {
  readonly origin: string;
  /**
   * Sends a request and reads its JSON.
   *
   * @throws {@link CleverApiError} or a subclass for an error status.
   * @throws {@link CleverConnectionError} without a usable answer, {@link CleverTimeoutError} when time ran out.
   * @throws the `reason` of the caller's signal, untouched, after an abort.
   */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Reports to `onEvent`; an observer that throws is ignored. */
  emit(event: ClientEvent): void;
}
