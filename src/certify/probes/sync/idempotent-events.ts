import { isFromApp } from '../../clever/shared.js';
import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, doubled, listed, look, lookBefore } from './snapshot.js';

/** How many events come a second time. */
const REPEATED = 4;

/** Events that the app has applied come once more, before new ones. */
export const idempotentEvents: SyncProbe = {
  kind: 'sync',
  id: 'sync.idempotent-events',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, students } = fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    make.students(2, school);
    district.users.delete(students[0] ?? '');
    district.changes.rename({ user: students[1] ?? '', name: { last: `New-${scene.people.unique(4)}` } });
    yield 'sync';
    const middle = await look(scene, district);
    const lagging = describeDifference(differenceOf(before, middle));
    if (lagging.length > 0) {
      return fail(['Two students came, one left and one was renamed.', ...lagging]);
    }
    make.student(school);
    const repetition = scene.world.sandbox.faults.add({
      moveCursor: -REPEATED,
      districtId: district.id,
      when: (request) => isFromApp(request) && new URL(request.url).pathname.endsWith('/events'),
    });
    const outcome = yield 'sync';
    const after = await look(scene, district);
    const twice = doubled(after.shared.records.values(), before, after);
    const wrong = [
      ...describeDifference(differenceOf(before, after)),
      ...(twice.length === 0 ? [] : [`In the roster twice: ${listed(twice)}.`]),
    ];
    const said =
      repetition.happened === 0
        ? 'The app read no events after a position, so none could come twice.'
        : `${REPEATED} events that the app had applied came once more, before a new one.`;
    return wrong.length === 0 ? pass(`${said} The roster is Clever's.`) : fail([said, ...wrong, outcome.text]);
  },
};
