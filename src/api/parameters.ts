import { CleverConfigError } from '../errors/index.js';
import { isIntegerBetween } from '../options/values.js';
import type { ListOptions } from '../pagination/index.js';
import type { Query } from '../transport/index.js';
import type { CallOptions } from './context.js';

/** Options of a listing: paging, limits and validation. */
export interface ListParams extends ListOptions, CallOptions {}

/**
 * Options of a listing that is read from one end to the other, because its order matters or only Clever
 * knows a position in it.
 */
export interface SequentialListParams extends Omit<ListParams, 'parallel'> {
  /** Not for this listing: it is read in order. */
  readonly parallel?: never;
}

/** Whether a write may be repeated. */
export interface RepeatOptions {
  /**
   * Says that carrying this write out twice does no harm, so that it may be repeated like a read: after a
   * lost answer, a 429 or trouble on Clever's side. True of most updates, which write the same values
   * again; hardly ever of `create`, which makes a second one. Default `false`: a write is sent once.
   */
  readonly isSafeToRepeat?: boolean;
}

/**
 * Checks the paging options of a listing.
 *
 * @throws {@link CleverConfigError} for a value that cannot work.
 */
export function checkPaging(
  call: string,
  maxPageSize: number,
  { pageSize, prefetch, from, parallel }: Readonly<Record<'pageSize' | 'prefetch' | 'from' | 'parallel', unknown>>,
): void {
  if (pageSize !== undefined && !isIntegerBetween(pageSize, 1, maxPageSize)) {
    throw new CleverConfigError(
      `${call}: \`pageSize\` must be a whole number from 1 to ${maxPageSize}. Clever refuses more${
        maxPageSize === 10_000 ? ' with status 413' : ''
      }.`,
    );
  }
  if (!isIntegerBetween(prefetch, 0, 100)) {
    throw new CleverConfigError(`${call}: \`prefetch\` must be a whole number of pages from 0 to 100.`);
  }
  if (!isIntegerBetween(parallel, 1, 8)) {
    throw new CleverConfigError(`${call}: \`parallel\` must be a whole number of readers from 1 to 8.`);
  }
  if (from !== undefined && typeof from !== 'string') {
    throw new CleverConfigError(`${call}: \`from\` must be the \`cursor\` of a page, a string.`);
  }
}

/**
 * Picks the filters out of a listing's options. A list of values repeats its parameter. Clever checks for invalid
 * parameters since v2.0, so an empty filter is refused here rather than sent.
 *
 * @throws {@link CleverConfigError} for a filter that is empty or not text.
 */
export function filterValues(call: string, options: object, filters: readonly string[]): Query {
  const query: Record<string, string | string[]> = {};
  for (const name of filters) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || value === false) {
      continue;
    }
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0 || !values.every((one) => (typeof one === 'string' && one !== '') || one === true)) {
      throw new CleverConfigError(`${call}: \`${name}\` must not be empty. Leave it out to see everything.`);
    }
    query[name] = Array.isArray(value) ? values.map(String) : String(value);
  }
  return query;
}
