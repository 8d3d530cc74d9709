import { assertKnownKeys } from '../../roster/checks.js';
import { pathMatcher } from '../faults/matching.js';
import type { LoggedOutcome, LoggedRequest, RequestQuery } from './logged-request.js';

type Writable = { -readonly [Member in keyof LoggedRequest]: LoggedRequest[Member] };

/** What is known of a request when it comes in. */
export type BeginOfRequest = Pick<LoggedRequest, 'method' | 'path' | 'query' | 'token' | 'districtId'>;

/** How a request goes on; written down as it happens. */
export interface LogEntry {
  /** A fault is used on it. */
  meets(effects: readonly string[]): void;
  /** It ends, for the time being at least: who aborts an answer that breaks off has aborted it. */
  ends(outcome: LoggedOutcome, response?: Response): void;
}

const QUERY_KEYS = ['method', 'path', 'status', 'token', 'districtId', 'outcome', 'hasFault'];

/** What the sandbox was asked, the latest so many of it. */
export class RequestLog {
  readonly #size: number;
  readonly #clock: () => number;
  /** A ring: the entry with number n is at n % size. */
  #entries: Writable[] = [];
  #count = 0;

  constructor(size: number, clock: () => number) {
    this.#size = size;
    this.#clock = clock;
  }

  /** Writes a request down that has just come in. */
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

  /** Requests, the oldest first. */
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
