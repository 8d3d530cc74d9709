import { fail, pass } from '../findings.js';
import { NotTried, type SyncProbe } from '../probe.js';
import { act, createFirst, learn, makeClass, readyDistrict, writesText } from './classes.js';

/** A change of an assignment is a PATCH. */
export const patchOnly: SyncProbe = {
  kind: 'sync',
  id: 'lms.patch-only',
  needs: ['lms'],
  after: ['lms.ready-districts'],
  districts: readyDistrict,
  async *run(scene) {
    const where = makeClass(scene, scene.districts[0]);
    yield* learn(scene);
    const title = `Report ${scene.people.unique(4)}`;
    await createFirst(scene, where, title);
    const { writes } = await act(scene, where, 'update', title);
    const others = writes.filter(({ method }) => method !== 'PATCH');
    if (others.length > 0) {
      return fail(`To change an assignment, the app sent ${writesText(writes)}.`);
    }
    if (writes.length === 0) {
      throw new NotTried('To change an assignment, the app sent nothing: see lms.keeps-ids.');
    }
    return pass(`To change an assignment, the app sent ${writesText(writes)}.`);
  },
};
