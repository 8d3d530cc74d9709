import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, listed, look, lookBefore, recordsOf } from './snapshot.js';

/** A district no longer shares staff: a person who is also a teacher loses a role, and stays. */
export const rolesUnshared: SyncProbe = {
  kind: 'sync',
  id: 'sync.roles-unshared',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, students } = fillOrdinary(scene, district);
    const both = [1, 2].map(() => {
      const number = scene.people.unique(6);
      return make.person({
        staff: { schools: [school], staff_id: `s${number}`, title: 'Librarian' },
        teacher: { school, schools: [school], sis_id: `t${number}` },
      });
    });
    make.section({ school, teacher: both[0] ?? '', students: students.slice(0, 2) });
    const only = make.person({ staff: { schools: [school], staff_id: `s${scene.people.unique(6)}` } });
    make.person({ district_admin: { title: 'Superintendent' } });
    yield 'sync';
    const before = await lookBefore(scene, district);
    for (const id of both) {
      district.users.update(id, { roles: { staff: null } });
    }
    district.users.delete(only);
    const outcome = yield 'sync';
    const after = await look(scene, district);
    const lost = recordsOf(after, both).filter(({ id }) => !after.known.isActive(id));
    const difference = describeDifference(differenceOf(before, after));
    if (lost.length > 0) {
      return fail([
        `The district no longer shares staff. Still shared as teachers, and not active any more: ${listed(lost)}.`,
        outcome.text,
      ]);
    }
    return difference.length === 0
      ? pass('The district no longer shares staff: who is also a teacher is still active, who was nothing else is not.')
      : fail(['The district no longer shares staff.', ...difference, outcome.text]);
  },
};
