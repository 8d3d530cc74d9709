import type { KnownRole } from '../../../values/index.js';
import type { AnyRecord, Kind, NameAndEmail, RecordOf, ResourceAssignment, Roster } from '../records.js';
import { rolesOf } from '../roles.js';
import type { BaseRoster } from './base-roster.js';
import { type AssignmentIndex, type PairIndex, type ReadIndex, type RecordIndex, readingOf } from './index-entries.js';
import { type Ids, sortedIds } from './ordered.js';

type Collections = { readonly [K in Kind]: ReadonlyMap<string, RecordOf[K]> };
type Index = RecordIndex | PairIndex | AssignmentIndex;

const NONE: Ids = [];

/** The members of a section that form the pair: from the key to what is found. */
const PAIRS = {
  'courses by school': ['school', 'course'],
  'terms by school': ['school', 'term_id'],
  'schools by course': ['course', 'school'],
  'schools by term': ['term_id', 'school'],
} as const satisfies Readonly<Record<PairIndex, unknown>>;

/** The list of each mapping that counts, and whether it contains the keys or the results. */
const ASSIGNMENTS = {
  'resources by course': ['courses', 'keys'],
  'resources by section': ['sections', 'keys'],
  'courses by resource': ['courses', 'found'],
  'sections by resource': ['sections', 'found'],
} as const satisfies Readonly<Record<AssignmentIndex, unknown>>;

/**
 * A roster in memory. Each index is made on first use, because most districts are asked for only a few
 * lists.
 */
export class MemoryBase implements BaseRoster {
  readonly #collections: Collections;
  readonly #assignments: readonly ResourceAssignment[];
  readonly #sorted = new Map<Kind, Ids>();
  readonly #indexes = new Map<Index, ReadonlyMap<string, Ids>>();

  constructor(roster: Roster) {
    this.#collections = {
      districts: byId([roster.district]),
      schools: byId(roster.schools),
      terms: byId(roster.terms),
      courses: byId(roster.courses),
      users: byId(roster.users),
      sections: byId(roster.sections),
      resources: byId(roster.resources),
    };
    this.#assignments = roster.resourceAssignments;
  }

  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.#collections[kind].get(id);
  }

  has(kind: Kind, id: string): boolean {
    return this.#collections[kind].has(id);
  }

  rolesOf(userId: string): readonly KnownRole[] {
    const user = this.#collections.users.get(userId);
    return user === undefined ? [] : rolesOf(user);
  }

  nameOf(userId: string): NameAndEmail | undefined {
    return this.#collections.users.get(userId);
  }

  find(index: Index, key: string): Ids {
    if (index === 'all') {
      return this.#all(key as Kind);
    }
    let lists = this.#indexes.get(index);
    if (lists === undefined) {
      lists = this.#make(index);
      this.#indexes.set(index, lists);
    }
    return lists.get(key) ?? NONE;
  }

  #all(kind: Kind): Ids {
    let ids = this.#sorted.get(kind);
    if (ids === undefined) {
      ids = sortedIds(this.#collections[kind].keys());
      this.#sorted.set(kind, ids);
    }
    return ids;
  }

  #make(index: ReadIndex | PairIndex | AssignmentIndex): ReadonlyMap<string, Ids> {
    if (index in PAIRS) {
      return sorted(this.#pairs(index as PairIndex));
    }
    return index in ASSIGNMENTS ? sorted(this.#assigned(index as AssignmentIndex)) : this.#read(index as ReadIndex);
  }

  /** Reads the records in the order of their ids, so that every list ascends. */
  #read(index: ReadIndex): ReadonlyMap<string, Ids> {
    const lists = new Map<string, string[]>();
    const { kind, keysOf } = readingOf(index);
    const ids = this.#all(kind);
    for (let position = 0; position < ids.length; position += 1) {
      const id = ids.at(position) ?? '';
      const record = this.#collections[kind].get(id);
      for (const key of record === undefined ? [] : keysOf(record)) {
        add(lists, key, id);
      }
    }
    return lists;
  }

  #pairs(index: PairIndex): Map<string, string[]> {
    const lists = new Map<string, string[]>();
    const [from, to] = PAIRS[index];
    for (const { [from]: key, [to]: found } of this.#collections.sections.values()) {
      if (key !== undefined && found !== undefined) {
        add(lists, key, found);
      }
    }
    return lists;
  }

  #assigned(index: AssignmentIndex): Map<string, string[]> {
    const lists = new Map<string, string[]>();
    const [member, side] = ASSIGNMENTS[index];
    for (const { resource, [member]: ids = [] } of this.#assignments) {
      for (const id of ids) {
        const [key, found] = side === 'keys' ? [id, resource] : [resource, id];
        add(lists, key, found);
      }
    }
    return lists;
  }
}

function add(lists: Map<string, string[]>, key: string, id: string): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [id]);
  } else if (list.at(-1) !== id) {
    list.push(id);
  }
}

function sorted(lists: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, Ids> {
  return new Map([...lists].map(([key, ids]) => [key, sortedIds(ids)]));
}

function byId<Item extends AnyRecord>(records: readonly Item[]): Map<string, Item> {
  return new Map(records.map((record) => [record.id, record]));
}
