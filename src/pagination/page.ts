import { defineInspect } from '../privacy/index.js';

/**
 * One page of a listing.
 *
 * @typeParam T - The type of a record.
 */
export interface ListPage<T> {
  /** The records, in the order Clever sent them (ascending by id). May be empty, even with more pages to come. */
  readonly data: readonly T[];
  /**
   * The position right behind this page, as one JSON-safe string: `list({ from: page.cursor })` goes on from here, in
   * another process or on another day. Also set on the last page, where it finds what was added since. (Submissions and
   * attendance have positions that only Clever can name: there, the last page's cursor reads that page again.) It holds the
   * id of a record: store it, do not log it.
   */
  readonly cursor: string;
  /** Whether Clever announced another page. */
  readonly hasNext: boolean;
}

/** Builds a page that shows its size when inspected and not the people in it; JSON and spread give the data. */
export function createPage<T>(data: readonly T[], cursor: string, hasNext: boolean): ListPage<T> {
  return defineInspect({ data, cursor, hasNext }, () => ({ items: data.length, hasNext }), { keepsJson: true });
}
