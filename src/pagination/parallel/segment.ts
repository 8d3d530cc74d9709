import { positionOf, type Range } from '../cursor.js';
import type { Delivered } from '../delivered.js';
import type { Listing } from '../listing.js';
import { PageChain, type RawPage } from '../page-chain.js';
import { cursorAfter, readBefore } from '../positions.js';
import { Sieve } from '../sieve.js';
import type { Remainder, Split } from './choose-split.js';
import { between, idIn, isAscending, isGreater, numberOf } from './ids.js';

type RawRecords = RawPage['records'];

/** A place to continue from: a path, and the id after which it continues (`undefined`: the start of the listing). */
interface Position {
  readonly path: string;
  readonly id: string | undefined;
}

/** A page that arrived, and what is handed out of it. */
export interface Arrival {
  readonly segment: Segment;
  readonly records: RawRecords;
  /** Where the segment continues after these records. */
  readonly position: Position;
}

/** How many pages back the estimate of a page's span looks. */
const SPANS = 5;

/**
 * One part of a listing, which is read from its start to its end, link by link.
 *
 * **Every record belongs to exactly one segment.** The segments of a reading are ascending and disjoint, and
 * together with what was handed out they are the whole listing. A border between two of them moves only in
 * {@link Segment.handOver}, and always to the id of a record that was received: the first record of the later
 * segment. The earlier segment reads real links up to that record, and drops what comes after it. So whatever
 * a server makes of a guessed position, no record is lost and none is handed out twice.
 *
 * A segment is waiting until the first {@link Segment.next}, then it is being read, then it is complete (all
 * of it has arrived), and after {@link Segment.handOut} of its last page it is done.
 */
export class Segment {
  readonly #listing: Listing;
  #chain: PageChain;
  /** Pages that were taken from the chain. */
  #taken = 0;
  /** What arrived and belongs to a segment of the reading. */
  readonly #delivered: Delivered;
  /** `undefined` before the first page after a guess. */
  #sieve: Sieve | undefined;
  /** The id after which it begins; once another segment has handed it over, the id of its first record. */
  #after: string | undefined;
  /** The first id of the next segment; `undefined` where it goes to the end of the listing. */
  #until: string | undefined;
  /** Whether that record arrived in this reading, so that pages must hold it. */
  #hasSeenUntil = false;
  /** According to an answer, there is nothing between this id and `#until`. */
  #emptyAfter: string | undefined;
  /** The last id received. */
  #received: string | undefined;
  /**
   * Where to continue after the last page handed out. `undefined` while no page was handed out of a segment
   * that another one has handed over: until then, the position of that one leads here.
   */
  #position: Position | undefined;
  /** Pages that arrived. */
  #pages = 0;
  /** Pages that arrived and were not handed out yet. */
  #held = 0;
  #hasBegun = false;
  /** From {@link Segment.next} until its page is received. */
  #isAsking = false;
  #isComplete = false;
  #spans: readonly bigint[] = [];
  /** How far the next group of records was, when a guess led into the gap between two groups. */
  #leap = 0n;

  /**
   * A segment of which the start is certain.
   *
   * @param path - The path of its first page.
   */
  constructor(listing: Listing, path: string, { after, before }: Range, delivered: Delivered) {
    this.#listing = listing;
    this.#delivered = delivered;
    this.#after = after;
    this.#received = after;
    this.#until = before;
    this.#position = { path, id: after };
    this.#sieve = this.#newSieve(after);
    this.#chain = this.#open(path);
  }

  /**
   * A segment that begins after a guessed id. None of the listing's records belong to it until another
   * segment hands some over.
   */
  static guessed(listing: Listing, path: string, guessedId: string, delivered: Delivered): Segment {
    const range = { after: guessedId, before: undefined };
    const segment = new Segment(listing, cursorAfter(path, guessedId), range, delivered);
    segment.#position = undefined;
    // What a server makes of a guess is looked at before it counts.
    segment.#siftBy(undefined);
    return segment;
  }

