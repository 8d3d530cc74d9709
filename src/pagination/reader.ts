import type { Listing } from './listing.js';
import type { PageSource } from './page.js';
import { PageReader } from './page-reader.js';

/** Begins to read a listing. The reader of parallel readings is loaded when it is needed. */
export async function openListing<T>(listing: Listing): Promise<PageSource<T>> {
  listing.beforeReading?.();
  const { parallel = 1, ranges, rest } = listing;
  const isInOrder = ranges !== undefined || rest === undefined;
  if ((parallel === 1 && ranges === undefined) || !isInOrder) {
    return new PageReader<T>(listing);
  }
  const { ParallelReader } = await import('./parallel/parallel-reader.js');
  return new ParallelReader<T>(listing);
}
