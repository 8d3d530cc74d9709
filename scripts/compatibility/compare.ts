/** What a run of the suites has proven, compared with what is committed. */
import {
  byKey,
  keyOf,
  PART_NAMES,
  PARTS,
  type PartName,
  type Proven,
  type Result,
  type Results,
  type Row,
} from './parts.ts';

/** What is committed and what was proven now, put together. */
export interface Comparison {
  /** Each part as this run has proven it; a part that was not run as a whole is as committed. */
  readonly proven: Proven;
  /** What the committed page says and this run does not bear out, or the other way round. */
  readonly differences: readonly string[];
  /** What was run in another version than the page says, which is not wrong. */
  readonly otherVersions: readonly string[];
  /** Tests that failed: the page may show them, but no run with them is a good one. */
  readonly failures: readonly string[];
  /** Parts that this run says nothing about, with the reason. */
  readonly notCompared: readonly NotCompared[];
}

interface NotCompared {
  readonly part: PartName;
  readonly reason: string;
}

/** A size may differ by as much before the page is out of date: a fiftieth, or a tenth of a kB. */
const TOLERANCE = { share: 0.02, bytes: 100 };

/** Compares the results of the latest runs with what is committed, part by part. */
export function compared(committed: Proven, results: Results): Comparison {
  const parts = PART_NAMES.map((part) => comparedPart(part, committed[part] ?? [], results[part]));
  return {
    proven: Object.fromEntries(parts.map(({ part, rows }) => [part, rows])),
    differences: parts.flatMap(({ differences }) => differences),
    otherVersions: parts.flatMap(({ otherVersions }) => otherVersions),
    failures: parts.flatMap(({ failures }) => failures),
    notCompared: parts.flatMap(({ notCompared }) => notCompared),
  };
}

interface ComparedPart extends Omit<Comparison, 'proven'> {
  readonly part: PartName;
  readonly rows: readonly Row[];
}

function comparedPart(part: PartName, committed: readonly Row[], result: Result | undefined): ComparedPart {
  const kept = { part, rows: committed, differences: [], otherVersions: [], failures: [], notCompared: [] };
  if (result === undefined) {
    return { ...kept, notCompared: [{ part, reason: `run \`${PARTS[part].run}\` first` }] };
  }
  const failures = [...result.broken, ...result.rows.flatMap(failuresOf)].map((text) => `${part}: ${text}`);
  if (result.broken.length > 0) {
    return { ...kept, failures };
  }
  if (result.incomplete.length > 0) {
    return { ...kept, failures, notCompared: result.incomplete.map((reason) => ({ part, reason })) };
  }
  const pairs = pairsOf(committed, result.rows).map(({ before, now }) => ({
    before,
    now: now === undefined ? undefined : settled(before, now),
  }));
  return {
    ...{ part, failures, notCompared: [] },
    rows: pairs.flatMap(({ now }) => now ?? []).sort(byKey),
    differences: pairs.flatMap(differencesOf).map((text) => `${part}: ${text}`),
    otherVersions: pairs.flatMap(otherVersionOf).map((text) => `${part}: ${text}`),
  };
}

/** A row of the page and the row of the run that is about the same thing. */
interface Pair {
  readonly before: Row | undefined;
  readonly now: Row | undefined;
}

/**
 * Finds for each row of the page the row of the run that is about the same thing: the same version of it if that was
 * run, and otherwise the next one. An update of a lockfile changes versions every week and proves nothing wrong.
 */
function pairsOf(committed: readonly Row[], rows: readonly Row[]): readonly Pair[] {
  const [old, found] = [committed, rows].map((list) => new Map(list.map((row) => [keyOf(row), row])));
  const left = rows.filter((row) => old?.has(keyOf(row)) !== true);
  const pairs = committed.map((before): Pair => {
    const same = found?.get(keyOf(before));
    const index = left.findIndex(({ name, by }) => name === before.name && by === before.by);
    return { before, now: same ?? (index < 0 ? undefined : left.splice(index, 1)[0]) };
  });
  return [...pairs, ...left.map((now) => ({ before: undefined, now }))];
}

/** A row as it is to be written: what differs by chance only stays as it was. */
function settled(before: Row | undefined, now: Row): Row {
  if (before === undefined) {
    return now;
  }
  const on = databasesOf(before, now);
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

/**
 * The versions of PostgreSQL that the results of a row are of: all with which this version has passed. One with which
 * it fails is listed alone, and what had failed is not added to what passes.
 */
function databasesOf(before: Row, now: Row): readonly string[] {
  const isAdded = keyOf(before) === keyOf(now) && [before, now].every((row) => failuresOf(row).length === 0);
  return [...new Set([...(isAdded ? (before.on ?? []) : []), ...(now.on ?? [])])].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
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

function differencesOf({ before, now }: Pair): string[] {
  if (before === undefined || now === undefined) {
    return [
      ...(now === undefined ? [] : [`${keyOf(now)} was run and is not on the page`]),
      ...(before === undefined ? [] : [`${keyOf(before)} is on the page and was not run`]),
    ];
  }
  const [old, found] = [cellsOf(before), cellsOf(now)];
  return old === found ? [] : [`${keyOf(now)} is ${found} in this run, and ${old} on the page`];
}

function otherVersionOf({ before, now }: Pair): string[] {
  return before === undefined || now === undefined || keyOf(before) === keyOf(now)
    ? []
    : [`${keyOf(now)} was run, and the page has ${keyOf(before)}`];
}

/** A row as text, without the machine's own versions: those differ without being wrong. */
function cellsOf({ entry = '', results, measured = {} }: Row): string {
  const cells = { ...measured, ...results };
  const names = Object.keys(cells).sort();
  return [entry, ...names.map((name) => `${name}: ${cells[name]}`)].filter((text) => text !== '').join(', ');
}
