import { vi } from 'vitest';

/** Turns of the event loop without progress, after which only a timer can make progress. */
const QUIET_TURNS = 25;
/** More timers than any reading here needs, so that a reading that never ends fails. */
const MOST_TIMERS = 20_000;

/** Replaces every clock and timer by a fake one, for {@link untilSettled}. Turns of the event loop stay real. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

/**
 * Runs in-process work to its end: whenever the work waits for a timer (a retry, a timeout, the rate
 * budget, a slow body), the clock jumps to that timer.
 */
export async function untilSettled<T>(work: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  work.then(settle, settle);
  for (let timers = 0; !isSettled; timers += 1) {
    for (let turn = 0; turn < QUIET_TURNS && !isSettled; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (timers === MOST_TIMERS) {
      throw new Error('The work never ends.');
    }
    if (!isSettled) {
      vi.advanceTimersToNextTimer();
    }
  }
  return work;
}
