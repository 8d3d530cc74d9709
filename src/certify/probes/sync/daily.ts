import { fail, review } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';

/** The sync runs again when nothing has changed; who starts it each day, a person has to say. */
export const daily: SyncProbe = {
  kind: 'sync',
  id: 'sync.daily',
  needs: ['sync'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    fillOrdinary(scene, scene.districts[0]);
    const first = yield 'sync';
    const outcome = yield 'sync';
    if (first.ok && !outcome.ok) {
      return fail(['The sync ran a second time, when nothing had changed.', outcome.text]);
    }
    return review(
      'What starts the sync in production, and at which times of the day?',
      `${outcome.ok ? 'The sync can be repeated.' : outcome.text} Whether it runs each day cannot be seen from here.`,
    );
  },
};
