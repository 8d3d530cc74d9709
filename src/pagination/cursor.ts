import { INVALID_CURSOR } from '../errors/catalogue/listings.js';
import { CleverPaginationError } from '../errors/index.js';

/*
 * A cursor is the path and query of the page that comes next, as Clever's own `next` links spell it:
 * `/v3.1/users?limit=1000&role=student&starting_after=<id>`. That makes it JSON-safe, readable, and
 * checkable: it can only resume the listing that it came from.
 *
 * A parallel reading leaves several parts of a listing unread. Its cursor has a second half after a `#`, with
 * where the first part ends and where the others begin and end:
 * `…&starting_after=<id>#before=<id>&after=<id>&before=<id>&after=<id>`.
 */

const PAGE_SIZE = 'limit';
/** The last is that of submissions. */
const POSITION = new Set(['starting_after', 'ending_before', 'cursor']);

/** A part of a listing: what comes after one id and before another. `undefined`: from the start, to the end. */
export interface Range {
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** Splits a path into the part before `?` and its query. */
function split(path: string): { pathname: string; query: URLSearchParams } {
  const mark = path.indexOf('?');
  return mark === -1
    ? { pathname: path, query: new URLSearchParams() }
    : { pathname: path.slice(0, mark), query: new URLSearchParams(path.slice(mark + 1)) };
}

function join(pathname: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? pathname : `${pathname}?${text}`;
}

/**
 * Whether two paths belong to one listing. Clever answers its own links in another case than the documented paths
 * (`/myTeachers`, observed), so two listings cannot differ in case alone.
 */
export function isSameListing(one: string, other: string): boolean {
  return split(one).pathname.toLowerCase() === split(other).pathname.toLowerCase();
}

/** The position after a record: the listing's own path with `starting_after`. */
export function cursorAfter(path: string, lastId: string): string {
  const { pathname, query } = split(path);
  for (const key of POSITION) {
    query.delete(key);
  }
  query.set('starting_after', lastId);
  return join(pathname, query);
}

/** The id after which a path continues; `undefined` for the start of a listing. */
export function positionOf(path: string): string | undefined {
  return split(path).query.get('starting_after') ?? undefined;
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

/** The parts that {@link cursorOf} wrote; `undefined` for anything else. */
function readRanges(path: string, bounds: string): Range[] | undefined {
  const ranges: Range[] = [];
  let after = positionOf(path);
  let last = after ?? '';
  let before: string | undefined;
  for (const [key, id] of new URLSearchParams(bounds)) {
    const isNext =
      key === (before === undefined ? 'before' : 'after') && (id > last || (id === last && key === 'after'));
    if (!isNext) {
      return undefined;
    }
    if (key === 'before') {
      ranges.push({ after, before: id });
      before = id;
    } else {
      [after, before] = [id, undefined];
    }
    last = id;
  }
  return before === undefined && ranges.length > 0 ? [...ranges, { after, before }] : undefined;
}

/** Where to continue a listing. */
export interface Resumption {
  /** The path to read next. */
  readonly path: string;
  /** The parts that are left, where a parallel reading left several. The path is the start of the first. */
  readonly ranges: readonly Range[] | undefined;
}

/**
 * Turns `from` into the path to read next.
 *
 * @param from - A cursor of an earlier listing.
 * @param start - The path of the listing's first page, with the caller's filters and page size.
 * @param how.keepsPageSize - Whether the cursor's page size holds, because the caller named none.
 * @param how.mayHaveParts - Whether this listing can be read in parallel.
 * @throws {@link CleverPaginationError} with reason `invalid_cursor` when the cursor belongs to another listing.
 */
export function resume(
  from: string,
  start: string,
  pathTemplate: string,
  { keepsPageSize, mayHaveParts }: { readonly keepsPageSize: boolean; readonly mayHaveParts: boolean },
): Resumption {
  const mark = from.indexOf('#');
  const position = mark === -1 ? from : from.slice(0, mark);
  if (!position.startsWith('/') || !isSameListing(position, start)) {
    throw new CleverPaginationError(INVALID_CURSOR.other_path, { pathTemplate });
  }
  const wanted = split(start);
  const resumed = split(position).query;
  for (const key of new Set([...wanted.query.keys(), ...resumed.keys()])) {
    const isFilter = key !== PAGE_SIZE && !POSITION.has(key);
    if (isFilter && wanted.query.getAll(key).join() !== resumed.getAll(key).join()) {
      throw new CleverPaginationError(INVALID_CURSOR.other_filter, { pathTemplate }, { filter: key });
    }
  }
  const pageSize = wanted.query.get(PAGE_SIZE);
  if (!keepsPageSize && pageSize !== null) {
    resumed.set(PAGE_SIZE, pageSize);
  }
  const path = join(wanted.pathname, resumed);
  if (mark === -1) {
    return { path, ranges: undefined };
  }
  const ranges = mayHaveParts ? readRanges(path, from.slice(mark + 1)) : undefined;
  if (ranges === undefined) {
    throw new CleverPaginationError(INVALID_CURSOR.other_parts, { pathTemplate });
  }
  return { path, ranges };
}
