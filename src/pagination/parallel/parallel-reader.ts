import { PAGES } from '../../errors/catalogue/pages.js';
import { CleverPaginationError } from '../../errors/index.js';
import { cursorAfter, cursorOf, positionOf } from '../cursor.js';
import type { Listing } from '../listing.js';
import { type ListPage, type PageSource, toPage } from '../page.js';
import type { RawPage } from '../page-chain.js';
import { chooseSplit, type Split } from './choose-split.js';
import { idIn, isAscending, numberOf } from './ids.js';
import { type Arrival, Segment } from './segment.js';

/**
 * Reads one listing in several segments at a time, in no particular order. It chooses which segments to read;
 * what belongs to a segment is the segment's own knowledge.
 *
 * The first page is read alone. From the second on, where fewer segments are read than may be, the page after
 * a guessed id is asked for, within the largest part that is left. What arrives becomes a segment of its own,
 * and the one that it was taken from ends there. A server that refuses a guess, ignores it, or answers that
 * there is nothing where there is something, gets no more guesses. Nothing was given up because of it: the
 * existing segments are read on to their ends.
 *
 * It also reads, one after the other, the ranges that an earlier parallel reading left.
 */
export class ParallelReader<T> implements PageSource<T> {
  readonly #listing: Listing;
  /** Ascending and disjoint; together with what was handed out they are the whole listing. */
  readonly #segments: Segment[];
  /** The guessed id of each segment whose first page is under way. */
  readonly #guesses = new Map<Segment, string>();
  readonly #arrivals: Arrival[] = [];
  /** Whether ids tell the order; `undefined` until a page has shown it. */
  #isOrdered: boolean | undefined;
  #mayGuess: boolean;
  /** How often the consumer has asked for a page. */
  #asked = 0;
  /** Pages that arrived. */
  #received = 0;
  /** Guesses that brought little or nothing. */
  #wasted = 0;
  #handedOut = 0;
  #saidLast = false;
  #failure: { readonly error: unknown } | undefined;
  #isClosed = false;
  /** Ends the wait of `read`; set while the consumer waits. */
  #wake: (() => void) | undefined;

