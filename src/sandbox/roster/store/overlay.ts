import { type AnyRecord, KINDS, type Kind, type RecordOf, type SectionRecord } from '../records.js';
import type { BaseRoster } from './base-roster.js';
import { keysIn, type RecordIndex } from './index-entries.js';
import { type EditedIds, type Ids, lowerBound, sortedIds, unedited } from './ordered.js';
import type { StoreChange } from './store.js';

const NONE: Ids = [];

/** Returns the kind of the records in an index. */
function kindOf(index: RecordIndex, key: string): Kind {
  return index === 'all' ? (key as Kind) : index.startsWith('sections') ? 'sections' : 'users';
}

/**
 * The edits of a roster. An edited record leaves every index of the base and enters those of the overlay,
 * so the cost of an edit depends on the size of the record, not of the roster.
 */
export class Overlay {
  readonly #base: BaseRoster;
  /** Every edited record; `undefined` for one that was removed. */
  readonly #records = new Map<Kind, Map<string, AnyRecord | undefined>>();
  /**
   * The edited records by index and key. An index is made on first use, because most edits concern lists
   * that are never read.
   */
  readonly #added = new Map<RecordIndex, Map<string, string[]>>();
  /** The number of records of the base that were edited, by kind. */
  readonly #hidden = new Map<Kind, number>();
  readonly #schools = new Set<string>();

  constructor(base: BaseRoster) {
    this.#base = base;
  }

  /** Whether there are no edits. */
  get isEmpty(): boolean {
    return this.#records.size === 0;
  }

  /**
   * Schools with an edited section, before or after the edit: their courses and terms must be computed
   * again.
   */
  get touchedSchools(): ReadonlySet<string> {
    return this.#schools;
  }

  /** Whether a record was edited. */
  touches(kind: Kind, id: string): boolean {
    return this.#records.get(kind)?.has(id) === true;
  }

  /** Returns an edited record in its present state. */
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#records.get(kind)?.get(id) as RecordOf[K] | undefined;
  }

  /** Returns a list of the base with the edits applied. */
  edit(index: RecordIndex, key: string): EditedIds {
    const base = this.#base.find(index, key);
    const kind = kindOf(index, key);
    const touched = this.#records.get(kind);
    if (touched === undefined) {
      return unedited(base);
    }
    const added = this.#index(index).get(key) ?? NONE;
    // After a new school year every section is edited: a first page must not walk past all of them.
    const isHidden = this.#hidden.get(kind) === this.#base.find('all', kind).length;
    return isHidden ? unedited(added) : { base, hides: (id) => touched.has(id), added };
  }

  /** Returns the number of records of a kind. */
  count(kind: Kind): number {
    const added = this.#index('all').get(kind)?.length ?? 0;
    return this.#base.find('all', kind).length - (this.#hidden.get(kind) ?? 0) + added;
  }

  /** Records a change; `undefined` removes the record. */
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

  /** Yields every edited record: kinds in order, ids ascending. */
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
