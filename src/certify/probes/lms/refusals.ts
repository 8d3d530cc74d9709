import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { act, createFirst, isDone, learn, makeClass, readyDistrict, writesText } from './classes.js';

/** A write is refused, another one fails at the LMS; the next ones succeed. */
export const refusals: SyncProbe = {
  kind: 'sync',
  id: 'lms.refusals',
  needs: ['lms'],
  after: ['lms.ready-districts', 'lms.keeps-ids'],
  districts: readyDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const where = makeClass(scene, district);
    yield* learn(scene);
    const { faults } = scene.world.sandbox;
    const title = `Poem ${scene.people.unique(4)}`;
    const refusal = faults.add({
      method: 'POST',
      districtId: district.id,
      status: 400,
      body: { message: 'due_date must be within the grading period' },
      times: Number.POSITIVE_INFINITY,
    });
    const refused = await act(scene, where, 'create', title);
    refusal.remove();
    if (refused.writes.length === 0) {
      return fail(['The app did not try to create an assignment.', refused.outcome.text]);
    }
    if (refused.writes.length > 1) {
      return fail(`An assignment was refused with 400. The app sent it ${refused.writes.length} times.`);
    }
    const second = `Song ${scene.people.unique(4)}`;
    await createFirst(scene, where, second);
    const failure = faults.add({
      method: 'PATCH',
      districtId: district.id,
      status: 500,
      body: { message: 'the LMS did not accept the change' },
      times: Number.POSITIVE_INFINITY,
    });
    await act(scene, where, 'update', second);
    failure.remove();
    const { writes, outcome } = await act(scene, where, 'update', second);
    return writes.some(isDone)
      ? pass(
          'One assignment was refused with 400, a change of another was answered with 500; what followed was written.',
        )
      : fail([
          `One assignment was refused with 400, a change of another was answered with 500. Afterwards the app sent ${writesText(writes)}.`,
          outcome.text,
        ]);
  },
};
