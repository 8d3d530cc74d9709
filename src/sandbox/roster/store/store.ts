import type { KnownRole } from '../../../values/index.js';
import type { AnyRecord, Called, Kind, RecordOf } from '../records.js';

/** The lists that hang on a record, named by the record's kind and what is listed. */
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

/** Which part of a list is wanted. */
export interface PageQuery {
  /** Records at most. */
  readonly limit: number;
  /** Only records with a greater id, the first ones of them. */
  readonly after?: string | undefined;
  /** Only records with a smaller id, the last ones of them. */
  readonly before?: string | undefined;
  /** Only people who hold this role. */
  readonly role?: KnownRole | undefined;
  /** Only people whose own school it is, or only a person's own school. */
  readonly isPrimary?: boolean | undefined;
}

/** A part of a list, ids ascending. */
export interface Page<Item extends AnyRecord = AnyRecord> {
  readonly ids: readonly string[];
  /** The records, looked up when this is read. Whoever needs one at a time gets them by their ids, and so holds one only. */
  readonly records: readonly Item[];
  /** Whether the list has more behind this part. */
  readonly hasMore: boolean;
  /** Whether the list has more in front of this part. */
  readonly hasEarlier: boolean;
}

/** A record that is no longer what the district began with. */
export interface StoreChange {
  readonly kind: Kind;
  readonly id: string;
  /** The record as it is now; `undefined` when it was taken out. */
  readonly record: AnyRecord | undefined;
}

/**
 * The records of one district. No answer may cost more than the page that is asked for: a store may hold a million people
 * and make them up as they are asked for.
 */
export interface RosterStore {
  /** One record, or `undefined`. */
  get<K extends Kind>(kind: K, id: string): RecordOf[K] | undefined;
  /** How many records of a kind there are. */
  count(kind: Kind): number;
  /** A page of all records of a kind. */
  page<K extends Kind>(kind: K, query: PageQuery): Page<RecordOf[K]>;
  /** A page of a list that hangs on a record. Empty when the record is not there. */
  related(relation: Relation, id: string, query: PageQuery): Page;
  /** How many records hang on a record. */
  countRelated(relation: Relation, id: string): number;
  /** The person with this e-mail address, in any case of letters; with several, the one with the smallest id. */
  findByEmail(email: string): RecordOf['users'] | undefined;
  /** How a person is called: for whoever looks through thousands, whose whole records would have to be made up. */
  nameOf(userId: string): Called | undefined;
  /** Puts a record in, or in the place of the one with its id; every list is right afterwards. */
  put<K extends Kind>(kind: K, record: RecordOf[K]): void;
  /** Takes a record out; lists no longer have it, and references to it lead nowhere. */
  remove(kind: Kind, id: string): void;
  /** Every record that was put in or taken out since the beginning, once: kinds in the order of `KINDS`, ids ascending. */
  changes(): Iterable<StoreChange>;
}

/** Lists of people whose names do not say so. */
const PEOPLE_LISTS: ReadonlySet<string> = new Set(['contacts', 'students', 'teachers']);

/** The kind of the record that a relation hangs on. */
export function sourceOf(relation: Relation): Kind {
  return relation.slice(0, relation.indexOf('.')) as Kind;
}

/** The kind of the records that a relation lists. */
export function targetOf(relation: Relation): Kind {
  const list = relation.slice(relation.indexOf('.') + 1);
  return PEOPLE_LISTS.has(list) ? 'users' : (list as Kind);
}
