import { fail, pass, warn } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { listed, look, lookBefore, recordsOf } from './snapshot.js';

/** Records that have what Clever guarantees and nothing else, or everything else as an empty text. */
export const missingFields: SyncProbe = {
  kind: 'sync',
  id: 'sync.missing-fields',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, school, teachers, students: others } = fillOrdinary(scene, district);
    make.person({ staff: { schools: [school], staff_id: scene.people.unique(6) } });
    make.contact(others[0] ?? '');
    const first = yield 'sync';
    const { keeps } = await lookBefore(scene, district);
    const absent = {
      student_number: undefined,
      grade: undefined,
    };
    const empty = {
      student_number: '',
      grade: '',
      gender: '',
      dob: '',
      race: '',
      hispanic_ethnicity: '',
      graduation_year: '',
      state_id: '',
    };
    const students = [
      make.student(school, absent, { email: undefined }),
      make.student(school, empty, {
        email: '',
        name: { first: 'Ana', middle: '', last: `Empty-${scene.people.unique(4)}` },
      }),
    ];
    const teacher = make.teacher(school, { title: '', teacher_number: '' }, { email: undefined });
    const sections = [
      make.section({ school, teacher, students, members: { subject: '', name: `Bare ${scene.people.unique(4)}` } }),
      make.section({
        school,
        teacher: teachers[0] ?? '',
        students,
        members: { subject: '', grade: '', period: '', section_number: '' },
      }),
    ];
    const bareOthers = [
      make.school('Bare School', { low_grade: undefined, high_grade: undefined }),
      make.person({ staff: { schools: [school] } }, { email: undefined }),
      make.contact(students[0] ?? ''),
    ];
    const outcome = yield 'sync';
    const snapshot = await look(scene, district);
    const bare = recordsOf(snapshot, [...students, teacher, ...sections, ...bareOthers]).filter(keeps);
    const missing = bare.filter(({ id }) => !snapshot.known.isActive(id));
    if (missing.length > 0) {
      return fail([`Without what Clever does not guarantee, these did not arrive: ${listed(missing)}.`, outcome.text]);
    }
    const evidence = `${listed(bare)} with nothing but what Clever guarantees, or with empty texts, are in the roster.`;
    return outcome.ok || !first.ok ? pass(evidence) : warn([evidence, outcome.text]);
  },
};
