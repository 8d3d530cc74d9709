import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { act, isDone, learn, makeClass, readyDistrict, writesText } from './classes.js';

/** Clever says to allow 15 to 60 seconds: longer than what many clients wait. */
const SLOW_MS = 16_000;

/** The LMS needs long for an answer. */
export const slowAnswers: SyncProbe = {
  kind: 'sync',
  id: 'lms.slow-answers',
  needs: ['lms'],
  after: ['lms.ready-districts', 'lms.keeps-ids'],
  districts: readyDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const where = makeClass(scene, district);
    yield* learn(scene);
    const title = `Lab ${scene.people.unique(4)}`;
    scene.world.sandbox.faults.add({ method: 'POST', districtId: district.id, delayMs: SLOW_MS });
    const created = await act(scene, where, 'create', title);
    const said = `The answer to a new assignment took ${SLOW_MS / 1_000} s.`;
    if (created.writes.length > 1) {
      return fail(`${said} The app sent ${writesText(created.writes)}: students may have the assignment twice.`);
    }
    const { writes, outcome } = await act(scene, where, 'update', title);
    return writes.some(isDone)
      ? pass(`${said} The app waited, and knew its id afterwards.`)
      : fail([
          `${said} To change it afterwards, the app sent ${writesText(writes)}.`,
          created.outcome.text,
          outcome.text,
        ]);
  },
};
