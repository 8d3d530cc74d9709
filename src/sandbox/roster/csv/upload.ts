import type { ColumnOf, CsvFile } from './columns.js';
import type { Problems } from './problems.js';
import type { Row, Table } from './read-table.js';
import type { UploadIds } from './upload-ids.js';

/** An upload being turned into records. */
export interface Upload {
  readonly tables: { readonly [File in CsvFile]: Table<File> };
  readonly ids: UploadIds;
  readonly problems: Problems;
  /** Id of the district. */
  readonly district: string;
}

/** When every record of an upload was made: at a sync of its own. Fixed, so that the same files give the same records. */
export const SYNCED = '2026-08-01T06:00:00.000Z';

/** The times of a record. */
export const TIMES = { created: SYNCED, last_modified: SYNCED } as const;

/** The files whose records others name, and the column that names them there. */
const TARGETS = {
  'schools.csv': 'School_id',
  'students.csv': 'Student_id',
  'teachers.csv': 'Teacher_id',
  'sections.csv': 'Section_id',
} as const;

/**
 * What a cell refers to. Reports a reference that leads nowhere, unless rows of the other file could not be read: then the mistake
 * is there.
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

/** Rows of one person or thing: the first of them, and those that add a school or a contact. */
export interface Group {
  readonly key: string;
  readonly first: Row;
  readonly rows: Row[];
}

/** Rows by the id in a column; rows without one were reported and are left out. */
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

/** Reports rows of one person that contradict the first: which of them is right, nobody can tell. */
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

/** Ids of the schools that a person's rows name, the first row's first. */
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
