import { join, PAGE_SIZE, POSITION, positionOf, type Range, split } from './cursor.js';

/** The position after a record: the listing's own path with `starting_after`. */
export function cursorAfter(path: string, lastId: string): string {
  const { pathname, query } = split(path);
  for (const key of POSITION) {
    query.delete(key);
  }
  query.set('starting_after', lastId);
  return join(pathname, query);
}

/**
 * The cursor of several parts of a listing.
 *
 * @param path - Where the first part begins.
 * @param ranges - All parts, ascending; the last goes to the end of the listing.
 */
export function cursorOf(path: string, ranges: readonly Range[]): string {
  const bounds = new URLSearchParams();
  for (const [index, { after, before }] of ranges.entries()) {
    if (index > 0 && after !== undefined) {
      bounds.append('after', after);
    }
    if (before !== undefined) {
      bounds.append('before', before);
    }
  }
  return bounds.size === 0 ? path : `${path}#${bounds}`;
}

/** The records that a page may have, as its path asks for; `undefined` where it does not say. */
export function limitOf(path: string): number | undefined {
  const limit = Number(split(path).query.get(PAGE_SIZE) ?? Number.NaN);
  return limit > 0 ? limit : undefined;
}

/** Whether a link leads to where a listing starts, whatever the page size: it names no position and no other page. */
export function leadsToStart(link: string, from: string): boolean {
  const known = split(from).query;
  return [...split(link).query].every(
    ([key, value]) => key === PAGE_SIZE || (!POSITION.has(key) && known.getAll(key).includes(value)),
  );
}

/**
 * Whether a link leads back to where its own page began, or before. Only ids of one length are compared: Clever's are,
 * and positions of another kind tell no order.
 */
export function leadsBack(link: string, from: string): boolean {
  const [target, start] = [positionOf(link), positionOf(from)];
  return target !== undefined && start !== undefined && target.length === start.length && target <= start;
}

/**
 * Whether an earlier reading has delivered an id, if ids are in order: one outside what it left. Only ids as long as a
 * position are compared with it.
 *
 * @param left - The parts that it left, ascending.
 */
export function readBefore(left: readonly Partial<Range>[]): (id: string) => boolean {
  return (id) => left.every(({ after, before }) => isUpTo(id, after) || isUpTo(before, id));
}

function isUpTo(id: string | undefined, other: string | undefined): boolean {
  return id !== undefined && other !== undefined && id.length === other.length && id <= other;
}
