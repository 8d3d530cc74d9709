import { fail, pass, warn } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { act, isDone, learn, lmsDistrict, makeClass, writesText } from './classes.js';

/** One district is ready, one is still being matched, and one section is not synced. */
export const readyDistricts: SyncProbe = {
  kind: 'sync',
  id: 'lms.ready-districts',
  needs: ['lms'],
  districts: (people) => [lmsDistrict(people), lmsDistrict(people, 'matching_in_progress')],
  async *run(scene) {
    const [ready, waiting = ready] = scene.districts;
    const good = makeClass(scene, ready);
    const unsynced = makeClass(scene, ready, false);
    const early = makeClass(scene, waiting);
    yield* learn(scene);
    const title = `Essay ${scene.people.unique(4)}`;
    const first = await act(scene, good, 'create', title);
    if (!first.writes.some((write) => write.method === 'POST' && isDone(write))) {
      return fail([
        `In a district that is ready, the app was to create an assignment. It sent ${writesText(first.writes)}.`,
        first.outcome.text,
      ]);
    }
    const tooEarly = await act(scene, early, 'create', title);
    if (tooEarly.writes.length > 0) {
      return fail(
        `In a district whose lms_state is matching_in_progress, the app sent ${writesText(tooEarly.writes)}.`,
      );
    }
    const notThere = await act(scene, unsynced, 'create', title);
    return notThere.writes.length === 0
      ? pass(
          'The app created an assignment in a district that is ready, and wrote neither in one that is not, nor in a section that is not in the LMS.',
        )
      : warn(`In a section whose lms_status.synced_in_lms is false, the app sent ${writesText(notThere.writes)}.`);
  },
};
