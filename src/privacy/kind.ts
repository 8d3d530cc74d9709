import { isObject } from '../util/is-object.js';
import type { SensitivityKind } from './registry.js';

/** The collections of events, by the kind of record that they carry. */
const KIND_OF_COLLECTION: Readonly<Record<string, SensitivityKind>> = {
  courses: 'course',
  districts: 'district',
  resources: 'resource',
  schools: 'school',
  sections: 'section',
  terms: 'term',
  users: 'user',
  // API v2's words for users, in events of a type that API v3 does not document.
  contacts: 'user',
  districtadmins: 'user',
  schooladmins: 'user',
  students: 'user',
  teachers: 'user',
};

/** Members of which one is enough to recognise a kind. In order: the first kind that has one of its members wins. */
const KIND_BY_MEMBERS: readonly (readonly [SensitivityKind, readonly string[]])[] = [
  ['token', ['access_token']],
  ['userinfo', ['sub']],
  ['attendanceRecord', ['attendance_date', 'attendance_status', 'student_id']],
  ['submission', ['assignment_id', 'grade_points', 'grader_id']],
  ['assignment', ['assignee_ids', 'assignee_mode', 'due_date', 'submission_types']],
  ['school', ['principal', 'school_number', 'low_grade', 'high_grade']],
  ['section', ['students', 'teachers', 'teacher', 'subject', 'section_number', 'term_id']],
  ['district', ['district_contact', 'sis_type', 'login_methods', 'launch_date', 'portal_url']],
  // Before people: a resource has `roles` as well, a list of them.
  ['resource', ['resource_id', 'updated']],
  ['user', ['roles', 'email', 'lms_status']],
];

/** Whether a value is an event: its `type` is `<collection>.<change>` and it carries `data`. */
export function isEvent(record: Readonly<Record<string, unknown>>): boolean {
  return typeof record['type'] === 'string' && /^\w+\.\w+$/u.test(record['type']) && isObject(record['data']);
}

/** The kind of the record that an event carries; `undefined` for an unknown collection. */
export function kindInEvent(event: Readonly<Record<string, unknown>>): SensitivityKind | undefined {
  const collection = String(event['type']).split('.', 1)[0] ?? '';
  return Object.hasOwn(KIND_OF_COLLECTION, collection) ? KIND_OF_COLLECTION[collection] : undefined;
}

/**
 * Which kind a record is, by the members that it has. People are recognised by a name in parts, because the names of
 * things are text.
 *
 * @returns `undefined` where no member is typical of a kind: a course or a term has no classed field anyway.
 */
export function detectKind(record: Readonly<Record<string, unknown>>): SensitivityKind | undefined {
  if (isMe(record)) {
    return 'me';
  }
  // Before people: `/userinfo` has a name in parts as well.
  if ('sub' in record) {
    return 'userinfo';
  }
  if (isObject(record['name'])) {
    return 'user';
  }
  return KIND_BY_MEMBERS.find(([, members]) => members.some((member) => member in record))?.[0];
}

/** `/me` holds an id and little else; a wrapped course or term has a name. */
function isMe(record: Readonly<Record<string, unknown>>): boolean {
  const { data } = record;
  return (
    isObject(data) &&
    typeof data['id'] === 'string' &&
    !('id' in record) &&
    !('name' in data) &&
    detectKind(data) === undefined
  );
}
