import { SENSITIVE_FIELDS, type SensitiveField } from '../privacy/sensitive-fields.js';

/**
 * The access that a scope gives to a kind of record: all fields, those of single sign-on, or those of the
 * Clever Library.
 */
export type AccessLevel = 'full' | 'basic' | 'limited';

/** The kinds of record that Clever's scopes name. Staff are still `school_admins` there. */
export type AccessSubject =
  | 'students'
  | 'teachers'
  | 'school_admins'
  | 'district_admins'
  | 'student_contacts'
  | 'districts'
  | 'schools'
  | 'sections'
  | 'resources';

/** The access that one scope gives. */
export interface ScopeMeaning {
  readonly subject: AccessSubject;
  readonly level: AccessLevel;
}

const person = ['id', 'district', 'name', 'email', 'lms_status', 'created', 'last_modified'] as const;
const basicPerson = ['id', 'district', 'name', 'email'] as const;

function below(role: string, members: string): string[] {
  return members.split(' ').map((member) => `roles.${role}.${member}`);
}

/** The fields of each subject by level, without the sensitive student fields, as paths in API v3's records. */
export const FIELDS_BY_ACCESS: Readonly<
  Record<AccessSubject, Partial<Readonly<Record<AccessLevel, readonly string[]>>>>
> = /* @__PURE__ */ (() => ({
  students: {
    full: [
      ...person,
      ...below('student', 'school schools enrollments sis_id state_id student_number grade dob gender race'),
      ...below('student', 'hispanic_ethnicity graduation_year location credentials ext preferred_name'),
      ...below('student', 'unweighted_gpa weighted_gpa legacy_id email created last_modified'),
    ],
    basic: basicPerson,
    limited: ['id', 'name', 'roles.student.grade'],
  },
  teachers: {
    full: [
      ...person,
      ...below('teacher', 'school schools sis_id state_id teacher_number title credentials ext legacy_id district'),
      ...below('teacher', 'name created last_modified'),
    ],
    basic: basicPerson,
    limited: ['id', 'name', 'email'],
  },
  school_admins: {
    full: [...person, ...below('staff', 'schools staff_id department title roles credentials ext legacy_id')],
    basic: basicPerson,
    limited: [],
  },
  district_admins: {
    full: [...person, ...below('district_admin', 'title legacy_id')],
    basic: basicPerson,
    limited: [],
  },
  student_contacts: {
    full: [...person, ...below('contact', 'sis_id phone phone_type student_relationships legacy_id')],
  },
  districts: {
    full: [
      'id',
      'name',
      'sis_type',
      'launch_date',
      'portal_url',
      'login_methods',
      'last_sync',
      'state',
      'error',
      'pause_start',
      'pause_end',
      'mdr_number',
      'nces_id',
      'district_contact',
      'lms_state',
      'lms_type',
      'last_lms_sync',
      'lms_matched_percentage',
      'last_attendance_sync',
    ],
  },
  schools: {
    full: [
      'id',
      'district',
      'name',
      'sis_id',
      'school_number',
      'low_grade',
      'high_grade',
      'location',
      'principal',
      'phone',
      'nces_id',
      'mdr_number',
      'state_id',
      'ext',
      'created',
      'last_modified',
    ],
  },
  sections: {
    full: [
      'id',
      'district',
      'school',
      'name',
      'sis_id',
      'subject',
      'students',
      'teacher',
      'teachers',
      'grade',
      'course',
      'term_id',
      'period',
      'section_number',
      'ext',
      'lms_status',
      'created',
      'last_modified',
    ],
    limited: ['id', 'name', 'section_number', 'subject', 'grade', 'teacher', 'teachers', 'students'],
  },
  resources: { full: ['id', 'district', 'resource_id', 'title', 'roles', 'created', 'updated'] },
}))();

const SUBJECTS = /* @__PURE__ */ (() => Object.keys(FIELDS_BY_ACCESS) as AccessSubject[])();

/** The subjects that an app with Secure Sync gets; resources also need an extra grant. */
export const SECURE_SYNC_SUBJECTS: readonly AccessSubject[] = /* @__PURE__ */ (() =>
  SUBJECTS.filter((subject) => subject !== 'resources'))();

const SUFFIX: Readonly<Record<AccessLevel, string>> = { full: '', basic: '_basic', limited: '_limited' };

const meanings: ReadonlyMap<string, readonly ScopeMeaning[]> = /* @__PURE__ */ (() =>
  new Map<string, readonly ScopeMeaning[]>([
    ...SUBJECTS.flatMap((subject) =>
      (Object.keys(FIELDS_BY_ACCESS[subject]) as AccessLevel[]).map(
        (level) => [`read:${subject}${SUFFIX[level]}`, [{ subject, level }]] as const,
      ),
    ),
    ['read:user_id', []],
    ['read:students_launchpad', []],
    // A general scope from 2016.
    ['read:sis', SECURE_SYNC_SUBJECTS.map((subject): ScopeMeaning => ({ subject, level: 'full' }))],
  ]))();

const sensitive: ReadonlyMap<string, SensitiveField> = /* @__PURE__ */ (() =>
  new Map(SENSITIVE_FIELDS.map((field) => [`read:${field}`, field])))();

/**
 * Returns the scope for a sensitive field. `read:ell_status` and `read:iep_status` were observed; the
 * others are inferred.
 */
export function scopeOfSensitiveField(field: SensitiveField): string {
  return `read:${field}`;
}

/** Returns the sensitive field that a scope gives access to, if any. */
export function sensitiveFieldOfScope(scope: string): SensitiveField | undefined {
  return sensitive.get(scope);
}

/** Returns the access that a scope gives; empty if it gives access to no records, `undefined` if it is unknown. */
export function meaningOfScope(scope: string): readonly ScopeMeaning[] | undefined {
  return meanings.get(scope);
}
