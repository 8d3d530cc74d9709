import { cursorAfter } from './cursor.js';
import type { Listing } from './listing.js';
import { type ListPage, type PageSource, toPage } from './page.js';
import { PageChain } from './page-chain.js';

/** Begins to read a listing. The reader of parallel readings is loaded when it is needed. */
export async function openListing<T>(listing: Listing): Promise<PageSource<T>> {
  const { parallel = 1, ranges } = listing;
  if (parallel === 1 && ranges === undefined) {
    return new PageReader<T>(listing);
  }
  const { ParallelReader } = await import('./parallel/parallel-reader.js');
  return new ParallelReader<T>(listing);
}

/** Reads the pages of one listing in order, one reader for one iteration. */
class PageReader<T> implements PageSource<T> {
  readonly #listing: Listing;
  readonly #chain: PageChain;
  #pagesRead = 0;

  constructor(listing: Listing) {
    listing.beforeReading?.();
    this.#listing = listing;
    this.#chain = new PageChain(listing, listing.path);
  }

  async read(): Promise<ListPage<T> | undefined> {
    const { prefetch, hasOpaqueCursor } = this.#listing;
    // A consumer that stops within the first page has paid for one request; one that reads on gets the
    // network and its own loop overlapped.
    const raw = await this.#chain.take(this.#pagesRead + 1 + (this.#pagesRead === 0 ? 0 : prefetch));
    if (raw === undefined) {
      return undefined;
    }
    const { path, records, nextPath } = raw;
    this.#pagesRead += 1;
    const lastId = hasOpaqueCursor ? undefined : records.at(-1)?.['id'];
    const cursor = nextPath ?? (typeof lastId === 'string' ? cursorAfter(path, lastId) : path);
    return toPage(this.#listing, { records, cursor, hasNext: nextPath !== undefined, pageNumber: this.#pagesRead });
  }

  close(): void {
    this.#chain.close();
  }
}
