import type { AnyRecord, SectionRecord } from '../records.js';
import { type ColumnOf, TEACHER_COLUMNS } from './columns.js';
import type { Teacher } from './employees.js';
import type { Row, Table } from './read-table.js';
import { groupRows, refer, TIMES, type Upload } from './upload.js';

type Sections = Table<'sections.csv'>;

/** The sections, courses and terms of an upload. */
export interface Classes {
  readonly sections: SectionRecord[];
  readonly courses: AnyRecord[];
  readonly terms: AnyRecord[];
}

/** The people that sections can refer to, by the ids of the upload. */
export interface People {
  readonly schools: ReadonlyMap<string, string>;
  readonly teachers: ReadonlyMap<string, Teacher>;
  readonly students: ReadonlyMap<string, string>;
}

/**
 * Reads sections.csv and enrollments.csv, and builds courses and terms from the sections, as Clever does.
 *
 * Leaves out sections without students, and the courses and terms that only such sections have: at Clever
 * every section has a student
 * (dev.clever.com/docs/data-model-quirks-and-supported-features-classroom-integrations).
 */
export function readClasses(upload: Upload, people: People): Classes {
  const table = upload.tables['sections.csv'];
  const groups = groupRows(table, 'Section_id');
  const enrolled = readEnrollments(upload, people, groups);
  const courses = new Map<string, AnyRecord>();
  const terms = new Map<string, AnyRecord>();
  const sections: SectionRecord[] = [];
  for (const { key, first, rows } of groups.values()) {
    for (const { line } of rows.slice(1)) {
      const text = `repeats the id of line ${first.line}; keep one of the rows, and name more teachers in Teacher_2_id and so on.`;
      upload.problems.add({ file: table.file, line, column: 'Section_id' }, text);
    }
    const school = refer(
      upload,
      { table, row: first, column: 'School_id' },
      { file: 'schools.csv', items: people.schools },
    );
    const teachers = teachersOf(upload, table, first, people.teachers);
    reportBackwardTerm(upload, table, first);
    const students = [...(enrolled.get(key)?.keys() ?? [])];
    if (students.length > 0) {
      const course = courseOf(upload, table, first, courses);
      const term = termOf(upload, table, first, terms);
      sections.push(section(upload, table, first, { key, school, teachers, students, course, term }));
    }
  }
  return { sections, courses: [...courses.values()], terms: [...terms.values()] };
}

/** Returns the ids of each section's students with the lines that enroll them, by `Section_id`. */
function readEnrollments(
  upload: Upload,
  { schools, students }: People,
  groups: ReadonlyMap<string, { readonly key: string }>,
): Map<string, Map<string, number>> {
  const table = upload.tables['enrollments.csv'];
  const enrolled = new Map<string, Map<string, number>>();
  for (const row of table.rows) {
    refer(upload, { table, row, column: 'School_id' }, { file: 'schools.csv', items: schools });
    const group = refer(upload, { table, row, column: 'Section_id' }, { file: 'sections.csv', items: groups });
    const student = refer(upload, { table, row, column: 'Student_id' }, { file: 'students.csv', items: students });
    if (group === undefined || student === undefined) {
      continue;
    }
    const lines = enrolled.get(group.key) ?? new Map<string, number>();
    enrolled.set(group.key, lines);
    const line = lines.get(student);
    if (line === undefined) {
      lines.set(student, row.line);
    } else {
      upload.problems.add(
        { file: table.file, line: row.line },
        `repeats the enrollment of line ${line}; keep one of the rows.`,
      );
    }
  }
  return enrolled;
}

function teachersOf(upload: Upload, table: Sections, row: Row, known: ReadonlyMap<string, Teacher>): Teacher[] {
  const found = TEACHER_COLUMNS.flatMap(
    (column) => refer(upload, { table, row, column }, { file: 'teachers.csv', items: known }) ?? [],
  );
  return [...new Map(found.map((teacher) => [teacher.id, teacher])).values()];
}

function reportBackwardTerm({ problems }: Upload, table: Sections, row: Row): void {
  const [start, end] = [table.cell(row, 'Term_start'), table.cell(row, 'Term_end')];
  if (start !== '' && end !== '' && start > end) {
    problems.add(
      { file: table.file, line: row.line, column: 'Term_end' },
      'is before Term_start; correct one of the two.',
    );
  }
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
  const [name, start_date, end_date] = [
    table.cell(row, 'Term_name'),
    table.cell(row, 'Term_start'),
    table.cell(row, 'Term_end'),
  ];
  const key = [name, start_date, end_date];
  return key.every((part) => part === '')
    ? undefined
    : shared(upload, 'term', key, terms, { name, start_date, end_date });
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
  readonly key: string;
  readonly school: string | undefined;
  readonly teachers: readonly Teacher[];
  readonly students: readonly string[];
  readonly course: string | undefined;
  readonly term: string | undefined;
}

function section({ ids, district }: Upload, table: Sections, row: Row, parts: Parts): SectionRecord {
  const { key, school, teachers, students, course, term } = parts;
  const cell = (column: ColumnOf<'sections.csv'>): string => table.cell(row, column);
  const [primary] = teachers;
  return {
    ...(course === undefined ? {} : { course }),
    district,
    ...table.extensions(row),
    grade: cell('Grade'),
    name: nameOf(table, row, primary) || key,
    period: cell('Period'),
    ...(school === undefined ? {} : { school }),
    section_number: cell('Section_number'),
    sis_id: key,
    students,
    subject: cell('Subject'),
    ...(primary === undefined ? {} : { teacher: primary.id }),
    teachers: teachers.map(({ id }) => id),
    ...(term === undefined ? {} : { term_id: term }),
    ...TIMES,
    id: ids.id('section', key),
  };
}

/**
 * Returns "course - teacher's last name - period" when the course has a name, whatever the upload calls the
 * section. Observed for sections with a period; that the last part is omitted without one is inferred.
 */
function nameOf(table: Sections, row: Row, primary: Teacher | undefined): string {
  const course = table.cell(row, 'Course_name');
  return course === ''
    ? table.cell(row, 'Name')
    : [course, primary?.lastName ?? '', table.cell(row, 'Period')].filter((part) => part !== '').join(' - ');
}