  constructor(listing: Listing) {
    listing.beforeReading?.();
    const { path, ranges, parallel = 1 } = listing;
    this.#listing = listing;
    this.#isOrdered = ranges === undefined ? undefined : true;
    this.#mayGuess = parallel > 1;
    this.#segments = (ranges ?? [{ after: positionOf(path), before: undefined }]).map((range, index) => {
      const start = index === 0 || range.after === undefined ? path : cursorAfter(path, range.after);
      return new Segment(listing, start, range);
    });
  }

  async read(): Promise<ListPage<T> | undefined> {
    this.#asked += 1;
    for (;;) {
      const arrival = this.#arrivals.shift();
      if (arrival !== undefined) {
        return this.#handOut(arrival);
      }
      if (this.#failure !== undefined) {
        throw this.#failure.error;
      }
      if (this.#segments.every(({ isComplete }) => isComplete)) {
        return this.#end();
      }
      const isWoken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#goOn();
      await isWoken;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const segment of [...this.#segments, ...this.#guesses.keys()]) {
      segment.close();
    }
  }

  /** Asks for as many pages as may be under way. Called whenever something has changed. */
  #goOn(): void {
    if (this.#isClosed || this.#failure !== undefined) {
      return;
    }
    const { parallel = 1, prefetch } = this.#listing;
    const isFirst = this.#asked < 2;
    if (isFirst && this.#received > 0) {
      // A consumer that stops within the first page has paid for one request.
      return;
    }
    let busy = this.#guesses.size;
    for (const segment of isFirst ? this.#segments.slice(0, 1) : this.#segments) {
      if (segment.isComplete || (busy >= parallel && !segment.hasBegun)) {
        continue;
      }
      busy += 1;
      if (segment.mayAsk(prefetch)) {
        void this.#readOn(segment, isFirst ? 0 : prefetch);
      }
    }
    // Only for a consumer that waits: to others more pages at a time are of no use, and take memory.
    const isWorthIt = !isFirst && this.#mayGuess && this.#wake !== undefined;
    while (isWorthIt && busy < parallel && this.#wasted < parallel + this.#received / 4 && this.#guess()) {
      busy += 1;
    }
  }

  async #readOn(segment: Segment, prefetch: number): Promise<void> {
    try {
      const page = await segment.next(prefetch);
      if (page !== undefined && !this.#isClosed && !segment.isComplete) {
        this.#receive(segment, page);
      }
    } catch (error) {
      if (!segment.isComplete) {
        this.#fail(error);
      }
    }
    this.#changed();
  }

  #receive(segment: Segment, page: RawPage): void {
    this.#learnOrder(page);
    const isFirst = this.#handedOut === 0 && this.#arrivals.length === 0;
    const records = segment.receive(page, this.#isOrdered === true);
    if (segment.contradictsAnswer) {
      // A guess was answered as if there were nothing here.
      this.#mayGuess = false;
    }
    if (records.length > 0 || isFirst) {
      this.#arrive(segment, page, records);
    }
  }

  #arrive(segment: Segment, page: RawPage, records: RawPage['records']): void {
    this.#received += 1;
    this.#arrivals.push(segment.hold(page, records));
  }

  /** The first page with a link shows whether positions are ids, in ascending order, between which one can guess. */
  #learnOrder({ records, nextPath }: RawPage): void {
    const last = idIn(records.at(-1));
    if (this.#isOrdered === undefined && nextPath !== undefined) {
      this.#isOrdered = isAscending(records) && last !== undefined && positionOf(nextPath) === last;
      this.#mayGuess &&= this.#isOrdered && records.every((record) => numberOf(idIn(record) ?? '') !== undefined);
    } else if (this.#isOrdered === true && !isAscending(records)) {
      const { pathTemplate } = this.#listing;
      throw new CleverPaginationError(PAGES.unordered, { pathTemplate });
    }
  }

  /** Begins a segment where it shares the most. Returns whether there was anything to share. */
  #guess(): boolean {
    const split = chooseSplit(
      this.#segments.flatMap(({ remainder }) => remainder ?? []),
      [...this.#guesses.values()],
      this.#received,
    );
    const path = this.#segments[0]?.resumePath;
    if (split === undefined || path === undefined) {
      return false;
    }
    const guess = Segment.guessed(this.#listing, path, split.at);
    this.#guesses.set(guess, split.at);
    void this.#try(guess, split);
    return true;
  }

  async #try(guess: Segment, split: Split): Promise<void> {
    let page: RawPage | undefined;
    try {
      page = await guess.next(0);
    } catch {
      // Refused or failed. If that concerns real links, too, the other segments will meet it.
      this.#mayGuess = false;
    }
    this.#guesses.delete(guess);
    if (page === undefined || this.#isClosed || !this.#place(guess, split, page)) {
      guess.close();
    }
    this.#changed();
  }

  /** Finds the segment that a guess led into, and shares it. Returns whether there was anything to share. */
  #place(guess: Segment, split: Split, page: RawPage): boolean {
    const index = this.#segments.findLastIndex((segment) => segment.beginsBy(split.at));
    const segment = this.#segments[index];
    if (segment === undefined || segment.isComplete) {
      return false;
    }
    if (!segment.agreesWith(split, page)) {
      this.#mayGuess = false;
      return false;
    }
    const records = segment.handOver(guess, split, page);
    if (records.length * 2 <= page.records.length) {
      this.#wasted += 1;
    }
    if (records.length === 0) {
      return false;
    }
    this.#segments.splice(index + 1, 0, guess);
    this.#arrive(guess, page, records);
    return true;
  }

  /** Only the first failure counts. It is thrown after the pages that arrived before it. */
  #fail(error: unknown): void {
    if (!this.#isClosed && this.#failure === undefined) {
      this.#failure = { error };
      this.close();
    }
  }

  #changed(): void {
    this.#goOn();
    this.#wake?.();
    this.#wake = undefined;
  }

  #handOut(arrival: Arrival): Promise<ListPage<T>> {
    const records = arrival.segment.handOut(arrival);
    this.#goOn();
    return this.#finish(records);
  }

  /** After the last page: an empty page when the last one could not know yet that it was the last. */
  async #end(): Promise<ListPage<T> | undefined> {
    this.close();
    return this.#saidLast ? undefined : this.#finish([]);
  }

  #finish(records: RawPage['records']): Promise<ListPage<T>> {
    const hasNext = this.#segments.some(({ isDone }) => !isDone);
    const { path, ranges } = Segment.rest(this.#segments);
    this.#forget();
    this.#saidLast = !hasNext;
    this.#handedOut += 1;
    return toPage(this.#listing, { records, cursor: cursorOf(path, ranges), hasNext, pageNumber: this.#handedOut });
  }

  /** Drops segments that are done, unless where they end is where the next one begins. */
  #forget(): void {
    for (let index = this.#segments.length - 2; index >= 0; index -= 1) {
      if (this.#segments[index]?.isDone === true && this.#segments[index + 1]?.resumePath !== undefined) {
        this.#segments.splice(index, 1);
      }
    }
  }
}
