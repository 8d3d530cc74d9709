import type { DistrictState } from '../status.js';

/*
 * The addresses of the page. They are queries alone, so they lead to wherever the app has mounted the handler: with or
 * without a slash at the end, and after a proxy that removes a part of the path.
 */

/** All districts. */
export const ALL = '?';

/** What the list of districts shows. */
export interface ListQuery {
  readonly search?: string | undefined;
  readonly state?: DistrictState | undefined;
  /** From 1. */
  readonly page?: number;
}

export function listAddress({ search, state, page = 1 }: ListQuery): string {
  return queryOf({ search, state, page: page === 1 ? undefined : page });
}

export function districtAddress(
  district: string,
  more: { readonly before?: number; readonly done?: string } = {},
): string {
  return queryOf({ district, ...more });
}

export function runAddress(run: number, more: { readonly done?: string } = {}): string {
  return queryOf({ run, ...more });
}

/** Where a run is approved: by GET the question, by POST the answer. */
export function approveAddress(run: number): string {
  return queryOf({ approve: run });
}

/** Where a run of a district is asked for, by POST. */
export function requestAddress(district: string): string {
  return queryOf({ request: district });
}

function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return `?${new URLSearchParams(given)}`;
}
