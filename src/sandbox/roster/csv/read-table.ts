import { type ColumnOf, type CsvFile, columnNamed, requiredColumns, ruleOf } from './columns.js';
import type { Problems } from './problems.js';
import { READERS, type Reader } from './values.js';

/** A row of a file, its cells trimmed and read. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file that has been read. */
export interface Table<File extends CsvFile = CsvFile> {
  readonly file: File;
  readonly rows: readonly Row[];
  /** Whether rows may be missing because they could not be read. References to them cannot be checked then. */
  readonly isPartial: boolean;
  /** Whether the file has the column. */
  has(column: ColumnOf<File>): boolean;
  /**
   * Returns the value of a cell, as Clever's API shows it; `''` for an empty cell and for a column that the
   * file does not have.
   */
  cell(row: Row, column: ColumnOf<File>): string;
  /** Returns the extension fields of a row, or an empty object when the file has none. */
  extensions(row: Row): { readonly ext?: Readonly<Record<string, string>> };
}

/** What to do with columns that Clever does not document. */
export interface TableOptions {
  readonly unknownColumns: 'report' | 'ignore';
}

/** A column of a file: its position, its name and its reader. */
interface Column {
  readonly position: number;
  readonly name: string;
  readonly isRequired: boolean;
  readonly reader: Reader | undefined;
}

interface Header {
  readonly width: number;
  readonly columns: readonly Column[];
  readonly extensions: readonly { readonly position: number; readonly name: string }[];
}

/** The prefix of an extension field's column. Source: support.clever.com 360024370912. */
const EXTENSION = /^ext\.(?<name>.+)$/iu;

/** Returns the table of a file that does not exist. */
export function emptyTable<File extends CsvFile>(file: File, isPartial: boolean): Table<File> {
  return tableOf(file, [], { width: 0, columns: [], extensions: [] }, isPartial);
}

/**
 * Reads a file. Reports every problem that can be found in the file alone, and leaves out the rows
 * concerned.
 */
export async function readTable<File extends CsvFile>(
  file: File,
  text: string,
  options: TableOptions,
  problems: Problems,
): Promise<Table<File>> {
  // Loaded here because only uploads need a parser.
  const { default: Papa } = await import('papaparse');
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n', header: false });
  const quotes = new Map(errors.map(({ row, code }) => [row ?? 0, code]));
  const [first = [], ...rest] = data;
  const header = readHeader(file, first, options, problems);
  if (header === undefined) {
    return emptyTable(file, true);
  }
  const rows: Row[] = [];
  let isPartial = false;
  let line = 1 + linesOf(first);
  for (const [index, cells] of rest.entries()) {
    const start = line;
    line += linesOf(cells);
    if (cells.length === 1 && cells[0]?.trim() === '') {
      continue;
    }
    const quote = quotes.get(index + 1);
    const problem = quote === undefined ? widthProblem(cells.length, header.width) : QUOTE_PROBLEMS[quote];
    if (problem !== undefined) {
      problems.add({ file, line: start }, problem);
      isPartial = true;
      continue;
    }
    rows.push({ line: start, cells: readCells(file, start, cells, header, problems) });
  }
  return tableOf(file, rows, header, isPartial);
}

const QUOTE_PROBLEMS: Readonly<Record<string, string>> = {
  MissingQuotes:
    'opens a quote that is never closed, so the rest of the file could not be read; write " within a cell as "".',
  InvalidQuotes: 'has text after a closing quote; write " within a cell as "", and quote the whole cell.',
};

function widthProblem(found: number, expected: number): string | undefined {
  return found === expected
    ? undefined
    : `has ${found} cells where the header has ${expected}; quote cells that contain a comma.`;
}

function linesOf(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) {
      lines += 1;
    }
  }
  return lines;
}

/**
 * Repeats only the column names that are Clever's: in a file without a header, the first line is a person's
 * record.
 */
function readHeader(
  file: CsvFile,
  cells: readonly string[],
  { unknownColumns }: TableOptions,
  problems: Problems,
): Header | undefined {
  const names = cells.map((cell) => columnNamed(file, cell));
  if (names.every((name) => name === undefined)) {
    const needed = requiredColumns(file).join(', ');
    problems.add({ file, line: 1 }, `has no header row with comma-separated columns; it must name ${needed}.`);
    return undefined;
  }
  const columns = new Map<string, Column>();
  const extensions = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    const extension = EXTENSION.exec(cells[position]?.trim() ?? '')?.groups?.['name'];
    const place = { file, line: 1, column: name ?? `column ${position + 1}` };
    if (name === undefined && extension === undefined) {
      if (unknownColumns === 'report') {
        problems.add(place, UNKNOWN_COLUMN);
      }
    } else if (columns.has(name ?? '') || (extension !== undefined && extensions.has(extension))) {
      problems.add(place, 'exists twice; keep one of the columns.');
    } else if (name === undefined) {
      extensions.set(extension ?? '', position);
    } else {
      columns.set(name, columnOf(file, name, position));
    }
  }
  const missing = requiredColumns(file).filter((name) => !columns.has(name));
  for (const column of missing) {
    problems.add({ file, line: 1, column }, 'is missing; the file needs this column.');
  }
  return missing.length > 0
    ? undefined
    : {
        width: cells.length,
        columns: [...columns.values()],
        extensions: [...extensions].map(([name, position]) => ({ name, position })),
      };
}

const UNKNOWN_COLUMN =
  "is not one of Clever's columns; correct its name, put `ext.` before it to keep it as an extension field, or pass `unknownColumns: 'ignore'`.";

function columnOf(file: CsvFile, name: string, position: number): Column {
  const rule = ruleOf(file, name);
  const isRequired = rule === 'required';
  return { position, name, isRequired, reader: rule === '' || isRequired ? undefined : remembering(READERS[rule]) };
}

/** Reads each distinct value once, because a column has few values in many rows. */
function remembering({ read, advice }: Reader): Reader {
  const known = new Map<string, string | undefined>();
  return {
    advice,
    read: (text) => {
      if (!known.has(text)) {
        known.set(text, read(text));
      }
      return known.get(text);
    },
  };
}

function readCells(
  file: CsvFile,
  line: number,
  raw: readonly string[],
  { columns }: Header,
  problems: Problems,
): string[] {
  const cells = raw.map((cell) => cell.trim());
  for (const { position, name, isRequired, reader } of columns) {
    const text = cells[position] ?? '';
    if (text === '') {
      if (isRequired) {
        problems.add({ file, line, column: name }, 'is empty; every row needs a value here.');
      }
    } else if (reader !== undefined) {
      const value = reader.read(text);
      if (value === undefined) {
        problems.add({ file, line, column: name }, reader.advice);
      }
      cells[position] = value ?? '';
    }
  }
  return cells;
}

function tableOf<File extends CsvFile>(
  file: File,
  rows: readonly Row[],
  header: Header,
  isPartial: boolean,
): Table<File> {
  const positions = new Map<string, number>(header.columns.map(({ name, position }) => [name, position]));
  return {
    file,
    rows,
    isPartial,
    has: (column) => positions.has(column),
    cell: (row, column) => row.cells[positions.get(column) ?? -1] ?? '',
    extensions: (row) =>
      header.extensions.length === 0
        ? {}
        : { ext: Object.fromEntries(header.extensions.map(({ name, position }) => [name, row.cells[position] ?? ''])) },
  };
}
