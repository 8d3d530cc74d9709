import { KNOWN_GRADES } from '../../../values/index.js';
import type { AnyRecord, SectionRecord, UserRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { type ColumnOf, TEACHER_COLUMNS } from './columns.js';
import type { Teacher } from './employees.js';
import type { Row, Table } from './read-table.js';
import type { Student } from './students.js';
import { groupRows, refer, type Upload } from './upload.js';

type Sections = Table<'sections.csv'>;

/** The sections, courses and terms of an upload. */
export interface Classes {
  readonly sections: SectionRecord[];
  readonly courses: AnyRecord[];
  readonly terms: AnyRecord[];
}

/** The people and schools that sections can refer to, by the ids of the upload. */
export interface People {
  readonly schools: ReadonlyMap<string, string>;
  readonly teachers: ReadonlyMap<string, Teacher>;
  readonly students: ReadonlyMap<string, Student>;
}

/** A section whose school and teacher are in the upload. */
interface Taught {
  readonly key: string;
  readonly row: Row;
  readonly school: string;
  readonly primary: Teacher;
  readonly teachers: readonly Teacher[];
}

/**
 * Reads sections.csv and enrollments.csv, and builds courses and terms from the sections, as Clever does.
 *
 * Leaves out sections without students (SFTP instructions 2.1.1), and the courses and terms that only such sections
 * have. Also leaves out sections whose school or primary teacher is not in the upload.
 */
export function readClasses(upload: Upload, people: People): Classes {
  const table = upload.tables['sections.csv'];
  const taught = readSections(upload, people);
  const enrolled = readEnrollments(upload, people, taught);
  const gradeOf = gradesOf(table);
  const courses = new Map<string, AnyRecord>();
  const terms = new Map<string, AnyRecord>();
  const sections = [...taught.values()].flatMap((section) => {
    const students = [...(enrolled.get(section.key)?.values() ?? [])].map(({ student }) => student.record);
    return students.length === 0
      ? []
      : recordOf(upload, table, section, {
          students: students.map(({ id }) => id),
          grade: gradeOf(section.row, students),
          course: courseOf(upload, table, section.row, courses),
          term: termOf(upload, table, section.row, terms),
        });
  });
  return { sections, courses: [...courses.values()], terms: [...terms.values()] };
}

/** Returns the sections whose school and primary teacher exist, by `Section_id`. */
function readSections(upload: Upload, people: People): Map<string, Taught> {
  const table = upload.tables['sections.csv'];
  const sections = new Map<string, Taught>();
  for (const { key, first, rows } of groupRows(table, 'Section_id').values()) {
    for (const { line } of rows.slice(1)) {
      const text = `repeats the id of line ${first.line}; keep one of the rows, and name more teachers in Teacher_2_id and so on.`;
      upload.problems.add({ file: table.file, line, column: 'Section_id' }, text);
    }
    const from = { table, row: first, column: 'School_id' } as const;
    const school = refer(upload, from, { file: 'schools.csv', items: people.schools });
    const [primary, ...others] = TEACHER_COLUMNS.map((column) =>
      refer(upload, { table, row: first, column }, { file: 'teachers.csv', items: people.teachers }),
    );
    if (school === undefined || primary === undefined) {
      upload.leftOut.add(table.file, [key]);
      continue;
    }
    const teachers = [primary, ...others.filter((teacher) => teacher !== undefined)];
    const each = new Map(teachers.map((teacher) => [teacher.id, teacher]));
    sections.set(key, { key, row: first, school, primary, teachers: [...each.values()] });
  }
  return sections;
}

/** A student of a section, and the line that enrolls them. */
interface Enrolled {
  readonly student: Student;
  readonly line: number;
}

/** Returns each section's students, by `Section_id` and `Student_id`. */
function readEnrollments(
  upload: Upload,
  { schools, students }: People,
  sections: ReadonlyMap<string, Taught>,
): Map<string, Map<string, Enrolled>> {
  const table = upload.tables['enrollments.csv'];
  const enrolled = new Map<string, Map<string, Enrolled>>();
  for (const row of table.rows) {
    const section = refer(upload, { table, row, column: 'Section_id' }, { file: 'sections.csv', items: sections });
    const student = refer(upload, { table, row, column: 'Student_id' }, { file: 'students.csv', items: students });
    // The school of someone who was left out is likely to be what the person was left out for.
    if (section === undefined || student === undefined) {
      continue;
    }
    const school = refer(upload, { table, row, column: 'School_id' }, { file: 'schools.csv', items: schools });
    if (school === undefined) {
      continue;
    }
    const own = enrolled.get(section.key) ?? new Map<string, Enrolled>();
    enrolled.set(section.key, own);
    const key = table.cell(row, 'Student_id');
    const earlier = own.get(key);
    if (earlier === undefined) {
      own.set(key, { student, line: row.line });
    } else {
      const text = `repeats the enrollment of line ${earlier.line}; keep one of the rows.`;
      upload.problems.add({ file: table.file, line: row.line, column: 'Student_id' }, text);
    }
  }
  return enrolled;
}

/**
 * Returns what finds the grade of a section: its own, or the most common grade of its students when it has none, or
 * when all sections of the upload have the same one. Source: SFTP instructions 2.1.1. That the youngest of several
 * grades counts, and the section's own when no student has one, is inferred.
 */
function gradesOf(table: Sections): (row: Row, students: readonly UserRecord[]) => string {
  const given = new Set([...groupRows(table, 'Section_id').values()].map(({ first }) => table.cell(first, 'Grade')));
  return (row, students) => {
    const own = table.cell(row, 'Grade');
    return own === '' || given.size === 1 ? mostCommonGrade(students) || own : own;
  };
}

function mostCommonGrade(students: readonly UserRecord[]): string {
  const counts = new Map<string, number>();
  for (const { roles } of students) {
    const grade = String(roles.student?.['grade'] ?? '');
    counts.set(grade, (counts.get(grade) ?? 0) + (grade === '' ? 0 : 1));
  }
  const most = Math.max(...counts.values());
  return KNOWN_GRADES.find((grade) => counts.get(grade) === most) ?? '';
}

/**
 * The course of a section. A course needs a name
 * (v2.1/docs/data-model-quirks-and-supported-features-district-integrations).
 */
function courseOf(upload: Upload, table: Sections, row: Row, courses: Map<string, AnyRecord>): string | undefined {
  const [name, number] = [table.cell(row, 'Course_name'), table.cell(row, 'Course_number')];
  return name === ''
    ? undefined
    : shared(upload, 'course', [name, number], courses, { name, ...(number === '' ? {} : { number }) });
}

/** The term of a section. A term needs a name or a date (same source as for courses). */
function termOf(upload: Upload, table: Sections, row: Row, terms: Map<string, AnyRecord>): string | undefined {
  const [name, start_date] = [table.cell(row, 'Term_name'), table.cell(row, 'Term_start')];
  const end_date = endOfTerm(upload, table, row);
  const key = [name, start_date, end_date];
  return key.every((part) => part === '')
    ? undefined
    : shared(upload, 'term', key, terms, {
        name,
        ...(start_date === '' ? {} : { start_date }),
        ...(end_date === '' ? {} : { end_date }),
      });
}

/** Returns the last day of a term; `''` when it is before the first one, which is reported. */
function endOfTerm({ problems }: Upload, table: Sections, row: Row): string {
  const [start, end] = [table.cell(row, 'Term_start'), table.cell(row, 'Term_end')];
  const isBackward = start !== '' && end !== '' && start > end;
  if (isBackward) {
    const place = { file: table.file, line: row.line, column: 'Term_end' };
    problems.add(place, 'is before Term_start; correct one of the two.');
  }
  return isBackward ? '' : end;
}

function shared(
  { ids, district }: Upload,
  family: 'course' | 'term',
  parts: readonly string[],
  records: Map<string, AnyRecord>,
  members: Readonly<Record<string, string>>,
): string {
  const id = ids.id(family, JSON.stringify(parts));
  if (!records.has(id)) {
    records.set(id, { id, district, ...members });
  }
  return id;
}

interface Parts {
  readonly students: readonly string[];
  readonly grade: string;
  readonly course: string | undefined;
  readonly term: string | undefined;
}

function recordOf(
  { ids, district }: Upload,
  table: Sections,
  { key, row, school, primary, teachers }: Taught,
  { students, grade, course, term }: Parts,
): SectionRecord {
  const cell = (column: ColumnOf<'sections.csv'>): string => table.cell(row, column);
  return {
    ...(course === undefined ? {} : { course }),
    district,
    ...table.extensions(row),
    grade,
    name: nameOf(table, row, primary),
    period: cell('Period'),
    school,
    section_number: cell('Section_number'),
    sis_id: key,
    students,
    subject: cell('Subject'),
    teacher: primary.id,
    teachers: teachers.map(({ id }) => id),
    ...(term === undefined ? {} : { term_id: term }),
    ...TIMES,
    id: ids.id('section', key),
  };
}

/**
 * Returns the name that Clever gives a section: "course - teacher's last name - period" when the course has a name,
 * whatever the upload calls the section; otherwise the section's own name, or "teacher's last name - period". Source:
 * SFTP instructions 2.1.1. That the last part is omitted without a period is inferred.
 */
function nameOf(table: Sections, row: Row, { lastName }: Teacher): string {
  const course = table.cell(row, 'Course_name');
  const name = course === '' ? table.cell(row, 'Name') : '';
  const parts = [course, lastName, table.cell(row, 'Period')];
  return name === '' ? parts.filter((part) => part !== '').join(' - ') : name;
}
