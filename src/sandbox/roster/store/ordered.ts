/** Orders ids as Clever does: ascending, by their characters. */
export function compareIds(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Ascending and without repetition. */
export function sortedIds(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** Ascending ids, each once, that need not be in memory: an array is one, and so is arithmetic. */
export interface Ids {
  readonly length: number;
  /** The id at a position from 0; `undefined` behind the last. */
  at(index: number): string | undefined;
}

/** The position of the first id that is not smaller, by bisection. */
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

/** Tells whether an id is among ascending ones, by bisection. */
export function includesId(ids: Ids, id: string): boolean {
  return ids.at(lowerBound(ids, id)) === id;
}

/** A list as it is after edits: what it was, without what was touched, and with what the edits make of it. */
export interface EditedIds {
  readonly base: Ids;
  /** Of the base, what is no longer there, or no longer there as it was. */
  readonly hides: (id: string) => boolean;
  /** Ascending; none of them is in the base and not hidden. */
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

/** A list that no edit has touched. */
export function unedited(base: Ids): EditedIds {
  return { base, hides: hidesNothing, added: NONE };
}

/**
 * Cuts a page out of ascending ids, looking at no more of them than the page needs.
 *
 * @param accepts - Leaves ids out of the list, as if they were not in it.
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
  const start = after === undefined ? { base: 0, added: 0 } : cut(list, after, 'behind');
  const found = take(list, start, 1, limit + 1, accepts);
  const hasEarlier = take(list, stepBack(start), -1, 1, accepts).length > 0;
  return { ids: found.slice(0, limit), hasMore: found.length > limit, hasEarlier };
}

/** All ids of a list. */
export function allIds(list: EditedIds): string[] {
  return take(list, { base: 0, added: 0 }, 1, Number.POSITIVE_INFINITY, () => true);
}

/** A position in both halves of a list. */
interface Position {
  readonly base: number;
  readonly added: number;
}

/** Between the ids that are smaller and the others; `behind`: between those that are not greater and the others. */
function cut({ base, added }: EditedIds, id: string, side?: 'behind'): Position {
  const positionIn = (ids: Ids): number => {
    const at = lowerBound(ids, id);
    return side === 'behind' && ids.at(at) === id ? at + 1 : at;
  };
  return { base: positionIn(base), added: positionIn(added) };
}

function stepBack({ base, added }: Position): Position {
  return { base: base - 1, added: added - 1 };
}

/** Walks both halves at once, in order. */
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

/** Arrays count negative positions from their end. */
function idAt(ids: Ids, index: number): string | undefined {
  return index < 0 ? undefined : ids.at(index);
}
