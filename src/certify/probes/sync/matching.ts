import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { look } from './snapshot.js';

/** Two students of one class have the same name, grade and birthday. */
export const matching: SyncProbe = {
  kind: 'sync',
  id: 'sync.matching',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, teachers } = fillOrdinary(scene, district);
    const name = { first: 'Maria', last: `Garcia-${scene.people.unique(4)}` };
    const namesakes = [1, 2].map(() => make.student(school, { dob: '3/14/2016' }, { name }));
    make.section({ school, teacher: teachers[0] ?? '', students: namesakes });
    const outcome = yield 'sync';
    const { known } = await look(scene, district);
    const active = namesakes.filter((id) => known.isActive(id));
    if (active.length < 2) {
      return fail([
        `Of two students with the same name, grade and birthday, and different Clever ids, ${active.length === 1 ? 'only one is' : 'none is'} in the roster.`,
        outcome.text,
      ]);
    }
    const [one = '', other = ''] = namesakes;
    const shared = known.appIdsOf(one).filter((id) => known.appIdsOf(other).includes(id));
    return shared.length === 0
      ? pass(
          'Two students with the same name, grade and birthday, and different Clever ids, are two people in the app.',
        )
      : fail(
          'Two students with the same name, grade and birthday, and different Clever ids, became one person in the app.',
        );
  },
};
