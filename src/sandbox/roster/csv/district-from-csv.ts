import { assertKnownKeys } from '../checks.js';
import { SandboxError } from '../error.js';
import type { AnyRecord } from '../records.js';
import { type DistrictRecords, type DistrictSourceOptions, SOURCE_KEYS } from '../sources.js';
import { CSV_FILES, type CsvFile } from './columns.js';
import { readContacts } from './contacts.js';
import { readEmployees } from './employees.js';
import { Problems } from './problems.js';
import { type CsvSource, type CsvTexts, readSource } from './read-source.js';
import { emptyTable, readTable, type Table, type TableOptions } from './read-table.js';
import { readSchools } from './schools.js';
import { readClasses } from './sections.js';
import { readStudents } from './students.js';
import { SYNCED, type Upload } from './upload.js';
import { UploadIds } from './upload-ids.js';

/** Options of {@link districtFromCsv}. */
export interface CsvOptions extends DistrictSourceOptions {
  /**
   * Name of the district, which the files do not contain. Ids are made from it and the SIS ids. Default
   * `'CSV Upload District'`.
   */
  readonly name?: string;
  /**
   * What to do with columns that Clever does not document: `'report'` them (the default), because a
   * misspelt column would otherwise be lost silently, or `'ignore'` them.
   */
  readonly unknownColumns?: 'report' | 'ignore';
}

/**
 * Makes a district from the CSV files that a school district uploads to Clever over SFTP: `schools.csv`,
 * `students.csv`, `teachers.csv`, `sections.csv` and `enrollments.csv`, and `staff.csv` (or the older
 * `admins.csv`) if it exists.
 *
 * Records have the form that Clever's API shows: students' contacts are people with their own records, a
 * teacher and a staff member with the same e-mail address are one person with two roles, courses and terms
 * are built from sections, sections are named after course, teacher and period, grades, subjects and other
 * listed values have Clever's spelling, and `ext.…` columns become extension fields. Ids are made from the
 * district and the SIS id, so a file that is edited and loaded again keeps them. `Password` and
 * `Course_description` are not used, as in API v3. Sections without students are left out.
 *
 * All problems are reported together, by file, line and column, and then nothing is loaded. Headers may
 * differ from Clever's in case, and may have spaces in place of `_`. Files are UTF-8, with or without a
 * byte order mark, and may have any line endings. The rows of one student may repeat for more contacts or
 * schools, those of an employee for more schools. E-mail addresses are not checked, because Clever does not
 * check them either. Sensitive columns are loaded and, as in every district, served only as
 * `sensitiveFields` allows.
 *
 * In a command-line program, pass the folder that the user named, print the message of a
 * {@link CsvUploadError} unchanged, and put the result into `districts` of {@link createSandbox}.
 *
 * @param source - Path of a folder (Node, Bun, Deno; other files in it are ignored), or the files by name,
 * as text or as bytes.
 * @returns A source for `districts` of {@link createSandbox}.
 * @throws {@link CsvUploadError} listing everything that is wrong with the files, without any of their
 * values.
 * @throws {@link SandboxError} for a folder that cannot be read and for wrong options.
 * @see {@link https://schools.clever.com/files/clever-sftp.pdf | Clever: SFTP instructions}, known only
 * from quotations;
 * {@link https://support.clever.com/hc/en-us/articles/203114867 | Clever: how to format the files}
 *
 * @example
 * ```ts
 * import { createSandbox, districtFromCsv } from 'clever-sdk/sandbox';
 *
 * const sandbox = createSandbox({ districts: [await districtFromCsv('./upload', { name: 'Exampleton ISD' })] });
 * ```
 */
export async function districtFromCsv(source: CsvSource, options: CsvOptions = {}): Promise<DistrictRecords> {
  const { name = 'CSV Upload District', unknownColumns = 'report', ...shared } = options;
  assertKnownKeys('districtFromCsv()', options, ['name', 'unknownColumns', ...SOURCE_KEYS]);
  if (typeof name !== 'string' || name.trim() === '') {
    throw new SandboxError('The `name` of a district must be text.');
  }
  if (!['report', 'ignore'].includes(unknownColumns)) {
    throw new SandboxError("`unknownColumns` must be 'report' (the default) or 'ignore'.");
  }
  const problems = new Problems();
  const tables = await readTables(await readSource(source, problems), { unknownColumns }, problems);
  const ids = new UploadIds(name);
  const upload: Upload = { tables, ids, problems, district: ids.id('district', '') };
  const schools = readSchools(upload);
  const students = readStudents(upload, schools.ids);
  const employees = readEmployees(upload, schools.ids);
  const people = { schools: schools.ids, teachers: employees.teachers, students: students.ids };
  const classes = readClasses(upload, people);
  const contacts = readContacts(upload, students);
  problems.throwIfAny();
  return {
    district: makeDistrict(upload.district, name),
    schools: schools.records,
    ...classes,
    users: [...students.records, ...employees.records, ...contacts],
    ...shared,
    credentials: shared.credentials ?? 'random',
  };
}

async function readTables(texts: CsvTexts, options: TableOptions, problems: Problems): Promise<Upload['tables']> {
  const tables: Partial<Record<CsvFile, Table>> = {};
  for (const file of CSV_FILES) {
    const text = texts.get(file);
    tables[file] = text === undefined ? emptyTable(file, true) : await readTable(file, text, options, problems);
  }
  return tables as Upload['tables'];
}

/** The record of a district that uploads files. `sis_type` is documented; the rest is inferred. */
function makeDistrict(id: string, name: string): AnyRecord {
  return {
    id,
    name,
    sis_type: 'sftp',
    state: 'running',
    error: '',
    last_sync: SYNCED,
    launch_date: SYNCED.slice(0, 10),
    login_methods: ['Clever Passwords'],
    portal_url: `https://clever.com/in/csv-${id.slice(8, 18)}`,
  };
}
