import type { KnownRole } from '../../values/index.js';
import { type AnyRecord, KINDS, type Kind, type RecordOf, type Roster } from '../records.js';
import { rolesOf } from '../roles.js';
import type { BaseRoster } from './base-roster.js';
import { type AssignmentIndex, entriesOf, type PairIndex, type RecordIndex } from './index-entries.js';
import { type Ids, sortedIds } from './ordered.js';

type Collections = { readonly [K in Kind]: ReadonlyMap<string, RecordOf[K]> };
type Index = RecordIndex | PairIndex | AssignmentIndex;

const NONE: Ids = [];

/** A roster held in memory. Its indexes are made when they are first needed. */
export class MemoryBase implements BaseRoster {
  readonly #collections: Collections;
  readonly #assignments: Roster['resourceAssignments'];
  #indexes: Indexes | undefined;

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

  find(index: Index, key: string): Ids {
    this.#indexes ??= new Indexes(this.#collections, this.#assignments);
    return this.#indexes.find(index, key);
  }
}

class Indexes {
  readonly #lists = new Map<Index, Map<string, string[]>>();

  constructor(collections: Collections, assignments: Roster['resourceAssignments']) {
    for (const kind of KINDS) {
      // In the order of ids, so that every list comes out ascending.
      for (const id of sortedIds(collections[kind].keys())) {
        for (const [index, key] of entriesOf(kind, collections[kind].get(id) ?? { id })) {
          this.#add(index, key, id);
        }
      }
    }
    for (const { school, course, term_id: term } of collections.sections.values()) {
      this.#addPair('courses by school', 'schools by course', school, course);
      this.#addPair('terms by school', 'schools by term', school, term);
    }
    for (const { resource, courses = [], sections = [] } of assignments) {
      for (const course of courses) {
        this.#addPair('courses by resource', 'resources by course', resource, course);
      }
      for (const section of sections) {
        this.#addPair('sections by resource', 'resources by section', resource, section);
      }
    }
    for (const index of PAIRS) {
      const lists = this.#lists.get(index) ?? [];
      for (const [key, ids] of lists) {
        this.#lists.get(index)?.set(key, sortedIds(ids));
      }
    }
  }

  find(index: Index, key: string): Ids {
    return this.#lists.get(index)?.get(key) ?? NONE;
  }

  #add(index: Index, key: string, id: string): void {
    let lists = this.#lists.get(index);
    if (lists === undefined) {
      lists = new Map();
      this.#lists.set(index, lists);
    }
    const list = lists.get(key);
    if (list === undefined) {
      lists.set(key, [id]);
    } else if (list.at(-1) !== id) {
      list.push(id);
    }
  }

  #addPair(there: Index, back: Index, from: string | undefined, to: string | undefined): void {
    if (from !== undefined && to !== undefined) {
      this.#add(there, from, to);
      this.#add(back, to, from);
    }
  }
}

const PAIRS: readonly Index[] = [
  ...(['courses by school', 'terms by school', 'schools by course', 'schools by term'] as const),
  ...(['resources by course', 'resources by section', 'courses by resource', 'sections by resource'] as const),
];

function byId<Item extends AnyRecord>(records: readonly Item[]): Map<string, Item> {
  return new Map(records.map((record) => [record.id, record]));
}
