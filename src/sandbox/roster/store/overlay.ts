import { type AnyRecord, KINDS, type Kind, type RecordOf, type SectionRecord } from '../records.js';
import type { BaseRoster } from './base-roster.js';
import { keysIn, type RecordIndex } from './index-entries.js';
import { type EditedIds, type Ids, lowerBound, sortedIds, unedited } from './ordered.js';
import type { StoreChange } from './store.js';

const NONE: Ids = [];

/** The kind of the records that an index finds. */
function kindOf(index: RecordIndex, key: string): Kind {
  return index === 'all' ? (key as Kind) : index.startsWith('sections') ? 'sections' : 'users';
}

/**
 * The edits that lie on a roster. An edited record leaves every index of the base and is found in those of the overlay, so
 * that an edit costs what the record is long, not what the roster is.
 */
export class Overlay {
  readonly #base: BaseRoster;
  /** Everything that was touched; `undefined` was taken out. */
  readonly #records = new Map<Kind, Map<string, AnyRecord | undefined>>();
  /** What is found in it, by key. An index is made when it is first asked for: most edits are of no list that anybody reads. */
  readonly #added = new Map<RecordIndex, Map<string, string[]>>();
  /** How many records of the base are touched. */
  readonly #hidden = new Map<Kind, number>();
  readonly #schools = new Set<string>();

  constructor(base: BaseRoster) {
    this.#base = base;
  }

  /** Whether nothing was edited. */
  get isEmpty(): boolean {
    return this.#records.size === 0;
  }

  /** Schools with, or once with, a section that was touched: what hangs on them by their sections has to be looked at anew. */
  get touchedSchools(): ReadonlySet<string> {
    return this.#schools;
  }

  /** Whether a record was touched. */
  touches(kind: Kind, id: string): boolean {
    return this.#records.get(kind)?.has(id) === true;
  }

  /** A touched record as it is now. */
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#records.get(kind)?.get(id) as RecordOf[K] | undefined;
  }

  /** A list of the base as it is now. */
  edit(index: RecordIndex, key: string): EditedIds {
    const base = this.#base.find(index, key);
    const kind = kindOf(index, key);
    const touched = this.#records.get(kind);
    if (touched === undefined) {
      return unedited(base);
    }
    const added = this.#index(index).get(key) ?? NONE;
    // After a new school year no section is what it was: a first page must not walk past all of them.
    const isHidden = this.#hidden.get(kind) === this.#base.find('all', kind).length;
    return isHidden ? unedited(added) : { base, hides: (id) => touched.has(id), added };
  }

  /** How many records of a kind there are. */
  count(kind: Kind): number {
    const added = this.#index('all').get(kind)?.length ?? 0;
    return this.#base.find('all', kind).length - (this.#hidden.get(kind) ?? 0) + added;
  }

  /** Writes a change down; `undefined` takes the record out. */
  write(kind: Kind, id: string, record: AnyRecord | undefined): void {
    const records = this.#records.get(kind) ?? new Map<string, AnyRecord | undefined>();
    this.#records.set(kind, records);
    if (!records.has(id) && this.#base.has(kind, id)) {
      this.#hidden.set(kind, (this.#hidden.get(kind) ?? 0) + 1);
    }
    if (kind === 'sections') {
      this.#touchSchool(this.touches(kind, id) ? this.get(kind, id) : this.#base.get(kind, id));
      this.#touchSchool(record as SectionRecord | undefined);
    }
    const old = records.get(id);
    for (const [index, lists] of this.#added) {
      for (const key of old === undefined ? [] : keysIn(index, kind, old)) {
        withdraw(lists, key, id);
      }
      for (const key of record === undefined ? [] : keysIn(index, kind, record)) {
        insert(lists, key, id);
      }
    }
    records.set(id, record);
  }

  /** Every touched record: kinds in their order, ids ascending. */
  *changes(kinds: readonly Kind[] = KINDS): Generator<StoreChange, void> {
    for (const kind of kinds) {
      const records = this.#records.get(kind) ?? new Map<string, AnyRecord | undefined>();
      for (const id of sortedIds(records.keys())) {
        yield { kind, id, record: records.get(id) };
      }
    }
  }

  #touchSchool(section: SectionRecord | undefined): void {
    if (section?.school !== undefined) {
      this.#schools.add(section.school);
    }
  }

  #index(index: RecordIndex): ReadonlyMap<string, string[]> {
    const made = this.#added.get(index);
    if (made !== undefined) {
      return made;
    }
    const lists = new Map<string, string[]>();
    this.#added.set(index, lists);
    for (const { kind, id, record } of this.changes(index === 'all' ? KINDS : [kindOf(index, '')])) {
      for (const key of record === undefined ? [] : keysIn(index, kind, record)) {
        insert(lists, key, id);
      }
    }
    return lists;
  }
}

function insert(lists: Map<string, string[]>, key: string, id: string): void {
  const ids = lists.get(key);
  const last = ids?.at(-1);
  if (ids === undefined || last === undefined) {
    lists.set(key, [id]);
  } else if (last < id) {
    ids.push(id);
  } else {
    const at = lowerBound(ids, id);
    if (ids[at] !== id) {
      ids.splice(at, 0, id);
    }
  }
}

function withdraw(lists: ReadonlyMap<string, string[]>, key: string, id: string): void {
  const ids = lists.get(key) ?? [];
  const at = lowerBound(ids, id);
  if (ids[at] === id) {
    ids.splice(at, 1);
  }
}
