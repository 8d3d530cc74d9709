import { areClaims, type Claims, renewed } from './claims.js';
import { isCredible, RESET_MARGIN_MS, WINDOW_MS } from './credible.js';

/** What Clever counted, by an answer's headers. */
export interface RateCount {
  readonly limit: number;
  readonly remaining: number;
  /** End of the window in Unix seconds, by Clever's clock. */
  readonly reset: number;
  /**
   * From the answer to the end of the window, in milliseconds by Clever's clock; `undefined` when the answer
   * has no `Date`.
   */
  readonly untilResetMs: number | undefined;
}

/** What the head of an answer says about its token's budget. Plain JSON. */
export interface RateReport {
  readonly status: number;
  /**
   * `undefined` for an answer without Clever's headers: from a proxy, or from a server that does not count. Also
   * `undefined` when `isIncredible`.
   */
  readonly count: RateCount | undefined;
  /** Whether the answer named an end of the window that cannot be true, so that its count was ignored. */
  readonly isIncredible: boolean;
  /** With a 429: the wait that `Retry-After` asks for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * The position of a token in Clever's window, as far as those that share its budget know. Plain JSON; times are
 * those of the store's clock.
 *
 * Every count errs on the side of caution: `taken + others` is at least what Clever has counted, so that a
 * request with a permit is not refused there.
 */
export interface TokenWindow {
  /** Of this shape: two versions of the SDK may share a store. */
  readonly version: typeof VERSION;
  /** Counts the windows of this token, so that an answer finds the one that its request was taken from. */
  readonly number: number;
  readonly openedAt: number;
  /** By when the window is certainly over; unknown until one of its answers has said so. */
  readonly endsAt?: number | undefined;
  /** Clever's name of the window: the `X-RateLimit-Reset` of its answers. */
  readonly reset?: number | undefined;
  /** The reset of the window before. */
  readonly lastReset?: number | undefined;
  readonly limit: number;
  /** Requests of ours that Clever has counted in this window, or still may. */
  readonly taken: number;
  /** Of those taken in this window, the ones without an answer yet. */
  readonly inFlight: number;
  /** Requests from the window before without an answer yet: they may count here, so they are among those taken. */
  readonly carried: number;
  /** Requests of others with this token, as Clever's count has shown them. */
  readonly others: number;
  /** Whether others may be sending right now, so that Clever's count is newer than it looks. */
  readonly isContested: boolean;
  /** Whether the limit and the absence of others are known from the window before, so that no probe is needed. */
  readonly isTrusted: boolean;
  /** Whether the server answers without counting: a double, a proxy, anything but Clever. */
  readonly isUncounted: boolean;
  /** When the last request was sent. */
  readonly probedAt: number;
  /** What each of the processes that share the store has of the window; `undefined` in memory, where one has all. */
  readonly claims?: Claims | undefined;
}

/** What became of a request that had a permit. */
export interface Settled {
  readonly windowNumber: number;
  /** The answer's head; `undefined` when there was none, `'unsent'` when the permit was not used. */
  readonly report: RateReport | 'unsent' | undefined;
}

const VERSION = 1;
/** Clever's documented limit. Source: dev.clever.com/docs/paging-and-limits. */
const DOCUMENTED_LIMIT = 1_200;

/**
 * How much earlier a reset may be than the one that is known, in seconds, to be that of the window before. A larger
 * difference means that the known one was never Clever's.
 */
const LATEST_ANSWER_S = (2 * WINDOW_MS) / 1_000;

/** Enters what became of a request that had a permit. Pure. */
export function settle(window: TokenWindow, now: number, { windowNumber, report }: Settled): TokenWindow {
  const isOurs = windowNumber === window.number && window.inFlight > 0;
  const isCarried = windowNumber === window.number - 1 && window.carried > 0;
  const answered: TokenWindow = {
    ...window,
    inFlight: window.inFlight - (isOurs ? 1 : 0),
    carried: window.carried - (isCarried ? 1 : 0),
  };
  if (report === undefined) {
    return answered;
  }
  if (report === 'unsent') {
    return { ...answered, taken: answered.taken - (isOurs || isCarried ? 1 : 0) };
  }
  if (report.status === 429) {
    return spend(answered, now, report);
  }
  const { count } = report;
  if (report.isIncredible) {
    // Whatever else it says is worth no more. A window that is not measured yet is probed again.
    return { ...answered, isTrusted: false };
  }
  if (count === undefined) {
    const isSuccess = report.status >= 200 && report.status < 300;
    return isSuccess && !isMeasured(answered) ? { ...answered, isUncounted: true } : answered;
  }
  if (window.reset !== undefined && count.reset > window.reset) {
    // Clever has begun the next window: that ours is over is known only at the latest possible moment.
    // Whatever is under way may count in the new one, and this request does.
    const next = follow({ ...answered, inFlight: answered.inFlight + 1 }, now, false);
    return measure({ ...next, carried: next.carried - 1 }, now, count);
  }
  if (window.reset !== undefined && window.reset - count.reset > LATEST_ANSWER_S) {
    const forgotten = { reset: undefined, endsAt: undefined, others: 0, isContested: false };
    return measure({ ...answered, ...forgotten }, now, count);
  }
  const earliest = window.reset ?? (isOurs ? 0 : (window.lastReset ?? 0) + 1);
  if (count.reset < earliest) {
    // Counted by the window before after all.
    return { ...answered, taken: answered.taken - (isCarried ? 1 : 0) };
  }
  return measure(answered, now, count);
}

/**
 * Whether what a store has kept is a window that can be open now. A store may hold what another version wrote, or what
 * someone has changed; what would hold requests back for longer than Clever's window is worth nothing.
 */
export function isTokenWindow(state: object | undefined, now: number): state is TokenWindow {
  const window = state as Partial<TokenWindow> | undefined;
  if (window?.version !== VERSION) {
    return false;
  }
  const { openedAt, probedAt, endsAt = now } = window;
  const times = [openedAt, probedAt, endsAt];
  const counts = [window.number, window.limit, window.taken, window.inFlight, window.carried, window.others];
  return (
    times.every(Number.isFinite) &&
    counts.every((count) => Number.isSafeInteger(count) && (count as number) >= 0) &&
    areClaims(window.claims, now + WINDOW_MS) &&
    [window.reset, window.lastReset].every((reset) => reset === undefined || Number.isFinite(reset)) &&
    (probedAt as number) <= now &&
    endsAt - now <= WINDOW_MS
  );
}

/** How long it pays to remember a window, in milliseconds: until it is over, and a little for its limit. */
export function keepMs(window: TokenWindow, now: number): number {
  return Math.max(0, endOf(window) - now) + WINDOW_MS;
}

/** The window that is open now, the one that was found or the next. Pure. */
export function current(window: TokenWindow | undefined, now: number): TokenWindow {
  // A clock that was set back makes every time of the window worthless.
  if (window === undefined || now < window.openedAt) {
    return opened(now);
  }
  if (now < endOf(window)) {
    return window;
  }
  const isUndisturbed = window.others === 0 && !window.isContested;
  const isTrusted = isMeasured(window) && isUndisturbed && now < endOf(window) + WINDOW_MS;
  return follow(window, now, isTrusted);
}

/** A window that nothing is known of. */
function opened(now: number): TokenWindow {
  const counts = { taken: 0, inFlight: 0, carried: 0, others: 0 };
  const flags = { isContested: false, isTrusted: false, isUncounted: false };
  return { version: VERSION, number: 1, openedAt: now, limit: DOCUMENTED_LIMIT, ...counts, ...flags, probedAt: now };
}

function follow(window: TokenWindow, now: number, isTrusted: boolean): TokenWindow {
  const { number, limit, reset, lastReset, inFlight, isUncounted } = window;
  return {
    ...opened(now),
    number: number + 1,
    lastReset: reset ?? lastReset,
    limit,
    // What has no answer yet may be counted by either window. Older ones have outlived a whole window and are lost.
    taken: inFlight,
    carried: inFlight,
    isTrusted,
    isUncounted,
    claims: renewed(window.claims),
  };
}

/** A window without answers ends, too: nothing that was sent a whole window ago counts any more. */
export function endOf({ endsAt, openedAt }: TokenWindow): number {
  return endsAt ?? openedAt + WINDOW_MS;
}

/** Whether an answer has shown what is left of the window. */
export function isMeasured({ endsAt }: TokenWindow): boolean {
  return endsAt !== undefined;
}

/** Learns from an answer of this window. */
function measure(window: TokenWindow, now: number, { limit, remaining, reset, untilResetMs }: RateCount): TokenWindow {
  const seen = limit - remaining - window.taken;
  const isRising = seen > window.others;
  // Clever's count is exact when nothing of ours is under way. Otherwise it may be older or newer than ours.
  const isExact = !isMeasured(window) && window.inFlight + window.carried === 0;
  return {
    ...window,
    reset,
    limit,
    others: isRising ? seen : window.others,
    isContested: window.isContested || (isRising && !isExact),
    endsAt: Math.min(window.endsAt ?? Number.POSITIVE_INFINITY, now + latestEnd(untilResetMs)),
    isUncounted: false,
  };
}

/** A 429 in spite of all care: no request is sent until its window is over. */
function spend(window: TokenWindow, now: number, { count, retryAfterMs }: RateReport): TokenWindow {
  const isKnown = count !== undefined || retryAfterMs !== undefined;
  const waitMs = retryAfterMs ?? latestEnd(count?.untilResetMs);
  if (!isKnown || !isCredible(waitMs)) {
    // Nothing is known of the window; an hour to wait is no window's, and concerns the call that was answered
    // so. What it means for the others, a probe will find out.
    return follow(window, now, false);
  }
  const { limit, reset } = { ...window, ...count };
  return {
    ...window,
    limit,
    reset,
    others: Math.max(window.others, limit - window.taken),
    isContested: true,
    endsAt: now + Math.min(waitMs, WINDOW_MS),
    isUncounted: false,
  };
}

/**
 * When a window is over for certain, from the arrival of one of its answers.
 *
 * The reset counts whole seconds, so the window may last until the end of the one that it names; Clever's
 * `Date` counts whole seconds too. What both leave is therefore at most a second more than their difference,
 * and never more than a whole window, because that began before its first answer arrived. The least over all
 * answers of a window is within a round trip of its real end, whatever this machine's clock says.
 */
function latestEnd(untilResetMs = WINDOW_MS): number {
  return Math.min(untilResetMs + RESET_MARGIN_MS, WINDOW_MS);
}
