import type * as z from 'zod';
import { isOneOf } from '../values/known.js';
import { type Assignment, assignmentSchema } from './assignment.js';
import { type AttendanceRecord, attendanceRecordSchema } from './attendance-record.js';
import { type Course, courseSchema } from './course.js';
import { type District, districtSchema } from './district.js';
import { KNOWN_EVENT_TYPES, knownEventSchema, type RosterEvent, unknownEventSchema } from './event.js';
import {
  type LibrarySection,
  type LibraryStudent,
  type LibraryTeacher,
  librarySectionSchema,
  libraryStudentSchema,
  libraryTeacherSchema,
} from './library.js';
import { type Me, meSchema } from './me.js';
import { type ContentResource, resourceSchema } from './resource.js';
import { type School, schoolSchema } from './school.js';
import { type Section, sectionSchema } from './section.js';
import { type Submission, submissionSchema } from './submission.js';
import { type Term, termSchema } from './term.js';
import {
  type DistrictToken,
  districtTokenSchema,
  type TokenInfo,
  tokenInfoSchema,
  tokenSchema,
  type UserToken,
} from './tokens.js';
import { type OwnUser, ownUserSchema, type User, userSchema } from './user.js';
import { type Userinfo, userinfoSchema } from './userinfo.js';

/** The kinds of records that the SDK checks, with their types. */
export interface RecordTypes {
  user: User;
  /** The own record of a signed-in person, of which little is guaranteed. */
  ownUser: OwnUser;
  school: School;
  section: Section;
  course: Course;
  term: Term;
  district: District;
  resource: ContentResource;
  event: RosterEvent;
  assignment: Assignment;
  submission: Submission;
  attendanceRecord: AttendanceRecord;
  me: Me;
  userinfo: Userinfo;
  token: UserToken;
  tokenInfo: TokenInfo;
  districtToken: DistrictToken;
  libraryTeacher: LibraryTeacher;
  libraryStudent: LibraryStudent;
  librarySection: LibrarySection;
}

/** A kind of record that the SDK checks. */
export type RecordKind = keyof RecordTypes;

/** One thing that is wrong with a record: where and what kind, never the value. */
export interface ValidationIssue {
  /** Members joined by dots, `roles.student.grade`; `''` for the record itself, `*` for a name that the district chose. */
  readonly path: string;
  /** The kind of mismatch: `invalid_type`, `invalid_value` … `unexplained` where zod, which would know, cannot be loaded. */
  readonly code: string;
}

/** The schema of each kind; an event of a type that Clever does not document has {@link unknownEventSchema}. */
export const recordSchemas: { readonly [Kind in RecordKind]: z.ZodType } = {
  user: userSchema,
  ownUser: ownUserSchema,
  school: schoolSchema,
  section: sectionSchema,
  course: courseSchema,
  term: termSchema,
  district: districtSchema,
  resource: resourceSchema,
  event: knownEventSchema,
  assignment: assignmentSchema,
  submission: submissionSchema,
  attendanceRecord: attendanceRecordSchema,
  me: meSchema,
  userinfo: userinfoSchema,
  token: tokenSchema,
  tokenInfo: tokenInfoSchema,
  districtToken: districtTokenSchema,
  libraryTeacher: libraryTeacherSchema,
  libraryStudent: libraryStudentSchema,
  librarySection: librarySectionSchema,
};

/**
 * Says what is wrong with a record. Looks only: nothing is copied, changed or kept.
 *
 * The slow half of a check, and the one door between the layers above and zod: `src/checks` has told before that something
 * is wrong.
 *
 * @param kind - What the record should be.
 * @param value - The record as received.
 * @returns What is wrong, by path and code and without values; empty when nothing is.
 */
export function explainRecord(kind: RecordKind, value: unknown): readonly ValidationIssue[] {
  const { error } = schemaOf(kind, value).safeParse(value);
  return error === undefined ? [] : error.issues.map(({ path, code }) => ({ path: path.map(segment).join('.'), code }));
}

/** The schema that fits an event's own type: its issues are not hidden inside those of a union. */
function schemaOf(kind: RecordKind, value: unknown): z.ZodType {
  const isUnknownEvent =
    kind === 'event' && !isOneOf(KNOWN_EVENT_TYPES, (value as { type?: unknown } | null | undefined)?.type);
  return isUnknownEvent ? unknownEventSchema : recordSchemas[kind];
}

/** The names of extension fields are the district's data, not Clever's words. */
function segment(key: PropertyKey, index: number, path: readonly PropertyKey[]): string {
  return path[index - 1] === 'ext' ? '*' : String(key);
}
