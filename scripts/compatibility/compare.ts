/** What a run of the suites has proven, compared with what is committed. */
import { keyOf, PART_NAMES, PARTS, type PartName, type Proven, type Result, type Results, type Row } from './parts.ts';

/** What is committed and what was proven now, put together. */
export interface Comparison {
  /** Each part as this run has proven it; a part that was not run as a whole is as committed. */
  readonly proven: Proven;
  /** What the committed page says and this run does not bear out, or the other way round. */
  readonly differences: readonly string[];
  /** Tests that failed: the page may show them, but no run with them is a good one. */
  readonly failures: readonly string[];
  /** Parts that this run says nothing about, with the reason. */
  readonly notCompared: readonly string[];
}

/** A size may differ by as much before the page is out of date: a fiftieth, or a tenth of a kB. */
const TOLERANCE = { share: 0.02, bytes: 100 };

/** Compares the results of the latest runs with what is committed, part by part. */
export function compared(committed: Proven, results: Results): Comparison {
  const parts = PART_NAMES.map((part) => comparedPart(part, committed[part] ?? [], results[part]));
  return {
    proven: Object.fromEntries(parts.map(({ part, rows }) => [part, rows])),
    differences: parts.flatMap(({ differences }) => differences),
    failures: parts.flatMap(({ failures }) => failures),
    notCompared: parts.flatMap(({ notCompared }) => notCompared),
  };
}

interface ComparedPart {
  readonly part: PartName;
  readonly rows: readonly Row[];
  readonly differences: readonly string[];
  readonly failures: readonly string[];
  readonly notCompared: readonly string[];
}

function comparedPart(part: PartName, committed: readonly Row[], result: Result | undefined): ComparedPart {
  const kept = { part, rows: committed, differences: [], failures: [], notCompared: [] };
  if (result === undefined) {
    return { ...kept, notCompared: [`${part}: run \`${PARTS[part].run}\` first`] };
  }
  const failures = [...result.broken, ...result.rows.flatMap(failuresOf)].map((text) => `${part}: ${text}`);
  if (result.broken.length > 0) {
    return { ...kept, failures };
  }
  if (result.incomplete.length > 0) {
    return { ...kept, failures, notCompared: result.incomplete.map((reason) => `${part}: ${reason}`) };
  }
  const before = new Map(committed.map((row) => [keyOf(row), row]));
  const rows = result.rows.map((row) => settled(before.get(keyOf(row)), row));
  return { part, rows, differences: differencesOf(part, committed, rows), failures, notCompared: [] };
}

/** A row as it is to be written: what differs by chance only stays as it was. */
function settled(before: Row | undefined, now: Row): Row {
  if (before === undefined) {
    return now;
  }
  const on = [...new Set([...(before.on ?? []), ...(now.on ?? [])])].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  const measured = Object.entries(now.measured ?? {}).map(([name, value]): [string, number | string] => {
    const old = before.measured?.[name];
    return [name, old !== undefined && isAbout(old, value) ? old : value];
  });
  return {
    ...now,
    ...(on.length > 0 && { on }),
    ...(measured.length > 0 && { measured: Object.fromEntries(measured) }),
  };
}

function isAbout(old: number | string, now: number | string): boolean {
  return typeof old === 'number' && typeof now === 'number'
    ? Math.abs(now - old) <= Math.max(TOLERANCE.bytes, old * TOLERANCE.share)
    : old === now;
}

function failuresOf({ results, ...row }: Row): string[] {
  return Object.entries(results)
    .filter(([, result]) => result === 'failed')
    .map(([column]) => `${keyOf(row)}: "${column}" failed`);
}

function differencesOf(part: PartName, committed: readonly Row[], rows: readonly Row[]): string[] {
  const [before, now] = [committed, rows].map((list) => new Map(list.map((row) => [keyOf(row), row])));
  const keys = [...new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])])];
  return keys.flatMap((key) => {
    const [old, found] = [before?.get(key), now?.get(key)];
    if (old === undefined || found === undefined) {
      return [
        `${part}: ${key} ${old === undefined ? 'was run and is not on the page' : 'is on the page and was not run'}`,
      ];
    }
    return cellsOf(old) === cellsOf(found)
      ? []
      : [`${part}: ${key} is ${cellsOf(found)} in this run, and ${cellsOf(old)} on the page`];
  });
}

/** A row as text, without the machine's own versions: those differ without being wrong. */
function cellsOf({ entry = '', results, measured = {} }: Row): string {
  const cells = { ...measured, ...results };
  const names = Object.keys(cells).sort();
  return [entry, ...names.map((name) => `${name}: ${cells[name]}`)].filter((text) => text !== '').join(', ');
}
