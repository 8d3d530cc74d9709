import { positionOf } from '../cursor.js';
import { Delivered } from '../delivered.js';
import type { Listing } from '../listing.js';
import { type ListPage, type PageSource, toPage } from '../page.js';
import type { PageChain, RawPage } from '../page-chain.js';
import { PageReader } from '../page-reader.js';
import { cursorAfter, cursorOf } from '../positions.js';
import { Trail } from '../trail.js';
import { chooseSplit, type Split } from './choose-split.js';
import { idIn, isAscending, isGreater, numberOf } from './ids.js';
import { type Arrival, Segment } from './segment.js';

/** How a single reader begins that takes over. */
interface SingleStart {
  /** The chain that has all that is left; `undefined`: the listing is read from its start. */
  readonly chain: PageChain | undefined;
  /** Pages that were taken from that chain. */
  readonly taken: number;
  /** Whether anything is left after the pages that arrived. */
  readonly hasNext: boolean;
  /** How many records must be met again: those that were delivered. */
  readonly known: number;
}

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
 * All that rests on records being in the order of their ids. The first record that is not ends it: a single reader
 * delivers whatever was not delivered yet, if need be from the start of the listing.
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
  /** What arrived and belongs to a segment. */
  readonly #delivered = new Delivered();
  /** How the single reader begins that takes over; `undefined` while ids are in order. */
  #takeover: SingleStart | undefined;
  #single: PageReader<T> | undefined;
  /** Records that a segment left to the next one without being certain that it has them. */
  readonly #passedBy = new Set<string>();
  /** Of what arrived. What is added to the listing later comes after it. */
  #greatest = '';
  /** The paths of pages that were asked for once more. */
  readonly #doubted = new Set<string>();
  /** Whether a segment has become two. */
  #isShared: boolean;
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
    const { path, ranges, parallel = 1 } = listing;
    this.#listing = listing;
    this.#isShared = ranges !== undefined;
    this.#isOrdered = ranges === undefined ? undefined : true;
    this.#mayGuess = parallel > 1;
    this.#segments = (ranges ?? [{ after: positionOf(path), before: undefined }]).map((range, index) => {
      const start = index === 0 || range.after === undefined ? path : cursorAfter(path, range.after);
      return new Segment(listing, start, range, this.#delivered);
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
      if (this.#takeover !== undefined) {
        return this.#readAlone(this.#takeover);
      }
      if (this.#segments.every(({ isComplete }) => isComplete)) {
        if (this.#isMissing()) {
          this.#takeover = { chain: undefined, taken: 0, hasNext: true, known: 0 };
          continue;
        }
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
    this.#single?.close();
    this.#closeSegments();
  }

  #closeSegments(): void {
    for (const segment of [...this.#segments, ...this.#guesses.keys()]) {
      segment.close();
    }
  }

  /** After the pages that arrived: the rest by a single reader. */
  #readAlone({ chain, taken, known }: SingleStart): Promise<ListPage<T> | undefined> {
    this.#single ??= new PageReader<T>(this.#listing, {
      delivered: this.#delivered,
      pagesRead: this.#handedOut,
      chain,
      taken,
      known,
    });
    return this.#single.read();
  }

  /** Asks for as many pages as may be under way. Called whenever something has changed. */
  #goOn(): void {
    if (this.#isClosed || this.#failure !== undefined || this.#takeover !== undefined) {
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
      if (page !== undefined && !this.#isClosed && !segment.isComplete && this.#takeover === undefined) {
        this.#receive(segment, page);
      }
    } catch (error) {
      if (!segment.isComplete && this.#takeover === undefined) {
        this.#fail(error);
      }
    }
    this.#changed();
  }

  #receive(segment: Segment, page: RawPage): void {
    this.#learnOrder(page);
    if (this.#isOrdered === false) {
      this.#giveUpOrder(page, segment);
      return;
    }
    if (this.#isOrdered === true && this.#doubts(segment, page)) {
      return;
    }
    const isFirst = this.#handedOut === 0 && this.#arrivals.length === 0;
    for (const id of segment.passedBy(page)) {
      this.#passedBy.add(id);
    }
    const records = segment.receive(page, this.#isOrdered === true);
    if (segment.contradictsAnswer) {
      // A guess was answered as if there were nothing here.
      this.#mayGuess = false;
    }
    if (records.length > 0 || isFirst) {
      this.#arrive(segment, page, records);
    }
  }

  /**
   * A page that contradicts what arrived may be a fault that passes, so it is asked for once more. If it stays, it is
   * true: either ids are not in order, or the records that followed were removed meanwhile.
   *
   * @returns Whether the page is not to be received.
   */
  #doubts(segment: Segment, page: RawPage): boolean {
    const isInOrder = segment.isInOrder(page);
    if (isInOrder && !segment.endsEarly(page)) {
      return false;
    }
    if (!this.#doubted.has(page.path)) {
      this.#doubted.add(page.path);
      segment.readAgain(page);
      return true;
    }
    if (isInOrder) {
      return false;
    }
    this.#giveUpOrder(page, segment);
    return true;
  }

  #arrive(segment: Segment, page: RawPage, records: RawPage['records']): void {
    this.#received += 1;
    this.#delivered.add(records);
    const last = idIn(records.at(-1));
    this.#greatest = isGreater(last, this.#greatest) ? (last as string) : this.#greatest;
    this.#arrivals.push(segment.hold(page, records));
  }

  /** The first page with a link shows whether positions are ids, in ascending order, between which one can guess. */
  #learnOrder({ records, nextPath }: RawPage): void {
    const last = idIn(records.at(-1));
    if (this.#isOrdered === undefined && nextPath !== undefined) {
      this.#isOrdered = isAscending(records) && last !== undefined && positionOf(nextPath) === last;
      this.#mayGuess &&= this.#isOrdered && records.every((record) => numberOf(idIn(record) ?? '') !== undefined);
    }
  }

  /**
   * Ids do not tell what was read. As long as there was only one segment, it goes on to the end. Else what its pages
   * hold beside the parts that others read is unknown, so that the listing is read from its start, without what was
   * delivered.
   */
  #giveUpOrder(page: RawPage, segment: Segment): void {
    const { transport, method, pathTemplate } = this.#listing;
    const itemCount = page.records.length;
    transport.emit({ kind: 'irregular_page', method, pathTemplate, reason: 'unordered', itemCount });
    this.#isOrdered = false;
    this.#mayGuess = false;
    if (this.#isShared) {
      // Else records may have been removed or added where two segments meet.
      const known = segment.hasDescended ? this.#delivered.size : 0;
      this.#takeover = { chain: undefined, taken: 0, hasNext: true, known };
      this.#closeSegments();
      return;
    }
    this.#takeover = { ...segment.surrender(), hasNext: page.hasNext, known: 0 };
    for (const guess of this.#guesses.keys()) {
      guess.close();
    }
    this.#arrive(segment, page, page.records);
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
    const guess = Segment.guessed(this.#listing, path, split.at, this.#delivered);
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
    const isLate = this.#isClosed || this.#takeover !== undefined;
    if (page === undefined || isLate || !this.#place(guess, split, page)) {
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
    if (!segment.agreesWith(split, page) || !segment.isInOrder(page)) {
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
    this.#isShared = true;
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
  #isMissing(): boolean {
    return [...this.#passedBy].some((id) => id < this.#greatest && !this.#delivered.has(id));
  }

  async #end(): Promise<ListPage<T> | undefined> {
    this.close();
    return this.#saidLast ? undefined : this.#finish([]);
  }

  #finish(records: RawPage['records']): Promise<ListPage<T>> {
    const { hasNext, cursor } = this.#takeover === undefined ? this.#rest() : this.#restOfSingle(this.#takeover);
    this.#saidLast = !hasNext;
    this.#handedOut += 1;
    return toPage(this.#listing, { records, cursor, hasNext, pageNumber: this.#handedOut });
  }

  #rest(): { hasNext: boolean; cursor: string } {
    const hasNext = this.#segments.some(({ isDone }) => !isDone) || this.#isMissing();
    const { path, ranges } = Segment.rest(this.#segments);
    this.#forget();
    return { hasNext, cursor: cursorOf(path, ranges) };
  }

  /** A cursor must not lead past what arrived in another order. */
  #restOfSingle({ chain, hasNext }: SingleStart): { hasNext: boolean; cursor: string } {
    const path = chain === undefined ? this.#listing.path : Segment.rest(this.#segments).path;
    return { hasNext: hasNext || this.#arrivals.length > 0, cursor: new Trail(this.#listing).cursorOf(path, 0) };
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