  /** What the segments still have to hand out, as ranges. The path is where the first one begins. */
  static rest(segments: readonly Segment[]): { path: string; ranges: readonly Range[] } {
    const ranges: Range[] = [];
    let path = '';
    let position: Position | undefined;
    let isJoined = false;
    for (const segment of segments) {
      const before = segment.#until;
      position = segment.#position ?? position;
      const last = ranges.at(-1);
      if (segment.#position === undefined && isJoined && last !== undefined) {
        // None of it was handed out, so it is still a part of the range of the segment before it.
        ranges[ranges.length - 1] = { ...last, before };
        continue;
      }
      // The last one extends to what is added to the listing later.
      isJoined = !segment.isDone || before === undefined;
      if (isJoined) {
        path = ranges.length === 0 ? (position?.path ?? '') : path;
        ranges.push({ after: position?.id, before });
      }
    }
    return { path, ranges };
  }

  /** Whether its first page was asked for. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Whether all of it has arrived. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether all of it was handed out. */
  get isDone(): boolean {
    return this.#isComplete && this.#held === 0;
  }

  /**
   * The path to continue from after the last page handed out; `undefined` while that is known only to the
   * segment before.
   */
  get resumePath(): string | undefined {
    return this.#position?.path;
  }

  /** What is not received yet, as far as it can be shared. */
  get remainder(): Remainder | undefined {
    const spans = [...this.#spans].sort((one, other) => Number(one > other) - Number(one < other));
    const usual = spans[spans.length >> 1];
    return this.#isComplete || this.#received === undefined || usual === undefined
      ? undefined
      : {
          after: this.#received,
          before: this.#emptyAfter ?? this.#until,
          pageSpans: this.#leap > usual ? [this.#leap, usual] : [usual],
        };
  }

  /** Whether records arrived where an earlier answer said that there are none. */
  get contradictsAnswer(): boolean {
    return isGreater(this.#received, this.#emptyAfter);
  }

  /** Whether an id lies at or after its beginning. (It may lie after its end, too.) */
  beginsBy(id: string): boolean {
    return this.#after === undefined || this.#after <= id;
  }

  /** Whether one more page of it may be asked for, so that at most `prefetch` pages are held beside the next one. */
  mayAsk(prefetch: number): boolean {
    return !this.#isComplete && !this.#isAsking && this.#held <= prefetch;
  }

  /**
   * Asks for the next page; `undefined` after the last one. The page has to be received before the next call.
   *
   * @param prefetch - How many pages may be held beside the next one. As long as there is room, the page
   * after that one is asked for, too.
   */
  async next(prefetch: number): Promise<RawPage | undefined> {
    this.#hasBegun = true;
    this.#isAsking = true;
    const page = await this.#chain.take(this.#taken + (this.#held < prefetch ? 2 : 1));
    this.#taken += 1;
    if (page === undefined) {
      this.#isComplete = true;
    }
    return page;
  }

  /**
   * Whether a page is in the order of ids that the segments rely on: each record greater than the one before it, and
   * those that should have arrived before known.
   */
  isInOrder({ records }: RawPage): boolean {
    const [received, until] = [this.#received, this.#until];
    if (this.#sieve?.isOrdered === false || !isAscending(records)) {
      return false;
    }
    const [first, last] = [idIn(records[0]), idIn(records.at(-1))];
    if (isGreater(received, first) && !records.every((record) => this.#isNewOrKnown(idIn(record)))) {
      return false;
    }
    const isSeam = this.#hasSeenUntil && until !== undefined && last !== undefined && last >= until;
    const seam = isSeam ? idIn(records.find((record) => !isGreater(until, idIn(record)))) : until;
    // The record of the seam itself may have been removed meanwhile.
    return seam === until || !this.hasDescended;
  }

  /**
   * The records of a page beyond the end of the segment that no segment has delivered yet, where the first record of
   * the next segment is not among them: then it is not certain that the next one has them.
   */
  passedBy({ records }: RawPage): string[] {
    const until = this.#until;
    if (!this.#hasSeenUntil || until === undefined || !isGreater(idIn(records.at(-1)), until)) {
      return [];
    }
    const beyond = records.flatMap((record) => idIn(record) ?? []).filter((id) => id >= until);
    return beyond[0] === until ? [] : beyond.filter((id) => !this.#delivered.has(id));
  }

  /** Whether the ids of the page that was taken last were not in order. */
  get hasDescended(): boolean {
    return this.#sieve?.hasDescended === true;
  }

  /**
   * Whether a page is the last one according to its answer, although the next segment has shown that records follow.
   */
  endsEarly({ hasNext, records }: RawPage): boolean {
    const last = idIn(records.at(-1)) ?? this.#received;
    return !hasNext && this.#hasSeenUntil && !(last !== undefined && this.#isBeyond(last));
  }

  #isNewOrKnown(id: string | undefined): boolean {
    return id !== undefined && (isGreater(id, this.#received) || this.#delivered.has(id));
  }

  #open(path: string): PageChain {
    return new PageChain(this.#listing, path, {
      ...(this.#sieve === undefined ? {} : { sieve: this.#sieve }),
      isWanted: (next) => !this.#isBeyond(positionOf(next)),
      canEndAt: (lastId) => this.#until === undefined || this.#isBeyond(lastId),
    });
  }

  #newSieve(last: string | undefined): Sieve {
    const { path, ranges = [{ after: positionOf(path) }] } = this.#listing;
    return new Sieve(this.#listing, this.#delivered, { last, wasRead: readBefore(ranges) });
  }

  /** Asks once more for the page that was taken last, instead of receiving it. */
  readAgain({ path }: RawPage): void {
    this.#chain.close();
    this.#sieve = this.#newSieve(this.#received);
    this.#chain = this.#open(path);
    this.#taken = 0;
    this.#isAsking = false;
  }

  /** Lets a single reader have the chain, from the page on that was taken last. */
  surrender(): { chain: PageChain; taken: number } {
    return { chain: this.#chain, taken: this.#taken };
  }

  #siftBy(sieve: Sieve | undefined): void {
    this.#sieve = sieve;
    this.#chain.siftBy(sieve);
  }

  /**
   * Takes a page in.
   *
   * @param isOrdered - Whether ids tell the order. Otherwise only the server knows it, and there is only this
   * one segment.
   * @returns The records that belong to the segment and were not received before.
   */
  receive(page: RawPage, isOrdered: boolean): RawRecords {
    const { records, hasNext } = page;
    if (!isOrdered) {
      this.#countPage(!hasNext);
      return records;
    }
    const kept = between(records, this.#received, this.#until);
    const [first, last] = [idIn(kept[0]), idIn(kept.at(-1))];
    // A page whose link was followed begins after the last one; where a guess led, only its records show
    // where it begins.
    this.#addSpan(this.#pages === 0 ? first : this.#received, last);
    this.#received = last ?? this.#received;
    this.#countPage(!hasNext || this.#isBeyond(idIn(records.at(-1))));
    return kept;
  }

  /**
   * Whether the answer to a guess can be true of this segment: records after the guessed id, or nothing where
   * nothing was received either. Otherwise the server does not know positions that are no record's id.
   */
  agreesWith({ at }: Split, { records }: RawPage): boolean {
    const first = idIn(records[0]);
    return first === undefined
      ? this.#until === undefined && !isGreater(this.#received, at)
      : first > at && isAscending(records);
  }

  /**
   * Hands a part of it over to a guessed segment, whose first page has arrived.
   *
   * @param split - The guess, made when this segment had arrived at `split.from`.
   * @returns The records of that page that now belong to the other segment. When there are none, none were handed over.
   */
  handOver(guessed: Segment, { from, at }: Split, page: RawPage): RawRecords {
    if (page.records.length > 0) {
      this.#learnLeap(from, at, page.records);
    }
    guessed.#until = this.#until;
    guessed.#hasSeenUntil = this.#hasSeenUntil;
    guessed.#siftBy(this.#newSieve(idIn(page.records.at(-1))));
    if (this.#received !== undefined && !isGreater(guessed.#received, this.#received)) {
      guessed.#received = this.#received;
    }
    const kept = guessed.receive(page, true);
    const first = idIn(kept[0]);
    if (first === undefined) {
      this.#endBefore(at);
      return kept;
    }
    guessed.#spans = [...this.#spans.slice(1 - SPANS), ...guessed.#spans];
    guessed.#after = first;
    guessed.#leap = this.#leap;
    guessed.#emptyAfter = this.#emptyAfter;
    this.#until = first;
    this.#hasSeenUntil = true;
    this.#emptyAfter = isGreater(at, this.#received) ? at : undefined;
    if (at === this.#received || !isGreater(idIn(page.records[0]), this.#received)) {
      // The page continues exactly where this segment has arrived.
      this.#complete();
    }
    return kept;
  }

  /** Holds a page that arrived, until it is handed out. */
  hold({ path, records, nextPath }: RawPage, kept: RawRecords): Arrival {
    this.#held += 1;
    const [last, lastKept] = [idIn(records.at(-1)), idIn(kept.at(-1))];
    const isWhole = last === lastKept;
    const afterKept = lastKept === undefined ? path : cursorAfter(path, lastKept);
    const position = { path: isWhole ? (nextPath ?? afterKept) : afterKept, id: lastKept ?? positionOf(path) };
    return { segment: this, records: kept, position };
  }

  /** Hands a held page out, in the order in which they were held. */
  handOut({ records, position }: Arrival): RawRecords {
    this.#held -= 1;
    this.#position = position;
    return records;
  }

  /** Aborts what is under way. Safe to call twice. */
  close(): void {
    this.#chain.close();
  }

  /**
   * Learns from where a guess led. Ids lie in groups within groups: of a process, of a second, of a day of
   * many changes. A guess within the span of one group may lead past it. What it finds then is the next
   * group, which shows how far apart groups lie.
   *
   * @param from - Where the segment had arrived when the guess was made.
   * @param found - The records of the page. It ends where the page after `from` would end, if nothing lies
   * before it.
   */
  #learnLeap(from: string, guessed: string, found: RawRecords): void {
    const ids = [from, guessed, idIn(found[0]), idIn(found.at(-1))];
    const [low, middle, high, end] = ids.map((id) => numberOf(id ?? ''));
    const isKnown = low !== undefined && middle !== undefined && high !== undefined && end !== undefined;
    if (isKnown && high - middle > middle - low) {
      this.#leap = end - low;
    }
  }

  /** According to an answer, there is nothing between a guess and the end of the segment. */
  #endBefore(guessed: string): void {
    if (!isGreater(this.#received, guessed) && !isGreater(guessed, this.#emptyAfter)) {
      this.#emptyAfter = guessed;
      this.#leap = 0n;
    }
  }

  #countPage(isLast: boolean): void {
    this.#isAsking = false;
    this.#pages += 1;
    if (isLast) {
      this.#complete();
    }
  }

  /** A page after the last one may be under way, and is not wanted. */
  #complete(): void {
    this.#isComplete = true;
    this.#chain.close();
  }

  /**
   * Whether nothing that belongs here comes after an id. Where a guess turns out to be the id of a record,
   * the page that it brought begins right after that record.
   */
  #isBeyond(id: string | undefined): boolean {
    return id !== undefined && this.#until !== undefined && (id >= this.#until || id === this.#emptyAfter);
  }

  #addSpan(from: string | undefined, to: string | undefined): void {
    const [low, high] = [numberOf(from ?? ''), numberOf(to ?? '')];
    if (low !== undefined && high !== undefined && high > low) {
      this.#spans = [...this.#spans.slice(1 - SPANS), high - low];
    }
  }
}
