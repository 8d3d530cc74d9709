import { cursorAfter } from './cursor.js';
import { finishPage } from './finish-page.js';
import type { Listing } from './listing.js';
import type { ListPage } from './page.js';
import { PageChain } from './page-chain.js';

/** Where the pages of one iteration come from. */
export interface PageSource<T> {
  /** The next page, or `undefined` behind the last one. One call at a time. */
  read(): Promise<ListPage<T> | undefined>;
  /** Aborts what is under way. Safe to call twice. */
  close(): void;
}

/** Reads the pages of one listing in order, one reader for one iteration. */
export class PageReader<T> implements PageSource<T> {
  readonly #listing: Listing<T>;
  readonly #chain: PageChain;
  #pagesRead = 0;

  constructor(listing: Listing<T>) {
    listing.beforeReading?.();
    this.#listing = listing;
    this.#chain = new PageChain(listing, listing.path);
  }

  async read(): Promise<ListPage<T> | undefined> {
    const { prefetch, hasOpaqueCursor } = this.#listing;
    // Whoever stops inside the first page has paid for one request; whoever reads on gets network and loop overlapped.
    const raw = await this.#chain.take(this.#pagesRead + 1 + (this.#pagesRead === 0 ? 0 : prefetch));
    if (raw === undefined) {
      return undefined;
    }
    const { path, records, nextPath } = raw;
    this.#pagesRead += 1;
    const lastId = hasOpaqueCursor ? undefined : records.at(-1)?.['id'];
    const cursor = nextPath ?? (typeof lastId === 'string' ? cursorAfter(path, lastId) : path);
    return finishPage(this.#listing, { records, cursor, hasNext: nextPath !== undefined, pageNumber: this.#pagesRead });
  }

  close(): void {
    this.#chain.close();
  }
}
