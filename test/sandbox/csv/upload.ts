import { type CsvDistrict, type CsvOptions, CsvUploadError, districtFromCsv } from 'clever-sdk/sandbox';

/** A row: values by column. */
export type Cells = Readonly<Record<string, string>>;

/** The files of an upload, as rows. */
export type Rows = Readonly<Record<string, readonly Cells[]>>;

/** A small district: one school, two students, a teacher who is staff as well, one section. All of them invented. */
export const SMALL: Rows = {
  'schools.csv': [
    { School_id: 'A', School_name: 'Cedar School', School_number: '7', Low_grade: 'KG', High_grade: '05' },
  ],
  'students.csv': [
    { School_id: 'A', Student_id: '1', First_name: 'Ada', Last_name: 'Quill', Grade: '3rd', DOB: '03/07/2016' },
    { School_id: 'A', Student_id: '2', First_name: 'Ben', Last_name: 'Quill', Grade: 'K', DOB: '2019-12-31' },
  ],
  'teachers.csv': [
    { School_id: 'A', Teacher_id: 'T1', First_name: 'Uma', Last_name: 'Vale', Teacher_email: 'vale@example.org' },
  ],
  'staff.csv': [
    {
      School_id: 'A',
      Staff_id: 'S1',
      First_name: 'Uma',
      Last_name: 'Vale',
      Staff_email: 'Vale@example.org',
      Role: 'School Tech Lead',
    },
  ],
  'sections.csv': [
    {
      School_id: 'A',
      Section_id: 'X',
      Teacher_id: 'T1',
      Course_name: 'Art',
      Period: '2',
      Subject: 'Music',
      Term_name: 'Fall',
    },
  ],
  'enrollments.csv': [
    { School_id: 'A', Section_id: 'X', Student_id: '1' },
    { School_id: 'A', Section_id: 'X', Student_id: '2' },
  ],
};

/** Rows as the text of a file, quoted where necessary. The columns are those of all rows. */
export function toCsv(rows: readonly Cells[], newline = '\n'): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}${newline}`).join('');
}

function quoted(cell: string): string {
  return /[",\n\r]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The texts of an upload. */
function textsOf(rows: Rows): Record<string, string> {
  return Object.fromEntries(Object.entries(rows).map(([name, content]) => [name, toCsv(content)]));
}

/** The small district with some of its files replaced; `undefined` removes a file. */
export function upload(changes: Readonly<Record<string, readonly Cells[] | string | Uint8Array | undefined>> = {}) {
  const files: Record<string, string | Uint8Array> = textsOf(SMALL);
  for (const [name, content] of Object.entries(changes)) {
    if (content === undefined) {
      delete files[name];
    } else {
      files[name] = typeof content === 'string' || content instanceof Uint8Array ? content : toCsv(content);
    }
  }
  return files;
}

/** The rows of a file of the small district, with the row at one position changed. */
export function changed(file: string, position: number, cells: Cells): readonly Cells[] {
  return (SMALL[file] ?? []).map((row, index) => (index === position ? { ...row, ...cells } : row));
}

/** Loads the small district with changes. */
export function load(changes: Parameters<typeof upload>[0] = {}, options?: CsvOptions): Promise<CsvDistrict> {
  return districtFromCsv(upload(changes), options);
}

/** Returns the error of an upload; fails when it succeeds. */
export async function failureOf(loading: Promise<unknown>): Promise<CsvUploadError> {
  const outcome = await loading.catch((error: unknown) => error);
  if (!(outcome instanceof CsvUploadError)) {
    throw new Error('the upload was loaded, or failed in another way', { cause: outcome });
  }
  return outcome;
}

/** Problems as `file line column`, for comparison. */
export async function placesOf(loading: Promise<unknown>): Promise<string[]> {
  const { problems } = await failureOf(loading);
  return problems.map(({ file, line = '', column = '' }) => `${file} ${line} ${column}`.trim());
}
