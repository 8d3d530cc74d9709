import type { DataFile } from '../../oneroster-files/index.js';
import { isObject } from '../../util/is-object.js';
import { SENSITIVE_FIELDS } from '../../values/index.js';
import type { CleverRecord } from '../source/source.js';
import type { Losses } from './losses.js';

/** A member of a record, read from whatever was sent. */
export function memberOf(record: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), record);
}

/** A member as text; `''` for what is no text. Line breaks and what no cell may have are left out elsewhere. */
export function textOf(record: unknown, ...path: readonly string[]): string {
  const value = memberOf(record, ...path);
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** A member that lists ids. Each comes once. */
export function idsOf(record: unknown, ...path: readonly string[]): string[] {
  const value = memberOf(record, ...path);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return [...new Set(items.filter((item): item is string => typeof item === 'string' && item !== ''))];
}

/** The kinds of record that are exported. */
export type ExportedKind = 'districts' | 'schools' | 'terms' | 'courses' | 'users' | 'sections';

/** The file that mainly has the records of a kind. */
const FILE_OF: Readonly<Record<ExportedKind, DataFile>> = {
  districts: 'orgs',
  schools: 'orgs',
  terms: 'academicSessions',
  courses: 'courses',
  users: 'users',
  sections: 'classes',
};

/** Members that have a column, or that say nothing beyond what has one. */
const PLACED: Readonly<Record<ExportedKind, readonly string[]>> = {
  districts: ['id', 'name', 'nces_id', 'mdr_number'],
  schools: ['id', 'district', 'name', 'school_number'],
  terms: ['id', 'district', 'name', 'start_date', 'end_date'],
  courses: ['id', 'district', 'name', 'number'],
  sections: [
    ...['id', 'district', 'school', 'name', 'subject', 'students', 'teacher', 'teachers', 'grade', 'course', 'term_id'],
    ...['period', 'section_number'],
  ],
  users: [
    ...['id', 'district', 'email', 'name.first', 'name.middle', 'name.last'],
    ...['school', 'schools', 'sis_id', 'state_id', 'student_number', 'grade', 'email'].map(inRole('student')),
    ...['first', 'middle', 'last'].map((name) => `roles.student.preferred_name.${name}`),
    ...['school', 'schools', 'sis_id', 'state_id', 'teacher_number', 'district', 'name'].map(inRole('teacher')),
    ...['schools', 'staff_id'].map(inRole('staff')),
    ...['sis_id', 'phone', 'student_relationships'].map(inRole('contact')),
    ...['student', 'teacher', 'staff'].map((role) => `roles.${role}.credentials.district_username`),
  ],
};

/** Members that demographics.csv has. */
const DEMOGRAPHICS: ReadonlySet<string> = new Set(
  ['dob', 'gender', 'race', 'hispanic_ethnicity'].map(inRole('student')),
);

/** Members without a column, by their documented names. All others are undocumented. */
const WITHOUT_PLACE: Readonly<Record<ExportedKind, readonly string[]>> = {
  districts: [
    ...['sis_type', 'launch_date', 'portal_url', 'login_methods', 'last_sync', 'state', 'error', 'pause_start'],
    ...['pause_end', 'district_contact', 'lms_state', 'lms_type', 'last_lms_sync', 'lms_matched_percentage'],
    ...['last_attendance_sync', 'created', 'last_modified'],
  ],
  schools: [
    ...['sis_id', 'state_id', 'nces_id', 'mdr_number', 'low_grade', 'high_grade', 'location', 'principal', 'phone'],
    ...['ext', 'created', 'last_modified'],
  ],
  terms: ['created', 'last_modified'],
  courses: ['created', 'last_modified'],
  sections: ['sis_id', 'ext', 'lms_status', 'created', 'last_modified'],
  users: [
    ...['lms_status', 'created', 'last_modified'],
    ...[
      ...['enrollments', 'graduation_year', 'location', 'unweighted_gpa', 'weighted_gpa', 'legacy_id', 'ext'],
      ...['created', 'last_modified', 'preferred_name'],
    ].map(inRole('student')),
    ...['title', 'legacy_id', 'ext', 'created', 'last_modified'].map(inRole('teacher')),
    ...['title', 'department', 'roles', 'legacy_id', 'ext'].map(inRole('staff')),
    ...['title', 'legacy_id'].map(inRole('district_admin')),
    ...['phone_type', 'legacy_id'].map(inRole('contact')),
  ],
};

const SENSITIVE: ReadonlySet<string> = new Set(SENSITIVE_FIELDS.map(inRole('student')));

function inRole(role: string): (name: string) => string {
  return (name) => `roles.${role}.${name}`;
}

/** What an export was asked to have beside what has a column. */
export interface Wishes {
  readonly demographics: boolean;
  /** Paths of members that travel in columns of their own: `roles.student.frl_status`, `ext`. */
  readonly carried: ReadonlySet<string>;
}

const placedOf = Object.fromEntries(
  Object.entries(PLACED).map(([kind, paths]) => [kind, new Set(paths)]),
) as unknown as Readonly<Record<ExportedKind, ReadonlySet<string>>>;
const withoutPlaceOf = Object.fromEntries(
  Object.entries(WITHOUT_PLACE).map(([kind, paths]) => [kind, new Set(paths)]),
) as unknown as Readonly<Record<ExportedKind, ReadonlySet<string>>>;

/** Counts the members of a record that have a value and no column. Names that are not documented are not repeated. */
export function addMembersWithoutPlace(
  kind: ExportedKind,
  record: CleverRecord,
  { demographics, carried }: Wishes,
  losses: Losses,
): void {
  const visit = (value: object, prefix: string): void => {
    for (const [name, member] of Object.entries(value)) {
      const path = `${prefix}${name}`;
      const isKnown = withoutPlaceOf[kind].has(path) || DEMOGRAPHICS.has(path) || SENSITIVE.has(path);
      if (
        isBlank(member) ||
        placedOf[kind].has(path) ||
        carried.has(path) ||
        isCarriedExtension(kind, path, member, carried) ||
        // The number of such a phone is in `sms` as well.
        (path === 'roles.contact.phone_type' && member === 'Cell')
      ) {
        continue;
      }
      if (DEMOGRAPHICS.has(path)) {
        if (!demographics) {
          losses.add('left_out', `${path}, because demographics were not asked for`, 'demographics');
        }
      } else if (SENSITIVE.has(path)) {
        losses.add('left_out', `${path}, because it was not asked for by name`, FILE_OF[kind]);
      } else if (isKnown && !isPartlyPlaced(kind, path)) {
        losses.add('no_place', path, FILE_OF[kind]);
      } else if (isPartlyPlaced(kind, path) && isObject(member)) {
        visit(member, `${path}.`);
      } else {
        losses.add('no_place', 'members that Clever does not document', FILE_OF[kind]);
      }
    }
  };
  visit(record, '');
}

/** The members that the columns of extension fields come from. */
const EXTENSIONS: Partial<Readonly<Record<ExportedKind, readonly string[]>>> = {
  schools: ['ext'],
  sections: ['ext'],
  users: ['ext', ...['student', 'teacher', 'staff'].map((role) => `roles.${role}.ext`)],
};

/** Whether every extension field of a record travels in a column of its own. */
function isCarriedExtension(kind: ExportedKind, path: string, member: unknown, carried: ReadonlySet<string>): boolean {
  return (
    EXTENSIONS[kind]?.includes(path) === true &&
    isObject(member) &&
    Object.entries(member).every(([field, value]) => isBlank(value) || carried.has(`ext.${field}`))
  );
}

/** Whether some members of an object have a column. */
function isPartlyPlaced(kind: ExportedKind, path: string): boolean {
  return (
    kind === 'users' &&
    (path === 'name' ||
      path === 'roles' ||
      /^roles\.(?:student|teacher|staff|district_admin|contact)$/u.test(path) ||
      /^roles\.\w+\.credentials$/u.test(path) ||
      path === 'roles.student.preferred_name')
  );
}

/** Whether a member says nothing. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') {
    return true;
  }
  return typeof value === 'object' && Object.values(value).every(isBlank);
}
