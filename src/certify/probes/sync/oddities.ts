import { fail, pass } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, listed, look, lookBefore, recordsOf } from './snapshot.js';

/** What is unusual in rosters, and right: names that are not unique, both forms of dates, people of other schools. */
export const oddities: SyncProbe = {
  kind: 'sync',
  id: 'sync.oddities',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, annex, teachers, students } = fillOrdinary(scene, district);
    const [teacher = ''] = teachers;
    yield 'sync';
    const { keeps } = await lookBefore(scene, district);
    const [visitor = '', only = ''] = make.students(2, annex);
    const sameName = { name: 'Homeroom' };
    const long = `Straße ${'Łódź '.repeat(48)}`.slice(0, 255);
    const odd = [
      make.section({ school, teacher, students: students.slice(0, 2), members: sameName }),
      make.section({ school, teacher, students: students.slice(2, 4), members: sameName }),
      make.section({ school, teacher, students: [visitor, ...students.slice(0, 1)] }),
      make.term('Dates with times', { start_date: '2026-08-17T00:00:00.000Z', end_date: '2027-06-11T00:00:00.000Z' }),
      make.student(school, {}, { name: { first: 'Żaneta 🎓', last: long }, email: 'not an address' }),
    ];
    const emptied = make.section({ school, teacher, students: [only] });
    const atFirst = yield 'sync';
    const snapshot = await look(scene, district);
    const missing = recordsOf(snapshot, odd).filter((record) => keeps(record) && !snapshot.known.isActive(record.id));
    if (missing.length > 0) {
      return fail([
        'Two sections have the same name, one has a student of another school, a term has dates with times, a name has 255 characters.',
        `Not in the roster: ${listed(missing)}.`,
        atFirst.text,
      ]);
    }
    const before = await lookBefore(scene, district);
    district.changes.unenroll({ student: only, section: emptied });
    const outcome = yield 'sync';
    const difference = describeDifference(differenceOf(before, await look(scene, district)));
    return difference.length === 0
      ? pass(
          'Equal section names, a student of another school, both forms of dates, and a section that lost its last student.',
        )
      : fail(['The last student left a section, which Clever then no longer shares.', ...difference, outcome.text]);
  },
};
