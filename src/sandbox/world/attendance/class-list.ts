import type { SectionRecord, UserRecord } from '../../roster/records.js';
import { sortedIds } from '../../roster/store/ordered.js';
import type { RosterStore } from '../../roster/store/store.js';

/** The school or section whose attendance is requested. */
export type AttendanceScope = { readonly school: string } | { readonly section: string };

/** The students whose attendance is taken, and how. */
export interface ClassList {
  /** Ids, ascending. Some may have no record. */
  readonly students: readonly string[];
  /** Whether a student's attendance is taken for the whole day. */
  isTakenDaily(student: UserRecord): boolean;
  /** Returns the sections in which a student's attendance is taken. */
  sectionsOf(student: string): readonly SectionRecord[];
}

const EVERYTHING = { limit: Number.MAX_SAFE_INTEGER };

/** Returns the students of a section, or of a school and its sections. */
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
