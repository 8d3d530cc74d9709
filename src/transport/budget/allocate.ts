import { claim } from './claims.js';
import type { Demand, Share } from './demand.js';
import { probe } from './probe.js';
import { reserved, untilRelease } from './reserve.js';
import { shareOfBulk } from './shares.js';
import { current, endOf, isMeasured, type TokenWindow } from './window.js';

/** The requests that may be sent now, and why the others have to wait. */
export interface Allocation extends Share {
  /** The window that they are taken from. */
  readonly windowNumber: number;
  /** Whether it is not known yet what the window has left, so that the wait is for an answer. */
  readonly isProbing: boolean;
  /** Whether the window has nothing left, so that the wait is for its end. */
  readonly isSpent: boolean;
  readonly limit: number;
  /** When the window ends, in Unix seconds by Clever's clock. */
  readonly reset: number | undefined;
}

/**
 * Allocates what the window has left, and opens the next window where it is over. Pure.
 *
 * @param claimant - The process, where several share the store.
 */
export function allocate(
  found: TokenWindow | undefined,
  now: number,
  demand: Demand,
  claimant?: string,
): [TokenWindow, Allocation] {
  const window = current(found, now);
  const isProbing = !window.isUncounted && !isMeasured(window) && (!window.isTrusted || leftOf(window) === 0);
  const share = isProbing ? probe(window, now, demand) : fairShare(window, now, demand, claimant);
  const count = share.interactive + share.bulk;
  const next: TokenWindow = {
    ...window,
    taken: window.taken + count,
    inFlight: window.inFlight + count,
    probedAt: count > 0 ? now : window.probedAt,
    claims: claimant === undefined ? undefined : claim(window.claims, now, claimant, count, share.waitMs),
  };
  const { number: windowNumber, limit, reset } = window;
  const isSpent = isMeasured(next) && limit - next.taken - next.others <= 0;
  return [next, { ...share, windowNumber, isProbing, isSpent, limit, reset }];
}

/** Interactive calls first, as far as the window goes; then listings, without the reserve. */
function fairShare(window: TokenWindow, now: number, demand: Demand, claimant: string | undefined): Share {
  const left = window.isUncounted ? Number.POSITIVE_INFINITY : leftOf(window);
  const interactive = Math.min(demand.interactive, left);
  const unreserved = Math.max(0, left - interactive - reserved(window, now));
  const share = claimant === undefined ? undefined : shareOfBulk(window, now, unreserved, claimant);
  const bulk = Math.min(demand.bulk, share?.most ?? unreserved);
  if (interactive === demand.interactive && bulk === demand.bulk) {
    return { interactive, bulk, waitMs: undefined };
  }
  const rest = left - interactive - bulk;
  const untilEnd = endOf(window) - now;
  if (share !== undefined && bulk < unreserved && interactive === demand.interactive) {
    return { interactive, bulk, waitMs: Math.min(untilEnd, share.waitMs) };
  }
  return { interactive, bulk, waitMs: rest > 0 ? Math.min(untilEnd, untilRelease(window, now, rest)) : untilEnd };
}

/** What the window still has. While others send, Clever's count may miss what is under way. */
function leftOf({ limit, taken, others, isContested, inFlight, carried }: TokenWindow): number {
  return Math.max(0, limit - taken - others - (isContested ? inFlight + carried : 0));
}
