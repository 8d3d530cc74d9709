/**
 * How a field must be treated.
 *
 * - `pii`: identifies a person, by itself or together with other data. Ids count, because they last.
 * - `sensitive`: says something about a child that Clever shares only after an extra grant, or that a district put into
 *   its own extension fields.
 * - `secret`: whoever has it can act as somebody.
 */
export type Sensitivity = 'pii' | 'sensitive' | 'secret';

/** Field paths of one kind of record, with their class. A path covers everything below it. */
export type SensitivityTable = Readonly<Record<string, Sensitivity>>;

/**
 * The student fields that need an extra grant from Clever before a district can share them. The last four came with API v3.1.
 *
 * Source: dev.clever.com/docs/classroom-vs-district.
 */
export const SENSITIVE_STUDENT_FIELDS = [
  'ell_status',
  'frl_status',
  'iep_status',
  'home_language',
  'home_language_code',
  'gifted_status',
  'section_504_status',
  'disability',
] as const;

/** The name of a sensitive student field. */
export type SensitiveStudentField = (typeof SENSITIVE_STUDENT_FIELDS)[number];

const sensitiveStudentFields = Object.fromEntries(
  SENSITIVE_STUDENT_FIELDS.map((field) => [`roles.student.${field}`, 'sensitive']),
) as Record<`roles.student.${SensitiveStudentField}`, 'sensitive'>;

const user: SensitivityTable = {
  id: 'pii',
  email: 'pii',
  name: 'pii',
  ...sensitiveStudentFields,
  'roles.student.credentials': 'pii',
  'roles.student.dob': 'pii',
  'roles.student.email': 'pii',
  'roles.student.ext': 'sensitive',
  'roles.student.gender': 'pii',
  'roles.student.graduation_year': 'pii',
  'roles.student.hispanic_ethnicity': 'pii',
  'roles.student.legacy_id': 'pii',
  'roles.student.location': 'pii',
  'roles.student.preferred_name': 'pii',
  'roles.student.race': 'pii',
  'roles.student.sis_id': 'pii',
  'roles.student.state_id': 'pii',
  'roles.student.student_number': 'pii',
  'roles.student.unweighted_gpa': 'pii',
  'roles.student.weighted_gpa': 'pii',
  'roles.teacher.credentials': 'pii',
  'roles.teacher.ext': 'pii',
  'roles.teacher.legacy_id': 'pii',
  'roles.teacher.name': 'pii',
  'roles.teacher.sis_id': 'pii',
  'roles.teacher.state_id': 'pii',
  'roles.teacher.teacher_number': 'pii',
  'roles.staff.credentials': 'pii',
  'roles.staff.ext': 'pii',
  'roles.staff.legacy_id': 'pii',
  'roles.staff.staff_id': 'pii',
  'roles.district_admin.legacy_id': 'pii',
  'roles.contact.legacy_id': 'pii',
  'roles.contact.phone': 'pii',
  'roles.contact.sis_id': 'pii',
  'roles.contact.student_relationships': 'pii',
};

/**
 * The class of every classed field, by kind of record: plain data to build redaction, column rules or a privacy report
 * from. What is not listed is neither personal nor secret as far as Clever documents it. An event is classed as the
 * record that it carries.
 *
 * @see {@link sensitivityOf} to look up one path.
 */
export const SENSITIVITY = {
  user,
  ownUser: user,
  school: { principal: 'pii', ext: 'pii' },
  section: { students: 'pii', teacher: 'pii', teachers: 'pii', ext: 'pii' },
  district: { district_contact: 'pii' },
  me: { 'data.id': 'pii' },
  userinfo: {
    sub: 'pii',
    user_id: 'pii',
    multi_role_user_id: 'pii',
    email: 'pii',
    name: 'pii',
    given_name: 'pii',
    family_name: 'pii',
  },
  libraryTeacher: { id: 'pii', name: 'pii', email: 'pii' },
  libraryStudent: { id: 'pii', name: 'pii' },
  librarySection: { students: 'pii', teacher: 'pii', teachers: 'pii' },
  token: { access_token: 'secret', id_token: 'secret' },
  districtToken: { access_token: 'secret' },
} as const satisfies Readonly<Record<string, SensitivityTable>>;

/**
 * Looks up how a field must be treated.
 *
 * @param path - The kind of record and the field's path in it, joined by dots: `user.roles.student.dob`,
 * `token.access_token`. Positions in lists may be given or left out.
 * @returns The class of the field or of the nearest classed field that contains it; `undefined` when there is none, also
 * for a container whose members are only partly classed (`user.roles`).
 *
 * @example
 * ```ts
 * import { sensitivityOf } from 'clever-sdk/schemas';
 *
 * sensitivityOf('user.name.first'); // 'pii'
 * sensitivityOf('user.roles.student.frl_status'); // 'sensitive'
 * sensitivityOf('section.subject'); // undefined
 * ```
 */
export function sensitivityOf(path: string): Sensitivity | undefined {
  const [kind = '', ...members] = path.split('.').filter((segment) => !/^\d+$/u.test(segment));
  const tables: Readonly<Record<string, SensitivityTable>> = SENSITIVITY;
  const table = Object.hasOwn(tables, kind) ? tables[kind] : undefined;
  for (let length = members.length; table !== undefined && length > 0; length -= 1) {
    const ancestor = members.slice(0, length).join('.');
    if (Object.hasOwn(table, ancestor)) {
      return table[ancestor];
    }
  }
  return undefined;
}
