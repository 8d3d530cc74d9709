import type { Delivery } from '../records/index.js';
import type { Authorization, RequestOptions, TransportRequest } from '../transport/index.js';
import type { Range } from './cursor.js';

/** Options of a listing, beside those of every request. */
export interface ListOptions extends RequestOptions {
  /** Records per request, 1 to 10000, sent as `limit`. Default 1000. Source: dev.clever.com/docs/paging-and-limits. */
  readonly pageSize?: number;
  /**
   * Pages requested ahead of the consumer, from the second page on: each as soon as the text of the page
   * before it has arrived, so that the network works while the SDK parses. Default 1; 0 turns it off. Pages
   * read ahead are held in memory.
   */
  readonly prefetch?: number;
  /**
   * The `cursor` of a page of an earlier run of the same listing: continue after it. That of a parallel
   * reading continues with all that was left, with or without `parallel`. `undefined` reads from the start.
   */
  readonly from?: string | undefined;
  /**
   * How many readers share the listing, 1 to 8. Default 1. For big rosters on slow links: with several
   * readers the records come in no promised order, each exactly once.
   *
   * Readers begin after guessed ids. Clever documents `starting_after` for ids of records; that it takes any
   * id is observed for events and inferred for the rest. Where a guess is refused or ignored, one reader
   * reads on alone. Each reader asks for pages ahead, so up to `parallel` × (1 + `prefetch`) pages are held
   * in memory, and all of them use the token's one rate limit. Some requests are spent on guesses that miss,
   * and half a page for each reader on what two of them saw.
   */
  readonly parallel?: number;
}

/** Options of `toArray`. */
export interface ToArrayOptions {
  /** The most records to hold in memory. */
  readonly maxItems: number;
  /** What to do when there are more: throw (default), or keep the first `maxItems` and stop. */
  readonly onLimit?: 'throw' | 'truncate';
}

/**
 * All that is needed to read a listing: how to ask for its pages, and how to hand out their records.
 * Immutable, so that one listing can be read any number of times.
 */
export interface Listing extends Delivery {
  /** The first page's path with the filters. */
  readonly path: string;
  /** What the cursor to continue from has after its `#`. */
  readonly rest?: string | undefined;
  /** The parts to read, where an earlier parallel reading left several; the first begins at `path`. */
  readonly ranges?: readonly Range[] | undefined;
  /** `undefined` where the transport brings its own. */
  readonly authorization: Authorization | undefined;
  readonly options: RequestOptions;
  /** The limit of one attempt where neither the call nor the client names one, in milliseconds. */
  readonly defaultTimeoutMs?: number | undefined;
  /** The longest answer if neither the call nor the client sets one, in bytes. */
  readonly defaultMaxResponseBytes?: number | undefined;
  readonly prefetch: number;
  /** How many readers may share it. Default 1. */
  readonly parallel?: number | undefined;
  /** Whether only Clever knows positions in this listing, so that none can be made from the id of the last record. */
  readonly hasOpaqueCursor?: boolean | undefined;
  /**
   * Called before each reading begins, because a listing may be read long after it was made, and again before its
   * first page is handed out, when the service's clock is known. Throws where the reading must not go on.
   */
  readonly beforeReading?: (() => void) | undefined;
  readonly advice?: TransportRequest['advice'];
}

/** Where a reading of a listing begins, as a cursor. */
export function startOf({ path, rest }: Listing): string {
  return rest === undefined ? path : `${path}#${rest}`;
}
