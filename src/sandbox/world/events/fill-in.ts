import type { KnownRole } from '../../../values/index.js';
import type { AnyRecord, Kind, RoleRecord, SectionRecord, UserRecord } from '../../roster/records.js';
import { rolesOf } from '../../roster/roles.js';

/** The values that new records are filled in from. */
export interface DefaultValues {
  readonly id: string;
  readonly district: string;
  /** A school for records that name none. */
  readonly school: string;
  /** Returns a teacher of a school, otherwise of the district, for a section that names none. */
  teacherOf(school: string): string | undefined;
  readonly now: string;
}

type Given = Readonly<Record<string, unknown>>;

/** Adds the members that Clever guarantees and a new record lacks. Source: dev.clever.com/docs/schema-1. */
export function fillIn(kind: Exclude<Kind, 'districts'>, given: Given, defaults: DefaultValues): AnyRecord {
  const { id, district, now } = defaults;
  const stamps = { created: now, last_modified: now };
  switch (kind) {
    case 'users':
      return fillInUser({ district, name: {}, roles: {}, ...stamps, ...given, id }, defaults);
    case 'schools':
      return { district, name: '', sis_id: id, school_number: '', ...stamps, ...given, id };
    case 'sections':
      return {
        district,
        name: '',
        sis_id: id,
        subject: '',
        students: [],
        ...stamps,
        ...withTeacher(given, defaults),
        id,
      };
    case 'resources':
      return { district, resource_id: id, title: '', roles: [], created: now, updated: now, ...given, id };
    case 'courses':
    case 'terms':
      return { district, ...given, id };
  }
}

function withTeacher(given: Given, defaults: DefaultValues): Given {
  const { school: givenSchool, teacher: givenTeacher, teachers: givenTeachers } = given as Partial<SectionRecord>;
  const school = givenSchool ?? defaults.school;
  const teacher = givenTeacher ?? givenTeachers?.[0] ?? defaults.teacherOf(school);
  const teachers = teacher === undefined ? [] : [teacher];
  return { school, ...(teacher === undefined ? {} : { teacher }), teachers, ...given };
}

function fillInUser(user: UserRecord, defaults: DefaultValues): UserRecord {
  const held: readonly string[] = rolesOf(user);
  // In the order that was given: at Clever, the order of the keys means nothing.
  const given = Object.keys(user.roles).filter((role): role is KnownRole => held.includes(role));
  const roles = given.map((role) => {
    const record = user.roles[role] ?? {};
    const school = record.school ?? record.schools?.[0] ?? defaults.school;
    return [role, { ...guaranteed(role, school, defaults.id), ...record }] as const;
  });
  return { ...user, name: { last: '', ...user.name }, roles: Object.fromEntries(roles) };
}

function guaranteed(role: KnownRole, school: string, sis_id: string): RoleRecord {
  const schools = [school];
  switch (role) {
    case 'student':
      return { school, schools, enrollments: [], sis_id };
    case 'teacher':
      return { school, schools, sis_id };
    case 'staff':
      return { schools, staff_id: sis_id };
    case 'contact':
      return { student_relationships: [] };
    case 'district_admin':
      return {};
  }
}
