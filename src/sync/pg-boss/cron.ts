import { CleverConfigError } from '../../errors/config.js';

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;

/**
 * Returns the cron expression that means every so many minutes. Cron counts within an hour and within a day, so an
 * interval that does not divide them would have a shorter one at each end: every 7 minutes, 56 is followed by 0.
 *
 * @throws {@link CleverConfigError} for an interval that cron cannot repeat.
 */
export function cronOf(intervalMs: number): string {
  const minutes = intervalMs / MINUTE_MS;
  if (minutes < MINUTES_PER_HOUR && divides(minutes, MINUTES_PER_HOUR)) {
    return `${step(minutes)} * * * *`;
  }
  const hours = minutes / MINUTES_PER_HOUR;
  if (hours < HOURS_PER_DAY && divides(hours, HOURS_PER_DAY)) {
    return `0 ${step(hours)} * * *`;
  }
  if (hours === HOURS_PER_DAY) {
    return '0 0 * * *';
  }
  throw new CleverConfigError(
    'pgBossEngine(): pg-boss repeats a task by cron, which knows no such interval. Pass a `lookEvery` of 1, 2, 3, 4, 5, 6, ' +
      '10, 12, 15, 20 or 30 minutes, or of 1, 2, 3, 4, 6, 8, 12 or 24 hours.',
  );
}

function divides(part: number, whole: number): boolean {
  return part >= 1 && Number.isInteger(part) && whole % part === 0;
}

function step(every: number): string {
  return every === 1 ? '*' : `*/${every}`;
}
