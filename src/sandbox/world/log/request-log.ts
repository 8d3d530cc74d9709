import { assertKnownKeys } from '../../roster/checks.js';
import { pathMatcher } from '../faults/matching.js';
import type { LoggedOutcome, LoggedRequest, RequestQuery } from './logged-request.js';

type Writable = { -readonly [Member in keyof LoggedRequest]: LoggedRequest[Member] };

/** What is known of a request when it arrives. */
export type BeginOfRequest = Pick<LoggedRequest, 'method' | 'path' | 'query' | 'from' | 'token' | 'districtId'>;

/** Records the progress of a request as it happens. */
export interface LogEntry {
  /** A fault is applied to it. */
  meets(effects: readonly string[]): void;
  /** The request ends, at least for now: a caller may still abort an answer that was truncated. */
  ends(outcome: LoggedOutcome, response?: Response): void;
}

const QUERY_KEYS = ['method', 'path', 'status', 'from', 'token', 'districtId', 'outcome', 'hasFault'];

/** The latest requests to the sandbox. */
export class RequestLog {
  readonly #size: number;
  readonly #clock: () => number;
  /** A ring buffer: the entry with number n is at n % size. */
  #entries: Writable[] = [];
  #count = 0;

  constructor(size: number, clock: () => number) {
    this.#size = size;
    this.#clock = clock;
  }

  /** Records a request that has just arrived. */
  begin(request: BeginOfRequest): LogEntry {
    this.#count += 1;
    const entry: Writable = {
      number: this.#count,
      startedAtMs: this.#clock(),
      ...request,
      outcome: 'pending',
      status: undefined,
      requestId: undefined,
      durationMs: undefined,
      faults: [],
    };
    if (this.#size > 0) {
      this.#entries[this.#count % this.#size] = entry;
    }
    return {
      meets: (effects) => {
        entry.faults = effects;
      },
      ends: (outcome, response) => {
        entry.outcome = outcome;
        entry.durationMs ??= this.#clock() - entry.startedAtMs;
        entry.status ??= response?.status;
        entry.requestId ??= response?.headers.get('x-request-id') ?? undefined;
      },
    };
  }

  /** Returns requests, the oldest first. */
  list(query: RequestQuery = {}): LoggedRequest[] {
    assertKnownKeys('requests()', query, QUERY_KEYS);
    const { method, path, hasFault, ...exact } = query;
    const isPath = path === undefined ? () => true : pathMatcher(path);
    const wanted = Object.entries(exact).filter(([, value]) => value !== undefined) as [keyof LoggedRequest, unknown][];
    return this.#entries
      .filter(
        (entry) =>
          (method === undefined || entry.method === method.toUpperCase()) &&
          isPath(entry.path) &&
          (hasFault === undefined || hasFault === entry.faults.length > 0) &&
          wanted.every(([name, value]) => entry[name] === value),
      )
      .sort((left, right) => left.number - right.number)
      .map((entry) => Object.freeze({ ...entry }));
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }
}
