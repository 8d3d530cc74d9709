import type { AnyRecord, Kind, SectionRecord, UserRecord } from '../records.js';
import { rolesOf, schoolsOf } from '../roles.js';

type Keys<Item> = (record: Item) => readonly string[];

/** The indexes of people, and under which keys each has a person. */
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

/** An index whose keys are read off one record. */
export type ReadIndex = UserIndex | SectionIndex;

/** An index of records; `all` has the kinds as its keys. */
export type RecordIndex = 'all' | ReadIndex;

/** An index of pairs that sections make: as long as one section has both, the pair is there. */
export type PairIndex = 'courses by school' | 'terms by school' | 'schools by course' | 'schools by term';

/** An index of what resources are mapped to. Edits do not reach it: no record says it of itself. */
export type AssignmentIndex =
  | 'resources by course'
  | 'resources by section'
  | 'courses by resource'
  | 'sections by resource';

/** Of which records an index is, and how its keys are read off them. */
export function readingOf(index: ReadIndex): { readonly kind: 'users' | 'sections'; readonly keysOf: Keys<AnyRecord> } {
  const isOfUsers = index in USER_KEYS;
  const keysOf = isOfUsers ? USER_KEYS[index as UserIndex] : SECTION_KEYS[index as SectionIndex];
  return { kind: isOfUsers ? 'users' : 'sections', keysOf: keysOf as Keys<AnyRecord> };
}

/** The keys under which an index has a record; none of a record of another kind. */
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
