/** Clever's documented window, in milliseconds. Source: dev.clever.com/docs/paging-and-limits. */
export const WINDOW_MS = 60_000;

/** The reset counts whole seconds, so the window may last until the end of the one that it names. */
export const RESET_MARGIN_MS = 1_000;

/** The `Date` and the reset of an answer are both rounded to whole seconds, in whatever direction. */
const ROUNDING_MS = 2_000;

/**
 * Whether a window of Clever's can end so long after one of its answers was sent, in milliseconds. Pure.
 *
 * A window is never longer than Clever's minute. Whatever names another end, a broken proxy or a wrong clock, must not
 * hold requests back until then.
 */
export function isCredible(untilEndMs: number): boolean {
  return untilEndMs >= -ROUNDING_MS && untilEndMs <= WINDOW_MS + ROUNDING_MS;
}
