import type { SectionRecord, UserRecord } from '../../roster/records.js';
import { sortedIds } from '../../roster/store/ordered.js';
import type { RosterStore } from '../../roster/store/store.js';

/** Whose attendance is asked for. */
export type AttendanceScope = { readonly school: string } | { readonly section: string };

/** Whose attendance is taken where. */
export interface ClassList {
  /** Ids, ascending. Some may lead nowhere. */
  readonly students: readonly string[];
  /** Whether it is taken of a student for the whole day. */
  isTakenDaily(student: UserRecord): boolean;
  /** The sections in which it is taken of a student. */
  sectionsOf(student: string): readonly SectionRecord[];
}

const EVERYTHING = { limit: Number.MAX_SAFE_INTEGER };

/** The students of a section, or of a school with those of its sections. */
export function classListOf(store: RosterStore, scope: AttendanceScope): ClassList {
  const sections = new Map<string, SectionRecord[]>();
  const add = (section: SectionRecord | undefined): void => {
    for (const student of new Set(section?.students)) {
      const known = sections.get(student);
      if (known === undefined) {
        sections.set(student, section === undefined ? [] : [section]);
      } else if (section !== undefined) {
        known.push(section);
      }
    }
  };
  const sectionsOf = (student: string): readonly SectionRecord[] => sections.get(student) ?? [];
  if ('section' in scope) {
    add(store.get('sections', scope.section));
    return { students: sortedIds(sections.keys()), isTakenDaily: () => false, sectionsOf };
  }
  const { ids } = store.related('schools.users', scope.school, { ...EVERYTHING, role: 'student' });
  for (const id of store.related('schools.sections', scope.school, EVERYTHING).ids) {
    add(store.get('sections', id));
  }
  return {
    students: sortedIds([...ids, ...sections.keys()]),
    isTakenDaily: ({ roles }) => roles.student?.school === scope.school,
    sectionsOf,
  };
}
