import { hasCode } from '../../../../index.js';
import { ASK, type Check } from '../check.js';

/** Whether the app has API v3.1. v3.0 answered when the token was looked at. */
export const apiVersion: Check = {
  id: 'api-version',
  title: 'API version',
  needs: ['district-token'],
  run: async (target) => {
    try {
      const { districts } = await target.district('v3.1');
      await districts.list().firstPage();
      return { verdict: 'ok', seen: 'v3.1 and v3.0 answer' };
    } catch (error) {
      if (!['not_found', 'permission', 'authentication'].some((code) => hasCode(error, code as 'not_found'))) {
        throw error;
      }
      const isWanted = target.apiVersion === 'v3.1';
      return {
        verdict: isWanted ? 'failed' : 'warning',
        seen: 'v3.0 answers, and v3.1 does not',
        cause: 'API v3.1 is not enabled for the app. Clever gives it on request.',
        whatToDo:
          "Ask for v3.1. Until then, create the client with apiVersion: 'v3.0', and use --api-version v3.0 here.",
        whomToAsk: ASK.clever,
      };
    }
  },
};
