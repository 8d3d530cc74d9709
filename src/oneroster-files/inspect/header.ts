import { type Column, columnsOf, type DataFile, METADATA, type OneRosterVersion } from '../tables.js';
import type { ReportProblem } from './problem.js';

/** Where the columns of a file are. */
export interface Header {
  readonly width: number;
  readonly columns: readonly { readonly column: Column; readonly position: number }[];
  /** The positions of the columns of one's own, with their names. */
  readonly metadata: readonly { readonly name: string; readonly position: number }[];
}

/**
 * Reads the header of a file. `undefined` when it lacks the column of a value that every row needs.
 *
 * Repeats only names that are OneRoster's: in a file without a header, the first line is a person's record.
 */
export function readHeader(
  file: DataFile,
  version: OneRosterVersion,
  { cells, line }: { readonly cells: readonly string[]; readonly line: number },
  report: ReportProblem,
): Header | undefined {
  const place = { file: `${file}.csv`, line };
  const expected = columnsOf(file, version);
  const byName = new Map(expected.map((column) => [column.name, column]));
  const byAnyCase = new Map(expected.map((column) => [column.name.toLowerCase(), column]));
  const found = new Map<Column, number>();
  const metadata = new Map<string, number>();
  for (const [position, cell] of cells.entries()) {
    const column = byName.get(cell) ?? byAnyCase.get(cell.trim().toLowerCase());
    const called = { ...place, column: column?.name ?? `column ${position + 1}` };
    if (column !== undefined && found.has(column)) {
      report({ severity: 'error', rule: 'header', ...called, message: 'exists twice; keep one of the columns.' });
    } else if (column !== undefined) {
      if (cell !== column.name) {
        const message = 'is not written exactly as OneRoster has it: case and spaces matter.';
        report({ severity: 'error', rule: 'header', ...called, message });
      }
      found.set(column, position);
    } else if (cell.startsWith(METADATA) && cell.length > METADATA.length && !metadata.has(cell)) {
      metadata.set(cell, position);
    } else {
      report({
        severity: version === '1.2' || metadata.has(cell) ? 'error' : 'warning',
        rule: 'header',
        ...called,
        message: `is no column of ${version}, or exists twice; columns of one's own begin with ${METADATA}`,
      });
    }
  }
  const isSound = reportMissing(file, version, { found, line }, report);
  if (isSound) {
    reportOrder(version, expected, { found, metadata, place }, report);
  }
  return isSound
    ? {
        width: cells.length,
        columns: [...found].map(([column, position]) => ({ column, position })),
        metadata: [...metadata].map(([name, position]) => ({ name, position })),
      }
    : undefined;
}

function reportMissing(
  file: DataFile,
  version: OneRosterVersion,
  { found, line }: { readonly found: ReadonlyMap<Column, number>; readonly line: number },
  report: ReportProblem,
): boolean {
  const missing = columnsOf(file, version).filter((column) => !found.has(column));
  for (const { name, isRequired } of missing) {
    report({
      severity: isRequired || version === '1.2' ? 'error' : 'warning',
      rule: 'header',
      file: `${file}.csv`,
      line,
      column: name,
      message: isRequired
        ? 'is missing; every row needs a value here.'
        : `is missing; a file of ${version} has all columns, the empty ones too.`,
    });
  }
  return missing.every(({ isRequired }) => !isRequired);
}

function reportOrder(
  version: OneRosterVersion,
  expected: readonly Column[],
  {
    found,
    metadata,
    place,
  }: {
    readonly found: ReadonlyMap<Column, number>;
    readonly metadata: ReadonlyMap<string, number>;
    readonly place: { readonly file: string; readonly line: number };
  },
  report: ReportProblem,
): void {
  const positions = expected.flatMap((column) => found.get(column) ?? []);
  const wrong = positions.findIndex((position, index) => position < (positions[index - 1] ?? -1));
  const severity = version === '1.2' ? 'error' : 'warning';
  if (wrong !== -1) {
    const column = expected.filter((candidate) => found.has(candidate))[wrong]?.name ?? '';
    const message = 'is not in its place; the columns have a fixed order.';
    report({ severity, rule: 'header-order', ...place, column, message });
  }
  const last = Math.max(...positions);
  if ([...metadata.values()].some((position) => position < last)) {
    const message = `has ${METADATA} columns before others; they come last.`;
    report({ severity, rule: 'header-order', ...place, message });
  }
}
