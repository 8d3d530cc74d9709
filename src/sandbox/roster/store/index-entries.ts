import type { AnyRecord, Kind, SectionRecord, UserRecord } from '../records.js';
import { rolesOf, schoolsOf } from '../roles.js';

type Keys<Item> = (record: Item) => readonly string[];

/** The indexes of people, and the keys under which each has a person. */
const USER_KEYS = {
  'users by role': rolesOf,
  'users by school': (user) => schoolsOf(user),
  /** The key is `<school>/<role>`. */
  'users by school and role': (user) => {
    const roles = rolesOf(user);
    return schoolsOf(user).flatMap((school) => roles.map((role) => `${school}/${role}`));
  },
  /** The key is in lower case. */
  'users by email': ({ email }) => (typeof email === 'string' && email !== '' ? [email.toLowerCase()] : []),
  'contacts by student': childrenOf,
} satisfies Readonly<Record<string, Keys<UserRecord>>>;

/** The indexes of sections. */
const SECTION_KEYS = {
  'sections by school': ({ school }) => (school === undefined ? [] : [school]),
  'sections by course': ({ course }) => (course === undefined ? [] : [course]),
  'sections by term': ({ term_id: term }) => (term === undefined ? [] : [term]),
  'sections by person': peopleOf,
} satisfies Readonly<Record<string, Keys<SectionRecord>>>;

type UserIndex = keyof typeof USER_KEYS;
type SectionIndex = keyof typeof SECTION_KEYS;

/** An index whose keys can be read from a single record. */
export type ReadIndex = UserIndex | SectionIndex;

/** An index of records; the keys of `all` are the kinds. */
export type RecordIndex = 'all' | ReadIndex;

/** An index of pairs that sections make: a pair exists as long as one section has both members. */
export type PairIndex = 'courses by school' | 'terms by school' | 'schools by course' | 'schools by term';

/** An index of resource mappings. Edits do not change it, because no record contains its mappings. */
export type AssignmentIndex =
  | 'resources by course'
  | 'resources by section'
  | 'courses by resource'
  | 'sections by resource';

/** Returns the kind of records that an index has, and the function that reads their keys. */
export function readingOf(index: ReadIndex): { readonly kind: 'users' | 'sections'; readonly keysOf: Keys<AnyRecord> } {
  const isOfUsers = index in USER_KEYS;
  const keysOf = isOfUsers ? USER_KEYS[index as UserIndex] : SECTION_KEYS[index as SectionIndex];
  return { kind: isOfUsers ? 'users' : 'sections', keysOf: keysOf as Keys<AnyRecord> };
}

/** Returns the keys under which an index has a record; none for a record of another kind. */
export function keysIn(index: RecordIndex, kind: Kind, record: AnyRecord): readonly string[] {
  if (index === 'all') {
    return [kind];
  }
  const { kind: own, keysOf } = readingOf(index);
  return own === kind ? keysOf(record) : [];
}

/** The people of a section, teachers first. */
export function peopleOf({ teacher, teachers, students }: SectionRecord): string[] {
  return [...(teacher === undefined ? [] : [teacher]), ...(teachers ?? []), ...(students ?? [])];
}

/** The students that a contact belongs to. */
export function childrenOf(user: UserRecord): string[] {
  return (user.roles.contact?.student_relationships ?? []).map(({ student }) => student);
}
