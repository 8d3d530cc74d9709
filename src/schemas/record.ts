import type * as z from 'zod';
import { KNOWN_EVENT_TYPES } from '../values/events.js';
import { isOneOf } from '../values/known.js';
import { type Assignment, assignmentSchema } from './assignment.js';
import { type AttendanceRecord, attendanceRecordSchema } from './attendance-record.js';
import { type Course, courseSchema } from './course.js';
import { type District, districtSchema } from './district.js';
import { knownEventSchema, type RosterEvent, unknownEventSchema } from './event.js';
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
  /** A signed-in person's own record, of which little is guaranteed. */
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

/** One mismatch between a record and its schema: where and of what kind, never the value. */
export interface ValidationIssue {
  /**
   * The members joined by dots, `roles.student.grade`; `''` for the record itself, `*` for a name that the
   * district chose.
   */
  readonly path: string;
  /** The kind of mismatch: `invalid_type`, `invalid_value` … It is `unexplained` if zod cannot be loaded. */
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
 * Explains what is wrong with a record. It does not copy, change or keep anything.
 *
 * This is the slow half of a check, called only after `src/checks` has found a mismatch. It is the only
 * place where the layers above use zod.
 *
 * @param kind - What the record should be.
 * @param value - The record as received.
 * @returns The mismatches, by path and code and without values; empty if the record matches.
 */
export function explainRecord(kind: RecordKind, value: unknown): readonly ValidationIssue[] {
  const { error } = schemaOf(kind, value).safeParse(value);
  return error === undefined ? [] : error.issues.map(({ path, code }) => ({ path: path.map(segment).join('.'), code }));
}

/**
 * Returns the schema of a record. For an event it is that of its type, so that issues are not nested in
 * those of a union.
 */
function schemaOf(kind: RecordKind, value: unknown): z.ZodType {
  const isUnknownEvent =
    kind === 'event' && !isOneOf(KNOWN_EVENT_TYPES, (value as { type?: unknown } | null | undefined)?.type);
  return isUnknownEvent ? unknownEventSchema : recordSchemas[kind];
}

/** Returns one part of a path. The names of extension fields become `*`, because they are the district's data. */
function segment(key: PropertyKey, index: number, path: readonly PropertyKey[]): string {
  return path[index - 1] === 'ext' ? '*' : String(key);
}
