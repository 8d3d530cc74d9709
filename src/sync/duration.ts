import { CleverConfigError } from '../errors/config.js';

/** A length of time: milliseconds, or a number with a unit: `'30s'`, `'15m'`, `'6h'`, `'7d'`. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`;

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A hundred years. The dates of a database and of JavaScript both end, long after that. */
const LONGEST_MS = 36_525 * 86_400_000;

/**
 * Returns a length of time in milliseconds.
 *
 * @param most - In milliseconds. A timer takes less than a database does.
 * @throws {@link CleverConfigError} for anything that is not a length of time above zero, or is longer.
 */
export function milliseconds(option: string, duration: unknown, most = LONGEST_MS): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/u.exec(String(duration)) ?? [];
  const length = typeof duration === 'number' ? duration : Number(number) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!Number.isFinite(length) || length <= 0) {
    throw new CleverConfigError(
      `\`${option}\` must be a length of time: milliseconds, or a number with a unit such as '30s', '15m', '6h' or '7d'.`,
    );
  }
  if (length > most) {
    throw new CleverConfigError(`\`${option}\` must be at most ${Math.floor(most / 86_400_000)} days.`);
  }
  return Math.ceil(length);
}
