import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, twoDistricts } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

/** A contract ends: the app knows nothing of that district, and all of the other one. */
export const purge: SyncProbe = {
  kind: 'sync',
  id: 'sync.purge',
  needs: ['sync', 'roster', 'purge'],
  after: ['sync.on-demand', 'sync.districts-apart'],
  districts: twoDistricts,
  async *run(scene) {
    const [leaving, staying = leaving] = scene.districts;
    for (const district of [leaving, staying]) {
      fillOrdinary(scene, district);
    }
    yield 'sync';
    const before = await lookBefore(scene, leaving);
    const others = await lookBefore(scene, staying);
    const outcome = await scene.purge(leaving.id);
    const { known } = await look(scene, leaving);
    const ids = new Set(before.shared.records.keys());
    const left = [...ids].filter((id) => known.has(id)).length;
    const linksLeft = known.linksOf(ids).length;
    if (left + linksLeft > 0) {
      return fail([
        `After the purge of a district, the roster still has ${left} of its records and ${linksLeft} of its enrollments.`,
        outcome.text,
      ]);
    }
    const harmed = describeDifference(differenceOf(others, await look(scene, staying)));
    return harmed.length === 0
      ? pass('After the purge of a district, the roster has nothing of it, and all of another one.')
      : fail(['After the purge of a district, of another one:', ...harmed, outcome.text]);
  },
};
