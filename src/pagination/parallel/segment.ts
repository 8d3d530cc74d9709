import { cursorAfter, positionOf, type Range } from '../cursor.js';
import type { Listing } from '../listing.js';
import { PageChain, type RawPage } from '../page-chain.js';
import type { Remainder } from './choose-split.js';
import { between, idIn, numberOf } from './ids.js';

type RawRecords = RawPage['records'];

/** A place to go on from: as a path, and as the id behind which it lies (`undefined`: the start of the listing). */
export interface Position {
  readonly path: string;
  readonly id: string | undefined;
}

/** How many pages back the estimate of a page's span looks. */
const SPANS = 5;

/**
 * A part of a listing that is read from its start to its end, link by link.
 *
 * Where one stretch ends and the next begins is told by a record that was received: the first one of the next. So whatever
 * a server makes of a guessed position, every record belongs to exactly one stretch.
 */
export class Stretch {
  readonly chain: PageChain;
  /** Where to go on behind the last page handed out. `undefined` while none was: what is before it leads here then. */
  position: Position | undefined;
  /** The id that it lies behind, or its first one. */
  start: string | undefined;
  /** The first id of the stretch behind it; `undefined` where it goes to the end of the listing. */
  before: string | undefined;
  /** Nothing lies between this id and `before`, as far as an answer told. */
  emptyFrom: string | undefined;
  /** The last id received. */
  received: string | undefined;
  /** Pages that arrived. */
  pages = 0;
  /** Pages that arrived and were not handed out yet. */
  held = 0;
  hasBegun = false;
  isAsking = false;
  /** Whether all of it has arrived. */
  isOver = false;
  #spans: readonly bigint[] = [];
  /** How far the next group of records was, when a guess led into the void between two. */
  #leap = 0n;

  constructor(listing: Listing<unknown>, path: string, { after, before }: Range) {
    this.start = after;
    this.received = after;
    this.before = before;
    this.chain = new PageChain(listing, path, (next) => !this.#isBeyond(positionOf(next)));
  }

  /** Whether any of it is still to be handed out. */
  get isLeft(): boolean {
    return !this.isOver || this.held > 0;
  }

  /** What is not received yet, as far as it can be shared. */
  get remainder(): Remainder | undefined {
    const spans = this.#spans.toSorted((one, other) => Number(one > other) - Number(one < other));
    const usual = spans[spans.length >> 1];
    return this.isOver || this.received === undefined || usual === undefined
      ? undefined
      : {
          after: this.received,
          before: this.emptyFrom ?? this.before,
          pageSpans: this.#leap > usual ? [this.#leap, usual] : [usual],
        };
  }

  /** Takes a page of ascending records in. Gives those that belong here and were not received before. */
  receive({ records, nextPath }: RawPage): RawRecords {
    const kept = between(records, this.received, this.before);
    const [first, last] = [idIn(kept[0]), idIn(kept.at(-1))];
    // A page whose link was followed begins behind the last one; where a guess led, only its records tell where it begins.
    this.#addSpan(this.pages === 0 ? first : this.received, last);
    this.received = last ?? this.received;
    this.#tookPage(nextPath === undefined || this.#isBeyond(idIn(records.at(-1))));
    return kept;
  }

  /** Takes a page in whose records are in an order that nobody but the server knows. */
  receiveUnordered({ records, nextPath }: RawPage): RawRecords {
    this.#tookPage(nextPath === undefined);
    return records;
  }

  /**
   * Leaves a part of it to another stretch, for which a first page has arrived.
   *
   * @returns The records of that page that belong to the other one. When there are none, nothing was changed.
   */
  leaveTo(other: Stretch, page: RawPage): RawRecords {
    const guessed = other.start;
    other.before = this.before;
    if (this.received !== undefined && (other.received === undefined || other.received < this.received)) {
      other.received = this.received;
    }
    const kept = other.receive(page);
    const first = idIn(kept[0]);
    if (first !== undefined) {
      other.#spans = [...this.#spans.slice(1 - SPANS), ...other.#spans];
      other.start = first;
      other.#leap = this.#leap;
      other.emptyFrom = this.emptyFrom;
      this.before = first;
      this.emptyFrom = isGreater(guessed, this.received) ? guessed : undefined;
      if (guessed === this.received || !isGreater(idIn(page.records[0]), this.received)) {
        // The page goes on right where this one stands.
        this.#end();
      }
    }
    return kept;
  }

  /**
   * Learns from where a guess led. Ids lie in groups within groups: of a process, of a second, of a day of many changes. A
   * guess within the measure of one group may fall behind it; what it finds then is the next group, which tells the measure
   * of groups.
   *
   * @param from - Where the stretch stood when the guess was made.
   * @param found - The page. It ends where the page behind `from` ends, if there is nothing before it.
   */
  learnLeap(from: string, guessed: string, found: RawRecords): void {
    const ids = [from, guessed, idIn(found[0]), idIn(found.at(-1))];
    const [low, middle, high, end] = ids.map((id) => numberOf(id ?? ''));
    const isKnown = low !== undefined && middle !== undefined && high !== undefined && end !== undefined;
    if (isKnown && high - middle > middle - low) {
      this.#leap = end - low;
    }
  }

  /** An answer told that there is nothing between a guess and the end of the stretch. */
  endsBefore(guessed: string): void {
    if (!isGreater(this.received, guessed) && !isGreater(guessed, this.emptyFrom)) {
      this.emptyFrom = guessed;
      this.#leap = 0n;
    }
  }

  #tookPage(isLast: boolean): void {
    this.pages += 1;
    if (isLast) {
      this.#end();
    }
  }

