import Papa from 'papaparse';
import { groupBy } from '../../../util/group-by.js';
import { isObject } from '../../../util/is-object.js';
import { visibleJson } from '../../terminal/visible.js';

/** How records become text. */
export interface Format {
  /** The text before the first record. */
  readonly head: string;
  /** The lines of some records, each with its end. */
  lines(records: readonly object[]): string;
  /** How many cells were changed, so that no spreadsheet runs them as a formula. */
  readonly guarded: number;
}

/** One JSON object a line, whose values are exactly those that the SDK returns. */
export const ndjson: Format = {
  head: '',
  lines: (records) => records.map((record) => `${visibleJson(record)}\n`).join(''),
  guarded: 0,
};

/** How CSV is written. */
export interface CsvStyle {
  /** For Excel: with a byte order mark, its line ends, and texts as texts, see {@link READ_OTHERWISE}. */
  readonly excel?: boolean | undefined;
  /** Whether what a spreadsheet would run as a formula stays as it is. */
  readonly keepsFormulas?: boolean | undefined;
}

/** The last column: the members of a record that are not documented, as JSON. */
const OTHER = 'other';

/**
 * CSV of RFC 4180 with `\n` at the end of lines. What a spreadsheet would take for a formula starts with an apostrophe.
 * Lists and objects are JSON; a member that is missing, `null` or `''` is an empty cell.
 */
export function csv(columns: readonly string[], { excel = false, keepsFormulas = false }: CsvStyle = {}): Format {
  const paths = columns.map((column) => column.split('.'));
  const tree = treeOf(paths);
  const newline = excel ? '\r\n' : '\n';
  const write = (rows: readonly (readonly Cell[])[]): string =>
    rows.length === 0 ? '' : `${Papa.unparse(rows as Cell[][], { newline })}${newline}`;
  let guarded = 0;
  const cell = (value: unknown): Cell => {
    const plain = plainCell(value);
    if (typeof plain !== 'string') {
      return plain;
    }
    if (!keepsFormulas && FORMULA.test(plain)) {
      guarded += 1;
      return `'${plain}`;
    }
    return excel && READ_OTHERWISE.test(plain) && !READ_AS_IT_IS.test(plain) ? `="${plain}"` : plain;
  };
  return {
    head: `${excel ? '\ufeff' : ''}${write([[...columns, OTHER]])}`,
    lines: (records) =>
      write(
        records.map((record) => [...paths.map((path) => cell(valueAt(record, path))), cell(besideOf(record, tree))]),
      ),
    get guarded() {
      return guarded;
    },
  };
}

/**
 * What a spreadsheet reads as the beginning of a formula, wide forms included. Source: OWASP, "CSV Injection". Programs
 * differ in what they skip before it, so blanks, line ends and everything unseen may come first.
 */
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

/**
 * Texts that Excel takes for numbers, dates or times, and changes: `007` becomes 7, `3-4` a day, a long number
 * `5.3E+23`. As `="007"`, a cell is a text. Nothing in such a text can end the quotes.
 */
const READ_OTHERWISE = new RegExp(
  `^(?:[\\d.][\\d.,:/ -]*(?:e[+-]?\\d+)?(?: ?(?:%|am|pm))?|(?:\\d{1,4}[ /-]?)?${MONTH}[ /-]?\\d{1,4}|\\d{1,4}[ /-]?${MONTH})$`,
  'iu',
);

/** Whole numbers that Excel shows as they are. */
const READ_AS_IT_IS = /^(?:0|[1-9]\d{0,10})$/u;

type Cell = string | number;

function plainCell(value: unknown): Cell {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

function valueAt(record: object, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const name of path) {
    if (!(isObject(value) && Object.hasOwn(value, name))) {
      return undefined;
    }
    value = value[name];
  }
  return value;
}

/** The columns by the first name of their paths; `undefined` for a path that ends with this name. */
type Tree = ReadonlyMap<string, Tree | undefined>;

function treeOf(paths: readonly (readonly string[])[]): Tree {
  const below = groupBy(paths, ([name = '']) => name);
  return new Map(
    [...below].map(([name, group]) => {
      const rests = group.map((path) => path.slice(1)).filter((rest) => rest.length > 0);
      return [name, rests.length === 0 ? undefined : treeOf(rests)] as const;
    }),
  );
}

/** Returns the members that have no column, so that nothing that Clever sends is dropped. */
function besideOf(value: object, tree: Tree): object | undefined {
  const found = Object.entries(value).flatMap(([name, member]) => {
    if (member === null || member === undefined || (tree.has(name) && tree.get(name) === undefined)) {
      return [];
    }
    const subtree = tree.get(name);
    const beside: unknown = subtree !== undefined && isObject(member) ? besideOf(member, subtree) : member;
    return beside === undefined ? [] : [[name, beside] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
