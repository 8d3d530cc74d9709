import { lazily } from '../lazily.js';
import { defineInspect } from '../privacy/index.js';
import { cursorOf } from './cursor.js';
import { ItemIterator } from './item-iterator.js';
import type { Listing } from './listing.js';
import type { ListPage } from './page.js';

const reading = /* @__PURE__ */ lazily(() => import('./reading.js'));

/** Options of {@link Paginated.toArray}. */
export interface ToArrayOptions {
  /** The most records to hold in memory. */
  readonly maxItems: number;
  /** What to do when there are more: throw (default), or keep the first `maxItems` and stop. */
  readonly onLimit?: 'throw' | 'truncate';
}

/**
 * A listing that has not been read yet: no request is sent until it is iterated. It can be read again, each time anew,
 * and is deliberately not a promise, so that `await list()` cannot pass a first page off as the whole.
 *
 * - `for await (const item of listing)`: every record of every page.
 * - `listing.pages()`: page by page, with a cursor to resume from.
 * - `listing.toArray({ maxItems })`: all at once, up to a limit that you name.
 * - `listing.firstPage()`: the one deliberate partial read.
 *
 * Leaving a loop early aborts what is under way. Errors that come out of a listing carry a `cursor` from which nothing
 * is lost: that of the last page handed out whole.
 *
 * @typeParam T - The type of a record.
 */
export class Paginated<T> implements AsyncIterable<T> {
  readonly #listing: Listing<T>;

  /** @internal Listings come from a client's `list` methods. */
  constructor(listing: Listing<T>) {
    this.#listing = listing;
    defineInspect(this, () => `Paginated { ${listing.method} ${listing.pathTemplate} }`);
  }

  /** Every record of every page, in Clever's order unless it is read in parallel. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const { path, ranges } = this.#listing;
    const start = ranges === undefined ? path : cursorOf(path, ranges);
    return new ItemIterator(async () => (await reading()).openListing(this.#listing), start);
  }

  /** Page by page. `page.cursor` resumes behind the page, so save it together with the page's records. */
  async *pages(): AsyncGenerator<ListPage<T>, void, undefined> {
    const { pagesOf } = await reading();
    yield* pagesOf(this.#listing);
  }

  /**
   * All records in one array.
   *
   * @throws {@link CleverPaginationError} with reason `max_items` when there are more than `maxItems`, unless
   * `onLimit` is `'truncate'`. As nothing was handed out, the error's `cursor` is the start of the listing.
   */
  async toArray(options: ToArrayOptions): Promise<T[]> {
    const { readAll } = await reading();
    return await readAll(this.#listing, options);
  }

  /** The first page only, and nothing behind it. */
  async firstPage(): Promise<ListPage<T>> {
    const { readFirst } = await reading();
    return await readFirst(this.#listing);
  }
}
