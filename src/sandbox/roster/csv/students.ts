import { homeLanguageCode } from '../../../values/index.js';
import type { UserRecord } from '../records.js';
import { COLUMNS, CONTACT_COLUMNS, type ColumnOf } from './columns.js';
import type { Row, Table } from './read-table.js';
import { assertAgree, type Group, groupRows, schoolsOfRows, TIMES, type Upload } from './upload.js';

type StudentColumn = ColumnOf<'students.csv'>;
type Students = Table<'students.csv'>;

/** The students of an upload: their records, and the rows of each student, which name the contacts. */
export interface StudentGroups {
  readonly records: UserRecord[];
  readonly groups: ReadonlyMap<string, Group>;
  /** Ids by `Student_id`. */
  readonly ids: ReadonlyMap<string, string>;
}

const OF_A_ROW: readonly string[] = ['School_id', ...CONTACT_COLUMNS];
const OF_THE_STUDENT = (Object.keys(COLUMNS['students.csv']) as StudentColumn[]).filter(
  (name) => !OF_A_ROW.includes(name),
);

/**
 * Reads the students of students.csv. A student may have several rows, one for each contact
 * (support.clever.com 203114867) or for each school (inferred from teachers); all other values must be the
 * same.
 */
export function readStudents(upload: Upload, schools: ReadonlyMap<string, string>): StudentGroups {
  const table = upload.tables['students.csv'];
  const groups = groupRows(table, 'Student_id');
  const records: UserRecord[] = [];
  const ids = new Map<string, string>();
  for (const group of groups.values()) {
    const id = upload.ids.id('student', group.key);
    ids.set(group.key, id);
    if (group.rows.length > 1) {
      assertAgree(upload, table, group, OF_THE_STUDENT);
      reportRepeated(upload, table, group);
    }
    records.push(student(upload, table, group, { id, schools: schoolsOfRows(upload, table, group, schools) }));
  }
  return { records, groups, ids };
}

/** Reports further rows that add neither a contact nor a school. */
function reportRepeated({ problems }: Upload, table: Students, { rows }: Group): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const what = JSON.stringify(OF_A_ROW.map((column) => table.cell(row, column as StudentColumn)));
    const line = seen.get(what);
    if (line !== undefined) {
      const text = `repeats the id of line ${line} and adds neither a contact nor a school; keep one of the rows.`;
      problems.add({ file: table.file, line: row.line, column: 'Student_id' }, text);
    }
    seen.set(what, row.line);
  }
}

function student(
  { district }: Upload,
  table: Students,
  { key, first }: Group,
  { id, schools }: { readonly id: string; readonly schools: readonly string[] },
): UserRecord {
  const cell = (column: StudentColumn): string => table.cell(first, column);
  const email = cell('Student_email') === '' ? {} : { email: cell('Student_email') };
  return {
    id,
    district,
    ...email,
    name: { first: cell('First_name'), last: cell('Last_name'), middle: cell('Middle_name') },
    roles: {
      student: {
        credentials: { district_username: cell('Username') },
        dob: cell('DOB'),
        enrollments: [],
        ...table.extensions(first),
        gender: cell('Gender'),
        grade: cell('Grade'),
        graduation_year: cell('Graduation_year'),
        hispanic_ethnicity: cell('Hispanic_Latino'),
        location: {
          address: cell('Student_street'),
          city: cell('Student_city'),
          state: cell('Student_state'),
          zip: cell('Student_zip'),
        },
        race: cell('Race'),
        ...(schools[0] === undefined ? {} : { school: schools[0] }),
        schools,
        sis_id: key,
        state_id: cell('State_id'),
        student_number: cell('Student_number'),
        ...email,
        ...optionalMembers(table, first),
        ...disability(table, first),
      },
    },
    ...TIMES,
  };
}

/**
 * Members that a record has when the upload has their column. The sensitive ones are served only as the
 * district shares them.
 */
const OPTIONAL: readonly (readonly [StudentColumn, string])[] = [
  ['Ell_status', 'ell_status'],
  ['Frl_status', 'frl_status'],
  ['IEP_status', 'iep_status'],
  ['Home_language', 'home_language'],
  ['Gifted_status', 'gifted_status'],
  ['Section_504_status', 'section_504_status'],
  ['Unweighted_gpa', 'unweighted_gpa'],
  ['Weighted_gpa', 'weighted_gpa'],
];

function optionalMembers(table: Students, row: Row): Readonly<Record<string, string>> {
  const members = OPTIONAL.filter(([column]) => table.has(column)).map(([column, member]) => [
    member,
    table.cell(row, column),
  ]);
  const language = homeLanguageCode(table.cell(row, 'Home_language'));
  return { ...Object.fromEntries(members), ...(language === undefined ? {} : { home_language_code: language }) };
}

function disability(table: Students, row: Row): { readonly disability?: Readonly<Record<string, string>> } {
  const columns = ['Disability_status', 'Disability_type', 'Disability_code'] as const;
  const members = columns
    .filter((column) => table.has(column))
    .map((column) => [column.toLowerCase(), table.cell(row, column)]);
  return members.length === 0 ? {} : { disability: Object.fromEntries(members) };
}
