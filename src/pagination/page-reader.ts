import { PAGES } from '../errors/catalogue/pages.js';
import { CleverPaginationError } from '../errors/index.js';
import { positionOf } from './cursor.js';
import { Delivered, idIn } from './delivered.js';
import type { Listing } from './listing.js';
import { type ListPage, type PageSource, toPage } from './page.js';
import { PageChain, type RawPage } from './page-chain.js';
import { cursorAfter, readBefore } from './positions.js';
import { Sieve } from './sieve.js';
import { Trail } from './trail.js';

/** What a parallel reading has read, when it becomes one of a single reader. */
export interface Takeover {
  readonly delivered: Delivered;
  /** Pages that were handed out. */
  readonly pagesRead: number;
  /** A chain that has all that is left; else the listing is read from its start. */
  readonly chain: PageChain | undefined;
  /** Pages that were taken from that chain. */
  readonly taken: number;
  /** How many of those records must be met again. */
  readonly known: number;
}

/** Reads the pages of one listing in order, one reader for one iteration. */
export class PageReader<T> implements PageSource<T> {
  readonly #listing: Listing;
  readonly #chain: PageChain;
  readonly #sieve: Sieve;
  readonly #trail: Trail;
  /** How many records must be met again, where a listing is read once more from its start; else none. */
  readonly #known: number;
  #pagesRead: number;
  /** Pages that were taken from the chain. */
  #taken: number;

  /** @param takeover - Where a parallel reading is continued, because the listing is not in the order of its ids. */
  constructor(listing: Listing, takeover?: Takeover) {
    const { path, rest, hasOpaqueCursor } = listing;
    this.#listing = listing;
    this.#trail = new Trail(listing);
    this.#pagesRead = takeover?.pagesRead ?? 0;
    this.#taken = takeover?.taken ?? 0;
    this.#known = takeover?.known ?? 0;
    const isOrdered = takeover === undefined && rest === undefined;
    const wasRead = isOrdered && hasOpaqueCursor !== true ? readBefore([{ after: positionOf(path) }]) : undefined;
    this.#sieve = new Sieve(listing, takeover?.delivered ?? new Delivered(), { deliversAll: true, wasRead, isOrdered });
    this.#chain = takeover?.chain ?? new PageChain(listing, path, { trail: this.#trail });
    this.#chain.siftBy(this.#sieve);
  }

  async read(): Promise<ListPage<T> | undefined> {
    const { prefetch } = this.#listing;
    // A consumer that stops within the first page has paid for one request; one that reads on gets the
    // network and its own loop overlapped.
    const raw = await this.#chain.take(this.#taken + 1 + (this.#pagesRead === 0 ? 0 : prefetch));
    if (raw?.hasNext !== true && this.#sieve.repeated < this.#known) {
      // Records that were delivered are missing, so others may be missing, too.
      throw new CleverPaginationError(PAGES.unordered, this.#listing);
    }
    if (raw === undefined) {
      return undefined;
    }
    if (this.#pagesRead === 0) {
      this.#listing.beforeReading?.();
    }
    const { skip } = this.#trail;
    const records = this.#taken === 0 && skip > 0 ? raw.records.slice(skip) : raw.records;
    this.#taken += 1;
    this.#pagesRead += 1;
    this.#trail.add(raw.path);
    const cursor = this.#cursorAfter(raw);
    return toPage(this.#listing, { records, cursor, hasNext: raw.hasNext, pageNumber: this.#pagesRead });
  }

  close(): void {
    this.#chain.close();
  }

  #cursorAfter({ path, records, nextPath, hasNext }: RawPage): string {
    const { hasOpaqueCursor = false } = this.#listing;
    const lastId = hasOpaqueCursor ? undefined : idIn(records.at(-1));
    const position = nextPath ?? (lastId === undefined ? path : cursorAfter(path, lastId));
    // Where a page's link cannot be followed, and no id says what comes after the page, its link is asked for again.
    const isForLink = nextPath === undefined && hasNext && lastId === undefined;
    const skip = isForLink ? records.length : 0;
    if (this.#sieve.isOrdered && !hasOpaqueCursor && skip === 0) {
      return position;
    }
    return this.#trail.cursorOf(position, skip);
  }
}
