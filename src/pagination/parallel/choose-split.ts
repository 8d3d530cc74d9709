import { idOf, numberOf } from './ids.js';

/** What is not read yet of a part of a listing. */
export interface Remainder {
  /** The last id that was read. */
  readonly after: string;
  /** Where it ends, as far as is known. */
  readonly before: string | undefined;
  /** How far apart, as numbers, its pages may lie, the more likely first. */
  readonly pageSpans: readonly bigint[];
}

/** A place for one more reader. */
export interface Split {
  /** The last id that was read of the part. */
  readonly from: string;
  /** An id behind it, which need not exist. */
  readonly at: string;
}

/** Behind every id. */
const END = 1n << 96n;
/** Fewer pages are not worth sharing: each reader of a part also reads beyond its end, by half a page on average. */
const MIN_PAGES = 2n;
/** What is believed of a listing of which little was seen. */
const MIN_BELIEVED_PAGES = 8;

/**
 * Where one more reader should begin, so that it and another share what is left. Pure.
 *
 * Ids tell how far two records lie apart, not how many there are between them: a district is made within a minute and
 * grows for years. So what is left is measured in pages as they lay lately, and however far its end, no part is believed to
 * have more pages than the whole listing has shown so far. What turns out right doubles the belief; what turns out wrong,
 * because nothing was there, ends the part sooner for the next choice. The largest part is cut in its middle, in whole pages:
 * where ids lie evenly, that is the id of a record, and no page before it has to be read twice.
 *
 * @param taken - Where readers were sent that are not back yet.
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
      // The first page of it is under way.
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

/** A remainder as those who are under way will leave it. */
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
