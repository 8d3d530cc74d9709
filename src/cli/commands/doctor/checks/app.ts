import { hasCode } from '../../../../index.js';
import { VARIABLES } from '../../../session/environment.js';
import { ASK, type Check } from '../check.js';
import { skipped } from '../examine.js';

/** Whether Clever takes the app's credentials. */
export const app: Check = {
  id: 'app',
  title: 'App',
  needs: ['network'],
  run: async (target) => {
    if (!target.hasApp) {
      return skipped("the app's credentials are not set");
    }
    try {
      await target.districtTokens();
      return { verdict: 'ok', seen: 'Clever takes the client id and secret' };
    } catch (error) {
      if (!hasCode(error, 'authentication')) {
        throw error;
      }
      return {
        verdict: 'failed',
        seen: 'Clever refuses the client id and secret',
        cause:
          'The secret is not the one of this client id: mistyped, of another app, or replaced in the meantime. Or the id is wrong.',
        whatToDo: `Copy ${VARIABLES.clientId} and ${VARIABLES.clientSecret} again from the app's settings (Settings → General).`,
        whomToAsk: ASK.dashboard,
      };
    }
  },
};
