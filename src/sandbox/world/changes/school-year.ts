import { gradesBetween, type KnownGrade } from '../../../values/index.js';
import type { RoleRecord, SectionRecord, UserRecord } from '../../roster/records.js';
import { compareIds } from '../../roster/store/ordered.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { RecordIds } from '../events/record-ids.js';
import type { Draft } from './draft.js';
import { everyRecord } from './everything.js';

/** Students in one of these grades leave. */
const LAST_GRADES: ReadonlySet<string> = new Set(['12', '13', 'PostGraduate'] satisfies KnownGrade[]);

/**
 * The grades in order. Transitional kindergarten is left out, because only some districts have it: no
 * student advances into it.
 */
const LADDER = ['InfantToddler', 'Preschool', 'PreKindergarten', 'Kindergarten', ...gradesBetween('1', '12')] as const;
const NEXT_GRADE: ReadonlyMap<string, KnownGrade> = new Map([
  ['TransitionalKindergarten', 'Kindergarten'],
  ...LADDER.slice(1).map((grade, index): [string, KnownGrade] => [LADDER[index] ?? '', grade]),
]);

/** Ids of this year by the ids of last year. */
export interface Renewal {
  readonly sections: Map<string, string>;
  readonly courses: Map<string, string>;
  readonly terms: Map<string, string>;
}

/** A student's school and grade in one of the two years. */
interface Place {
  readonly school: string;
  readonly grade: string;
}

/** See {@link DistrictChanges.startSchoolYear}. */
export function renewSchoolYear(draft: Draft, ids: RecordIds): Renewal {
  const students = everyRecord(draft.roster, 'users', 'student');
  const ladder = new Ladder(draft.roster);
  const places = new Map(students.map((student) => [student.id, ladder.next(placeOf(student))]));
  const sections = everyRecord(draft.roster, 'sections');
  const timetables = timetablesOf(sections, students);
  const lists = new Map<string, string[]>();
  for (const [position, student] of students.entries()) {
    const place = places.get(student.id);
    if (place === undefined) {
      draft.remove('users', student.id, student);
      draft.removeFromContacts(student.id);
      continue;
    }
    draft.put('users', advance(student, place), student);
    const examples = timetables.get(keyOf(place)) ?? [];
    for (const section of examples[position % examples.length] ?? []) {
      append(lists, section, student.id);
    }
  }
  return renewSections(draft, ids, sections, lists);
}

/** Makes this year's sections, terms and courses, and removes last year's. */
function renewSections(
  draft: Draft,
  ids: RecordIds,
  sections: readonly SectionRecord[],
  lists: ReadonlyMap<string, readonly string[]>,
): Renewal {
  const renewal: Renewal = { sections: new Map(), courses: new Map(), terms: new Map() };
  const used = sections.filter(({ id }) => lists.has(id));
  const renew = (kind: 'courses' | 'terms', id: string | undefined): string | undefined => {
    const record = draft.roster.get(kind, id ?? '');
    const known = renewal[kind].get(id ?? '');
    if (record === undefined || known !== undefined) {
      return known;
    }
    const renewed = ids.next();
    renewal[kind].set(record.id, renewed);
    draft.put(kind, { ...(kind === 'terms' ? aYearLater(record) : record), id: renewed });
    return renewed;
  };
  for (const section of sections) {
    const { id, course, term_id: term } = section;
    draft.remove('sections', id, section);
    for (const [kind, builtId] of [
      ['courses', course],
      ['terms', term],
    ] as const) {
      if (draft.get(kind, builtId ?? '') !== undefined) {
        draft.remove(kind, builtId ?? '');
      }
    }
  }
  const terms = new Map(used.map((section) => [section.id, renew('terms', section.term_id)]));
  const courses = new Map(used.map((section) => [section.id, renew('courses', section.course)]));
  for (const section of used) {
    const id = ids.next();
    const [term, course] = [terms.get(section.id), courses.get(section.id)];
    renewal.sections.set(section.id, id);
    draft.put('sections', {
      ...section,
      id,
      sis_id: id,
      created: draft.now,
      students: lists.get(section.id) ?? [],
      ...(term === undefined ? {} : { term_id: term }),
      ...(course === undefined ? {} : { course }),
    });
  }
  return renewal;
}

