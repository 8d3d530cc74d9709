/** The time from one moment to another, never negative: a clock may have been set back between them. */
export function elapsedMs(since: number, now: number): number {
  return Math.max(0, now - since);
}
