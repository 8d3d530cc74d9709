import { groupBy } from '../../util/group-by.js';
import type { Draws } from '../pseudonyms/draws.js';

/** Exchanges keys at random, each with one of the same group. */
export function swapWithin<Value>(
  values: ReadonlyMap<string, Value>,
  groupOf: (value: Value) => string,
  draws: Draws,
): ReadonlyMap<string, string> {
  const swapped = new Map<string, string>();
  for (const entries of groupBy(values, ([, value]) => groupOf(value)).values()) {
    const keys = entries.map(([key]) => key);
    draws.shuffled(keys).forEach((key, index) => {
      swapped.set(keys[index] ?? key, key);
    });
  }
  return swapped;
}
