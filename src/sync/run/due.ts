import { shareOf } from '../../util/share-of.js';
import type { Schedule } from '../schedule.js';

/*
 * When a district is due, in SQL: every time is the database's.
 */

/**
 * Whether a district is due: someone has asked for it, its time has come, or it never had one. One that has vanished
 * from the app's list of tokens is due only when someone asks.
 */
export const IS_DUE = `(
  asked_at is not null
  or vanished_at is null and (next_sync_at is null or next_sync_at <= clock_timestamp())
)`;

/**
 * When a district is due after a run: at the first of its slots that is later than half of `every` from now. A slot
 * comes once in `every`, at a time that is the district's own, so that districts stay spread, whenever their runs were.
 *
 * @param every - A parameter: `every` in milliseconds.
 * @param share - A parameter: {@link slotShare} of the district.
 */
export function nextSlot(every: string, share: string): string {
  const [length, phase] = [`${every}::text::float8`, `${share}::text::float8`];
  const now = 'extract(epoch from clock_timestamp())::float8 * 1000';
  return `to_timestamp((floor(${now} / ${length} + 0.5 - ${phase}) + 1 + ${phase}) * ${length} / 1000)`;
}

/** The place of a district's slots within `every`, from 0 to below 1, as a parameter of a statement. */
export function slotShare(districtId: string): string {
  return String(shareOf(districtId));
}

/**
 * How long after a failure a district is due again, by its failures in a row before that one.
 *
 * @param failures - The column, or another expression.
 */
export function backOff(failures: string, { firstBackOffMs, mostBackOffMs }: Schedule): string {
  return `least(${firstBackOffMs} * power(2::float8, least(${failures}, 40)), ${mostBackOffMs}) * interval '1 millisecond'`;
}
