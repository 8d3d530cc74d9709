import { CleverConfigError, CleverError, CleverPaginationError } from '../errors/index.js';
import { lazily } from '../lazily.js';
import { showAs } from '../redaction/index.js';
import { cursorOf } from './cursor.js';
import { ItemIterator } from './item-iterator.js';
import type { Listing } from './listing.js';
import type { Page } from './page.js';
import type { PageSource } from './reader.js';

const reading = /* @__PURE__ */ lazily(() => import('./reader.js'));

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
    showAs(this, () => `Paginated { ${listing.method} ${listing.pathTemplate} }`);
  }

  /** Every record of every page, in Clever's order unless it is read in parallel. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    return new ItemIterator(() => this.#open(), this.#start);
  }

  /** Page by page. `page.cursor` resumes behind the page, so save it together with the page's records. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let cursor = this.#start;
    const source = await this.#open();
    try {
      for (let page = await source.read(); page !== undefined; page = await source.read()) {
        yield page;
        cursor = page.cursor;
      }
    } catch (error) {
      throw CleverError.attachCursor(error, cursor);
    } finally {
      source.close();
    }
  }

  /**
   * All records in one array.
   *
   * @throws {@link CleverPaginationError} with reason `max_items` when there are more than `maxItems`, unless
   * `onLimit` is `'truncate'`. As nothing was handed out, the error's `cursor` is the start of the listing.
   */
  async toArray(options: ToArrayOptions): Promise<T[]> {
    const { maxItems, onLimit = 'throw' } = options ?? {};
    if (!Number.isSafeInteger(maxItems) || maxItems < 0) {
      throw new CleverConfigError(
        'toArray() needs `maxItems`, the most records you are ready to hold in memory: toArray({ maxItems: 5_000 }).',
      );
    }
    if (onLimit !== 'throw' && onLimit !== 'truncate') {
      throw new CleverConfigError("toArray() takes `onLimit: 'throw'` or `onLimit: 'truncate'`.");
    }
    const { pathTemplate } = this.#listing;
    const items: T[] = [];
    const source = await this.#open();
    try {
      while (onLimit === 'throw' || items.length < maxItems) {
        const page = await source.read();
        if (page === undefined) {
          break;
        }
        for (const item of page.data) {
          if (items.length === maxItems) {
            if (onLimit === 'truncate') {
              return items;
            }
            throw new CleverPaginationError(
              `${pathTemplate}: there are more than ${maxItems} records. Raise \`maxItems\`, iterate instead, ` +
                "or pass `onLimit: 'truncate'` if the first ones are all you want.",
              { reason: 'max_items', pathTemplate },
            );
          }
          items.push(item);
        }
      }
      return items;
    } catch (error) {
      throw CleverError.attachCursor(error, this.#start);
    } finally {
      source.close();
    }
  }

  /** The first page only, and nothing behind it. */
  async firstPage(): Promise<Page<T>> {
    const source = await this.#open();
    try {
      // Before anything was read there is always a page to read.
      return (await source.read()) as Page<T>;
    } catch (error) {
      throw CleverError.attachCursor(error, this.#start);
    } finally {
      source.close();
    }
  }

  /** Where a reading begins, as a cursor. */
  get #start(): string {
    const { path, ranges } = this.#listing;
    return ranges === undefined ? path : cursorOf(path, ranges);
  }

  /** What reads is loaded by the first reading, and what reads in parallel by those who do. */
  async #open(): Promise<PageSource<T>> {
    const { parallel = 1, ranges } = this.#listing;
    if (parallel === 1 && ranges === undefined) {
      const { PageReader } = await reading();
      return new PageReader(this.#listing);
    }
    const { ParallelReader } = await import('./parallel/parallel-reader.js');
    return new ParallelReader(this.#listing);
  }
}
