import { hasCode } from '../../../index.js';
import { ASK, type Check, type Finding } from '../check.js';

const SWITCH_ON =
  'Switch them on in the dashboard: Settings → Integrations → Enable events. Then read the roster once in full.';

/**
 * Whether events are switched on. Clever does not say how it answers where they are not: with 404 or with nothing. Each sync of a
 * district writes an event of its own (observed), so that nothing at all is a sign. Source: dev.clever.com/docs/events-api.
 */
export const events: Check = {
  id: 'events',
  title: 'Events',
  needs: ['district-token', 'endpoints'],
  run: async (patient) => {
    try {
      const district = await patient.district('v3.0');
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
        whatToDo: SWITCH_ON,
        whomToAsk: ASK.dashboard,
      };
    }
  },
};

function none(): Finding {
  return {
    verdict: 'warning',
    seen: 'none in 30 days: switched off, it seems',
    cause:
      'The app gets no events until they are switched on for it. If they are on, nothing has changed since: they were switched on a moment ago, or the district has not synced.',
    whatToDo: SWITCH_ON,
    whomToAsk: ASK.dashboard,
  };
}
