import { fail, pass, review } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, listed, look, lookBefore, reborn } from './snapshot.js';

/** A school is unshared: what it had is archived. When it comes back, it is seen whether it had only been archived. */
export const archive: SyncProbe = {
  kind: 'sync',
  id: 'sync.archive',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { annex } = fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    district.changes.unshareSchool({ school: annex });
    const outcome = yield 'sync';
    const after = await look(scene, district);
    const difference = describeDifference(differenceOf(before, after));
    if (difference.length > 0) {
      return fail(['A small school was no longer shared, and the sync ran.', ...difference, outcome.text]);
    }
    const gone = [...before.shared.records.values()].filter(
      (record) => before.keeps(record) && !after.shared.records.has(record.id),
    );
    const archived = `${listed(gone)} that Clever no longer shared are not active any more.`;
    district.changes.shareSchool({ school: annex });
    yield 'sync';
    const again = reborn(before, await look(scene, district));
    if (again.length > 0) {
      return fail([
        archived,
        `When they were shared again, ${listed(again)} had other ids of the app: they had been deleted, with all that belonged to them.`,
      ]);
    }
    if (!before.known.hasAppIds && gone.every(({ id }) => !after.known.has(id))) {
      return review(
        'Are records that Clever no longer shares archived with all that belongs to them, or deleted?',
        `${archived} The roster has no \`appId\`, and leaves them out.`,
      );
    }
    return pass(archived);
  },
};
