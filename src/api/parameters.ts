import { CleverConfigError } from '../errors/index.js';
import { isIntegerBetween } from '../options/values.js';
import type { ListOptions } from '../pagination/index.js';
import type { Query } from '../transport/index.js';
import type { CallOptions } from './context.js';

/** Options of a listing: paging, limits and validation. */
export interface ListParams extends ListOptions, CallOptions {}

/**
 * Options of a listing that must be read in order, because its order matters or only Clever can compute
 * positions in it.
 */
export interface SequentialListParams extends Omit<ListParams, 'parallel'> {
  /** Not supported, because this listing is read in order. */
  readonly parallel?: never;
}

/** Options for repeating a write. */
export interface RepeatOptions {
  /**
   * Whether performing this write twice does no harm, so that the SDK may retry it like a read: after a
   * lost answer, a 429 or a problem on Clever's side. This is true for most updates, which write the same
   * values again, but rarely for `create`, which creates a second record. Default `false`: the write is
   * sent once.
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
      `${call}: \`pageSize\` must be a whole number from 1 to ${maxPageSize}. Clever refuses larger pages${
        maxPageSize === 10_000 ? ' with status 413' : ''
      }.`,
    );
  }
  if (!isIntegerBetween(prefetch, 0, 100)) {
    throw new CleverConfigError(`${call}: \`prefetch\`, a number of pages, must be a whole number from 0 to 100.`);
  }
  if (!isIntegerBetween(parallel, 1, 8)) {
    throw new CleverConfigError(`${call}: \`parallel\`, a number of readers, must be a whole number from 1 to 8.`);
  }
  if (from !== undefined && typeof from !== 'string') {
    throw new CleverConfigError(`${call}: \`from\` must be a string: the \`cursor\` of a page.`);
  }
}

/**
 * Returns the filters among a listing's options. For a list of values, the parameter is sent once per
 * value. Clever has refused invalid parameters since v2.0, so an empty filter is refused here instead of
 * being sent.
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
      throw new CleverConfigError(`${call}: \`${name}\` must not be empty. Omit it to list all records.`);
    }
    query[name] = Array.isArray(value) ? values.map(String) : String(value);
  }
  return query;
}
