import { idOf, numberOf } from './ids.js';

/** What is not read yet of a part of a listing. */
export interface Remainder {
  /** The last id that was read. */
  readonly after: string;
  /** Where it ends, as far as is known. */
  readonly before: string | undefined;
  /** How far apart its pages may lie, as differences of ids, the more likely first. */
  readonly pageSpans: readonly bigint[];
}

/** Where one more segment can begin. */
export interface Split {
  /** The last id that was read of the part. */
  readonly from: string;
  /** An id after it, which need not be that of a record. */
  readonly at: string;
}

/** Greater than every id. */
const END = 1n << 96n;
/** Fewer pages are not worth sharing: each segment is also read beyond its end, by half a page on average. */
const MIN_PAGES = 2n;
/** How many pages a part is assumed to have at most, while little of the listing was seen. */
const MIN_BELIEVED_PAGES = 8;

/**
 * Chooses where one more segment should begin, so that it and an existing one share what is left. Pure.
 *
 * Ids show how far two records lie apart, not how many are between them: a district is created within a
 * minute and grows for years. So what is left is measured by the spans of the latest pages, and however far
 * away its end is, no part is assumed to have more pages than the whole listing has shown so far. A guess
 * that was right doubles what is assumed; one that found nothing makes the part end sooner for the next
 * choice. The largest part is cut in its middle, in whole pages: where ids lie evenly, that is the id of a
 * record, and no page before it has to be read twice.
 *
 * @param taken - The guessed ids whose pages are under way.
 * @param pagesRead - Pages of the listing that were read so far.
 * @returns `undefined` when no part is worth cutting.
 */
export function chooseSplit(
  remainders: readonly Remainder[],
  taken: readonly string[],
  pagesRead: number,
): Split | undefined {
  const believed = BigInt(Math.max(pagesRead, MIN_BELIEVED_PAGES));
  let most = 0n;
  let found: Split | undefined;
  for (const { after, from, to, spans } of remainders.flatMap((one) => parts(one, taken))) {
    for (const span of spans) {
      // The first page of the part is already under way.
      const start = from + span;
      const pages = smaller((to - start) / span, believed);
      if (pages >= MIN_PAGES) {
        if (pages > most) {
          most = pages;
          found = { from: after, at: idOf(start + span * (pages / 2n)) };
        }
        break;
      }
    }
  }
  return found;
}

interface Part {
  readonly after: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly spans: readonly bigint[];
}

/** The parts into which the guesses under way will cut a remainder. */
function parts({ after, before, pageSpans: spans }: Remainder, taken: readonly string[]): Part[] {
  const [start, end] = [numberOf(after), before === undefined ? END : numberOf(before)];
  if (start === undefined || end === undefined) {
    return [];
  }
  const cuts = taken
    .filter((id) => id > after && (before === undefined || id < before))
    .flatMap((id) => numberOf(id) ?? [])
    .sort((one, other) => Number(one - other > 0n) - Number(one - other < 0n));
  const bounds = [start, ...cuts];
  return bounds.map((from, index) => ({ after, from, to: bounds[index + 1] ?? end, spans }));
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
