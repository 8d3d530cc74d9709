/*
 * What the generated checks are made of. Each looks at a value that came from JSON, where nothing is `undefined`: here
 * that means a member that is absent.
 */

import { isObject } from '../util/is-object.js';

export { isObject };

/** A check: whether a value has a shape. */
export type Check = (value: unknown) => boolean;

export function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** JSON can spell a number that is too big to be one: `1e999`. */
export function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** A member that may be missing or `null`. */
export function isMaybe(value: unknown, check: Check): boolean {
  return value === undefined || value === null || check(value);
}

export function isMaybeText(value: unknown): boolean {
  return typeof value === 'string' || value === undefined || value === null;
}

export function isListOf(value: unknown, check: Check): boolean {
  if (!Array.isArray(value)) {
    return false;
  }
  for (const element of value) {
    if (!check(element)) {
      return false;
    }
  }
  return true;
}

/** An object with any names. Like zod, it does not look at `__proto__`. */
export function isRecordOf(value: unknown, check: Check): boolean {
  if (!isObject(value)) {
    return false;
  }
  for (const name in value) {
    if (!check(value[name]) && name !== '__proto__') {
      return false;
    }
  }
  return true;
}