/** The next place for each place, from the grades of the district's schools. */
class Ladder {
  readonly #schools: readonly { readonly id: string; readonly grades: readonly KnownGrade[] }[];

  constructor(roster: RosterStore) {
    this.#schools = everyRecord(roster, 'schools').map((school) => ({
      id: school.id,
      grades: gradesBetween(school['low_grade'], school['high_grade']),
    }));
  }

  /**
   * Returns the place of the next year; `undefined`: out of school. Grades without a successor, and unknown
   * ones, stay the same.
   */
  next({ school, grade }: Place): Place | undefined {
    if (LAST_GRADES.has(grade)) {
      return undefined;
    }
    const next = NEXT_GRADE.get(grade);
    if (next === undefined) {
      return { school, grade };
    }
    const own = this.#schools.find(({ id }) => id === school)?.grades ?? [];
    if (own.length === 0 || own.includes(next)) {
      return { school, grade: next };
    }
    // Takes the next of several schools in the order of ids, so that each gets its share.
    const candidates = this.#schools.filter(({ grades }) => grades.includes(next));
    const chosen = candidates.find(({ id }) => compareIds(id, school) > 0) ?? candidates[0];
    return chosen === undefined ? undefined : { school: chosen.id, grade: next };
  }
}

function placeOf({ roles }: UserRecord): Place {
  const { school = '', grade } = roles.student ?? {};
  return { school, grade: typeof grade === 'string' ? grade : '' };
}

function keyOf({ school, grade }: Place): string {
  return `${school}/${grade}`;
}

/** Returns the sections of last year's students, by school and grade. */
function timetablesOf(sections: readonly SectionRecord[], students: readonly UserRecord[]): Map<string, string[][]> {
  const sectionsOf = new Map<string, string[]>();
  for (const section of sections) {
    for (const student of section.students ?? []) {
      append(sectionsOf, student, section.id);
    }
  }
  const timetables = new Map<string, string[][]>();
  for (const student of students) {
    const own = sectionsOf.get(student.id);
    if (own !== undefined) {
      append(timetables, keyOf(placeOf(student)), own);
    }
  }
  return timetables;
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [item]);
  } else {
    list.push(item);
  }
}

function advance(student: UserRecord, { school, grade }: Place): UserRecord {
  const role = student.roles.student ?? {};
  const before = role.school;
  const schools = [school, ...(role.schools ?? []).filter((id) => id !== school && id !== before)];
  const { enrollments } = role as { readonly enrollments?: readonly AnyEnrollment[] };
  const moved: RoleRecord = {
    ...role,
    ...(role['grade'] === undefined && grade === '' ? {} : { grade }),
    ...(school === before ? {} : { school, schools }),
    ...(enrollments === undefined
      ? {}
      : { enrollments: enrollments.map((one) => aYearLater(at(one, before, school))) }),
  };
  return { ...student, roles: { ...student.roles, student: moved } };
}

function at(enrollment: AnyEnrollment, before: string | undefined, school: string): AnyEnrollment {
  return enrollment.school === before ? { ...enrollment, school } : enrollment;
}

interface AnyEnrollment {
  readonly school?: string | undefined;
  readonly [member: string]: unknown;
}

/**
 * Moves a record's dates to the next year, and raises the years in its name: "2026-2027" becomes
 * "2027-2028".
 */
function aYearLater<Item extends object>(record: Item): Item {
  const { start_date, end_date, name } = record as {
    readonly start_date?: unknown;
    readonly end_date?: unknown;
    readonly name?: unknown;
  };
  const later = (text: unknown): unknown =>
    typeof text === 'string' ? text.replace(/(?<!\d)20\d{2}(?!\d)/gu, (year) => String(Number(year) + 1)) : text;
  return {
    ...record,
    ...(start_date === undefined ? {} : { start_date: later(start_date) }),
    ...(end_date === undefined ? {} : { end_date: later(end_date) }),
    ...(name === undefined ? {} : { name: later(name) }),
  };
}
