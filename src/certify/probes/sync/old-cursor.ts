import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

const DAY_MS = 86_400_000;
/** Events are kept for 30 days. */
const AWAY_DAYS = 31;

/**
 * The app did not sync for 31 days. The first sync is in a world whose clock is that slow, so that afterwards
 * the ids of its events are as old as they say, by any clock.
 */
export const oldCursor: SyncProbe = {
  kind: 'sync',
  id: 'sync.old-cursor',
  company: 'none',
  clockSlowMs: (AWAY_DAYS + 1) * DAY_MS,
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, annex, students, teachers } = fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    const { mark } = scene.stage.witness;
    make.section({ school, teacher: teachers[0] ?? '', students: make.students(2, school) });
    district.users.delete(students[0] ?? '');
    district.changes.transfer({ student: students[1] ?? '', school: annex });
    scene.world.sandbox.advance(AWAY_DAYS * DAY_MS);
    make.student(school);
    const outcome = yield 'sync';
    const difference = describeDifference(differenceOf(before, await look(scene, district)));
    const readsEvents = scene.stage.witness
      .since(mark)
      .calls.some(({ path, query }) => path.endsWith('/events') && query.has('starting_after'));
    const said = `The app had not synced for ${AWAY_DAYS} days, by the ids of the events; Clever keeps events for 30.`;
    return difference.length === 0
      ? pass(`${said} After the next sync, the roster is Clever's.`)
      : fail([
          said,
          ...difference,
          readsEvents
            ? 'The app asked for the events after its old position, which Clever answers with 200 and without those that are too old.'
            : 'The app did not ask for events.',
          outcome.text,
        ]);
  },
};
