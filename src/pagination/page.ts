import { defineInspect } from '../privacy/index.js';
import { deliverAll } from '../records/index.js';
import type { Listing } from './listing.js';

/**
 * One page of a listing.
 *
 * @typeParam T - The type of a record.
 */
export interface ListPage<T> {
  /** The records, in the order Clever sent them (ascending by id). May be empty, even with more pages to come. */
  readonly data: readonly T[];
  /**
   * The position right after this page, as one JSON-safe string: `list({ from: page.cursor })` continues from
   * here, in another process or on another day. Also set on the last page, where it finds what was added
   * since. (Submissions and attendance have positions that only Clever can name: there, the last page's
   * cursor reads that page again.) It holds the id of a record: store it, do not log it.
   */
  readonly cursor: string;
  /**
   * Whether more may follow: Clever announced another page, or this is a first page that is exactly full. For any later
   * page that is full, the SDK has asked.
   */
  readonly hasNext: boolean;
}

/** Where the pages of one iteration come from. */
export interface PageSource<T> {
  /** The next page, or `undefined` after the last one. One call at a time. */
  read(): Promise<ListPage<T> | undefined>;
  /** Aborts what is under way. Safe to call twice. */
  close(): void;
}

/** A page that is about to be handed out. */
interface ReceivedPage {
  readonly records: readonly Record<string, unknown>[];
  readonly cursor: string;
  readonly hasNext: boolean;
  /** 1 for the first one handed out. */
  readonly pageNumber: number;
}

/** Makes items from a page's records, at the moment when the consumer takes the page, and reports the page. */
export async function toPage<T>(listing: Listing, received: ReceivedPage): Promise<ListPage<T>> {
  const { transport, method, pathTemplate } = listing;
  const { records, cursor, hasNext, pageNumber } = received;
  const delivered = deliverAll(listing, records) as readonly T[] | Promise<readonly T[]>;
  // Waits only where there is something to wait for, so that an ordinary page costs no promise.
  const items = delivered instanceof Promise ? await delivered : delivered;
  transport.emit({ kind: 'page', method, pathTemplate, pageNumber, itemCount: items.length, hasNext });
  return createPage(items, cursor, hasNext);
}

/** Builds a page that shows its size when inspected and not the people in it; JSON and spread give the data. */
function createPage<T>(data: readonly T[], cursor: string, hasNext: boolean): ListPage<T> {
  return defineInspect({ data, cursor, hasNext }, () => ({ items: data.length, hasNext }), { keepsJson: true });
}
