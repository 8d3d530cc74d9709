import { PAGES } from '../errors/catalogue/pages.js';
import { CleverPaginationError } from '../errors/index.js';
import { positionOf } from './cursor.js';
import { type Delivered, idIn } from './delivered.js';
import type { Listing } from './listing.js';

type RawRecords = readonly Record<string, unknown>[];

/** Whether an earlier reading has delivered the record with an id. */
export type WasRead = (id: string) => boolean;

/** A page as it arrived. */
export interface ArrivedPage {
  readonly path: string;
  readonly records: RawRecords;
  /** Whether every record has an id, and each is greater than the one before it. */
  readonly isAscending: boolean;
}

/**
 * Leaves out of the pages of one reading what was delivered before, and notices when ids are not in order.
 *
 * Where a page continues the order of the ids, which is every page of Clever's, that takes two comparisons a page.
 */
export class Sieve {
  readonly #listing: Listing;
  readonly #delivered: Delivered;
  readonly #deliversAll: boolean;
  readonly #wasRead: WasRead | undefined;
  #last: string | undefined;
  #isOrdered: boolean;
  #hasDescended = false;
  #repeated = 0;

  /**
   * @param delivered - What this reading has delivered.
   * @param known.deliversAll - Whether all that is let through will be delivered, and can be remembered at once.
   * Default: the reader remembers what it delivers.
   * @param known.wasRead - Whether an earlier reading has delivered a record, if ids are in order.
   * @param known.last - The last id of this reading so far.
   */
  constructor(
    listing: Listing,
    delivered: Delivered,
    known: {
      readonly deliversAll?: boolean;
      readonly wasRead?: WasRead | undefined;
      readonly last?: string | undefined;
      readonly isOrdered?: boolean;
    },
  ) {
    this.#listing = listing;
    this.#delivered = delivered;
    this.#deliversAll = known.deliversAll ?? false;
    this.#wasRead = known.wasRead;
    this.#last = known.last;
    this.#isOrdered = known.isOrdered ?? true;
  }

  /** Whether all records were in the order of their ids so far. */
  get isOrdered(): boolean {
    return this.#isOrdered;
  }

  /**
   * Whether on the page that was sifted last, an id was followed by a smaller one, be it of a record that was left
   * out.
   */
  get hasDescended(): boolean {
    return this.#hasDescended;
  }

  /** How many records were left out. */
  get repeated(): number {
    return this.#repeated;
  }

  /**
   * The records of a page that were not delivered before.
   *
   * @throws {@link CleverPaginationError} with reason `unordered` for records that an earlier reading may have
   * delivered.
   */
  sift(page: ArrivedPage): RawRecords {
    const records = this.#letThrough(page);
    if (this.#deliversAll) {
      this.#delivered.add(records);
    }
    return records;
  }

  #letThrough(page: ArrivedPage): RawRecords {
    const { records, isAscending, path } = page;
    this.#hasDescended = false;
    const first = idIn(records[0]);
    if (records.length === 0) {
      return records;
    }
    if (this.#isOrdered && isAscending && first !== undefined && first > (this.#last ?? positionOf(path) ?? '')) {
      this.#last = idIn(records.at(-1));
      return records;
    }
    const kept = this.#pick(this.#afterPosition(page));
    const itemCount = records.length - kept.length;
    if (itemCount > 0) {
      this.#repeated += itemCount;
      const { transport, method, pathTemplate } = this.#listing;
      transport.emit({ kind: 'irregular_page', method, pathTemplate, reason: 'repeated_records', itemCount });
    }
    return kept;
  }

  /**
   * If a page holds the record that it was to begin after, it has slipped back: that one and those before it were
   * delivered already. A greater one before it was not: then that record alone has come again.
   */
  #afterPosition({ path, records }: ArrivedPage): RawRecords {
    const position = positionOf(path);
    const index = position === undefined ? -1 : records.findLastIndex((record) => idIn(record) === position);
    const isSlip = records.slice(0, index + 1).every((record) => (idIn(record) ?? '') <= (position ?? ''));
    return isSlip || !this.#isOrdered
      ? records.slice(index + 1)
      : records.filter((record) => idIn(record) !== position);
  }

  #pick(records: RawRecords): RawRecords {
    const ids = new Set<string>();
    let before = '';
    return records.filter((record) => {
      const id = idIn(record);
      if (id === undefined) {
        return true;
      }
      this.#hasDescended ||= id < before;
      before = id;
      if (ids.has(id) || this.#isRepeated(id)) {
        return false;
      }
      ids.add(id);
      this.#place(id);
      return true;
    });
  }

  /** What continues the order, and another segment has delivered, is not repeated: that segment begins there. */
  #isRepeated(id: string): boolean {
    return (this.#deliversAll || id <= (this.#last ?? '')) && this.#delivered.has(id);
  }

  /** Notices an id that does not continue the order. */
  #place(id: string): void {
    if (this.#wasRead?.(id) === true) {
      const { pathTemplate } = this.#listing;
      throw new CleverPaginationError(PAGES.unordered, { pathTemplate });
    }
    if (this.#last !== undefined && id < this.#last) {
      this.#isOrdered = false;
    } else {
      this.#last = id;
    }
  }
}
