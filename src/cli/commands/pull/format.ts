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
}

/** One JSON object a line, whose values are exactly those that the SDK returns. */
export const ndjson: Format = {
  head: '',
  lines: (records) => records.map((record) => `${visibleJson(record)}\n`).join(''),
};

/** The last column: the members of a record that are not documented, as JSON. */
const OTHER = 'other';

/**
 * CSV of RFC 4180 with `\n` at the end of lines. What a spreadsheet would take for a formula starts with an apostrophe.
 * Lists and objects are JSON; a member that is missing, `null` or `''` is an empty cell.
 */
export function csv(columns: readonly string[]): Format {
  const paths = columns.map((column) => column.split('.'));
  const tree = treeOf(paths);
  return {
    head: write([[...columns, OTHER]]),
    lines: (records) =>
      write(
        records.map((record) => [...paths.map((path) => cell(valueAt(record, path))), cell(besideOf(record, tree))]),
      ),
  };
}

/**
 * What a spreadsheet reads as the beginning of a formula, wide forms included. Source: OWASP, "CSV Injection". Programs
 * differ in what they skip before it, so blanks, line ends and everything unseen may come first.
 */
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

function write(rows: readonly (readonly Cell[])[]): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows as Cell[][], { escapeFormulae: FORMULA, newline: '\n' })}\n`;
}

type Cell = string | number;

function cell(value: unknown): Cell {
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
