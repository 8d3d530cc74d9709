import { CleverPaginationError } from '../../errors/index.js';
import { cursorAfter, cursorOf, positionOf } from '../cursor.js';
import type { Listing } from '../listing.js';
import { type ListPage, type PageSource, toPage } from '../page.js';
import type { RawPage } from '../page-chain.js';
import { chooseSplit, type Split } from './choose-split.js';
import { idIn, isAscending, numberOf } from './ids.js';
import { isGreater, type Position, positionBehind, restOf, Stretch } from './segment.js';

/** A page that arrived, and what is handed out of it. */
interface Arrival {
  readonly stretch: Stretch;
  readonly records: RawPage['records'];
  readonly position: Position;
}

/**
 * Reads one listing with several walkers, each on a stretch of its own, in no particular order.
 *
 * The first page is read alone. From the second on, a walker without work asks for the page behind a guessed id within the
 * largest part that is left. What it gets becomes a stretch of its own; the part that it was taken from ends there. A
 * server that refuses a guess, ignores it, or knows nothing where there is something, is asked no more of them: nothing was
 * given up on its account, so the walkers that there are read on to the end.
 *
 * Also reads, with one walker, what an earlier parallel reading left in several parts.
 */
export class ParallelReader<T> implements PageSource<T> {
  readonly #listing: Listing<T>;
  /** Ascending and disjoint; together with what was handed out they are the whole listing. */
  readonly #stretches: Stretch[];
  /** Stretches to be: their first page is under way. `start` is the guessed id. */
  readonly #guesses = new Set<Stretch>();
  readonly #arrivals: Arrival[] = [];
  /** Whether ids tell the order; `undefined` until a page has shown it. */
  #isOrdered: boolean | undefined;
  #mayGuess: boolean;
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

  constructor(listing: Listing<T>) {
    listing.beforeReading?.();
    const { path, ranges, parallel = 1 } = listing;
    this.#listing = listing;
    this.#isOrdered = ranges === undefined ? undefined : true;
    this.#mayGuess = parallel > 1;
    this.#stretches = (ranges ?? [{ after: positionOf(path), before: undefined }]).map((range, index) => {
      const start = index === 0 || range.after === undefined ? path : cursorAfter(path, range.after);
      const stretch = new Stretch(listing, start, range);
      stretch.position = { path: start, id: range.after };
      return stretch;
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
      if (this.#stretches.every(({ isOver }) => isOver)) {
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
    for (const { chain } of [...this.#stretches, ...this.#guesses]) {
      chain.close();
    }
  }

  /** Gives every walker something to do. Called whenever something has changed. */
  #goOn(): void {
    if (this.#isClosed || this.#failure !== undefined) {
      return;
    }
    const { parallel = 1, prefetch } = this.#listing;
    const isFirst = this.#asked < 2;
    if (isFirst && this.#received > 0) {
      // Whoever stops inside the first page has paid for one request.
      return;
    }
    let busy = this.#guesses.size;
    for (const stretch of isFirst ? this.#stretches.slice(0, 1) : this.#stretches) {
      if (stretch.isOver || (busy >= parallel && !stretch.hasBegun)) {
        continue;
      }
      stretch.hasBegun = true;
      busy += 1;
      if (!stretch.isAsking && stretch.held <= prefetch) {
        void this.#walk(stretch, !isFirst && stretch.held < prefetch);
      }
    }
    // Only for a consumer who waits: to others more pages at a time are of no use, and take memory.
    const isWorthIt = !isFirst && this.#mayGuess && this.#wake !== undefined;
    while (isWorthIt && busy < parallel && this.#wasted < parallel + this.#received / 4 && this.#guess()) {
      busy += 1;
    }
  }

  async #walk(stretch: Stretch, readsAhead: boolean): Promise<void> {
    stretch.isAsking = true;
    try {
      const page = await stretch.chain.take(stretch.pages + (readsAhead ? 2 : 1));
      stretch.isAsking = false;
      if (page === undefined) {
        stretch.isOver = true;
      } else if (!this.#isClosed && !stretch.isOver) {
        this.#receive(stretch, page);
      }
    } catch (error) {
      if (!stretch.isOver) {
        this.#fail(error);
      }
    }
    this.#changed();
  }

