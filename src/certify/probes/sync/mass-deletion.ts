import { pass, warn } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { look, lookBefore } from './snapshot.js';

/** More than the floors of usual guards, which leave small districts alone. */
const STUDENTS = 240;

/** Nearly all of a district is gone at once. */
export const massDeletion: SyncProbe = {
  kind: 'sync',
  id: 'sync.mass-deletion',
  company: 'none',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.archive', 'sync.all-pages'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, teachers } = fillOrdinary(scene, district);
    const students = make.students(STUDENTS, school);
    make.section({ school, teacher: teachers[0] ?? '', students });
    yield 'sync';
    await lookBefore(scene, district);
    district.changes.unshareSchool({ school });
    const outcome = yield 'sync';
    const { known } = await look(scene, district);
    const left = students.filter((id) => known.isActive(id)).length;
    return left * 2 > students.length
      ? pass([
          `${students.length} students were gone at once: ${left} of them are still active, until a person decides.`,
          outcome.text,
        ])
      : warn([
          `${students.length} students, nearly the whole district, were gone at once: ${students.length - left} of them were archived without a question.`,
          outcome.text,
        ]);
  },
};
