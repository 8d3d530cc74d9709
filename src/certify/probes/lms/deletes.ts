import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { act, createFirst, isDone, learn, makeClass, readyDistrict, writesText } from './classes.js';

/** What is deleted in the app is deleted at Clever. */
export const deletes: SyncProbe = {
  kind: 'sync',
  id: 'lms.deletes',
  needs: ['lms'],
  after: ['lms.ready-districts', 'lms.keeps-ids'],
  districts: readyDistrict,
  async *run(scene) {
    const where = makeClass(scene, scene.districts[0]);
    yield* learn(scene);
    const title = `Quiz ${scene.people.unique(4)}`;
    await createFirst(scene, where, title);
    const { writes, outcome } = await act(scene, where, 'delete', title);
    return writes.some((write) => write.method === 'DELETE' && isDone(write))
      ? pass('The app deleted the assignment that it had created.')
      : fail([`To delete an assignment, the app sent ${writesText(writes)}.`, outcome.text]);
  },
};
