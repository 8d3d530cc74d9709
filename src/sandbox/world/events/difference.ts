import { isObject } from '../../../util/is-object.js';
import type { Json } from '../../../util/types.js';

/** A changed record, and the previous values of the changed members. */
export interface Difference {
  readonly after: Json;
  /**
   * Nested as in the record, with whole lists; `null` for members that were absent. `undefined`: nothing
   * changed.
   */
  readonly before: Json | undefined;
}

/**
 * Changes a record. Objects are merged member by member and everything else is replaced; `null` and
 * `undefined` remove a member. That an absent member has `null` in `before` is inferred; with it, applying
 * `before` undoes the change.
 */
export function applyChanges(record: Json, changes: Json): Difference {
  const after: Record<string, unknown> = { ...record };
  const before: Record<string, unknown> = {};
  for (const [member, change] of Object.entries(changes)) {
    const old = record[member] ?? null;
    const now = change ?? null;
    if (isObject(now) && isObject(old)) {
      const inner = applyChanges(old, now);
      if (inner.before !== undefined) {
        after[member] = inner.after;
        before[member] = inner.before;
      }
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      before[member] = old;
      if (now === null) {
        delete after[member];
      } else {
        after[member] = isObject(now) ? applyChanges({}, now).after : now;
      }
    }
  }
  return { after, before: Object.keys(before).length === 0 ? undefined : before };
}

/**
 * Returns the previous values of the members that differ, in the form of {@link Difference.before};
 * `undefined` when nothing differs.
 *
 * @param except - A member to ignore.
 */
export function membersBefore(before: Json, after: Json, except?: string): Json | undefined {
  const found: Record<string, unknown> = {};
  for (const member of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[member] ?? null, after[member] ?? null];
    if (member === except || old === now) {
      continue;
    }
    if (isObject(old) && isObject(now)) {
      const inner = membersBefore(old, now);
      if (inner !== undefined) {
        found[member] = inner;
      }
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      found[member] = old;
    }
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
