import type { ReaderName } from './values.js';

/**
 * The rule of a column: every cell must be filled, or a named reader reads its values. `''`: any text, or
 * none.
 */
type ColumnRule = 'required' | ReaderName | '';

const TEACHER_SLOTS = {
  Teacher_2_id: '',
  Teacher_3_id: '',
  Teacher_4_id: '',
  Teacher_5_id: '',
  Teacher_6_id: '',
  Teacher_7_id: '',
  Teacher_8_id: '',
  Teacher_9_id: '',
  Teacher_10_id: '',
} as const satisfies Readonly<Record<string, ColumnRule>>;

const CONTACT = {
  Contact_relationship: 'relationship',
  Contact_type: 'contactType',
  Contact_name: '',
  Contact_phone: '',
  Contact_phone_type: 'phoneType',
  Contact_email: '',
  Contact_sis_id: '',
} as const;

/**
 * The files of an upload and their columns, in the spelling of Clever's SFTP instructions, version 2.1.1.
 *
 * Columns that are not in it: `Nces_id` and `Mdr_number` are known from exports, and those of API v3.1
 * (`Gifted_status` and so on) from one of them. A later version of the instructions exists and was not seen.
 */
export const COLUMNS = {
  'schools.csv': {
    School_id: 'required',
    School_name: 'required',
    School_number: 'required',
    State_id: '',
    Nces_id: '',
    Mdr_number: '',
    Low_grade: 'gradeRange',
    High_grade: 'gradeRange',
    Principal: '',
    Principal_email: '',
    School_address: '',
    School_city: '',
    School_state: '',
    School_zip: '',
    School_phone: '',
  },
  'students.csv': {
    School_id: 'required',
    Student_id: 'required',
    Student_number: '',
    State_id: '',
    Last_name: 'required',
    Middle_name: '',
    First_name: 'required',
    Grade: 'grade',
    Gender: 'gender',
    Graduation_year: '',
    DOB: 'dob',
    Race: 'race',
    Hispanic_Latino: 'yesNo',
    Home_language: 'homeLanguage',
    Ell_status: 'yesNo',
    Frl_status: 'frl',
    IEP_status: 'yesNo',
    Gifted_status: 'yesNo',
    Section_504_status: 'yesNo',
    Disability_status: 'yesNo',
    Disability_type: 'disabilityType',
    Disability_code: 'disabilityCode',
    Student_street: '',
    Student_city: '',
    Student_state: '',
    Student_zip: '',
    Student_email: '',
    ...CONTACT,
    Username: '',
    Password: '',
    Unweighted_gpa: '',
    Weighted_gpa: '',
  },
  'teachers.csv': {
    School_id: 'required',
    Teacher_id: 'required',
    Teacher_number: '',
    State_teacher_id: '',
    Teacher_email: '',
    First_name: 'required',
    Middle_name: '',
    Last_name: 'required',
    Title: '',
    Username: '',
    Password: '',
  },
  'staff.csv': {
    School_id: 'required',
    Staff_id: 'required',
    Staff_email: 'required',
    First_name: 'required',
    Last_name: 'required',
    Department: '',
    Title: '',
    Username: '',
    Password: '',
    Role: '',
  },
  'sections.csv': {
    School_id: 'required',
    Section_id: 'required',
    Teacher_id: 'required',
    ...TEACHER_SLOTS,
    Name: '',
    Section_number: '',
    Grade: 'gradeRange',
    Course_name: '',
    Course_number: '',
    Course_description: '',
    Period: '',
    Subject: 'subject',
    Term_name: '',
    Term_start: 'date',
    Term_end: 'date',
  },
  'enrollments.csv': { School_id: 'required', Section_id: 'required', Student_id: 'required' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnRule>>>>;

/** The columns that name a section's teachers, the primary teacher first. */
export const TEACHER_COLUMNS = ['Teacher_id', ...Object.keys(TEACHER_SLOTS)] as readonly ColumnOf<'sections.csv'>[];

/** The columns in which a student's row describes one contact. */
export const CONTACT_COLUMNS = Object.keys(CONTACT) as readonly (keyof typeof CONTACT)[];

const ID_COLUMNS = {
  'schools.csv': 'School_id',
  'students.csv': 'Student_id',
  'teachers.csv': 'Teacher_id',
  'staff.csv': 'Staff_id',
  'sections.csv': 'Section_id',
} as const satisfies { readonly [File in CsvFile]?: ColumnOf<File> };

/** A file whose rows have ids. */
export type FileWithIds = keyof typeof ID_COLUMNS;

/** Returns the column with the ids of a file: other rows refer to them, and the rows of a person share one. */
export function idColumnOf<File extends FileWithIds>(file: File): ColumnOf<File> {
  return ID_COLUMNS[file] as unknown as ColumnOf<File>;
}

/** A file of an upload. */
export type CsvFile = keyof typeof COLUMNS;

/** A column of a file. */
export type ColumnOf<File extends CsvFile> = keyof (typeof COLUMNS)[File] & string;

/** The files, ordered so that no file refers to a later one. */
export const CSV_FILES = Object.keys(COLUMNS) as readonly CsvFile[];

/** The files that every upload needs. */
export const REQUIRED_FILES: readonly CsvFile[] = CSV_FILES.filter((file) => file !== 'staff.csv');

/** `admins.csv` is the older name of `staff.csv`; two of its columns had other names. */
export const OLD_FILES: ReadonlyMap<string, CsvFile> = new Map([['admins.csv', 'staff.csv']]);
const OLD_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['admin_email', 'Staff_email'],
  ['admin_title', 'Title'],
]);

/**
 * Returns the column that a header names. Case does not matter, nor whether words are joined by `_` or a
 * space (observed).
 */
export function columnNamed(file: CsvFile, header: string): string | undefined {
  const key = keyOf(header);
  return NAMES.get(file)?.get(key) ?? (file === 'staff.csv' ? OLD_COLUMNS.get(key) : undefined);
}

/** Returns the rule of a column. */
export function ruleOf(file: CsvFile, column: string): ColumnRule {
  return (COLUMNS[file] as Readonly<Record<string, ColumnRule>>)[column] ?? '';
}

/** Returns the required columns of a file. */
export function requiredColumns(file: CsvFile): string[] {
  return Object.keys(COLUMNS[file]).filter((column) => ruleOf(file, column) === 'required');
}

function keyOf(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, '_');
}

const NAMES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  CSV_FILES.map((file) => [file, new Map(Object.keys(COLUMNS[file]).map((name) => [keyOf(name), name]))]),
);
