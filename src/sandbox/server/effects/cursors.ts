import type { Fault } from '../../world/faults/fault.js';

/** The number of records on a page by default. Source: dev.clever.com/docs/paging-and-limits. */
const DEFAULT_LIMIT = 100;

type CursorName = 'starting_after' | 'ending_before';

/** Positions before the first and after the last id: ids consist of letters and digits. */
const EDGES: Readonly<Record<CursorName, string>> = { starting_after: '!', ending_before: '~' };

/** Returns the ids of the page at an address; empty when the address has no page. */
type ReadIds = (url: URL) => Promise<readonly string[]>;

/**
 * Returns the address of the page that a request's cursor leads to after a fault has moved it; `undefined`
 * when the fault moves no cursor, or the request has none.
 */
export async function movedAddress(url: URL, fault: Fault, readIds: ReadIds): Promise<URL | undefined> {
  const name = cursorNameOf(url);
  const by = fault.repeatPage === true ? -limitOf(url) : (fault.moveCursor ?? 0);
  if (name === undefined || by === 0) {
    return undefined;
  }
  const cursor = url.searchParams.get(name) ?? '';
  const other = name === 'starting_after' ? 'ending_before' : 'starting_after';
  const towards = by > 0 ? name : other;
  const passed = await readIds(withCursor(url, towards, cursor, Math.abs(by)));
  if (by < 0 && passed.length < -by) {
    return withCursor(url, name, EDGES[name]);
  }
  return withCursor(url, name, passed.at(towards === 'starting_after' ? -1 : 0) ?? cursor);
}

/** Returns the address with a cursor that sorts directly after the present one: another cursor, the same records. */
export function sameAddress(url: URL): URL {
  const cursor = url.searchParams.get('starting_after') ?? '';
  return withCursor(url, 'starting_after', `${cursor}${EDGES.starting_after}`);
}

function cursorNameOf({ pathname, searchParams }: URL): CursorName | undefined {
  // The cursor of submissions is not an id.
  return pathname.endsWith('/submissions')
    ? undefined
    : (['starting_after', 'ending_before'] as const).find((name) => searchParams.has(name));
}

function limitOf({ searchParams }: URL): number {
  const limit = Number(searchParams.get('limit') ?? DEFAULT_LIMIT);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : DEFAULT_LIMIT;
}

function withCursor(url: URL, name: CursorName, cursor: string, limit?: number): URL {
  const changed = new URL(url);
  changed.searchParams.delete('starting_after');
  changed.searchParams.delete('ending_before');
  changed.searchParams.set(name, cursor);
  if (limit !== undefined) {
    changed.searchParams.set('limit', String(limit));
  }
  return changed;
}
