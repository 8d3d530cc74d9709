import { CleverConfigError } from '../errors/config.js';

/** A length of time: milliseconds, or a number with a unit: `'30s'`, `'15m'`, `'6h'`, `'7d'`. */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`;

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Returns a length of time in milliseconds.
 *
 * @throws {@link CleverConfigError} for anything that is not a length of time above zero.
 */
export function milliseconds(option: string, duration: unknown): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/u.exec(String(duration)) ?? [];
  const length = typeof duration === 'number' ? duration : Number(number) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!Number.isFinite(length) || length <= 0) {
    throw new CleverConfigError(
      `\`${option}\` must be a length of time: milliseconds, or a number with a unit such as '30s', '15m', '6h' or '7d'.`,
    );
  }
  return Math.ceil(length);
}
