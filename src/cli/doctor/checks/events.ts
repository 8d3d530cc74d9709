import { hasCode } from '../../../index.js';
import { ASK, type Check } from '../check.js';

/** Whether events are switched on. Source: dev.clever.com/docs/events-api. */
export const events: Check = {
  id: 'events',
  title: 'Events',
  needs: ['district-token', 'endpoints'],
  run: async (patient) => {
    try {
      const district = await patient.district('v3.0');
      const { data } = await district.events.list({ pageSize: 1 }).firstPage();
      return data.length > 0
        ? { verdict: 'ok', seen: 'switched on', details: { oldest: data[0]?.created } }
        : { verdict: 'ok', seen: 'switched on; nothing has changed in the last 30 days, or since they were' };
    } catch (error) {
      if (!hasCode(error, 'not_found') && !hasCode(error, 'permission')) {
        throw error;
      }
      return {
        verdict: 'warning',
        seen: 'switched off',
        cause: 'The app does not get events until they are switched on for it. The roster can be read all the same.',
        whatToDo:
          'Switch them on in the dashboard: Settings → Integrations → Enable events. Then read the roster once in full.',
        whomToAsk: ASK.dashboard,
      };
    }
  },
};
