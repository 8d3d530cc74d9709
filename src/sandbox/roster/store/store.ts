import type { KnownRole } from '../../../values/index.js';
import type { AnyRecord, Kind, NameAndEmail, RecordOf } from '../records.js';

/** The lists related to a record, named by the record's kind and what is listed. */
export type Relation =
  | 'schools.courses'
  | 'schools.sections'
  | 'schools.terms'
  | 'schools.users'
  | 'courses.resources'
  | 'courses.schools'
  | 'courses.sections'
  | 'terms.schools'
  | 'terms.sections'
  | 'sections.resources'
  | 'sections.users'
  | 'users.contacts'
  | 'users.students'
  | 'users.teachers'
  | 'users.resources'
  | 'users.schools'
  | 'users.sections'
  | 'resources.courses'
  | 'resources.sections'
  | 'resources.users';

/** The part of a list that is requested. */
export interface PageQuery {
  /** The largest number of records. */
  readonly limit: number;
  /** Only records with a greater id; the first ones of them. */
  readonly after?: string | undefined;
  /** Only records with a smaller id; the last ones of them. */
  readonly before?: string | undefined;
  /** Only people who hold this role. */
  readonly role?: KnownRole | undefined;
  /** Only people whose primary school it is, or only a person's primary school. */
  readonly isPrimary?: boolean | undefined;
}

/** A part of a list, ids ascending. */
export interface Page<Item extends AnyRecord = AnyRecord> {
  readonly ids: readonly string[];
  /**
   * The records, which are looked up when this is read. To hold only one record at a time, look them up by
   * their ids instead.
   */
  readonly records: readonly Item[];
  /** Whether the list continues after this part. */
  readonly hasMore: boolean;
  /** Whether the list has records before this part. */
  readonly hasEarlier: boolean;
}

/** A record that differs from the initial roster. */
export interface StoreChange {
  readonly kind: Kind;
  readonly id: string;
  /** The present record; `undefined` when it was removed. */
  readonly record: AnyRecord | undefined;
}

/**
 * The records of one district. The cost of a request must depend only on the page that it returns: a store
 * may have a million people and generate them on request.
 */
export interface RosterStore {
  /** Returns one record, or `undefined`. */
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined;
  /** Returns the number of records of a kind. */
  count(kind: Kind): number;
  /** Returns a page of all records of a kind. */
  page<K extends Kind>(kind: K, query: PageQuery): Page<RecordOf[K]>;
  /** Returns a page of a list related to a record; an empty page when the record does not exist. */
  related(relation: Relation, id: string, query: PageQuery): Page;
  /** Returns how many records are related to a record. */
  countRelated(relation: Relation, id: string): number;
  /** Returns the people with this e-mail address, in any case, ascending by id; of many, the first few. */
  findByEmail(email: string): readonly RecordOf['users'][];
  /**
   * Returns the name and address of a person. Searches through thousands use it to avoid generating whole
   * records.
   */
  nameOf(userId: string): NameAndEmail | undefined;
  /** Adds a record, or replaces the one with its id. Every list is up to date afterwards. */
  put<K extends Kind>(kind: K, record: RecordOf[K]): void;
  /** Removes a record from all lists. References to it stay and have no record. */
  remove(kind: Kind, id: string): void;
  /**
   * Yields every record that was added, replaced or removed, once: kinds in the order of `KINDS`, ids
   * ascending.
   */
  changes(): Iterable<StoreChange>;
}

/** The lists of people that are not called `users`. */
const PEOPLE_LISTS: ReadonlySet<string> = new Set(['contacts', 'students', 'teachers']);

/** Returns the kind of the record that a relation starts from. */
export function sourceOf(relation: Relation): Kind {
  return relation.slice(0, relation.indexOf('.')) as Kind;
}

/** Returns the kind of the records that a relation lists. */
export function targetOf(relation: Relation): Kind {
  const list = relation.slice(relation.indexOf('.') + 1);
  return PEOPLE_LISTS.has(list) ? 'users' : (list as Kind);
}
