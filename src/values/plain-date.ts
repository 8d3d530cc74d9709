/**
 * A day of the calendar, without a time and without a time zone: a birthday is the same day everywhere. A plain JSON
 * object: it can be stored, cloned and compared member by member.
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
 * Writes a date as `YYYY-MM-DD`: the form of databases and of Clever's own `date` fields. Dates in this form sort as text.
 *
 * @param date - A date of one of this package's parsers.
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

/**
 * Makes a date of its parts when there is such a day in the calendar.
 *
 * @internal
 */
export function plainDate(year: number, month: number, day: number): PlainDate | undefined {
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
