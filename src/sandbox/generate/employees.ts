import { Random } from '../random.js';
import type { UserRecord } from '../records.js';
import { timestamps } from './calendar.js';
import { type EmailKind, emailMember, makeName, plainLetters } from './names.js';
import type { SchoolPlan, TeacherPlan } from './plan.js';
import type { Maker } from './students.js';

const STAFF_TITLES = ['Principal', 'Counselor'] as const;
const DOMAIN = 'staff.example.org';

/** How employees' addresses came out. */
function emailKind(index: number): EmailKind {
  return index % 20 === 13 ? 'missing' : index % 20 === 5 ? 'malformed' : 'valid';
}

/** The teacher at a position of the district. A school's floating teacher is staff as well: a person with two roles. */
export function makeTeacher(maker: Maker, plan: TeacherPlan, index: number): UserRecord {
  const random = new Random(maker.seed, 'teacher', index);
  const name = makeName(random);
  const school = maker.ids.id('schools', plan.school.index);
  const second = maker.schools[(plan.school.index + 1) % maker.schools.length] ?? plan.school;
  const schools = plan.duty === 'support' ? [school, maker.ids.id('schools', second.index)] : [school];
  const credentials = { district_username: `${plainLetters(name.last)}.${plainLetters(name.first)}` };
  return {
    id: maker.ids.id('teachers', index),
    district: maker.district,
    ...emailMember(emailKind(index), name, `t${index}`, DOMAIN),
    name,
    roles: {
      teacher: {
        credentials,
        ...(index % 4 === 0 ? { ext: { badge: random.digits(4) } } : {}),
        school,
        schools,
        sis_id: String(1 + index),
        state_id: index % 3 === 0 ? '' : random.digits(9),
        teacher_number: String(200_000 + index),
        title: plan.title,
        legacy_id: maker.ids.id('legacy', index),
      },
      ...(plan.duty === 'floating'
        ? { staff: staffRole(maker, { index, school, title: 'Technology Lead', permissions: ['SchoolTechLead'] }) }
        : {}),
    },
    lms_status: { synced_in_lms: true },
    ...timestamps(10_000 + index),
  };
}

/** A school's own staff: `staff` and nothing else, but for one person of the district who is a district admin as well. */
export function makeStaff(maker: Maker, school: SchoolPlan): UserRecord[] {
  return STAFF_TITLES.map((title, position) => {
    const index = school.index * STAFF_TITLES.length + position;
    const name = makeName(new Random(maker.seed, 'staff', index));
    const id = maker.ids.id('schools', school.index);
    return {
      id: maker.ids.id('staff', index),
      district: maker.district,
      ...emailMember(position === 0 ? 'valid' : emailKind(index), name, `s${index}`, DOMAIN),
      name,
      roles: {
        staff: staffRole(maker, { index: 100_000 + index, school: id, title, permissions: ['PortalOnly'] }),
        ...(index === 0 ? { district_admin: adminRole(maker, 0, title) } : {}),
      },
      ...timestamps(20_000 + index),
    };
  });
}

/** People who are district admins and nothing else: without a school, one with an empty title (observed). */
export function makeDistrictAdmins(maker: Maker): readonly [UserRecord, UserRecord] {
  return [makeDistrictAdmin(maker, 0, 'Superintendent'), makeDistrictAdmin(maker, 1, '')];
}

function makeDistrictAdmin(maker: Maker, index: number, title: string): UserRecord {
  const name = makeName(new Random(maker.seed, 'district_admin', index));
  return {
    id: maker.ids.id('district_admins', index),
    district: maker.district,
    ...emailMember('valid', name, `a${index}`, DOMAIN),
    name,
    roles: { district_admin: adminRole(maker, 1 + index, title) },
    ...timestamps(30_000 + index),
  };
}

interface Post {
  readonly index: number;
  readonly school: string;
  readonly title: string;
  readonly permissions: readonly string[];
}

function staffRole(maker: Maker, { index, school, title, permissions }: Post) {
  return {
    credentials: { district_username: `staff${index}` },
    department: index % 2 === 0 ? '' : 'Administration',
    schools: [school],
    staff_id: String(500_000 + index),
    title,
    roles: permissions,
    legacy_id: maker.ids.id('legacy', 1_000_000 + index),
  };
}

function adminRole(maker: Maker, index: number, title: string) {
  return { title, legacy_id: maker.ids.id('legacy', 2_000_000 + index) };
}
