import { endOf, type TokenWindow } from './window.js';

/*
 * The shares of several processes in a window. The process that asks first could take all of it, and the others would
 * wait for the next window each time. So each process that reads listings has an equal share. What it has not taken
 * yet is held back from the others, less and less as the window passes, so that nothing of it goes to waste.
 */

/** By which part of the window all that was held back is released. */
const RELEASED_BY = 0.9;
/** Asking more often for what is released bit by bit would only load the store. */
const SHORTEST_WAIT_MS = 250;

/** What a process may take for its listings, and when it is worth asking again where that is not enough. */
export interface ShareOfBulk {
  readonly most: number;
  readonly waitMs: number;
}

/**
 * How much of what is left a process may take for its listings. Pure.
 *
 * @param left - What listings may take of the window at all.
 */
export function shareOfBulk(window: TokenWindow, now: number, left: number, claimant: string): ShareOfBulk {
  const others = Object.entries(window.claims ?? {}).filter(([name, { until }]) => name !== claimant && until > now);
  if (others.length === 0) {
    return { most: left, waitMs: Number.POSITIVE_INFINITY };
  }
  const equal = (window.limit - window.others) / (others.length + 1);
  const untaken = others.reduce((sum, [, { taken }]) => sum + Math.max(0, equal - taken), 0);
  const releaseMs = Math.max(1, (endOf(window) - window.openedAt) * RELEASED_BY);
  const heldBack = untaken * Math.max(0, 1 - (now - window.openedAt) / releaseMs);
  const own = Math.floor(equal - (window.claims?.[claimant]?.taken ?? 0));
  return {
    most: Math.min(left, Math.max(0, own, Math.floor(left - heldBack))),
    waitMs: Math.max(SHORTEST_WAIT_MS, releaseMs / Math.max(1, untaken)),
  };
}
