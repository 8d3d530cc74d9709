/** What a process has of a window. Times are those of the store's clock. */
export interface Claim {
  /** Requests that it has sent in this window. */
  readonly taken: number;
  /** Until when it counts as reading, unless it asks again. */
  readonly until: number;
}

/** By the process, a random number. */
export type Claims = Readonly<Record<string, Claim>>;

/** How long a process that has not asked again still counts as reading, in milliseconds. */
const GRACE_MS = 5_000;

/** Notes what a process has taken, and that it may come back. Forgets those that have not. Pure. */
export function claim(
  claims: Claims | undefined,
  now: number,
  claimant: string,
  count: number,
  waitMs: number | undefined,
): Claims {
  const current = Object.entries(claims ?? {}).filter(([, { until }]) => until > now);
  const taken = (claims?.[claimant]?.taken ?? 0) + count;
  return { ...Object.fromEntries(current), [claimant]: { taken, until: now + (waitMs ?? 0) + GRACE_MS } };
}

/** The claims in the next window: nothing is taken of it yet. */
export function renewed(claims: Claims | undefined): Claims | undefined {
  return claims && Object.fromEntries(Object.entries(claims).map(([name, { until }]) => [name, { taken: 0, until }]));
}

/** Whether what a store has kept are claims. */
export function areClaims(claims: unknown, latest: number): boolean {
  return (
    claims === undefined ||
    (typeof claims === 'object' &&
      claims !== null &&
      Object.values(claims as Record<string, Partial<Claim> | null>).every(
        (one) => Number.isSafeInteger(one?.taken) && Number(one?.taken) >= 0 && Number(one?.until) <= latest + GRACE_MS,
      ))
  );
}
