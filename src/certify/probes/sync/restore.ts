import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

/** A school is unshared and shared again: the same records are active again. */
export const restore: SyncProbe = {
  kind: 'sync',
  id: 'sync.restore',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { annex } = fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    district.changes.unshareSchool({ school: annex });
    yield 'sync';
    district.changes.shareSchool({ school: annex });
    const outcome = yield 'sync';
    const difference = describeDifference(differenceOf(before, await look(scene, district)));
    return difference.length === 0
      ? pass('A school that was no longer shared came back with the same ids, and all of it is active again.')
      : fail(['A school that was no longer shared came back with the same ids.', ...difference, outcome.text]);
  },
};
