import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';

/** The app's command exists and ends well. */
export const onDemand: SyncProbe = {
  kind: 'sync',
  id: 'sync.on-demand',
  needs: ['sync'],
  districts: () => [{ students: 20 }],
  async *run() {
    const outcome = yield 'sync';
    return outcome.ok ? pass(outcome.text) : fail(outcome.text);
  },
};
