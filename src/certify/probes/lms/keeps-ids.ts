import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { act, createFirst, isDone, learn, makeClass, readyDistrict, writesText } from './classes.js';

/** In a later run of its command, the app knows the id of the assignment that it created. */
export const keepsIds: SyncProbe = {
  kind: 'sync',
  id: 'lms.keeps-ids',
  needs: ['lms'],
  after: ['lms.ready-districts', 'lms.patch-only'],
  districts: readyDistrict,
  async *run(scene) {
    const where = makeClass(scene, scene.districts[0]);
    yield* learn(scene);
    const title = `Project ${scene.people.unique(4)}`;
    await createFirst(scene, where, title);
    const { writes, outcome } = await act(scene, where, 'update', title);
    return writes.some(isDone)
      ? pass('The app created an assignment, and changed the same one in a later run.')
      : fail([
          `The app created an assignment. To change it in a later run, it sent ${writesText(writes)}.`,
          outcome.text,
        ]);
  },
};
