const EARLIEST_MS = Date.UTC(1902, 0);
const LATEST_MS = Date.UTC(9990, 0);
const TIMESTAMP = /^(?<date>\d{4}-\d{2}-\d{2})(?<time>[T ]\d{2}:\d{2}:\d{2})(?<rest>.*)$/u;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/u;
const AMERICAN_DATE = /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/u;

/** Moves dates and moments into the past by one distance. */
export class DateShift {
  readonly #shiftMs: number;

  constructor(shiftMs: number) {
    this.#shiftMs = shiftMs;
  }

  /** A moment, in milliseconds since 1970, moved. */
  moment(ms: number): number {
    return ms - this.#shiftMs;
  }

  /** A date or a timestamp in one of Clever's forms, moved; `undefined` for any other text. */
  text(text: string): string | undefined {
    const ms = readDate(text);
    return ms === undefined ? undefined : writeDate(this.moment(ms), text);
  }
}

/** Reads a date or a timestamp in one of Clever's forms, as milliseconds since 1970. */
export function readDate(text: string): number | undefined {
  const american = AMERICAN_DATE.exec(text)?.groups;
  const iso = american === undefined ? text : isoOf(american);
  const timestamp = TIMESTAMP.exec(iso)?.groups;
  if (timestamp === undefined && !ISO_DATE.test(iso)) {
    return undefined;
  }
  const ms = Date.parse(timestamp === undefined ? iso : `${timestamp['date']}T${timestamp['time']?.slice(1)}Z`);
  // Not what is no date, and none that cannot be moved.
  return ms > EARLIEST_MS && ms < LATEST_MS ? ms : undefined;
}

/** Writes a moment in the form that a text has, without the parts of a second. */
export function writeDate(ms: number, form: string): string {
  const iso = new Date(ms).toISOString();
  const american = AMERICAN_DATE.exec(form)?.groups;
  if (american !== undefined) {
    const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
    const isPadded = american['month']?.startsWith('0') === true || american['day']?.startsWith('0') === true;
    return isPadded ? `${month}/${day}/${year}` : `${Number(month)}/${Number(day)}/${year}`;
  }
  const timestamp = TIMESTAMP.exec(form)?.groups;
  if (timestamp === undefined) {
    return iso.slice(0, 10);
  }
  const rest = (timestamp['rest'] ?? '').replaceAll(/\d/gu, '0').replace(/[^\d.:Z+-]/gu, '');
  return `${iso.slice(0, 10)}${timestamp['time']?.slice(0, 1)}${iso.slice(11, 19)}${rest.slice(0, 13)}`;
}

function isoOf({ year, month, day }: Readonly<Record<string, string | undefined>>): string {
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
}
