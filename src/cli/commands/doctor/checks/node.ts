import { isOlder, NEEDED_NODE } from '../../../session/node-version.js';
import { ASK, type Check } from '../check.js';

/** The Node that runs the command, and most likely the app. */
export const node: Check = {
  id: 'node',
  title: 'Node',
  needs: [],
  run: async ({ nodeVersion }) => {
    const details = { version: nodeVersion, needed: NEEDED_NODE };
    return isOlder(nodeVersion, NEEDED_NODE)
      ? {
          verdict: 'warning',
          seen: `${nodeVersion}, and clever-sdk needs ${NEEDED_NODE} or newer`,
          cause: 'Much works on an older Node, and nothing is tested there.',
          whatToDo: 'Install a current Node from https://nodejs.org, for your app as well.',
          whomToAsk: ASK.machine,
          details,
        }
      : { verdict: 'ok', seen: `${nodeVersion}; clever-sdk needs ${NEEDED_NODE} or newer`, details };
  },
};
