import { CleverConfigError } from '../errors/config.js';

/** The longest delay of a timer, in milliseconds. A timer with a longer delay fires immediately. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Checks a number; `undefined` passes.
 *
 * @throws {@link CleverConfigError} for anything but a whole number from `low` to `high`.
 */
export function checkInteger(name: string, value: unknown, low: number, high: number): void {
  if (value !== undefined && !isIntegerBetween(value, low, high)) {
    throw new CleverConfigError(`\`${name}\` must be a whole number from ${low} to ${high}.`);
  }
}

/** Checks whether a value is a whole number from `low` to `high`. */
export function isIntegerBetween(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
}

/**
 * Checks a callback; `undefined` passes.
 *
 * @throws {@link CleverConfigError} for anything but a function.
 */
export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') {
    throw new CleverConfigError(`\`${name}\` must be a function.`);
  }
}
