import * as z from 'zod';
import type { Grade } from '../values/grade.js';
import type { Subject } from '../values/subject.js';
import { gradeSchema, subjectSchema } from './enumerations.js';
import { looseRecord, optional } from './loose.js';
import { type UserName, userNameSchema } from './user.js';

/**
 * A teacher as a Clever Library token sees them: no district, school, number or title.
 *
 * Source: dev.clever.com/docs/library-sso.
 */
export interface LibraryTeacher {
  id: string;
  name: UserName;
  email?: string | null;
}

/** The members of a Library student below `roles.student`. */
export interface LibraryStudentRole {
  grade?: Grade | null;
}

/** Schema of {@link LibraryStudentRole}. */
export const libraryStudentRoleSchema = looseRecord<LibraryStudentRole>()({ grade: optional(gradeSchema) }).meta({
  title: 'LibraryStudentRole',
  description: 'The members of a Clever Library student below the student role.',
});

/** The roles of a person in a Library section. Inferred from the full API v3 record. */
export interface LibraryRoles {
  student?: LibraryStudentRole | null;
  /** Present for a co-teacher; its content is not shared. */
  teacher?: object | null;
}

const anyObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<object, object>;

/** Schema of {@link LibraryRoles}. */
export const libraryRolesSchema = looseRecord<LibraryRoles>()({
  student: optional(libraryStudentRoleSchema),
  teacher: optional(anyObject),
}).meta({ title: 'LibraryRoles', description: 'The roles of a person in a Clever Library section.' });

/** Schema of {@link LibraryTeacher}. */
export const libraryTeacherSchema = looseRecord<LibraryTeacher>()({
  id: z.string(),
  name: userNameSchema,
  email: optional(z.string()),
}).meta({ title: 'LibraryTeacher', description: 'A teacher as a Clever Library token sees them.' });

/** The name of a student as a Clever Library token sees it. */
export interface LibraryStudentName {
  first?: string | null;
  /** The initial, as documented; sometimes the whole name (observed). */
  last?: string | null;
}

/** Schema of {@link LibraryStudentName}. */
export const libraryStudentNameSchema = looseRecord<LibraryStudentName>()({
  first: optional(z.string()),
  last: optional(z.string()),
}).meta({ title: 'LibraryStudentName', description: 'The name of a student as a Clever Library token sees it.' });

/**
 * A student as a Clever Library token sees them: first name, the initial of the last name (sometimes the
 * whole one, as observed) and grade. No e-mail address, school or demographics.
 *
 * Source: dev.clever.com/docs/clever-library-rostering. That `grade` is below `roles.student` is inferred
 * from the full API v3 record; v2 had it at the top level (observed). Read both:
 * `student.roles?.student?.grade ?? student.grade`.
 */
export interface LibraryStudent {
  id: string;
  name: LibraryStudentName;
  /** The grade, where API v2 has it. */
  grade?: Grade | null;
  roles?: LibraryRoles | null;
}

/** Schema of {@link LibraryStudent}. */
export const libraryStudentSchema = looseRecord<LibraryStudent>()({
  id: z.string(),
  name: libraryStudentNameSchema,
  grade: optional(gradeSchema),
  roles: optional(libraryRolesSchema),
}).meta({ title: 'LibraryStudent', description: 'A student as a Clever Library token sees them.' });

/**
 * A section as a Clever Library token sees it: no school, district, course or term.
 *
 * Source: dev.clever.com/docs/clever-library-rostering.
 */
export interface LibrarySection {
  id: string;
  /** Not unique. */
  name: string;
  section_number?: string | null;
  subject?: Subject | null;
  grade?: Grade | null;
  /** Id of the primary teacher. */
  teacher?: string | null;
  /** Ids of all teachers, including the primary one. */
  teachers?: string[] | null;
  /** Ids of the students. */
  students?: string[] | null;
}

/** Schema of {@link LibrarySection}. */
export const librarySectionSchema = looseRecord<LibrarySection>()({
  id: z.string(),
  name: z.string(),
  section_number: optional(z.string()),
  subject: optional(subjectSchema),
  grade: optional(gradeSchema),
  teacher: optional(z.string()),
  teachers: optional(z.array(z.string())),
  students: optional(z.array(z.string())),
}).meta({ title: 'LibrarySection', description: 'A section as a Clever Library token sees it.' });
