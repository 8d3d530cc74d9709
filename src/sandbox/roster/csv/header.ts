import { type CsvFile, columnNamed, REQUIRED_FILES, requiredColumns, ruleOf } from './columns.js';
import type { Problems } from './problems.js';
import { READERS, type Reader } from './values.js';

/** What to do with columns that Clever does not document. */
export interface HeaderOptions {
  readonly unknownColumns: 'report' | 'ignore';
}

/** A column of a file: its position, its name and its reader. */
export interface Column {
  readonly position: number;
  readonly name: string;
  readonly isRequired: boolean;
  readonly reader: Reader | undefined;
}

/** The columns of a file. */
export interface Header {
  readonly line: number;
  readonly width: number;
  readonly columns: readonly Column[];
  readonly extensions: readonly { readonly position: number; readonly name: string }[];
  /** Positions of the columns without a name, which are ignored as long as they are empty. */
  readonly nameless: readonly number[];
}

/** The header of a file that has none. */
export const NO_HEADER: Header = { line: 1, width: 0, columns: [], extensions: [], nameless: [] };

/** The prefix of an extension field's column. Source: support.clever.com 360024370912. */
const EXTENSION = /^ext\.(?<name>.+)$/iu;

/**
 * Reads the header of a file. Returns `undefined` when a required column is missing: every row then lacks a required
 * value.
 *
 * Repeats only the column names that are Clever's: in a file without a header, the first line is a person's
 * record.
 */
export function readHeader(
  file: CsvFile,
  { cells, line }: { readonly cells: readonly string[]; readonly line: number },
  { unknownColumns }: HeaderOptions,
  problems: Problems,
): Header | undefined {
  const names = cells.map((cell) => columnNamed(file, cell));
  if (names.every((name) => name === undefined)) {
    reportNoHeader(file, { cells, line }, problems);
    return undefined;
  }
  const columns = new Map<string, Column>();
  const extensions = new Map<string, number>();
  const nameless: number[] = [];
  for (const [position, cell] of cells.entries()) {
    const name = names[position];
    const extension = EXTENSION.exec(cell.trim())?.groups?.['name'];
    const place = { file, line, column: nameOf(name, position) };
    if (cell.trim() === '') {
      nameless.push(position);
    } else if (extension !== undefined && file === 'enrollments.csv') {
      problems.add(place, 'is an extension field, which enrollments cannot have; remove the column.');
    } else if (columns.has(name ?? '') || extensions.has(extension ?? '')) {
      problems.add(place, 'exists twice; keep one of the columns.');
    } else if (name !== undefined) {
      columns.set(name, columnOf(file, name, position));
    } else if (extension !== undefined) {
      extensions.set(extension, position);
    } else if (unknownColumns === 'report') {
      problems.add(place, UNKNOWN_COLUMN);
    }
  }
  const missing = requiredColumns(file).filter((name) => !columns.has(name));
  for (const column of missing) {
    problems.add({ file, line, column }, 'is missing; every row of the file needs a value here.');
  }
  return missing.length > 0
    ? undefined
    : {
        line,
        width: cells.length,
        columns: [...columns.values()],
        extensions: [...extensions].map(([name, position]) => ({ name, position })),
        nameless,
      };
}

/** Returns what a problem calls a column: its name when it is Clever's, and otherwise its position. */
export function nameOf(name: string | undefined, position: number): string {
  return name ?? `column ${position + 1}`;
}

const UNKNOWN_COLUMN =
  "is not one of Clever's columns; correct its name, or put `ext.` before it to keep it as an extension field.";

/** Other separators that spreadsheets write, by language and by format. */
const SEPARATORS = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' } as const;

/** Without its header, a required file has no more in it than one that is missing (inferred). */
function reportNoHeader(
  file: CsvFile,
  { cells, line }: { readonly cells: readonly string[]; readonly line: number },
  problems: Problems,
): void {
  const text = cells.join(',');
  const other = Object.entries(SEPARATORS).find(([separator]) =>
    text.split(separator).some((cell) => columnNamed(file, cell.replaceAll('"', '')) !== undefined),
  );
  const reason = text.includes('\0')
    ? 'is in UTF-16; save the file as "CSV UTF-8".'
    : other === undefined
      ? `has no header row with comma-separated columns; it must name ${requiredColumns(file).join(', ')}.`
      : `separates its columns by ${other[1]}; Clever takes commas only, as in the format "CSV UTF-8 (comma delimited)".`;
  const place = text.includes('\0') ? { file } : { file, line };
  if (REQUIRED_FILES.includes(file)) {
    problems.refuse(place, reason);
  } else {
    problems.add(place, reason);
  }
}

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
