import { MAX_ITEMS } from '../errors/catalogue/listings.js';
import { CleverConfigError, CleverError, CleverPaginationError } from '../errors/index.js';
import { defineInspect } from '../privacy/index.js';
import { type Listing, startOf, type ToArrayOptions } from './listing.js';
import type { ListPage, PageSource } from './page.js';
import type { openListing } from './reader.js';

/** What a listing is read with. */
export interface Reader {
  readonly openListing: typeof openListing;
}

/**
 * A listing that has not been read yet: no request is sent until it is iterated. It can be read several
 * times, each time from the start, and is deliberately not a promise, so that `await list()` cannot pass a
 * first page off as the whole.
 *
 * - `for await (const item of listing)`: every record of every page.
 * - `listing.pages()`: page by page, with a cursor to resume from.
 * - `listing.toArray({ maxItems })`: all at once, up to a limit that you name.
 * - `listing.firstPage()`: the one deliberate partial read.
 *
 * Leaving a loop early aborts what is under way. Errors that come out of a listing carry a `cursor` from
 * which nothing is lost: that of the last page handed out whole.
 *
 * @typeParam T - The type of a record.
 */
export class Paginated<T> implements AsyncIterable<T> {
  readonly #listing: Listing;
  readonly #loadReader: () => Reader | Promise<Reader>;

  /** @internal Listings come from a client's `list` methods. */
  constructor(listing: Listing, loadReader: () => Reader | Promise<Reader>) {
    this.#listing = listing;
    this.#loadReader = loadReader;
    defineInspect(this, () => `Paginated { ${listing.method} ${listing.pathTemplate} }`);
  }

  /** Every record of every page, in Clever's order unless it is read in parallel. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    return new ItemIterator(() => this.#open(), startOf(this.#listing));
  }

  /** Page by page. `page.cursor` resumes after the page, so save it together with the page's records. */
  async *pages(): AsyncGenerator<ListPage<T>, void, undefined> {
    let cursor = startOf(this.#listing);
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
    const { maxItems, onLimit } = checkLimit(options);
    const items: T[] = [];
    const source = await this.#open();
    try {
      while (onLimit === 'throw' || items.length < maxItems) {
        const page = await source.read();
        if (page === undefined) {
          break;
        }
        for (const item of page.data) {
          if (items.length < maxItems) {
            items.push(item);
          } else if (onLimit === 'throw') {
            throw tooMany(this.#listing, maxItems);
          } else {
            return items;
          }
        }
      }
      return items;
    } catch (error) {
      throw CleverError.attachCursor(error, startOf(this.#listing));
    } finally {
      source.close();
    }
  }

  /** The first page only, and nothing after it. */
  async firstPage(): Promise<ListPage<T>> {
    const source = await this.#open();
    try {
      // Before anything was read there is always a page to read.
      return (await source.read()) as ListPage<T>;
    } catch (error) {
      throw CleverError.attachCursor(error, startOf(this.#listing));
    } finally {
      source.close();
    }
  }

  async #open(): Promise<PageSource<T>> {
    const reader = await this.#loadReader();
    return await reader.openListing(this.#listing);
  }
}

function checkLimit({ maxItems, onLimit = 'throw' }: Partial<ToArrayOptions> = {}): Required<ToArrayOptions> {
  if (maxItems === undefined || !Number.isSafeInteger(maxItems) || maxItems < 0) {
    throw new CleverConfigError(
      'toArray() needs `maxItems`, the most records you are ready to hold in memory: toArray({ maxItems: 5_000 }).',
    );
  }
  if (onLimit !== 'throw' && onLimit !== 'truncate') {
    throw new CleverConfigError("toArray() takes `onLimit: 'throw'` or `onLimit: 'truncate'`.");
  }
  return { maxItems, onLimit };
}

function tooMany({ pathTemplate }: Listing, maxItems: number): CleverPaginationError {
  return new CleverPaginationError(MAX_ITEMS, { pathTemplate }, { maxItems });
}

type Result<T> = IteratorResult<T, void>;

/**
 * The records of a listing, one by one.
 *
 * Written by hand for speed: an item of a page that has arrived takes one settled promise, 0.1 µs, where an
 * async generator takes several ticks for each item. It behaves like an async generator: calls of `next` are
 * answered in their order, an error ends it, and so does `return`, which also aborts what is under way.
 */
class ItemIterator<T> implements AsyncGenerator<T, void, undefined> {
  readonly #open: () => Promise<PageSource<T>>;
  #source: PageSource<T> | undefined;
  #items: readonly T[] = [];
  #index = 0;
  /** The cursor of the last page that was handed out whole. */
  #cursor: string;
  #cursorAfterItems: string;
  /** Calls of `next` that wait for a page, and when the last of them will be answered. */
  #waiting = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(open: () => Promise<PageSource<T>>, startCursor: string) {
    this.#open = open;
    this.#cursor = startCursor;
    this.#cursorAfterItems = startCursor;
  }

  next(): Promise<Result<T>> {
    if (this.#index < this.#items.length && this.#waiting === 0) {
      const value = this.#items[this.#index] as T;
      this.#index += 1;
      return Promise.resolve({ done: false, value });
    }
    this.#waiting += 1;
    const result = this.#queue.then(() => this.#advance());
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async return(): Promise<Result<T>> {
    this.#end();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<Result<T>> {
    this.#end();
    throw CleverError.attachCursor(error, this.#cursor);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
  }

  async #advance(): Promise<Result<T>> {
    try {
      while (this.#index === this.#items.length && !this.#isOver) {
        await this.#turnPage();
      }
    } catch (error) {
      // No caller waits for what `return` aborted.
      if (!this.#isOver) {
        this.#end();
        throw CleverError.attachCursor(error, this.#cursor);
      }
    } finally {
      this.#waiting -= 1;
    }
    if (this.#isOver) {
      return { done: true, value: undefined };
    }
    const value = this.#items[this.#index] as T;
    this.#index += 1;
    return { done: false, value };
  }

  async #turnPage(): Promise<void> {
    this.#cursor = this.#cursorAfterItems;
    // Released before the next items are parsed: what outlives that costs the garbage collector twice.
    this.#items = [];
    this.#index = 0;
    this.#source ??= await this.#open();
    const page = this.#isOver ? undefined : await this.#source.read();
    if (page === undefined || this.#isOver) {
      this.#end();
      return;
    }
    this.#items = page.data;
    this.#index = 0;
    this.#cursorAfterItems = page.cursor;
  }

  #end(): void {
    this.#isOver = true;
    this.#items = [];
    this.#index = 0;
    this.#source?.close();
  }
}
