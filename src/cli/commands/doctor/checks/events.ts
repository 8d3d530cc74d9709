import { hasCode } from '../../../../index.js';
import { ASK, type Check, type Finding } from '../check.js';

const SWITCH_ON =
  'switch them on in the dashboard: Settings → Integrations → Enable events. Then read the roster once in full.';

/**
 * Whether events are switched on. Clever does not document how it answers where they are not: with 404 or with an empty
 * list. Each sync of a district writes an event of its own (observed), so an empty list is a sign.
 * Source: dev.clever.com/docs/events-api.
 */
export const events: Check = {
  id: 'events',
  title: 'Events',
  needs: ['district-token', 'endpoints'],
  run: async (target) => {
    try {
      const district = await target.district('v3.0');
      const { data } = await district.events.list({ pageSize: 1 }).firstPage();
      return data.length > 0 ? { verdict: 'ok', seen: 'switched on', details: { oldest: data[0]?.created } } : none();
    } catch (error) {
      if (!hasCode(error, 'not_found') && !hasCode(error, 'permission')) {
        throw error;
      }
      return {
        verdict: 'warning',
        seen: 'switched off',
        cause: 'The app gets no events until they are switched on for it. The roster can be read all the same.',
        whatToDo: `${SWITCH_ON.charAt(0).toUpperCase()}${SWITCH_ON.slice(1)}`,
        whomToAsk: ASK.dashboard,
      };
    }
  },
};

function none(): Finding {
  return {
    verdict: 'warning',
    seen: 'none in 30 days: switched off, or nothing has happened',
    cause:
      'Clever answers the same in both cases. They are off until they are switched on for the app. Where they are on, nothing has changed since: as in a new sandbox, or before the first sync.',
    whatToDo: `Have something changed, and look again. Where the district syncs and there is still nothing: ${SWITCH_ON}`,
    whomToAsk: ASK.dashboard,
  };
}