  #receive(stretch: Stretch, page: RawPage): void {
    this.#learnOrder(page);
    const isFirst = this.#handedOut === 0 && this.#arrivals.length === 0;
    const records = this.#isOrdered ? stretch.receive(page) : stretch.receiveUnordered(page);
    if (isGreater(stretch.received, stretch.emptyFrom)) {
      // A guess was answered as if there were nothing here.
      this.#mayGuess = false;
    }
    if (records.length > 0 || isFirst) {
      this.#arrive(stretch, page, records);
    }
  }

  #arrive(stretch: Stretch, page: RawPage, records: RawPage['records']): void {
    this.#received += 1;
    stretch.held += 1;
    this.#arrivals.push({ stretch, records, position: positionBehind(page, records) });
  }

  /** The first page with a link shows whether positions are ids, in ascending order, between which one can guess. */
  #learnOrder({ records, nextPath }: RawPage): void {
    const last = idIn(records.at(-1));
    if (this.#isOrdered === undefined && nextPath !== undefined) {
      this.#isOrdered = isAscending(records) && last !== undefined && positionOf(nextPath) === last;
      this.#mayGuess &&= this.#isOrdered && records.every((record) => numberOf(idIn(record) ?? '') !== undefined);
    } else if (this.#isOrdered === true && !isAscending(records)) {
      const { pathTemplate } = this.#listing;
      throw new CleverPaginationError(
        `${pathTemplate}: the ids of the records do not ascend, which a parallel reading relies on. Start over without ` +
          '`parallel`, and report it to Clever.',
        { reason: 'unordered', pathTemplate },
      );
    }
  }

  /** Sends a walker to where it shares the most. Tells whether there was anything to share. */
  #guess(): boolean {
    const split = chooseSplit(
      this.#stretches.flatMap(({ remainder }) => remainder ?? []),
      [...this.#guesses].flatMap(({ start }) => start ?? []),
      this.#received,
    );
    const path = this.#stretches[0]?.position?.path;
    if (split === undefined || path === undefined) {
      return false;
    }
    const guess = new Stretch(this.#listing, cursorAfter(path, split.at), { after: split.at, before: undefined });
    guess.hasBegun = true;
    this.#guesses.add(guess);
    void this.#try(guess, split);
    return true;
  }

  async #try(guess: Stretch, split: Split): Promise<void> {
    let page: RawPage | undefined;
    try {
      page = await guess.chain.take(1);
    } catch {
      // Refused or failed: should there be anything to know, the walkers on real links will meet it.
      this.#mayGuess = false;
    }
    this.#guesses.delete(guess);
    if (page === undefined || this.#isClosed || !this.#place(guess, split, page)) {
      guess.chain.close();
    }
    this.#changed();
  }

  /** Finds the stretch that a guess led into and shares it. Tells whether there was anything to share. */
  #place(guess: Stretch, { from, at }: Split, page: RawPage): boolean {
    const index = this.#stretches.findLastIndex(({ start }) => start === undefined || start <= at);
    const stretch = this.#stretches[index];
    const first = idIn(page.records[0]);
    if (stretch === undefined || stretch.isOver) {
      return false;
    }
    // Not what is behind the guess, or nothing where there is something: the server does not know such positions.
    const isHonoured =
      first === undefined
        ? stretch.before === undefined && !isGreater(stretch.received, at)
        : first > at && isAscending(page.records);
    if (!isHonoured) {
      this.#mayGuess = false;
      return false;
    }
    if (first !== undefined) {
      stretch.learnLeap(from, at, page.records);
    }
    const records = stretch.leaveTo(guess, page);
    if (records.length * 2 <= page.records.length) {
      this.#wasted += 1;
    }
    if (records.length === 0) {
      stretch.endsBefore(at);
      return false;
    }
    this.#stretches.splice(index + 1, 0, guess);
    this.#arrive(guess, page, records);
    return true;
  }

  /** Only the first failure counts; it is thrown behind the pages that arrived before it. */
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

  #handOut({ stretch, records, position }: Arrival): Promise<ListPage<T>> {
    stretch.held -= 1;
    stretch.position = position;
    this.#goOn();
    return this.#finish(records);
  }

  /** Behind the last page; an empty one when that could not know yet that it was the last. */
  async #end(): Promise<ListPage<T> | undefined> {
    this.close();
    return this.#saidLast ? undefined : this.#finish([]);
  }

  #finish(records: RawPage['records']): Promise<ListPage<T>> {
    const hasNext = this.#stretches.some(({ isLeft }) => isLeft);
    const { path, ranges } = restOf(this.#stretches);
    this.#forget();
    this.#saidLast = !hasNext;
    this.#handedOut += 1;
    return toPage(this.#listing, { records, cursor: cursorOf(path, ranges), hasNext, pageNumber: this.#handedOut });
  }

  /** Drops stretches that were handed out whole, unless where they end is where the next one begins. */
  #forget(): void {
    for (let index = this.#stretches.length - 2; index >= 0; index -= 1) {
      if (this.#stretches[index]?.isLeft === false && this.#stretches[index + 1]?.position !== undefined) {
        this.#stretches.splice(index, 1);
      }
    }
  }
}
