import type { Demand, Share } from './demand.js';
import type { TokenWindow } from './window.js';

/** If a probe has not been answered for so long, one more is sent. */
const PROBE_MS = 5_000;

/** How often it is looked whether the answer to a probe of another process has arrived. */
const LOOK_MS = 500;

/**
 * The share of a window that nothing is known of: one request at a time, an interactive one if there is any,
 * until an answer shows what is left. Another process may have used the token. Pure.
 */
export function probe(window: TokenWindow, now: number, demand: Demand): Share {
  const nextAt = window.inFlight + window.carried === 0 ? now : window.probedAt + PROBE_MS;
  const isFree = now >= nextAt;
  const interactive = isFree && demand.interactive > 0 ? 1 : 0;
  const bulk = isFree && interactive === 0 && demand.bulk > 0 ? 1 : 0;
  const isAll = interactive === demand.interactive && bulk === demand.bulk;
  const untilNext = isFree ? PROBE_MS : nextAt - now;
  return { interactive, bulk, waitMs: isAll ? undefined : Math.min(untilNext, LOOK_MS) };
}
