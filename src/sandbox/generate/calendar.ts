/** The school year of generated districts. Fixed, so that the same seed gives the same data on any day. */
export const SCHOOL_YEAR = { first: '2026-08-17', last: '2027-06-04', graduates: 2027 } as const;

/** Terms, one of them of last year; two share a name, as in real districts (observed). */
export const TERMS = [
  { name: 'Y1', start_date: '2025-08-18', end_date: '2026-06-05' },
  { name: 'S1', start_date: '2026-08-17', end_date: '2027-01-15' },
  { name: 'S2', start_date: '2027-01-18', end_date: '2027-06-04' },
  { name: 'Y1', start_date: '2026-08-17', end_date: '2027-06-04' },
] as const;

/** Positions in {@link TERMS}. */
export const TERM = { firstHalf: 1, secondHalf: 2, wholeYear: 3 } as const;

const SYNC = Date.UTC(2026, 7, 1, 6, 0, 0);

/** The `created` and `last_modified` of a record: one sync writes records a millisecond apart or so (observed). */
export function timestamps(index: number): { readonly created: string; readonly last_modified: string } {
  const modifiedAfterMs = index % 3 === 0 ? 0 : 86_400_000;
  return {
    created: new Date(SYNC + index).toISOString(),
    last_modified: new Date(SYNC + index + modifiedAfterMs).toISOString(),
  };
}
