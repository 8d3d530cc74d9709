import { EXTENSION_MEMBER, SENSITIVE_FIELDS, type SensitiveField, sensitiveFieldOf } from './sensitive-fields.js';
import { isSecretMember } from './token-members.js';

/**
 * How a field must be treated.
 *
 * - `pii`: identifies a person, by itself or together with other data. This includes ids, because they are permanent.
 * - `sensitive`: information about a child that Clever shares only after an extra grant, or that a district
 * put into its own extension fields.
 * - `secret`: grants access. Anyone who has it can act as the person, the district or the app that it belongs to.
 */
export type Sensitivity = 'pii' | 'sensitive' | 'secret';

/** The class of each field path of one kind of record. A path covers everything below it. */
export type SensitivityTable = Readonly<Record<string, Sensitivity>>;

/** A function, so that bundlers can omit the table from an app that does not use it. */
const sensitiveStudentFields = (): Record<`roles.student.${SensitiveField}`, 'sensitive'> =>
  Object.fromEntries(SENSITIVE_FIELDS.map((field) => [`roles.student.${field}`, 'sensitive'])) as Record<
    `roles.student.${SensitiveField}`,
    'sensitive'
  >;

const user: SensitivityTable = /* @__PURE__ */ (() => ({
  id: 'pii',
  email: 'pii',
  name: 'pii',
  ...sensitiveStudentFields(),
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
}))();

/**
 * The class of every classified field, by kind of record. The SDK omits and redacts by this list, and apps
 * can use it as data for column rules or a privacy report. According to Clever's documentation, a field
 * that is not listed is neither personal nor secret. An event is classified by the record that it contains.
 * A member that has the name of a sensitive field is sensitive everywhere, even if not listed. Members of a token
 * that are not listed are secret, such as a refresh token, apart from those that describe the token.
 *
 * @see {@link sensitivityOf} to look up one path.
 */
export const SENSITIVITY = {
  user,
  ownUser: user,
  school: { principal: 'pii', ext: 'pii' },
  // Clever includes the teacher's last name in a section's name.
  section: { name: 'pii', students: 'pii', teacher: 'pii', teachers: 'pii', ext: 'pii' },
  course: {},
  term: {},
  district: { district_contact: 'pii' },
  resource: {},
  assignment: { assignee_ids: 'pii' },
  submission: {
    user_id: 'pii',
    grade: 'pii',
    grade_points: 'pii',
    grade_comment: 'pii',
    grader_id: 'pii',
    attachments: 'pii',
  },
  attendanceRecord: {
    student_id: 'pii',
    attendance_status: 'pii',
    excuse_code: 'pii',
    sis_id: 'pii',
    clever_id: 'pii',
  },
  me: { 'data.id': 'pii', links: 'pii' },
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
  librarySection: { name: 'pii', students: 'pii', teacher: 'pii', teachers: 'pii' },
  token: { access_token: 'secret', id_token: 'secret' },
  tokenInfo: {},
  districtToken: { access_token: 'secret' },
} as const satisfies Readonly<Record<string, SensitivityTable>>;

/** A kind of record in {@link SENSITIVITY}. */
export type SensitivityKind = keyof typeof SENSITIVITY;

/**
 * Returns how a field must be treated.
 *
 * @param path - The kind of record and the field's path in it, joined by dots: `user.roles.student.dob`,
 * `token.access_token`. Positions in lists may be included or omitted.
 * @returns The class of the field or of the nearest classified field that contains it; `undefined` when
 * neither is classified, and for a container of which only some members are classified (`user.roles`).
 *
 * @example
 * ```ts
 * import { sensitivityOf } from 'clever-sdk/schemas';
 *
 * sensitivityOf('user.name.first'); // 'pii'
 * sensitivityOf('user.roles.student.frl_status'); // 'sensitive'
 * sensitivityOf('user.roles.teacher.ext.Gifted Status'); // 'sensitive': `ext` bears the field's name
 * sensitivityOf('section.subject'); // undefined
 * ```
 */
export function sensitivityOf(path: string): Sensitivity | undefined {
  const [kind = '', ...members] = path.split('.').filter((segment) => !/^\d+$/u.test(segment));
  const tables: Readonly<Record<string, SensitivityTable>> = SENSITIVITY;
  const table = Object.hasOwn(tables, kind) ? tables[kind] : undefined;
  if (table === undefined) {
    return undefined;
  }
  const extension = members.indexOf(EXTENSION_MEMBER);
  const isSensitive = members.some((member, index) => sensitiveFieldOf(member, extension !== -1 && index > extension));
  if (isSensitive) {
    return 'sensitive';
  }
  return classOf(table, members) ?? (isSecretMember(kind, members[0]) ? 'secret' : undefined);
}

function classOf(table: SensitivityTable, members: readonly string[]): Sensitivity | undefined {
  for (let length = members.length; length > 0; length -= 1) {
    const ancestor = members.slice(0, length).join('.');
    if (Object.hasOwn(table, ancestor)) {
      return table[ancestor];
    }
  }
  return undefined;
}
