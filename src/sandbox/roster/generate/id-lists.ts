import type { Ids } from '../store/ordered.js';
import type { IdFamily, ObjectIds } from './object-id.js';

/** Returns ids of one family, computed on request. `indexAt` must ascend. */
export function chosen(ids: ObjectIds, family: IdFamily, length: number, indexAt: (position: number) => number): Ids {
  return {
    length,
    at: (position) => (position >= 0 && position < length ? ids.id(family, indexAt(position)) : undefined),
  };
}

/** Returns ids of one family with consecutive indexes. */
export function run(ids: ObjectIds, family: IdFamily, first: number, length: number): Ids {
  return chosen(ids, family, length, (position) => first + position);
}

/** Concatenates lists that ascend as a whole. */
export function joined(...parts: readonly Ids[]): Ids {
  return {
    length: parts.reduce((total, { length }) => total + length, 0),
    at: (position) => {
      let rest = position;
      for (const part of parts) {
        if (rest < part.length) {
          return part.at(rest);
        }
        rest -= part.length;
      }
      return undefined;
    },
  };
}
