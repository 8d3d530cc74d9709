import type { Cells, InspectedRow } from '../../../oneroster-files/index.js';
import { fromCedsGrade, fromCedsSubject, normalizeSubject } from '../../../values/index.js';
import type { AnyRecord, SectionRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { extensionMembers, lmsMembers } from './metadata.js';
import type { Places } from './orgs.js';
import type { People } from './people.js';
import { cellOf, listOf, type OneRosterRows } from './rows.js';

/** The sections and courses of a set of files. */
export interface Classes {
  readonly sections: readonly SectionRecord[];
  readonly courses: readonly AnyRecord[];
}

/** Who is in a class. */
interface Enrolled {
  readonly students: string[];
  readonly teachers: string[];
  primary: string | undefined;
}

/**
 * Reads courses, classes and enrollments. Classes without a teacher or without students are left out: Clever's sections
 * have both (documented for its own files).
 */
export function readClasses(rows: OneRosterRows, places: Places, people: People): Classes {
  const enrolled = readEnrollments(rows, people);
  const invented = new Set(rows.of('classes').map(({ cells }) => `${cellOf(cells, 'sourcedId')}-course`));
  const courseIds = new Map<string, string>();
  const courses = rows
    .of('courses')
    // An export of this package makes them for sections without a course.
    .filter(({ cells }) => !invented.has(cellOf(cells, 'sourcedId')))
    .map(({ cells }): AnyRecord => {
      const sourcedId = cellOf(cells, 'sourcedId');
      const id = rows.id('course', sourcedId);
      courseIds.set(sourcedId, id);
      const number = cellOf(cells, 'courseCode');
      return {
        id,
        district: rows.district,
        name: cellOf(cells, 'title'),
        ...(number === '' ? {} : { number }),
      };
    });
  const sections = rows.of('classes').flatMap((row) => {
    const inClass = enrolled.get(cellOf(row.cells, 'sourcedId'));
    return sectionOf(rows, row, { inClass, places, course: courseIds.get(cellOf(row.cells, 'courseSourcedId')) });
  });
  return { sections, courses };
}

function readEnrollments(rows: OneRosterRows, { students, teachers }: People): ReadonlyMap<string, Enrolled> {
  const classes = new Map<string, Enrolled>();
  for (const { cells } of rows.of('enrollments')) {
    const classId = cellOf(cells, 'classSourcedId');
    const inClass = classes.get(classId) ?? { students: [], teachers: [], primary: undefined };
    classes.set(classId, inClass);
    const [user, role] = [cellOf(cells, 'userSourcedId'), cellOf(cells, 'role')];
    const [student, teacher] = [students.get(user), teachers.get(user)];
    if (role === 'student' && student !== undefined && !inClass.students.includes(student)) {
      inClass.students.push(student);
    }
    if (role === 'teacher' && teacher !== undefined && !inClass.teachers.includes(teacher)) {
      inClass.teachers.push(teacher);
      if (cellOf(cells, 'primary') === 'true') {
        inClass.primary ??= teacher;
      }
    }
  }
  return classes;
}

function sectionOf(
  rows: OneRosterRows,
  row: InspectedRow,
  {
    inClass,
    places,
    course,
  }: { readonly inClass: Enrolled | undefined; readonly places: Places; readonly course: string | undefined },
): SectionRecord[] {
  const { cells } = row;
  const sourcedId = cellOf(cells, 'sourcedId');
  const school = places.schoolIds.get(cellOf(cells, 'schoolSourcedId'));
  const teacher = inClass?.primary ?? inClass?.teachers[0];
  if (school === undefined) {
    rows.leaveOut(row, 'no-school', 'names no school.');
    return [];
  }
  if (inClass === undefined || teacher === undefined || inClass.students.length === 0) {
    const what = teacher === undefined ? 'teacher' : 'students';
    rows.leaveOut(row, 'no-people', `has no ${what} in enrollments.csv who could be loaded.`);
    return [];
  }
  const term = listOf(cells, 'termSourcedIds')
    .map((id) => places.termIds.get(id))
    .find((id) => id !== undefined);
  return [
    {
      ...(course === undefined ? {} : { course }),
      district: rows.district,
      ...extensionMembers(cells),
      ...lmsMembers(cells),
      grade: fromCedsGrade(listOf(cells, 'grades')[0]) ?? '',
      name: cellOf(cells, 'title'),
      period: cellOf(cells, 'periods'),
      school,
      section_number: cellOf(cells, 'classCode'),
      sis_id: sourcedId,
      students: inClass.students,
      subject: subjectOf(cells),
      teacher,
      teachers: inClass.teachers,
      ...(term === undefined ? {} : { term_id: term }),
      ...TIMES,
      id: rows.id('section', sourcedId),
    },
  ];
}

/** A code of SCED begins with its two digits for the subject. */
function subjectOf(cells: Cells): string {
  if (cellOf(cells, 'classType') === 'homeroom') {
    return 'homeroom/advisory';
  }
  const [code = '', subject = ''] = [listOf(cells, 'subjectCodes')[0], listOf(cells, 'subjects')[0]];
  return fromCedsSubject(code.slice(0, 2)) ?? normalizeSubject(subject).value ?? '';
}
