import { CleverPaginationError } from '../errors/index.js';

/*
 * A cursor is the path and query of the page that comes next, as Clever's own `next` links spell it:
 * `/v3.1/users?limit=1000&role=student&starting_after=<id>`. That makes it JSON-safe, readable, and checkable: it can
 * only resume the listing that it came from.
 */

const PAGE_SIZE = 'limit';
/** The last is that of submissions. */
const POSITION = new Set(['starting_after', 'ending_before', 'cursor']);

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
 * (`/myTeachers`, observed), so case does not tell listings apart.
 */
export function isSameListing(one: string, other: string): boolean {
  return split(one).pathname.toLowerCase() === split(other).pathname.toLowerCase();
}

/** The position behind a record: the listing's own path with `starting_after`. */
export function cursorAfter(path: string, lastId: string): string {
  const { pathname, query } = split(path);
  for (const key of POSITION) {
    query.delete(key);
  }
  query.set('starting_after', lastId);
  return join(pathname, query);
}

/**
 * Turns `from` into the path to read next.
 *
 * @param from - A cursor of an earlier listing.
 * @param start - The path of the listing's first page, with the caller's filters and page size.
 * @param keepsPageSize - Whether the cursor's page size holds, because the caller named none.
 * @throws {@link CleverPaginationError} with reason `invalid_cursor` when the cursor belongs to another listing.
 */
export function resumePath(from: string, start: string, pathTemplate: string, keepsPageSize: boolean): string {
  const refuse = (why: string): CleverPaginationError =>
    new CleverPaginationError(
      `${pathTemplate}: \`from\` is not a cursor of this listing (${why}). Pass the \`cursor\` of one of its pages, with the same filters.`,
      { reason: 'invalid_cursor', pathTemplate },
    );
  if (!from.startsWith('/') || !isSameListing(from, start)) {
    throw refuse('it comes from another path or API version');
  }
  const wanted = split(start);
  const resumed = split(from).query;
  for (const key of new Set([...wanted.query.keys(), ...resumed.keys()])) {
    const isFilter = key !== PAGE_SIZE && !POSITION.has(key);
    if (isFilter && wanted.query.getAll(key).join() !== resumed.getAll(key).join()) {
      throw refuse(`its \`${key}\` filter is another one`);
    }
  }
  const pageSize = wanted.query.get(PAGE_SIZE);
  if (!keepsPageSize && pageSize !== null) {
    resumed.set(PAGE_SIZE, pageSize);
  }
  return join(wanted.pathname, resumed);
}
