import { duration } from '../../../terminal/duration.js';
import { ASK, type Check } from '../check.js';
import { skipped } from '../examine.js';

const TOLERATED_MS = 30_000;
const BAD_MS = 300_000;

/** This machine's clock against the `Date` header of the answers. */
export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  needs: ['network'],
  run: async ({ probe }) => {
    const reading = probe.times.at(-1);
    if (reading === undefined) {
      return skipped('the answers do not say what time it is');
    }
    const skewMs = Math.round(reading.localMs - reading.serverMs);
    const details = { skewMs };
    if (Math.abs(skewMs) <= TOLERATED_MS) {
      return { verdict: 'ok', seen: 'agrees with that of the server', details };
    }
    return {
      verdict: Math.abs(skewMs) < BAD_MS ? 'warning' : 'failed',
      seen: `this machine's clock is ${duration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`,
      cause:
        'With a wrong clock, id_tokens are refused, waits for the rate limit are too long or too short, and old event cursors pass for new ones.',
      whatToDo: 'Set the clock, and let the system keep it (NTP).',
      whomToAsk: ASK.machine,
      details,
    };
  },
};
