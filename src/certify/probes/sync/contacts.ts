import { fail, pass } from '../findings.js';
import { NotTried, type SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

/** A contact without a SIS id changes, and so does its id. */
export const contacts: SyncProbe = {
  kind: 'sync',
  id: 'sync.contacts',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, students } = fillOrdinary(scene, district);
    const [mother = ''] = students.slice(0, 3).map((student) => make.contact(student));
    yield 'sync';
    const before = await lookBefore(scene, district);
    if (!before.known.isActive(mother)) {
      throw new NotTried('The app keeps no contacts: none of those that Clever shares is in the roster.');
    }
    const { id } = district.changes.recreateContact({ contact: mother, changes: { phone: '555-0117' } });
    const outcome = yield 'sync';
    const after = await look(scene, district);
    const difference = describeDifference(differenceOf(before, after));
    return difference.length === 0 && after.known.isActive(id)
      ? pass('A contact changed and got another id: the new one is active, the former one is not.')
      : fail(['A contact without a SIS id changed, and got another id.', ...difference, outcome.text]);
  },
};
