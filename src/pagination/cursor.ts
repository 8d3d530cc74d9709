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
 *
 * Where ids are not in order, a cursor has the pages that were read after its `#` (positions.ts):
 * `…&cursor=<text>#seen=…`.
 */

export const PAGE_SIZE = 'limit';
/** The last is that of submissions. */
export const POSITION: ReadonlySet<string> = new Set(['starting_after', 'ending_before', 'cursor']);

/** The member of a cursor that names pages that were read. */
export const TRAIL = 'seen';

/** A part of a listing: what comes after one id and before another. `undefined`: from the start, to the end. */
export interface Range {
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** Splits a path into the part before `?` and its query. */
export function split(path: string): { pathname: string; query: URLSearchParams } {
  const mark = path.indexOf('?');
  return mark === -1
    ? { pathname: path, query: new URLSearchParams() }
    : { pathname: path.slice(0, mark), query: new URLSearchParams(path.slice(mark + 1)) };
}

export function join(pathname: string, query: URLSearchParams): string {
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

/** The id after which a path continues; `undefined` for the start of a listing. */
export function positionOf(path: string): string | undefined {
  return split(path).query.get('starting_after') ?? undefined;
}

/** The parts that a parallel reading wrote; `undefined` for anything else. */
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
  /** What the cursor has after its `#`. */
  readonly rest: string | undefined;
  /** The parts that are left, where a parallel reading left several. The path is the start of the first. */
  readonly ranges: readonly Range[] | undefined;
}

/**
 * Turns `from` into the path to read next.
 *
 * @param from - A cursor of an earlier listing.
 * @param start - The path of the listing's first page, with the caller's filters and page size.
 * @param how.filters - The parameters that the caller may filter by. Any other one of a cursor is a `next` link's own.
 * @param how.keepsPageSize - Whether the cursor's page size holds, because the caller named none.
 * @param how.mayHaveParts - Whether this listing can be read in parallel.
 * @throws {@link CleverPaginationError} with reason `invalid_cursor` when the cursor belongs to another listing.
 */
export function resume(
  from: string,
  start: string,
  pathTemplate: string,
  {
    filters,
    keepsPageSize,
    mayHaveParts,
  }: { readonly filters: readonly string[]; readonly keepsPageSize: boolean; readonly mayHaveParts: boolean },
): Resumption {
  const mark = from.indexOf('#');
  const position = mark === -1 ? from : from.slice(0, mark);
  if (!position.startsWith('/') || !isSameListing(position, start)) {
    throw new CleverPaginationError(INVALID_CURSOR.other_path, { pathTemplate });
  }
  const wanted = split(start);
  const resumed = split(position).query;
  for (const key of new Set([...wanted.query.keys(), ...filters])) {
    const isFilter = key !== PAGE_SIZE && !POSITION.has(key);
    // Clever may repeat a parameter in another order.
    if (isFilter && wanted.query.getAll(key).sort().join() !== resumed.getAll(key).sort().join()) {
      throw new CleverPaginationError(INVALID_CURSOR.other_filter, { pathTemplate }, { filter: key });
    }
  }
  const pageSize = wanted.query.get(PAGE_SIZE);
  if (!keepsPageSize && pageSize !== null) {
    resumed.set(PAGE_SIZE, pageSize);
  }
  const path = join(wanted.pathname, resumed);
  const rest = mark === -1 ? undefined : from.slice(mark + 1);
  if (rest === undefined || rest.startsWith(`${TRAIL}=`)) {
    return { path, rest, ranges: undefined };
  }
  const ranges = mayHaveParts ? readRanges(path, rest) : undefined;
  if (ranges === undefined) {
    throw new CleverPaginationError(INVALID_CURSOR.other_parts, { pathTemplate });
  }
  return { path, rest, ranges };
}
