import type { AnyRecord, Kind, SectionRecord, UserRecord } from '../records.js';
import { rolesOf, schoolsOf } from '../roles.js';

/** An index whose entries are read off one record. `all` has the kinds as its keys. */
export type RecordIndex =
  | 'all'
  | 'users by role'
  | 'users by school'
  /** The key is `<school>/<role>`. */
  | 'users by school and role'
  /** The key is in lower case. */
  | 'users by email'
  | 'contacts by student'
  | 'sections by school'
  | 'sections by course'
  | 'sections by term'
  | 'sections by person';

/** An index of pairs that sections make: as long as one section has both, the pair is there. */
export type PairIndex = 'courses by school' | 'terms by school' | 'schools by course' | 'schools by term';

/** An index of what resources are mapped to. Edits do not reach it: no record says it of itself. */
export type AssignmentIndex =
  | 'resources by course'
  | 'resources by section'
  | 'courses by resource'
  | 'sections by resource';

/** An entry of an index: under the key, the record, or what it is a pair with, is found. */
export type Entry<Index extends string> = readonly [index: Index, key: string];

/** Every entry under which a record is found. References that lead nowhere are among them. */
export function entriesOf(kind: Kind, record: AnyRecord): Entry<RecordIndex>[] {
  const all: Entry<RecordIndex> = ['all', kind];
  switch (kind) {
    case 'users':
      return [all, ...entriesOfUser(record as UserRecord)];
    case 'sections':
      return [all, ...entriesOfSection(record as SectionRecord)];
    default:
      return [all];
  }
}

function entriesOfUser(user: UserRecord): Entry<RecordIndex>[] {
  const roles = rolesOf(user);
  const entries = roles.map((role): Entry<RecordIndex> => ['users by role', role]);
  for (const school of schoolsOf(user)) {
    entries.push(['users by school', school]);
    entries.push(...roles.map((role): Entry<RecordIndex> => ['users by school and role', `${school}/${role}`]));
  }
  for (const student of childrenOf(user)) {
    entries.push(['contacts by student', student]);
  }
  return typeof user.email === 'string' && user.email !== ''
    ? [...entries, ['users by email', user.email.toLowerCase()]]
    : entries;
}

function entriesOfSection(section: SectionRecord): Entry<RecordIndex>[] {
  const { school, course, term_id: term } = section;
  return [
    ...(school === undefined ? [] : [['sections by school', school] as const]),
    ...(course === undefined ? [] : [['sections by course', course] as const]),
    ...(term === undefined ? [] : [['sections by term', term] as const]),
    ...[...new Set(peopleOf(section))].map((person) => ['sections by person', person] as const),
  ];
}

/** The people of a section, teachers first. */
export function peopleOf({ teacher, teachers, students }: SectionRecord): string[] {
  return [...(teacher === undefined ? [] : [teacher]), ...(teachers ?? []), ...(students ?? [])];
}

/** The students that a contact belongs to. */
export function childrenOf(user: UserRecord): string[] {
  return (user.roles.contact?.student_relationships ?? []).map(({ student }) => student);
}
