import type { AnyRecord, RoleRecord, SectionRecord, UserRecord } from '../records.js';
import { compareIds } from '../store/ordered.js';

const NEVER = '1970-01-01T00:00:00.000Z';

interface Fragments {
  readonly district: string;
  readonly schools: readonly AnyRecord[];
  readonly terms: readonly AnyRecord[];
  readonly courses: readonly AnyRecord[];
  readonly users: readonly UserRecord[];
  readonly sections: readonly SectionRecord[];
}

/** Placeholders for the records that recorded sections refer to and that were not recorded. */
export interface StandIns {
  readonly schools: AnyRecord[];
  readonly terms: AnyRecord[];
  readonly courses: AnyRecord[];
  readonly users: UserRecord[];
}

/**
 * Makes placeholders for records that are missing from a recording. Recordings are fragments: they may
 * contain sections without their teachers or courses. Placeholders for the schools, terms, courses and
 * teachers that sections refer to give every class a teacher to log in as, and every section links that
 * work. Students get no placeholders: class lists of placeholders would make up most of the roster.
 *
 * A placeholder has only the members that Clever guarantees, and a name that says what it is.
 */
export function standIns(fragments: Fragments): StandIns {
  const { district, sections } = fragments;
  const base = (id: string, what: string, index: number) => ({ id, district, name: `Unrecorded ${what} ${index + 1}` });
  const missing = (records: readonly AnyRecord[], ids: readonly (string | undefined)[]): string[] => {
    const known = new Set(records.map((record) => record.id));
    return [...new Set(ids)]
      .filter((id): id is string => id !== undefined && id !== '' && !known.has(id))
      .sort(compareIds);
  };
  const teachersOf = ({ teacher, teachers = [] }: SectionRecord): (string | undefined)[] => [teacher, ...teachers];
  return {
    schools: missing(
      fragments.schools,
      sections.map(({ school }) => school),
    ).map((id, index) => ({
      ...base(id, 'school', index),
      sis_id: id,
      school_number: id,
      created: NEVER,
      last_modified: NEVER,
    })),
    terms: missing(
      fragments.terms,
      sections.map((section) => section.term_id),
    ).map((id, index) => base(id, 'term', index)),
    courses: missing(
      fragments.courses,
      sections.map(({ course }) => course),
    ).map((id, index) => base(id, 'course', index)),
    users: missing(fragments.users, sections.flatMap(teachersOf)).map((id, index) => ({
      id,
      district,
      name: { first: 'Unrecorded', last: `Teacher ${index + 1}` },
      roles: {
        teacher: teacherRole(
          id,
          sections.filter((section) => teachersOf(section).includes(id)),
        ),
      },
      created: NEVER,
      last_modified: NEVER,
    })),
  };
}

function teacherRole(id: string, sections: readonly SectionRecord[]): RoleRecord {
  const schools = [...new Set(sections.flatMap(({ school }) => school ?? []))];
  return { sis_id: id, schools, ...(schools[0] === undefined ? {} : { school: schools[0] }) };
}
