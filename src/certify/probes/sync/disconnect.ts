import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, twoDistricts } from './ordinary.js';
import { describeDifference, differenceOf, listed, look, lookBefore, reborn } from './snapshot.js';

/** A district disconnects the app and connects it again. */
export const disconnect: SyncProbe = {
  kind: 'sync',
  id: 'sync.disconnect',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.districts-apart'],
  districts: twoDistricts,
  async *run(scene) {
    const [leaving, staying = leaving] = scene.districts;
    const { make: makeLeaving, school } = fillOrdinary(scene, leaving);
    const { make, school: otherSchool } = fillOrdinary(scene, staying);
    yield 'sync';
    const before = await lookBefore(scene, leaving);
    const others = await lookBefore(scene, staying);
    leaving.disconnect();
    make.student(otherSchool);
    const during = yield 'sync';
    const meanwhile = describeDifference(differenceOf(others, await look(scene, staying)));
    if (meanwhile.length > 0) {
      return fail(['One district disconnected the app. In another one, after the sync:', ...meanwhile, during.text]);
    }
    leaving.connect();
    makeLeaving.student(school);
    const outcome = yield 'sync';
    const after = await look(scene, leaving);
    const remade = reborn(before, after);
    const wrong = [
      ...describeDifference(differenceOf(before, after)),
      ...(remade.length === 0
        ? []
        : [`Made again, so they had been deleted: ${listed(remade)}. What belonged to them is gone.`]),
    ];
    return wrong.length === 0
      ? pass([
          'A district disconnected the app and connected it again: all is active as before, and the other district was synced meanwhile.',
          `While it was disconnected: ${during.text}`,
        ])
      : fail(['A district disconnected the app and connected it again.', ...wrong, outcome.text]);
  },
};
