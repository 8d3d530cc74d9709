import { fail, pass, review } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, doubled, listed, look, lookBefore, reborn } from './snapshot.js';

/** A new school year: sections, courses and terms have new ids, students keep theirs. */
export const rollover: SyncProbe = {
  kind: 'sync',
  id: 'sync.rollover',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive', 'sync.clever-id-key', 'sync.oddities'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    fillOrdinary(scene, district);
    yield 'sync';
    const before = await lookBefore(scene, district);
    district.changes.startSchoolYear();
    const outcome = yield 'sync';
    const after = await look(scene, district);
    const replaced = [...after.shared.records.values()].filter(
      (record) => before.keeps(record) && !before.shared.records.has(record.id),
    );
    if (replaced.length > 0 && !replaced.some(({ id }) => after.known.has(id))) {
      return review(
        'Was the new school year held until a person approves it? Who does that, and by when?',
        `A new school year began, and nothing of it is in the roster: ${listed(replaced)}. ${outcome.text}`,
      );
    }
    const remade = reborn(before, after);
    const twice = doubled(after.shared.records.values(), before, after);
    const wrong = [
      ...describeDifference(differenceOf(before, after)),
      ...(remade.length === 0 ? [] : [`Made again, under another id of the app: ${listed(remade)}.`]),
      ...(twice.length === 0 ? [] : [`In the roster twice: ${listed(twice)}.`]),
    ];
    return wrong.length === 0
      ? pass(
          `A new school year began: ${listed(replaced)} are new, last year's are archived, and the students are the same.`,
        )
      : fail(['A new school year began.', ...wrong, outcome.text]);
  },
};
