/** A part of each day by the clock of a time zone, in milliseconds after midnight. It may pass midnight. */
export interface DailyHours {
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;

/** How long the hours outside are, on a day of 24 hours. */
export function lengthOutside({ fromMs, toMs }: DailyHours): number {
  return modulo(fromMs - toMs, DAY_MS);
}

/**
 * When the hours end that a moment is within: the first moment after it whose local time is outside. `undefined` for a
 * moment outside.
 */
export function endOfHours(hours: DailyHours, moment: number): number | undefined {
  if (!isWithin(hours, moment)) {
    return undefined;
  }
  const offset = offsetAt(hours.timeZone, moment);
  const end = moment + modulo(hours.toMs - moment - offset, DAY_MS);
  if (offsetAt(hours.timeZone, end) === offset) {
    return end;
  }
  // The clocks are changed before that. From then on, the end is another one; it may be that very moment.
  const change = changeOfClocks(hours.timeZone, moment, end);
  return endOfHours(hours, change) ?? change;
}

function isWithin({ fromMs, toMs, timeZone }: DailyHours, moment: number): boolean {
  const local = modulo(moment + offsetAt(timeZone, moment), DAY_MS);
  return modulo(local - fromMs, DAY_MS) < modulo(toMs - fromMs, DAY_MS);
}

/** The first moment with the offset of `after`, where clocks are changed once between the two. */
function changeOfClocks(timeZone: string, before: number, after: number): number {
  const offset = offsetAt(timeZone, before);
  let [last, first] = [before, after];
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    if (offsetAt(timeZone, middle) === offset) {
      last = middle;
    } else {
      first = middle;
    }
  }
  return first;
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

/**
 * The clock of a time zone.
 *
 * @throws `RangeError` for a time zone that does not exist.
 */
export function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = CLOCKS.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    CLOCKS.set(timeZone, clock);
  }
  return clock;
}

/** By how much local time is ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, moment: number): number {
  const seconds = Math.floor(moment / 1_000) * 1_000;
  const parts = clockOf(timeZone).formatToParts(seconds);
  const [year, month, day, hour, minute, second] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map(
    (type) => Number(parts.find((part) => part.type === type)?.value),
  ) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

function modulo(number: number, divisor: number): number {
  return ((number % divisor) + divisor) % divisor;
}
