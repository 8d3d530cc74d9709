import { CleverConfigError } from '../errors/config.js';
import { assertKnownKeys } from '../options/known-keys.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
import { keysOf } from '../util/keys-of.js';
import { shareOf } from '../util/share-of.js';
import { type Duration, milliseconds } from './duration.js';
import { clockOf, type DailyHours, endOfHours, lengthOutside } from './quiet-hours.js';

/** A district, for the options that differ between districts. */
export interface ScheduledDistrict {
  /** Clever's id. */
  readonly districtId: string;
  /** Its name, once it was read. */
  readonly name: string | undefined;
}

/** When a district is due again: one length of time for all, or a function of the district. */
export type EveryOption = Duration | ((district: ScheduledDistrict) => Duration);

/** Hours in which no regular run begins; a request is followed at any time, and a run under way goes on. */
export interface QuietHours {
  /** `'HH:MM'`, 24 hours. */
  readonly from: string;
  /** `'HH:MM'`; before `from` for hours that pass midnight. */
  readonly to: string;
  /** A name of the IANA database, such as `'America/Chicago'`. */
  readonly timeZone: string;
}

/** The quiet hours of all districts, or a function of the district; `undefined` for none. */
export type QuietHoursOption = QuietHours | ((district: ScheduledDistrict) => QuietHours | undefined);

/** When a district whose run failed, or was killed, is due again. The time doubles with each failure in a row. */
export interface BackOffOptions {
  /** After the first failure. Default `'30s'`. */
  readonly first?: Duration;
  /** At most. Default `'1h'`. */
  readonly most?: Duration;
}

/** The options that say when districts are due. */
export interface ScheduleOptions {
  readonly every?: EveryOption | undefined;
  readonly quietHours?: QuietHoursOption | undefined;
  readonly backOff?: BackOffOptions | undefined;
}

/** When districts are due, checked. What a function returns is checked at each call. */
export interface Schedule {
  readonly every: EveryOption;
  readonly quietHours: QuietHoursOption | undefined;
  readonly firstBackOffMs: number;
  readonly mostBackOffMs: number;
}

const DEFAULT_SCHEDULE: Schedule = {
  every: '6h',
  quietHours: undefined,
  firstBackOffMs: milliseconds('backOff.first', '30s'),
  mostBackOffMs: milliseconds('backOff.most', '1h'),
};

/**
 * Checks the options of a schedule.
 *
 * @param base - Where the values come from that are not given.
 * @throws {@link CleverConfigError} naming the option and what to pass.
 */
export function resolveSchedule(options: ScheduleOptions, base: Schedule = DEFAULT_SCHEDULE): Schedule {
  const { every = base.every, quietHours = base.quietHours, backOff } = options;
  if (typeof every !== 'function') {
    milliseconds('every', every);
  }
  if (typeof quietHours !== 'function' && quietHours !== undefined) {
    dailyHours(quietHours);
  }
  return { every, quietHours, ...(backOff === undefined ? backOffOf(base) : resolveBackOff(backOff)) };
}

/**
 * How long after a run a district is due again, in milliseconds.
 *
 * @throws {@link CleverConfigError} when the app's function throws, or returns no length of time.
 */
export function everyMsOf({ every }: Schedule, district: ScheduledDistrict): number {
  return milliseconds('every', optionFor('every', every, district));
}

/**
 * When a district may run again that is due in its quiet hours: each district at another moment after their end, so
 * that they do not all begin at once. `undefined` outside quiet hours.
 *
 * @throws {@link CleverConfigError} when an app's function throws, or returns what the option does not take.
 */
export function quietUntil(schedule: Schedule, district: ScheduledDistrict, now: Date): Date | undefined {
  const quietHours = optionFor('quietHours', schedule.quietHours, district);
  if (quietHours === undefined) {
    return undefined;
  }
  const hours = dailyHours(quietHours);
  const end = endOfHours(hours, now.getTime());
  if (end === undefined) {
    return undefined;
  }
  const spread = Math.min(everyMsOf(schedule, district), lengthOutside(hours));
  return new Date(end + Math.floor(shareOf(district.districtId) * spread));
}

const BACK_OFF_KEYS = keysOf<BackOffOptions>()({ first: true, most: true });

function resolveBackOff(backOff: BackOffOptions): Pick<Schedule, 'firstBackOffMs' | 'mostBackOffMs'> {
  if (typeof backOff !== 'object' || backOff === null) {
    throw new CleverConfigError("`backOff` must be an object such as { first: '30s', most: '1h' }.");
  }
  assertKnownKeys('`backOff`', backOff, BACK_OFF_KEYS);
  const firstBackOffMs = milliseconds('backOff.first', backOff.first ?? DEFAULT_SCHEDULE.firstBackOffMs);
  const mostBackOffMs = milliseconds(
    'backOff.most',
    backOff.most ?? Math.max(DEFAULT_SCHEDULE.mostBackOffMs, firstBackOffMs),
  );
  if (mostBackOffMs < firstBackOffMs) {
    throw new CleverConfigError('`backOff.most` must not be shorter than `backOff.first`.');
  }
  return { firstBackOffMs, mostBackOffMs };
}

function backOffOf({ firstBackOffMs, mostBackOffMs }: Schedule): Pick<Schedule, 'firstBackOffMs' | 'mostBackOffMs'> {
  return { firstBackOffMs, mostBackOffMs };
}

/** The value of an option for a district. */
function optionFor<Value>(
  option: string,
  value: Value | ((district: ScheduledDistrict) => Value),
  district: ScheduledDistrict,
): Value {
  if (typeof value !== 'function') {
    return value;
  }
  try {
    return (value as (district: ScheduledDistrict) => Value)(district);
  } catch (error) {
    throw new CleverConfigError(`The function that was passed as \`${option}\` failed for a district.`, {
      cause: harmlessCause(error),
    });
  }
}

const QUIET_KEYS = keysOf<QuietHours>()({ from: true, to: true, timeZone: true });

function dailyHours(quietHours: QuietHours): DailyHours {
  if (typeof quietHours !== 'object' || quietHours === null) {
    throw new CleverConfigError("`quietHours` must be { from: 'HH:MM', to: 'HH:MM', timeZone }.");
  }
  assertKnownKeys('`quietHours`', quietHours, QUIET_KEYS);
  const { from, to, timeZone } = quietHours;
  const [fromMs, toMs] = [timeOfDay('from', from), timeOfDay('to', to)];
  if (fromMs === toMs) {
    throw new CleverConfigError('`quietHours.from` and `quietHours.to` must be different times of the day.');
  }
  return { fromMs, toMs, timeZone: existing(timeZone) };
}

function timeOfDay(member: string, time: unknown): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(String(time)) ?? [];
  if (hours === undefined) {
    throw new CleverConfigError(`\`quietHours.${member}\` must be a time such as '08:00', from '00:00' to '23:59'.`);
  }
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function existing(timeZone: unknown): string {
  try {
    if (typeof timeZone === 'string') {
      clockOf(timeZone);
      return timeZone;
    }
  } catch {
    // Said below, like every other value that is no time zone.
  }
  throw new CleverConfigError(
    "`quietHours.timeZone` must be the name of a time zone in the IANA database, such as 'America/Chicago'.",
  );
}
