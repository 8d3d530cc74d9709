import type { SandboxDistrict } from '../../../sandbox/index.js';
import type { SharedRecord } from '../../clever/shared.js';
import { fail, pass } from '../findings.js';
import type { SyncProbe, SyncScene } from '../probe.js';
import { fillOrdinary, twoDistricts } from './ordinary.js';
import { describeDifference, differenceOf, doubled, listed, look, lookBefore, reborn } from './snapshot.js';

/** What two records of different districts have in common. */
const SAME_NUMBER = '700001';
const SAME_EMAIL = 'sam.same@shared.example';

/** Two districts use the same SIS ids; then every SIS id, e-mail address and name of one changes. */
export const cleverIdKey: SyncProbe = {
  kind: 'sync',
  id: 'sync.clever-id-key',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.districts-apart'],
  districts: twoDistricts,
  async *run(scene) {
    const [one, other = one] = scene.districts;
    const twins = [one, other].map((district) => makeTwins(scene, district));
    yield 'sync';
    const { known } = await look(scene, one);
    const isActive = (id: string | undefined): boolean => id !== undefined && known.isActive(id);
    const merged = (twins[0] ?? []).filter((id, place) => isActive(id) !== isActive(twins[1]?.[place]));
    if (merged.length > 0) {
      return fail(
        `Two districts use the same SIS ids and e-mail addresses: ${merged.length} records of one of them are not in the roster.`,
      );
    }
    const before = await lookBefore(scene, one);
    for (const record of before.shared.records.values()) {
      renumber(scene, one, record);
    }
    const outcome = yield 'sync';
    const after = await look(scene, one);
    const changed = 'All SIS ids, numbers, e-mail addresses and names of a district changed, and no id of Clever’s.';
    const remade = reborn(before, after);
    const twice = doubled(before.shared.records.values(), before, after);
    const wrong = [
      ...describeDifference(differenceOf(before, after)),
      ...(remade.length === 0 ? [] : [`Made again, under another id of the app: ${listed(remade)}.`]),
      ...(twice.length === 0 ? [] : [`In the roster twice: ${listed(twice)}.`]),
    ];
    return wrong.length === 0
      ? pass(`${changed} The app has the same records as before.`)
      : fail([changed, ...wrong, outcome.text]);
  },
};

/** An ordinary district, and one record of each kind that has the same numbers in both districts. */
function makeTwins(scene: SyncScene, district: SandboxDistrict): string[] {
  const { make } = fillOrdinary(scene, district);
  const school = make.school('Twin School', { sis_id: SAME_NUMBER, school_number: SAME_NUMBER });
  const course = make.course('Twin course', { number: SAME_NUMBER });
  const term = make.term('Twin term');
  const role = { sis_id: SAME_NUMBER, student_number: SAME_NUMBER };
  const student = make.student(school, role, { email: SAME_EMAIL });
  const teacher = make.teacher(school, { sis_id: '700002' }, { email: `teacher.${SAME_EMAIL}` });
  const section = make.section({
    school,
    teacher,
    students: [student],
    course,
    term,
    members: { sis_id: SAME_NUMBER, name: 'Twin section' },
  });
  return [school, course, term, student, teacher, section];
}

/** Changes everything of a record by which an app might recognize it, except its id. */
function renumber({ people }: SyncScene, district: SandboxDistrict, { id, kind, roles, data }: SharedRecord): void {
  const number = String(800_000_000 + Number.parseInt(people.unique(7), 16));
  const name = `Renamed ${people.unique(5)}`;
  if (kind === 'users') {
    district.users.update(id, {
      name: { first: 'Nova', last: name },
      ...(data['email'] === undefined ? {} : { email: `nova.${number}@${district.id}.example` }),
      roles: Object.fromEntries(roles.map((role) => [role, numbersOf(role, number)])),
    });
  } else if (kind === 'schools') {
    district.schools.update(id, { name, sis_id: number, school_number: number });
  } else if (kind === 'sections') {
    district.sections.update(id, { name, sis_id: number });
  } else if (kind === 'courses') {
    district.courses.update(id, { name, number });
  } else {
    district.terms.update(id, { name });
  }
}

function numbersOf(role: string, number: string): Readonly<Record<string, string>> {
  return role === 'student'
    ? { sis_id: number, student_number: number }
    : role === 'teacher'
      ? { sis_id: number }
      : role === 'staff'
        ? { staff_id: number }
        : {};
}
