import { endOf, type TokenWindow } from './window.js';

/*
 * The reserve: a part of each window that listings leave to interactive calls, so that a login does not wait for a
 * roster. It is largest when the window begins, and shrinks evenly until nothing of it is held back any more, so that
 * nothing of it goes to waste.
 */

/** The size of the reserve when the window begins, as a share of the limit. */
const RESERVE = 0.05;
/** By which part of the window all of it is released. */
const RELEASED_BY = 0.9;

/** How many requests a listing may not send yet. Pure. */
export function reserved(window: TokenWindow, now: number): number {
  return Math.max(0, Math.ceil(sizeOf(window) * (1 - (now - window.openedAt) / releaseMs(window))));
}

/** How long until a listing may send one more request, when `rest` requests are left and all of them reserved. Pure. */
export function untilRelease(window: TokenWindow, now: number, rest: number): number {
  return window.openedAt + releaseMs(window) * (1 - (rest - 1) / Math.max(1, sizeOf(window))) - now;
}

function sizeOf({ limit }: TokenWindow): number {
  return Math.floor(limit * RESERVE);
}

function releaseMs(window: TokenWindow): number {
  return Math.max(1, (endOf(window) - window.openedAt) * RELEASED_BY);
}