  /** A page behind the last one may be under way, and is not wanted. */
  #end(): void {
    this.isOver = true;
    this.chain.close();
  }

  /**
   * Whether nothing that belongs here comes behind an id. A guess that turns out to be the id of a record was no guess: the
   * page that it brought begins right behind that record.
   */
  #isBeyond(id: string | undefined): boolean {
    return id !== undefined && this.before !== undefined && (id >= this.before || id === this.emptyFrom);
  }

  #addSpan(from: string | undefined, to: string | undefined): void {
    const [low, high] = [numberOf(from ?? ''), numberOf(to ?? '')];
    if (low !== undefined && high !== undefined && high > low) {
      this.#spans = [...this.#spans.slice(1 - SPANS), high - low];
    }
  }
}

/** Whether an id comes behind another; nothing comes behind nothing. */
export function isGreater(id: string | undefined, other: string | undefined): boolean {
  return id !== undefined && other !== undefined && id > other;
}

/** Where to go on behind a page of which some records were kept. */
export function positionBehind({ path, records, nextPath }: RawPage, kept: RawRecords): Position {
  const [last, lastKept] = [idIn(records.at(-1)), idIn(kept.at(-1))];
  const isWhole = last === lastKept;
  const behindKept = lastKept === undefined ? path : cursorAfter(path, lastKept);
  return { path: isWhole ? (nextPath ?? behindKept) : behindKept, id: lastKept ?? positionOf(path) };
}

/** Everything that was not handed out yet, as ranges; the path is where the first begins. */
export function restOf(stretches: readonly Stretch[]): { path: string; ranges: readonly Range[] } {
  const ranges: Range[] = [];
  let [path, position] = ['', stretches[0]?.position];
  let isJoined = false;
  for (const stretch of stretches) {
    const { before } = stretch;
    position = stretch.position ?? position;
    const last = ranges.at(-1);
    if (stretch.position === undefined && isJoined && last !== undefined) {
      // Nothing of it was handed out, so it is still a part of the one before it.
      ranges[ranges.length - 1] = { ...last, before };
      continue;
    }
    // The last one goes on to what is added to the listing later.
    isJoined = stretch.isLeft || before === undefined;
    if (isJoined) {
      path = ranges.length === 0 ? (position?.path ?? '') : path;
      ranges.push({ after: position?.id, before });
    }
  }
  return { path, ranges };
}
