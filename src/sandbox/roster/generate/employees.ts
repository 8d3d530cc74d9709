import { Random } from '../random.js';
import type { NameAndEmail, UserRecord } from '../records.js';
import { timestamps } from './calendar.js';
import type { Maker } from './maker.js';
import { EMAIL_DOMAINS, type EmailKind, makeEmail, makeName, type Name, plainLetters } from './names.js';

const STAFF_TITLES = ['Principal', 'Counselor'] as const;
const ADMIN_TITLES = ['Superintendent', ''] as const;
/** The number of staff members per school. */
export const STAFF_PER_SCHOOL = STAFF_TITLES.length;
/** The number of people who are only district admins. */
export const DISTRICT_ADMINS = ADMIN_TITLES.length;

/** Which kind of e-mail address an employee has. */
function emailKind(index: number): EmailKind {
  return index % 20 === 13 ? 'missing' : index % 20 === 5 ? 'malformed' : 'valid';
}

function emailMember(kind: EmailKind, name: Name, distinct: string): { readonly email?: string } {
  const email = makeEmail(kind, name, distinct, EMAIL_DOMAINS.employees);
  return email === undefined ? {} : { email };
}

/**
 * Makes the teacher at a position of the district. A school's floating teacher is also staff: a person with
 * two roles.
 */
export function makeTeacher(maker: Maker, index: number): UserRecord {
  const plan = maker.plan.teacher(index);
  const { title, duty } = plan.item;
  const random = new Random(maker.seed, 'teacher', index);
  const name = makeName(random);
  const school = maker.ids.id('schools', plan.school.index);
  const second = maker.ids.id('schools', maker.plan.neighbour(plan.school).index);
  const schools = duty === 'support' ? [school, second] : [school];
  const credentials = { district_username: `${plainLetters(name.last)}.${plainLetters(name.first)}` };
  return {
    id: maker.ids.id('teachers', index),
    district: maker.district,
    ...emailMember(emailKind(index), name, `t${index}`),
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
        title,
        legacy_id: maker.ids.id('legacy', index),
      },
      ...(duty === 'floating'
        ? { staff: staffRole(maker, { index, school, title: 'Technology Lead', permissions: ['SchoolTechLead'] }) }
        : {}),
    },
    lms_status: { synced_in_lms: true },
    ...timestamps(10_000 + index),
  };
}

/** Returns the name and address of a teacher, without the rest of the record. */
export function nameTeacher({ seed }: Maker, index: number): NameAndEmail {
  const name = teacherName(seed, index);
  return { name, ...emailMember(emailKind(index), name, `t${index}`) };
}

/** Returns the name of a teacher, which the names of the teacher's classes contain. */
export function teacherName(seed: number, index: number): Name {
  return makeName(new Random(seed, 'teacher', index));
}

/**
 * Makes a staff member of a school. The first one in the district is also a district admin; the others are
 * only `staff`.
 */
export function makeStaff(maker: Maker, index: number): UserRecord {
  const position = index % STAFF_PER_SCHOOL;
  const title = STAFF_TITLES[position] ?? '';
  const name = makeName(new Random(maker.seed, 'staff', index));
  const school = maker.ids.id('schools', Math.floor(index / STAFF_PER_SCHOOL));
  return {
    id: maker.ids.id('staff', index),
    district: maker.district,
    ...emailMember(position === 0 ? 'valid' : emailKind(index), name, `s${index}`),
    name,
    roles: {
      staff: staffRole(maker, { index: 100_000 + index, school, title, permissions: ['PortalOnly'] }),
      ...(index === 0 ? { district_admin: adminRole(maker, 0, title) } : {}),
    },
    ...timestamps(20_000 + index),
  };
}

/**
 * Makes a person who is only a district admin: without a school, and one of them with an empty title
 * (observed).
 */
export function makeDistrictAdmin(maker: Maker, index: number): UserRecord {
  const title = ADMIN_TITLES[index] ?? '';
  const name = makeName(new Random(maker.seed, 'district_admin', index));
  return {
    id: maker.ids.id('district_admins', index),
    district: maker.district,
    ...emailMember('valid', name, `a${index}`),
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
