import type { Authorization, RequestOptions, Transport } from '../transport/index.js';

/** Options of a listing, beside those of every request. */
export interface ListOptions extends RequestOptions {
  /** Records per request, 1 to 10000, sent as `limit`. Default 1000. Source: dev.clever.com/docs/paging-and-limits. */
  readonly pageSize?: number;
  /**
   * Pages requested ahead of the consumer, from the second page on: each as soon as the text of the page before it has
   * arrived, so that the network works while the SDK parses. Default 1; 0 turns it off. Pages read ahead are held in memory.
   */
  readonly prefetch?: number;
  /** The `cursor` of a page of an earlier run of the same listing: go on behind it. */
  readonly from?: string;
}

/**
 * All that is needed to read a listing: how to ask and what to make of a record. Immutable, so that one listing can be
 * read any number of times.
 */
export interface Listing<T> {
  readonly transport: Transport;
  readonly method: 'GET';
  readonly pathTemplate: string;
  /** The first page's path with the filters. */
  readonly path: string;
  /** `undefined` where the transport brings its own. */
  readonly authorization: Authorization | undefined;
  readonly options: RequestOptions;
  /** The limit of one attempt where neither the call nor the client names one, in milliseconds. */
  readonly defaultTimeoutMs?: number | undefined;
  readonly prefetch: number;
  /** Whether only Clever can tell a position in this listing, so that none can be made from the id of the last record. */
  readonly hasOpaqueCursor?: boolean | undefined;
  /** Called before each reading begins; throws where it must not. A listing may be read long after it was made. */
  readonly beforeReading?: (() => void) | undefined;
  /**
   * Makes a page's items of its records, for example by checking them. A promise only where there is something to wait
   * for, so that an ordinary page costs none.
   */
  readonly finishPage: (records: readonly Record<string, unknown>[]) => readonly T[] | Promise<readonly T[]>;
  readonly advice?: Partial<Record<number, string>> | undefined;
}
