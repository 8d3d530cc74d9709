import { assertKnownKeys } from '../checks.js';
import { SandboxError } from '../error.js';
import { type DistrictRecords, type DistrictSourceOptions, SOURCE_KEYS } from '../sources.js';
import { uploadedDistrict } from '../uploaded-district.js';
import { CSV_FILES, type CsvFile } from './columns.js';
import { readContacts } from './contacts.js';
import { readEmployees } from './employees.js';
import type { HeaderOptions } from './header.js';
import { LeftOut } from './left-out.js';
import { type CsvProblem, Problems } from './problems.js';
import { type CsvSource, type CsvTexts, readSource } from './read-source.js';
import { type Findings, readTable, type Table, unreadTable } from './read-table.js';
import { readSchools } from './schools.js';
import { readClasses } from './sections.js';
import { readStudents } from './students.js';
import type { Upload } from './upload.js';
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
  /**
   * What to do when something in the files is wrong. `'throw'`, the default, loads nothing and throws a
   * {@link CsvUploadError}: for tests, where a mistake must not be missed. `'skip'` loads what is right, as Clever
   * does, and leaves out the rest, which {@link CsvDistrict.problems} lists: for the files of a real district.
   */
  readonly onProblem?: 'throw' | 'skip';
}

/** A district made from CSV files: its records, and what was left out. */
export interface CsvDistrict extends DistrictRecords {
  /**
   * Everything that was left out, and why, ordered by file and line. Empty unless `onProblem` is `'skip'`. Rows that
   * refer to a row that was left out are left out as well, and not listed: they are right once it is.
   */
  readonly problems: readonly CsvProblem[];
}

/**
 * Makes a district from the CSV files that a school district uploads to Clever over SFTP: `schools.csv`,
 * `students.csv`, `teachers.csv`, `sections.csv` and `enrollments.csv`, and `staff.csv` (or the older
 * `admins.csv`) if it exists.
 *
 * Records have the form that Clever's API shows: students' contacts are people with their own records, a
 * teacher and a staff member with the same e-mail address are one person with two roles, courses and terms
 * are built from sections, sections have the names and grades that Clever gives them, staff of
 * `DEFAULT_DISTRICT_OFFICE` get the school that Clever makes for them, grades, subjects and other listed values have
 * Clever's spelling, a range of grades counts as its lower one, and `ext.…` columns become extension fields. Ids are
 * made from the district and the SIS id, so a file that is edited and loaded again keeps them. `Password` and
 * `Course_description` are not used, as in API v3. Sections without students are left out. A section without a
 * subject has none; Clever chooses one by its name, in a way that is not documented.
 *
 * All problems are reported together, by file, line and column, and then nothing is loaded, unless `onProblem` is
 * `'skip'`. Headers may differ from Clever's in case, and may have spaces in place of `_`. Files are UTF-8, with or
 * without a byte order mark, and may have any line endings, commas at the end of lines, rows without values and empty
 * columns without a name. The rows of one student may repeat for more contacts or schools, those of an employee for
 * more schools. E-mail addresses are not checked, because Clever does not check them either; a cell that has no
 * address in it identifies no person. Sensitive columns are loaded and, as in every district, served only as
 * `sensitiveFields` allows.
 *
 * In a command-line program, pass the folder that the user named, print the message of a
 * {@link CsvUploadError} unchanged, and put the result into `districts` of {@link createSandbox}.
 *
 * @param source - Path of a folder (Node, Bun, Deno; other files in it are ignored), or the files by name,
 * as text or as bytes.
 * @returns A source for `districts` of {@link createSandbox}, and the list of what was left out.
 * @throws {@link CsvUploadError} listing everything that is wrong with the files, without any of their
 * values; with `onProblem: 'skip'`, only when a required file is missing or has no header.
 * @throws {@link SandboxError} for a folder that cannot be read and for wrong options.
 * @see Clever: SFTP instructions, version 2.1.1 (later ones were not available);
 * {@link https://support.clever.com/hc/en-us/articles/203114867 | Clever: how to format the files}
 *
 * @example
 * ```ts
 * import { createSandbox, districtFromCsv } from 'clever-sdk/sandbox';
 *
 * const district = await districtFromCsv('./upload', { name: 'Exampleton ISD', onProblem: 'skip' });
 * console.log(district.problems); // what was left out, by file, line and column
 * const sandbox = createSandbox({ districts: [district] });
 * ```
 */
export async function districtFromCsv(source: CsvSource, options: CsvOptions = {}): Promise<CsvDistrict> {
  const { name = 'CSV Upload District', unknownColumns = 'report', onProblem = 'throw', ...shared } = options;
  assertKnownKeys('districtFromCsv()', options, ['name', 'unknownColumns', 'onProblem', ...SOURCE_KEYS]);
  if (typeof name !== 'string' || name.trim() === '') {
    throw new SandboxError('The `name` of a district must be text.');
  }
  if (!['report', 'ignore'].includes(unknownColumns)) {
    throw new SandboxError("`unknownColumns` must be 'report' (the default) or 'ignore'.");
  }
  if (onProblem !== 'throw' && onProblem !== 'skip') {
    throw new SandboxError("`onProblem` must be 'throw' (the default) or 'skip'.");
  }
  const findings = { problems: new Problems(), leftOut: new LeftOut() };
  const tables = await readTables(await readSource(source, findings.problems), { unknownColumns }, findings);
  const ids = new UploadIds(name);
  const upload: Upload = { tables, ids, ...findings, district: ids.id('district', '') };
  const schools = readSchools(upload);
  const students = readStudents(upload, schools.ids);
  const employees = readEmployees(upload, schools);
  const classes = readClasses(upload, { schools: schools.ids, teachers: employees.teachers, students });
  const contacts = readContacts(upload, students);
  if (onProblem === 'throw') {
    findings.problems.throwIfAny();
  }
  findings.problems.throwIfRefused();
  return {
    district: uploadedDistrict(upload.district, name),
    schools: schools.records,
    ...classes,
    users: [...[...students.values()].map(({ record }) => record), ...employees.records, ...contacts],
    ...shared,
    credentials: shared.credentials ?? 'random',
    problems: findings.problems.list(),
  };
}

async function readTables(texts: CsvTexts, options: HeaderOptions, findings: Findings): Promise<Upload['tables']> {
  const tables: Partial<Record<CsvFile, Table>> = {};
  for (const file of CSV_FILES) {
    const text = texts.get(file);
    tables[file] = text === undefined ? unreadTable(file) : await readTable(file, text, options, findings);
  }
  return tables as Upload['tables'];
}
