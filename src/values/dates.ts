/**
 * A calendar day without a time or a time zone, because a birthday is the same day everywhere. It is a
 * plain JSON object, which can be stored, cloned and compared member by member.
 */
export interface PlainDate {
  /** The year, 1 to 9999. */
  readonly year: number;
  /** The month, 1 (January) to 12 (December). */
  readonly month: number;
  /** The day of the month, from 1. */
  readonly day: number;
}

/**
 * Formats a date as `YYYY-MM-DD`, the form used by databases and by Clever's own `date` fields. Dates in
 * this form sort correctly as text.
 *
 * @param date - A date from one of this package's parsers.
 *
 * @example
 * ```ts
 * import { parseDob } from 'clever-sdk';
 * import { plainDateToString } from 'clever-sdk/values';
 *
 * const date = parseDob('1/16/2014');
 * if (date !== undefined) plainDateToString(date); // '2014-01-16'
 * ```
 */
export function plainDateToString({ year, month, day }: PlainDate): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

const AMERICAN = /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/u;

const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[Tt ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d+))?)?(?<zone>[Zz]|[+-]\d{2}:?\d{2})?)?$/u;

type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Reads a date of birth (`dob`) in every form that Clever sends: `1/16/2014` (v3.0 and v3.1, without zero
 * padding; padded dates are also read) and ISO, `2014-01-16` or `2014-01-16T00:00:00.000Z` (v2.1).
 *
 * The day of a date-time is read as written and never converted to another time zone, because a birthday
 * does not depend on the time zone. Source: dev.clever.com/docs/schema-1; observed for v3.0.
 *
 * @param raw - What was sent. Any value is allowed.
 * @returns The day; `undefined` for what is in no such form or no day of the calendar (`2/30/2014`). Never throws.
 *
 * @example
 * ```ts
 * import { parseDob } from 'clever-sdk';
 *
 * parseDob('1/16/2014'); // { year: 2014, month: 1, day: 16 }
 * parseDob('2/30/2014'); // undefined
 * ```
 */
export function parseDob(raw: unknown): PlainDate | undefined {
  const groups = match(raw, AMERICAN);
  return groups === undefined ? parseTermDate(raw) : dateOf(groups);
}

/**
 * Reads a term's `start_date` or `end_date` in every form that Clever sends: `2025-08-25`,
 * `2025-08-25T00:00:00.000Z` and `2025-08-25 00:00:00.000000`.
 *
 * The day is read as written and never converted to another time zone. Source:
 * dev.clever.com/docs/schema-1; the first two forms observed for the same term, the third from Clever's
 * older reference.
 *
 * @param raw - What was sent. Any value is allowed.
 * @returns The day; `undefined` for what is in no such form or no day of the calendar (`2025-02-29`). Never throws.
 *
 * @example
 * ```ts
 * import { parseTermDate } from 'clever-sdk/values';
 *
 * parseTermDate('2025-08-25T00:00:00.000Z'); // { year: 2025, month: 8, day: 25 }
 * ```
 */
export function parseTermDate(raw: unknown): PlainDate | undefined {
  const groups = match(raw, ISO);
  return groups === undefined || timeOf(groups) === undefined ? undefined : dateOf(groups);
}

/**
 * Reads a timestamp (`created`, `last_modified`, `last_sync` …), which is a moment:
 * `2025-08-25T13:45:00.000Z`. An offset such as `+02:00` is also read. Fractions are truncated to
 * milliseconds. Source: dev.clever.com/docs/schema-1.
 *
 * @param raw - What was sent. Any value is allowed.
 * @returns The moment; `undefined` for a value in any other form, with a day that does not exist, or
 * without a time zone, because it would not be a moment. Never throws.
 *
 * @example
 * ```ts
 * import { parseTimestamp } from 'clever-sdk/values';
 *
 * parseTimestamp('2025-08-25T13:45:00.000Z')?.getTime(); // 1756129500000
 * parseTimestamp('2025-08-25'); // undefined
 * ```
 */
export function parseTimestamp(raw: unknown): Date | undefined {
  const groups = match(raw, ISO);
  if (groups === undefined) {
    return undefined;
  }
  const date = dateOf(groups);
  const timeMs = timeOf(groups);
  const offsetMs = offsetOf(groups['zone']);
  if (date === undefined || timeMs === undefined || offsetMs === undefined) {
    return undefined;
  }
  const moment = new Date(0);
  moment.setUTCFullYear(date.year, date.month - 1, date.day); // Date.UTC would read the year 14 as 1914
  return new Date(moment.getTime() + timeMs - offsetMs);
}

function match(raw: unknown, form: RegExp): Groups | undefined {
  return typeof raw === 'string' ? form.exec(raw.trim())?.groups : undefined;
}

function dateOf(groups: Groups): PlainDate | undefined {
  return plainDate(Number(groups['year']), Number(groups['month']), Number(groups['day']));
}

/** Milliseconds since midnight; 0 without a time. */
function timeOf({ hour = '0', minute = '0', second = '0', fraction = '' }: Groups): number | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) {
    return undefined;
  }
  if (zone.toUpperCase() === 'Z') {
    return 0;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) {
    return undefined;
  }
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * Returns a date if the calendar has such a day.
 */
function plainDate(year: number, month: number, day: number): PlainDate | undefined {
  const isReal = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  return isReal ? { year, month, day } : undefined;
}

function daysOf(year: number, month: number): number {
  if (month === 2) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return isLeap ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
