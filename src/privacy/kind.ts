import { isObject } from '../util/is-object.js';
import type { SensitivityKind } from './registry.js';

/** The kind of record in the events of each collection. */
const KIND_OF_COLLECTION: Readonly<Record<string, SensitivityKind>> = {
  courses: 'course',
  districts: 'district',
  resources: 'resource',
  schools: 'school',
  sections: 'section',
  terms: 'term',
  users: 'user',
  // API v2's names for users, in events of a type that API v3 does not document.
  contacts: 'user',
  districtadmins: 'user',
  schooladmins: 'user',
  students: 'user',
  teachers: 'user',
};

/** Members that identify a kind; one is enough. Checked in order: the first kind with a matching member is used. */
const KIND_BY_MEMBERS: readonly (readonly [SensitivityKind, readonly string[]])[] = [
  ['userinfo', ['sub']],
  ['attendanceRecord', ['attendance_date', 'attendance_status', 'student_id']],
  ['submission', ['assignment_id', 'grade_points', 'grader_id']],
  ['assignment', ['assignee_ids', 'assignee_mode', 'due_date', 'submission_types']],
  ['school', ['principal', 'school_number', 'low_grade', 'high_grade']],
  ['section', ['students', 'teachers', 'teacher', 'subject', 'section_number', 'term_id']],
  ['district', ['district_contact', 'sis_type', 'login_methods', 'launch_date', 'portal_url']],
  // Before people, because a resource also has `roles`, as a list.
  ['resource', ['resource_id', 'updated']],
  ['user', ['roles', 'email', 'lms_status']],
];

/** Checks whether a value is an event: its `type` is `<collection>.<change>` and it has `data`. */
export function isEvent(record: Readonly<Record<string, unknown>>): boolean {
  return typeof record['type'] === 'string' && /^\w+\.\w+$/u.test(record['type']) && isObject(record['data']);
}

/** Returns the kind of the record in an event; `undefined` for an unknown collection. */
export function kindInEvent(event: Readonly<Record<string, unknown>>): SensitivityKind | undefined {
  const collection = String(event['type']).split('.', 1)[0] ?? '';
  return Object.hasOwn(KIND_OF_COLLECTION, collection) ? KIND_OF_COLLECTION[collection] : undefined;
}

/**
 * Returns the kind of a record, judged by its members. People are recognised by a name that consists of
 * parts, because the names of other records are text.
 *
 * @returns The kind; `undefined` when no member identifies one, such as for a course or a term, which have
 * no classified fields anyway.
 */
export function detectKind(record: Readonly<Record<string, unknown>>): SensitivityKind | undefined {
  if (isToken(record)) {
    return 'owner' in record ? 'districtToken' : 'token';
  }
  if (isMe(record)) {
    return 'me';
  }
  // Before people, because `/userinfo` also has a name that consists of parts.
  if ('sub' in record) {
    return 'userinfo';
  }
  if (isObject(record['name'])) {
    return 'user';
  }
  return KIND_BY_MEMBERS.find(([, members]) => members.some((member) => member in record))?.[0];
}

/** Checks whether an object is a token: one of its secrets is enough. */
export function isToken(record: Readonly<Record<string, unknown>>): boolean {
  return 'access_token' in record || 'refresh_token' in record || 'id_token' in record;
}

/** Checks whether data is from `/me`, which has an id and little else; a wrapped course or term has a name. */
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
