import type { ColumnOf, CsvFile } from './columns.js';
import type { Problems } from './problems.js';
import type { Row, Table } from './read-table.js';
import type { UploadIds } from './upload-ids.js';

/** An upload that is being turned into records. */
export interface Upload {
  readonly tables: { readonly [File in CsvFile]: Table<File> };
  readonly ids: UploadIds;
  readonly problems: Problems;
  /** Id of the district. */
  readonly district: string;
}

/**
 * The time at which every record of an upload was made. Fixed, so that the same files produce the same
 * records.
 */
export const SYNCED = '2026-08-01T06:00:00.000Z';

/** The timestamps of a record. */
export const TIMES = { created: SYNCED, last_modified: SYNCED } as const;

/** The files whose records other files refer to, and the column that holds the reference. */
const TARGETS = {
  'schools.csv': 'School_id',
  'students.csv': 'Student_id',
  'teachers.csv': 'Teacher_id',
  'sections.csv': 'Section_id',
} as const;

/**
 * Returns what a cell refers to. Reports a reference to a missing row, except when rows of the other file could
 * not be read: the row may be one of those.
 */
export function refer<File extends CsvFile, Item>(
  { problems, tables }: Upload,
  from: { readonly table: Table<File>; readonly row: Row; readonly column: ColumnOf<File> },
  to: { readonly file: keyof typeof TARGETS; readonly items: ReadonlyMap<string, Item> },
): Item | undefined {
  const { table, row, column } = from;
  const key = table.cell(row, column);
  const item = to.items.get(key);
  if (item === undefined && key !== '' && !tables[to.file].isPartial) {
    problems.add(
      { file: table.file, line: row.line, column },
      `names nothing in ${to.file}; add the row there with this ${TARGETS[to.file]}, or correct it here.`,
    );
  }
  return item;
}

/** The rows of one person or thing: the first one, and those that add a school or a contact. */
export interface Group {
  readonly key: string;
  readonly first: Row;
  readonly rows: Row[];
}

/** Groups rows by the id in a column. Leaves out rows without an id, which were reported before. */
export function groupRows<File extends CsvFile>(table: Table<File>, column: ColumnOf<File>): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const row of table.rows) {
    const key = table.cell(row, column);
    const group = groups.get(key);
    if (key === '') {
      continue;
    }
    if (group === undefined) {
      groups.set(key, { key, first: row, rows: [row] });
    } else {
      group.rows.push(row);
    }
  }
  return groups;
}

/** Reports rows of one person that contradict the first one: only the district knows which is right. */
export function assertAgree<File extends CsvFile>(
  { problems }: Upload,
  table: Table<File>,
  { first, rows }: Group,
  columns: readonly ColumnOf<File>[],
): void {
  for (const row of rows.slice(1)) {
    for (const column of columns.filter((name) => table.cell(row, name) !== table.cell(first, name))) {
      problems.add(
        { file: table.file, line: row.line, column },
        `differs from line ${first.line}, which has the same id; give every row of a person the same values.`,
      );
    }
  }
}

/** Returns the ids of the schools that a person's rows name, in the order of the rows. */
export function schoolsOfRows<File extends 'students.csv' | 'teachers.csv' | 'staff.csv'>(
  upload: Upload,
  table: Table<File>,
  { rows }: Group,
  schools: ReadonlyMap<string, string>,
): string[] {
  const column = 'School_id' as ColumnOf<File>;
  return [
    ...new Set(
      rows.flatMap((row) => refer(upload, { table, row, column }, { file: 'schools.csv', items: schools }) ?? []),
    ),
  ];
}
