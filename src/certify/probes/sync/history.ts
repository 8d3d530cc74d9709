import { fail, pass } from '../findings.js';
import { NotTried, type SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { listed, look, lookBefore, reborn, recordsOf } from './snapshot.js';

/** A student is transferred, one renamed, one promoted: each is still the same person to the app. */
export const history: SyncProbe = {
  kind: 'sync',
  id: 'sync.history',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { annex, students } = fillOrdinary(scene, district);
    const [transferred = '', renamed = '', promoted = ''] = students;
    yield 'sync';
    const before = await lookBefore(scene, district);
    if (!before.known.hasAppIds) {
      throw new NotTried("Let the roster command print the app's own id of each record, as `appId`.");
    }
    district.changes.transfer({ student: transferred, school: annex });
    district.changes.rename({ user: renamed, name: { last: `Married-${scene.people.unique(4)}` } });
    district.users.update(promoted, { roles: { student: { grade: '6' } } });
    const outcome = yield 'sync';
    const after = await look(scene, district);
    const moved = [transferred, renamed, promoted];
    const lost = recordsOf(after, moved).filter(({ id }) => !after.known.isActive(id));
    const remade = reborn(before, after).filter(({ id }) => moved.includes(id));
    const wrong = [
      ...(lost.length === 0 ? [] : [`Not active any more: ${listed(lost)}.`]),
      ...(remade.length === 0 ? [] : [`Made again, under another id of the app: ${listed(remade)}.`]),
    ];
    return wrong.length === 0
      ? pass('A transferred, a renamed and a promoted student have the same ids of the app as before.')
      : fail(['One student was transferred, one renamed, one promoted.', ...wrong, outcome.text]);
  },
};
