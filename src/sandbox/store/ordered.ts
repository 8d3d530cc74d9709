/** Orders ids as Clever does: ascending, by their characters. */
export function compareIds(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Ascending and without repetition. */
export function sortedIds(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** The position of the first id that is not smaller, by bisection. */
export function lowerBound(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A part of a list of ids. */
export interface IdPage {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  readonly hasEarlier: boolean;
}

/**
 * Cuts a page out of ascending ids, looking at no more of them than the page needs.
 *
 * @param accepts - Leaves ids out of the list, as if they were not in it.
 */
export function pageOfIds(
  ids: readonly string[],
  query: { readonly limit: number; readonly after?: string; readonly before?: string },
  accepts: (id: string) => boolean = () => true,
): IdPage {
  const { limit, after, before } = query;
  if (before !== undefined) {
    const end = lowerBound(ids, before);
    const found = take(ids, end - 1, -1, limit + 1, accepts);
    const hasMore = take(ids, end, 1, 1, accepts).length > 0;
    return { ids: found.slice(0, limit).reverse(), hasMore, hasEarlier: found.length > limit };
  }
  const at = after === undefined ? 0 : lowerBound(ids, after);
  const start = after !== undefined && ids[at] === after ? at + 1 : at;
  const found = take(ids, start, 1, limit + 1, accepts);
  const hasEarlier = take(ids, start - 1, -1, 1, accepts).length > 0;
  return { ids: found.slice(0, limit), hasMore: found.length > limit, hasEarlier };
}

function take(
  ids: readonly string[],
  from: number,
  step: 1 | -1,
  limit: number,
  accepts: (id: string) => boolean,
): string[] {
  const found: string[] = [];
  for (let index = from; found.length < limit; index += step) {
    const id = ids[index];
    if (id === undefined) {
      break;
    }
    if (accepts(id)) {
      found.push(id);
    }
  }
  return found;
}
