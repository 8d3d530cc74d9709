import { homeLanguageCode } from '../../../values/index.js';
import type { UserRecord } from '../records.js';
import { TIMES } from '../uploaded-district.js';
import { CONTACT_COLUMNS, type ColumnOf } from './columns.js';
import type { Row, Table } from './read-table.js';
import { type Group, groupPeople, schoolsOfRows, type Upload } from './upload.js';

type StudentColumn = ColumnOf<'students.csv'>;
type Students = Table<'students.csv'>;

/** A student: the record, and the rows, which name the contacts. */
export interface Student {
  readonly record: UserRecord;
  readonly rows: readonly Row[];
}

const OF_THE_ROW: readonly string[] = ['School_id', ...CONTACT_COLUMNS];

/**
 * Reads the students of students.csv, by `Student_id`. A student may have several rows, one for each contact
 * (support.clever.com 203114867) or for each school (inferred from teachers); all other values must be the
 * same. A student without a school in the upload is left out.
 */
export function readStudents(upload: Upload, schools: ReadonlyMap<string, string>): Map<string, Student> {
  const table = upload.tables['students.csv'];
  const students = new Map<string, Student>();
  for (const group of groupPeople(upload, table, OF_THE_ROW).values()) {
    if (group.rows.length > 1) {
      reportRepeated(upload, table, group);
    }
    const own = schoolsOfRows(upload, table, group, schools);
    if (own.length === 0) {
      upload.leftOut.add(table.file, [group.key]);
      continue;
    }
    const id = upload.ids.id('student', group.key);
    students.set(group.key, { record: recordOf(upload, table, group, { id, schools: own }), rows: group.rows });
  }
  return students;
}

/** Reports further rows that add neither a contact nor a school. */
function reportRepeated({ problems }: Upload, table: Students, { rows }: Group): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const what = JSON.stringify(OF_THE_ROW.map((column) => table.cell(row, column as StudentColumn)));
    const line = seen.get(what);
    if (line !== undefined) {
      const text = `repeats the id of line ${line} and adds neither a contact nor a school; keep one of the rows.`;
      problems.add({ file: table.file, line: row.line, column: 'Student_id' }, text);
    }
    seen.set(what, row.line);
  }
}

function recordOf(
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
        // The specification has no form of it for a date that is not known.
        ...(cell('DOB') === '' ? {} : { dob: cell('DOB') }),
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
 * district shares them. `home_language` and the disability have no empty word in v3.1, so an empty cell omits them.
 */
const OPTIONAL: readonly (readonly [StudentColumn, string])[] = [
  ['Ell_status', 'ell_status'],
  ['Frl_status', 'frl_status'],
  ['IEP_status', 'iep_status'],
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
  const language = table.cell(row, 'Home_language');
  const code = homeLanguageCode(language);
  return {
    ...Object.fromEntries(members),
    ...(language === '' ? {} : { home_language: language }),
    ...(code === undefined ? {} : { home_language_code: code }),
  };
}

function disability(table: Students, row: Row): { readonly disability?: Readonly<Record<string, string>> } {
  const columns = ['Disability_status', 'Disability_type', 'Disability_code'] as const;
  const members = columns
    .map((column) => [column.toLowerCase(), table.cell(row, column)])
    .filter(([, value]) => value !== '');
  return members.length === 0 ? {} : { disability: Object.fromEntries(members) };
}
