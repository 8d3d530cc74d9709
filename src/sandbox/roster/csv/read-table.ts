import { type ColumnOf, type CsvFile, idColumnOf } from './columns.js';
import { type Header, type HeaderOptions, NO_HEADER, nameOf, readHeader } from './header.js';
import type { LeftOut } from './left-out.js';
import type { Problems } from './problems.js';
import type { CsvText } from './read-source.js';

/** A row of a file, its cells trimmed and read. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file that has been read. */
export interface Table<File extends CsvFile = CsvFile> {
  readonly file: File;
  readonly rows: readonly Row[];
  /** Whether the file is missing, or has no header to read it by. */
  readonly isUnread: boolean;
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

/** Where the problems of a file go, and the ids of its rows that are left out. */
export interface Findings {
  readonly problems: Problems;
  readonly leftOut: LeftOut;
}

/** Returns the table of a file that is missing or cannot be read. */
export function unreadTable<File extends CsvFile>(file: File): Table<File> {
  return { ...tableOf(file, [], NO_HEADER), isUnread: true };
}

/**
 * Reads a file. Reports every problem that can be found in the file alone. Leaves out the rows that cannot be read or
 * lack a required value, and the values that Clever does not have.
 *
 * Rows without a value are ignored, wherever they are. A row may have more cells than the header when the others are
 * empty, and fewer when it has all required ones: spreadsheets and exporters write empty columns at the end, or not.
 */
export async function readTable<File extends CsvFile>(
  file: File,
  content: CsvText,
  options: HeaderOptions,
  findings: Findings,
): Promise<Table<File>> {
  const lines = await linesOf(content.text);
  const first = lines.findIndex(({ cells }) => !isBlank(cells));
  const header = readHeader(file, lines[first] ?? { cells: [], line: 1 }, options, findings.problems);
  if (header === undefined) {
    return unreadTable(file);
  }
  const rows: Row[] = [];
  const filled = new Set<number>();
  for (const line of lines.slice(first + 1)) {
    if (isBlank(line.cells)) {
      continue;
    }
    const problem = line.quotes === undefined ? widthProblem(line.cells, header) : QUOTE_PROBLEMS[line.quotes];
    if (problem !== undefined) {
      findings.problems.add({ file, line: line.line }, problem);
      findings.leftOut.add(
        file,
        line.cells.map((cell) => cell.trim()),
      );
      continue;
    }
    for (const position of header.nameless.filter((candidate) => !isBlank([line.cells[candidate] ?? '']))) {
      filled.add(position);
    }
    rows.push(...readRow(file, line, { header, hasBadBytes: content.hasBadBytes }, findings));
  }
  for (const position of filled) {
    const place = { file, line: header.line, column: nameOf(undefined, position) };
    findings.problems.add(place, 'has values but no name; name the column, or remove its values.');
  }
  return tableOf(file, rows, header);
}

/** The cells of a line, or of several when a cell has line breaks. */
interface Line {
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with the quotes. */
  readonly quotes?: string;
}

/** A place in a text, and how many characters are parsed from there. */
interface Position {
  readonly offset: number;
  readonly line: number;
  readonly window: number;
}

async function linesOf(text: string): Promise<Line[]> {
  // Loaded here because only uploads need a parser.
  const { default: Papa } = await import('papaparse');
  const lines: Line[] = [];
  let next: Position | undefined = { offset: 0, line: 1, window: WINDOW };
  while (next !== undefined) {
    next = addLines(Papa, text, next, lines);
  }
  return lines;
}

/**
 * How much is parsed at once, in characters. A cell with more text than this is taken for one whose quote is never
 * closed, so that a file with many of those is read in a time that does not grow with the square of its size.
 */
const WINDOW = 65_536;
/** The same after a line with wrong quotes: the next one is likely to have them, too. */
const WINDOW_AFTER_ERROR = 1_024;

/**
 * Adds the lines of the window at a position, up to one whose quotes are wrong, which would swallow lines that are
 * right. Returns where to go on: after the window, or after the line with the wrong quotes.
 */
function addLines(
  { parse }: typeof import('papaparse'),
  text: string,
  { offset, line, window }: Position,
  lines: Line[],
): Position | undefined {
  const end = endOfLine(text, offset + window);
  let [start, current] = [offset, line];
  let quotes: string | undefined;
  parse<string[]>(text.slice(offset, end), {
    delimiter: ',',
    newline: '\n',
    header: false,
    step: ({ data, errors: [error], meta }, parser) => {
      if (error === undefined) {
        lines.push({ line: current, cells: data });
        current += 1 + data.reduce((breaks, cell) => breaks + countBreaks(cell), 0);
        start = offset + meta.cursor;
      } else {
        quotes = error.code;
        parser.abort();
      }
    },
  });
  if (quotes === undefined) {
    return end === text.length ? undefined : { offset: end + 1, line: current, window: WINDOW };
  }
  if (quotes === 'MissingQuotes' && end < text.length && (start > offset || window < WINDOW)) {
    // The quote may be closed after the window.
    return { offset: start, line: current, window: WINDOW };
  }
  const stop = endOfLine(text, start);
  lines.push({ line: current, cells: text.slice(start, stop).replaceAll('"', '').split(','), quotes });
  return stop === text.length ? undefined : { offset: stop + 1, line: current + 1, window: WINDOW_AFTER_ERROR };
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function countBreaks(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

const QUOTE_PROBLEMS: Readonly<Record<string, string>> = {
  MissingQuotes: 'opens a quote that is never closed; write " within a cell as "".',
  InvalidQuotes:
    'has text after a closing quote, or a quote that is never closed; write " within a cell as "", and quote the whole cell.',
};

function widthProblem(cells: readonly string[], { width, columns }: Header): string | undefined {
  const isTooShort = columns.some(({ isRequired, position }) => isRequired && position >= cells.length);
  return isTooShort || !isBlank(cells.slice(width))
    ? `has ${cells.length} cells where the header has ${width}; quote cells that contain a comma or a line break.`
    : undefined;
}

/** Returns the row, or nothing when it lacks a required value. */
function readRow(
  file: CsvFile,
  { line, cells: raw }: Line,
  { header, hasBadBytes }: { readonly header: Header; readonly hasBadBytes: boolean },
  { problems, leftOut }: Findings,
): Row[] {
  const cells = raw.map((cell) => cell.trim());
  if (hasBadBytes) {
    dropBadBytes(file, line, { cells, header }, problems);
  }
  let isWhole = true;
  for (const { position, name, isRequired, reader } of header.columns) {
    const text = cells[position] ?? '';
    if (text === '') {
      if (isRequired) {
        problems.add({ file, line, column: name }, 'is empty; every row needs a value here.');
        isWhole = false;
      }
    } else if (reader !== undefined) {
      const value = reader.read(text);
      if (value === undefined) {
        problems.add({ file, line, column: name }, reader.advice);
      }
      cells[position] = value ?? '';
    }
  }
  if (!isWhole && file !== 'enrollments.csv') {
    const id = header.columns.find(({ name }) => name === idColumnOf(file));
    leftOut.add(file, [raw[id?.position ?? -1]?.trim() ?? '']);
  }
  return isWhole ? [{ line, cells }] : [];
}

/** Empties the cells whose text is not known, because their bytes are not in UTF-8. */
function dropBadBytes(
  file: CsvFile,
  line: number,
  { cells, header }: { readonly cells: string[]; readonly header: Header },
  problems: Problems,
): void {
  for (const { position, name } of [
    ...header.columns,
    ...header.extensions.map((extension) => ({ position: extension.position, name: undefined })),
  ]) {
    if (cells[position]?.includes('\u{fffd}') === true) {
      const column = nameOf(name, position);
      problems.add({ file, line, column }, 'has characters that are not in UTF-8; save the file as "CSV UTF-8".');
      cells[position] = '';
    }
  }
}

function tableOf<File extends CsvFile>(file: File, rows: readonly Row[], header: Header): Table<File> {
  const positions = new Map<string, number>(header.columns.map(({ name, position }) => [name, position]));
  return {
    file,
    rows,
    isUnread: false,
    has: (column) => positions.has(column),
    cell: (row, column) => row.cells[positions.get(column) ?? -1] ?? '',
    extensions: (row) =>
      header.extensions.length === 0
        ? {}
        : { ext: Object.fromEntries(header.extensions.map(({ name, position }) => [name, row.cells[position] ?? ''])) },
  };
}
