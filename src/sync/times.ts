import type { Row } from './store/store.js';

/** A time column in Unix milliseconds, under its own name: libraries disagree on times and agree on numbers. */
export function inMs(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::float8 as ${column}`;
}

/** The time in a column that {@link inMs} has selected; `undefined` for null. */
export function dateIn(row: Row | undefined, column: string): Date | undefined {
  const time = row?.[column];
  return typeof time === 'number' ? new Date(time) : undefined;
}
