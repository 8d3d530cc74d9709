import type { District } from '../../../../index.js';
import { ASK, type Check, type Finding } from '../check.js';
import { skipped } from '../examine.js';

/** How Clever says the district is. Source: dev.clever.com/docs/districts. */
export const districtState: Check = {
  id: 'district-state',
  title: 'District state',
  needs: ['district-token'],
  run: async (target) => {
    const record = await target.record();
    if (record === undefined) {
      return skipped('the token names no district');
    }
    const { id, name, state, last_sync: lastSync, pause_start: pauseStart, pause_end: pauseEnd } = record;
    const details = { id, name, state, lastSync, pauseStart, pauseEnd };
    return { ...stateOf(record, target.now()), details };
  },
};

function stateOf(record: District, now: number): Finding {
  const { name, state, launch_date: launchDate } = record;
  const since = record.last_sync ? `Its data is that of ${record.last_sync}.` : 'It has never been synced.';
  switch (state) {
    case 'paused':
      return {
        verdict: 'warning',
        seen: `${name} is paused`,
        cause: `The district paused its sync${periodOf(record)}: Clever continues to answer, with frozen data. ${since}`,
        whatToDo: 'Wait for the end of the pause, which is usual over the summer, or have it ended.',
        whomToAsk: ASK.district,
      };
    case 'pending':
      return {
        verdict: 'warning',
        seen: `${name} is pending`,
        cause: `Clever waits for the district: a first upload, or the approval of a large change. ${since}`,
        whatToDo: 'Have the district look into its Clever dashboard.',
        whomToAsk: ASK.district,
      };
    case 'error':
      return {
        verdict: 'warning',
        seen: `${name} has a sync error`,
        cause: `Clever could not sync the district. ${since}`,
        whatToDo: 'Report it.',
        whomToAsk: ASK.clever,
      };
    default:
      return typeof launchDate === 'string' && Date.parse(launchDate) > now
        ? {
            verdict: 'warning',
            seen: `${name} launches on ${launchDate}`,
            cause: "Until then the district's people cannot log in.",
            whomToAsk: ASK.district,
          }
        : {
            verdict: 'ok',
            seen: `${name} is ${state === undefined || state === null || state === '' ? 'connected' : state}`,
          };
  }
}

/** The day of a timestamp; a record is shown as sent, so it may be anything. */
function dayOf(time: unknown): string {
  return typeof time === 'string' ? time.slice(0, 10) : '';
}

function periodOf({ pause_start: start, pause_end: end }: District): string {
  const [from, to] = [dayOf(start), dayOf(end)];
  return `${from === '' ? '' : ` on ${from}`}${to === '' ? '' : `, until ${to}`}`;
}
