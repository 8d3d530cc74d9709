import { CleverConfigError, CleverError, CleverPaginationError } from '../errors/index.js';
import { cursorOf } from './cursor.js';
import type { Listing } from './listing.js';
import type { ListPage } from './page.js';
import type { ToArrayOptions } from './paginated.js';
import { PageReader, type PageSource } from './reader.js';

/*
 * The ways in which a listing is read. In a module of its own, with all that it needs, because a program that has a listing
 * need not read it yet.
 */

/** Begins a reading. What reads in parallel is loaded by those who do. */
export async function openListing<T>(listing: Listing<T>): Promise<PageSource<T>> {
  const { parallel = 1, ranges } = listing;
  if (parallel === 1 && ranges === undefined) {
    return new PageReader(listing);
  }
  const { ParallelReader } = await import('./parallel/parallel-reader.js');
  return new ParallelReader(listing);
}

/** Where a reading begins, as a cursor. */
function startOf({ path, ranges }: Listing<unknown>): string {
  return ranges === undefined ? path : cursorOf(path, ranges);
}

/** Implements {@link Paginated.pages}. */
export async function* pagesOf<T>(listing: Listing<T>): AsyncGenerator<ListPage<T>, void, undefined> {
  let cursor = startOf(listing);
  const source = await openListing(listing);
  try {
    for (let page = await source.read(); page !== undefined; page = await source.read()) {
      yield page;
      cursor = page.cursor;
    }
  } catch (error) {
    throw CleverError.attachCursor(error, cursor);
  } finally {
    source.close();
  }
}

/** Implements {@link Paginated.toArray}. */
export async function readAll<T>(listing: Listing<T>, options: ToArrayOptions): Promise<T[]> {
  const { maxItems, onLimit = 'throw' } = options ?? {};
  if (!Number.isSafeInteger(maxItems) || maxItems < 0) {
    throw new CleverConfigError(
      'toArray() needs `maxItems`, the most records you are ready to hold in memory: toArray({ maxItems: 5_000 }).',
    );
  }
  if (onLimit !== 'throw' && onLimit !== 'truncate') {
    throw new CleverConfigError("toArray() takes `onLimit: 'throw'` or `onLimit: 'truncate'`.");
  }
  const { pathTemplate } = listing;
  const items: T[] = [];
  const source = await openListing(listing);
  try {
    while (onLimit === 'throw' || items.length < maxItems) {
      const page = await source.read();
      if (page === undefined) {
        break;
      }
      for (const item of page.data) {
        if (items.length === maxItems) {
          if (onLimit === 'truncate') {
            return items;
          }
          throw new CleverPaginationError(
            `${pathTemplate}: there are more than ${maxItems} records. Raise \`maxItems\`, iterate instead, ` +
              "or pass `onLimit: 'truncate'` if the first ones are all you want.",
            { reason: 'max_items', pathTemplate },
          );
        }
        items.push(item);
      }
    }
    return items;
  } catch (error) {
    throw CleverError.attachCursor(error, startOf(listing));
  } finally {
    source.close();
  }
}

/** Implements {@link Paginated.firstPage}. */
export async function readFirst<T>(listing: Listing<T>): Promise<ListPage<T>> {
  const source = await openListing(listing);
  try {
    // Before anything was read there is always a page to read.
    return (await source.read()) as ListPage<T>;
  } catch (error) {
    throw CleverError.attachCursor(error, startOf(listing));
  } finally {
    source.close();
  }
}
