import { current, endOf, isMeasured, type TokenWindow } from './window.js';

/** How many requests somebody would like to send. */
export interface Wanted {
  readonly interactive: number;
  readonly bulk: number;
}

/** What came of it. */
export interface Granted extends Wanted {
  /** The window that the grants are from. */
  readonly windowNumber: number;
  /** After which time it is worth asking again, in milliseconds; `undefined` when everything was granted. */
  readonly waitMs: number | undefined;
  /** Whether nobody knows yet what the window has, so that the wait is for an answer. */
  readonly isProbing: boolean;
  /** Whether the window has nothing left, so that the wait is the one for its end. */
  readonly isSpent: boolean;
  readonly limit: number;
  /** When the window ends, in Unix seconds by Clever's clock. */
  readonly reset: number | undefined;
}

type Allowance = Wanted & Pick<Granted, 'waitMs'>;

/** While nothing is known, one request goes alone; one more follows when it has not been answered for so long. */
const PROBE_MS = 5_000;
/** What a bulk reader leaves to the calls that somebody waits for, as a share of the limit, when the window begins. */
const RESERVE = 0.05;
/** By which part of the window the reserve is handed out, so that nothing of it goes to waste. */
const RESERVE_ENDS = 0.9;

/** Grants what the window has left, opening the next one where it is over. Pure. */
export function grant(found: TokenWindow | undefined, now: number, wanted: Wanted): [TokenWindow, Granted] {
  const window = current(found, now);
  const isProbing = !window.isUncounted && !isMeasured(window) && (!window.isTrusted || leftOf(window) === 0);
  const { waitMs, ...counts } = isProbing ? probe(window, now, wanted) : allowance(window, now, wanted);
  const count = counts.interactive + counts.bulk;
  const next: TokenWindow = {
    ...window,
    taken: window.taken + count,
    inFlight: window.inFlight + count,
    probedAt: count > 0 ? now : window.probedAt,
  };
  const { number: windowNumber, limit, reset } = window;
  const isSpent = isMeasured(next) && limit - next.taken - next.others <= 0;
  return [next, { ...counts, windowNumber, waitMs, isProbing, isSpent, limit, reset }];
}

function allowance(window: TokenWindow, now: number, wanted: Wanted): Allowance {
  const left = window.isUncounted ? Number.POSITIVE_INFINITY : leftOf(window);
  const interactive = Math.min(wanted.interactive, left);
  const held = heldBack(window, now);
  const bulk = Math.max(0, Math.min(wanted.bulk, left - interactive - held));
  if (interactive === wanted.interactive && bulk === wanted.bulk) {
    return { interactive, bulk, waitMs: undefined };
  }
  const rest = left - interactive - bulk;
  const untilEnd = endOf(window) - now;
  return { interactive, bulk, waitMs: rest > 0 ? Math.min(untilEnd, untilRelease(window, now, rest)) : untilEnd };
}

/** What the window still has. While others send, Clever's count may miss what is under way. */
function leftOf({ limit, taken, others, isContested, inFlight, carried }: TokenWindow): number {
  return Math.max(0, limit - taken - others - (isContested ? inFlight + carried : 0));
}

/** One request at a time, the most urgent first, until an answer tells where the window stands. */
function probe(window: TokenWindow, now: number, wanted: Wanted): Allowance {
  const nextAt = window.inFlight + window.carried === 0 ? now : window.probedAt + PROBE_MS;
  const isFree = now >= nextAt;
  const interactive = isFree && wanted.interactive > 0 ? 1 : 0;
  const bulk = isFree && interactive === 0 && wanted.bulk > 0 ? 1 : 0;
  const isAll = interactive === wanted.interactive && bulk === wanted.bulk;
  return { interactive, bulk, waitMs: isAll ? undefined : isFree ? PROBE_MS : nextAt - now };
}

/** What a bulk reader may not have yet: the reserve, which shrinks to nothing towards the end of the window. */
function heldBack(window: TokenWindow, now: number): number {
  const reserve = Math.floor(window.limit * RESERVE);
  return Math.max(0, Math.ceil(reserve * (1 - (now - window.openedAt) / releaseSpan(window))));
}

/** How long until a bulk reader may have the next one of `rest`. */
function untilRelease(window: TokenWindow, now: number, rest: number): number {
  const reserve = Math.floor(window.limit * RESERVE);
  return window.openedAt + releaseSpan(window) * (1 - (rest - 1) / Math.max(1, reserve)) - now;
}

function releaseSpan(window: TokenWindow): number {
  return Math.max(1, (endOf(window) - window.openedAt) * RESERVE_ENDS);
}
