import { COLUMNS, type ColumnOf, type CsvFile, type FileWithIds, idColumnOf } from './columns.js';
import type { LeftOut } from './left-out.js';
import type { Problems } from './problems.js';
import type { Row, Table } from './read-table.js';
import type { UploadIds } from './upload-ids.js';

/** An upload that is being turned into records. */
export interface Upload {
  readonly tables: { readonly [File in CsvFile]: Table<File> };
  readonly ids: UploadIds;
  readonly problems: Problems;
  readonly leftOut: LeftOut;
  /** Id of the district. */
  readonly district: string;
}

/**
 * Returns what a cell refers to. Reports a reference to a missing row, except when the row, or its whole file, was left
 * out, which was reported before.
 */
export function refer<File extends CsvFile, Item>(
  { problems, tables, leftOut }: Upload,
  from: { readonly table: Table<File>; readonly row: Row; readonly column: ColumnOf<File> },
  to: { readonly file: FileWithIds; readonly items: ReadonlyMap<string, Item> },
): Item | undefined {
  const { table, row, column } = from;
  const key = table.cell(row, column);
  const item = to.items.get(key);
  if (item === undefined && key !== '' && !tables[to.file].isUnread && !leftOut.has(to.file, key)) {
    problems.add(
      { file: table.file, line: row.line, column },
      `names nothing in ${to.file}; add the row there with this ${idColumnOf(to.file)}, or correct it here.`,
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

/** Groups rows by the id in a column. */
export function groupRows<File extends CsvFile>(table: Table<File>, column: ColumnOf<File>): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const row of table.rows) {
    const key = table.cell(row, column);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { key, first: row, rows: [row] });
    } else {
      group.rows.push(row);
    }
  }
  return groups;
}

type PersonFile = 'students.csv' | 'teachers.csv' | 'staff.csv';

/**
 * Groups rows by person. A row with the id of another person's row is left out: Clever takes the first row with an id
 * and reports the others. Reports values of a person's later rows that contradict the first one, and are not used.
 *
 * @param ofTheRow - Columns in which the rows of one person may differ.
 */
export function groupPeople<File extends PersonFile>(
  upload: Upload,
  table: Table<File>,
  ofTheRow: readonly string[],
): Map<string, Group> {
  const column = idColumnOf(table.file);
  const columns = (Object.keys(COLUMNS[table.file]) as ColumnOf<File>[]).filter((name) => !ofTheRow.includes(name));
  const people = new Map<string, Group>();
  for (const group of groupRows(table, column).values()) {
    const { key, first, rows } = group;
    if (rows.length === 1) {
      people.set(key, group);
      continue;
    }
    const person: Group = { key, first, rows: rows.filter((row) => isSamePerson(table, first, row)) };
    for (const { line } of rows.filter((row) => !isSamePerson(table, first, row))) {
      const text = `repeats the id of line ${first.line}, which has another name; give every person an id of their own.`;
      upload.problems.add({ file: table.file, line, column }, text);
    }
    reportContradictions(upload, table, person, columns);
    people.set(key, person);
  }
  return people;
}

/** Whether two rows with the same id have the same name. */
function isSamePerson<File extends PersonFile>(table: Table<File>, one: Row, other: Row): boolean {
  return (['First_name', 'Last_name'] as ColumnOf<File>[]).every(
    (column) => table.cell(one, column).toLowerCase() === table.cell(other, column).toLowerCase(),
  );
}

/** Reports the values of later rows of a person that contradict the first one. */
function reportContradictions<File extends PersonFile>(
  { problems }: Upload,
  table: Table<File>,
  { first, rows }: Group,
  columns: readonly ColumnOf<File>[],
): void {
  const { file } = table;
  // A value that could not be read contradicts nothing.
  const known = columns.filter((column) => !problems.has({ file, line: first.line, column }));
  for (const row of rows.slice(1)) {
    for (const column of known) {
      if (table.cell(row, column) !== '' && table.cell(row, column) !== table.cell(first, column)) {
        const text = `differs from line ${first.line}, which has the same id; give every row of a person the same values.`;
        problems.add({ file, line: row.line, column }, text);
      }
    }
  }
}

/** Returns the ids of the schools that a person's rows name, in the order of the rows. */
export function schoolsOfRows<File extends PersonFile>(
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
