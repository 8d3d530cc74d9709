import { isFromApp } from '../../clever/shared.js';
import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

/** The district's token is replaced while the app reads. */
export const tokenRotation: SyncProbe = {
  kind: 'sync',
  id: 'sync.token-rotation',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, teachers } = fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    make.section({ school, teacher: teachers[0] ?? '', students: make.students(2, school) });
    let isRotated = false;
    // The fault changes nothing of the answer: the token that the request carries is worth nothing from now on.
    scene.world.sandbox.faults.add({
      districtId: district.id,
      delayMs: 1,
      when: (request) => {
        const isFirst = !isRotated && isFromApp(request) && /\/(?:users|events)$/u.test(new URL(request.url).pathname);
        if (isFirst) {
          isRotated = true;
          district.rotateToken();
        }
        return isFirst;
      },
    });
    const outcome = yield 'sync';
    const midway = await look(scene, district);
    const harmed = differenceOf(before, midway).missing.filter(({ id }) => before.shared.records.has(id));
    const said = 'The district’s token was replaced while the app read.';
    if (harmed.length > 0) {
      return fail([said, `${harmed.length} records that Clever still shares are no longer active.`, outcome.text]);
    }
    if (describeDifference(differenceOf(before, midway)).length === 0) {
      return pass(`${said} ${isRotated ? 'The app fetched the new one and went on.' : 'The sync is complete.'}`);
    }
    const again = yield 'sync';
    const difference = describeDifference(differenceOf(before, await look(scene, district)));
    return difference.length === 0
      ? pass(`${said} This run of the sync was not completed; the next one fetched the new token, and was.`)
      : fail([said, 'The next run of the sync did not recover.', ...difference, again.text]);
  },
};
