import type { Taken } from './contend.ts';
import type { Measured } from './measure.ts';

const NAMES: Readonly<Record<string, string>> = {
  bare: 'bare `fetch` and `JSON.parse`',
  sdk: '**clever-sdk**',
  'openapi-fetch': '`openapi-fetch`, unchecked',
  'hey-api': 'hey-api client with zod',
  'npm-clever': 'npm `clever` 0.12.1, pointed at v3.1, unchecked',
};

/** Returns the median. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Returns how much faster one contender was than another, in records per second: the median over the
 * rounds.
 */
export function ratio({ taken }: Measured, of: string, to: string): number {
  const against = taken[to] ?? [];
  return median((taken[of] ?? []).map(({ ms }, round) => (against[round]?.ms ?? Number.NaN) / ms));
}

/** Returns a case as rows of a table. */
export function rowsOf(measured: Measured): string[] {
  const { one, taken } = measured;
  return Object.entries(taken).map(([name, all]) => {
    const per = (pick: (one: Taken) => number): number => median(all.map(pick));
    const target = name === 'sdk' && one.target !== undefined ? String(one.target) : '';
    return row([
      ...[one.title, NAMES[name] ?? name, ratio(measured, name, 'bare').toFixed(2), target],
      Math.round(per(({ records, ms }) => (records / ms) * 1_000)).toLocaleString('en'),
      per(({ records, cpuMs }) => (cpuMs / records) * 1_000).toFixed(1),
      per(({ peakRssMb }) => peakRssMb).toFixed(0),
    ]);
  });
}

/** The header of the table that {@link rowsOf} fills. */
export const HEAD = [
  row(['Pull', 'Client', '× bare loop', 'Target', 'Records per second', 'CPU µs per record', 'Peak MB']),
  row(['---', '---', '--:', '--:', '--:', '--:', '--:']),
];

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
