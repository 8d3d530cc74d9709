/** The school year of generated districts. Fixed, so that the same seed produces the same data on any day. */
export const SCHOOL_YEAR = { first: '2026-08-17', last: '2027-06-04', graduates: 2027 } as const;

/** The terms, one of them from last year. Two have the same name, as in real districts (observed). */
export const TERMS = [
  { name: 'Y1', start_date: '2025-08-18', end_date: '2026-06-05' },
  { name: 'S1', start_date: '2026-08-17', end_date: '2027-01-15' },
  { name: 'S2', start_date: '2027-01-18', end_date: '2027-06-04' },
  { name: 'Y1', start_date: '2026-08-17', end_date: '2027-06-04' },
] as const;

/** Positions in {@link TERMS}. */
export const TERM = { firstHalf: 1, secondHalf: 2, wholeYear: 3 } as const;

const DAY_MS = 86_400_000;
const SYNC = Date.UTC(2026, 7, 1, 6, 0, 0);

/**
 * Returns the `created` and `last_modified` of a record: one sync writes its records about a millisecond
 * apart (observed).
 */
export function timestamps(index: number): { readonly created: string; readonly last_modified: string } {
  const rest = index % 1_000;
  const { created, nextDay } = secondAt((index - rest) / 1_000);
  const milliseconds = `${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}Z`;
  return {
    created: created + milliseconds,
    last_modified: (index % 3 === 0 ? created : nextDay) + milliseconds,
  };
}

/** A second after the sync, as text up to the milliseconds. */
interface Second {
  readonly second: number;
  readonly created: string;
  readonly nextDay: string;
}

let latest: Second | undefined;

/**
 * Keeps the latest second: neighbouring records mostly share it, and formatting a date takes as long as
 * generating a person.
 */
function secondAt(second: number): Second {
  if (latest?.second !== second) {
    const format = (time: number): string => new Date(time).toISOString().slice(0, -4);
    const time = SYNC + second * 1_000;
    latest = { second, created: format(time), nextDay: format(time + DAY_MS) };
  }
  return latest;
}
