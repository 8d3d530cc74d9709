import type { Ids } from '../store/ordered.js';
import type { IdFamily, ObjectIds } from './object-id.js';

/** Ids of one family, worked out as they are asked for. `indexAt` ascends. */
export function chosen(ids: ObjectIds, family: IdFamily, length: number, indexAt: (position: number) => number): Ids {
  return {
    length,
    at: (position) => (position >= 0 && position < length ? ids.id(family, indexAt(position)) : undefined),
  };
}

/** Ids of one family with neighbouring indexes. */
export function run(ids: ObjectIds, family: IdFamily, first: number, length: number): Ids {
  return chosen(ids, family, length, (position) => first + position);
}

/** Lists one behind the other, which ascend as a whole. */
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
