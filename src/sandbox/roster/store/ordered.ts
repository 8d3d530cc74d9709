/** Compares ids in Clever's order: ascending, by their characters. */
export function compareIds(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Returns the ids ascending and without repetition. */
export function sortedIds(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** Ascending ids without repetition, which need not be in memory: an array, or a computed list. */
export interface Ids {
  readonly length: number;
  /** Returns the id at a position from 0; `undefined` after the last. */
  at(index: number): string | undefined;
}

/** Returns the position of the first id that is not smaller, by bisection. */
export function lowerBound(ids: Ids, id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids.at(middle) ?? '') < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Whether an id is among ascending ones, by bisection. */
export function includesId(ids: Ids, id: string): boolean {
  return ids.at(lowerBound(ids, id)) === id;
}

/** A list after edits: the ids of the base without the edited ones, and the ids that the edits add. */
export interface EditedIds {
  readonly base: Ids;
  /** Whether an id of the base was removed, or may have left the list because its record was edited. */
  readonly hides: (id: string) => boolean;
  /** Ascending; an id that is also in the base is hidden there. */
  readonly added: Ids;
}

/** A part of a list of ids. */
export interface IdPage {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  readonly hasEarlier: boolean;
}

const NONE: Ids = [];
const hidesNothing = (): boolean => false;

/** Returns a list without edits. */
export function unedited(base: Ids): EditedIds {
  return { base, hides: hidesNothing, added: NONE };
}

/**
 * Cuts a page out of ascending ids. Looks only at the ids that the page needs.
 *
 * @param accepts - Excludes ids from the list.
 */
export function pageOfIds(
  list: EditedIds,
  query: { readonly limit: number; readonly after?: string | undefined; readonly before?: string | undefined },
  accepts: (id: string) => boolean = () => true,
): IdPage {
  const { limit, after, before } = query;
  if (before !== undefined) {
    const end = cut(list, before);
    const found = take(list, stepBack(end), -1, limit + 1, accepts);
    const hasMore = take(list, end, 1, 1, accepts).length > 0;
    return { ids: found.slice(0, limit).reverse(), hasMore, hasEarlier: found.length > limit };
  }
  const start = after === undefined ? { base: 0, added: 0 } : cut(list, after, 'after');
  const found = take(list, start, 1, limit + 1, accepts);
  const hasEarlier = take(list, stepBack(start), -1, 1, accepts).length > 0;
  return { ids: found.slice(0, limit), hasMore: found.length > limit, hasEarlier };
}

/** Returns all ids of a list. */
export function allIds(list: EditedIds): string[] {
  return take(list, { base: 0, added: 0 }, 1, Number.POSITIVE_INFINITY, () => true);
}

/** A position in both parts of a list. */
interface Position {
  readonly base: number;
  readonly added: number;
}

/**
 * Returns the position before the ids that are not smaller; with `after`, the position before the ids that
 * are greater.
 */
function cut({ base, added }: EditedIds, id: string, side?: 'after'): Position {
  const positionIn = (ids: Ids): number => {
    const at = lowerBound(ids, id);
    return side === 'after' && ids.at(at) === id ? at + 1 : at;
  };
  return { base: positionIn(base), added: positionIn(added) };
}

function stepBack({ base, added }: Position): Position {
  return { base: base - 1, added: added - 1 };
}

/** Walks both parts of a list together, in order. */
function take(
  { base, hides, added }: EditedIds,
  from: Position,
  step: 1 | -1,
  limit: number,
  accepts: (id: string) => boolean,
): string[] {
  const found: string[] = [];
  let [atBase, atAdded] = [from.base, from.added];
  let [left, right] = [idAt(base, atBase), idAt(added, atAdded)];
  while (found.length < limit && (left !== undefined || right !== undefined)) {
    if (left !== undefined && (right === undefined || left < right === (step === 1))) {
      if (!hides(left) && accepts(left)) {
        found.push(left);
      }
      atBase += step;
      left = idAt(base, atBase);
    } else if (right !== undefined) {
      if (accepts(right)) {
        found.push(right);
      }
      atAdded += step;
      right = idAt(added, atAdded);
    }
  }
  return found;
}

/** A negative position is outside the list; `Array.at()` would count from the end. */
function idAt(ids: Ids, index: number): string | undefined {
  return index < 0 ? undefined : ids.at(index);
}
