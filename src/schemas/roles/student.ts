import * as z from 'zod';
import type { SensitiveField } from '../../privacy/sensitive-fields.js';
import {
  type Gender,
  KNOWN_GENDERS,
  KNOWN_RACES,
  KNOWN_YES_NO,
  type Race,
  type YesNo,
} from '../../values/demographics.js';
import type { Grade } from '../../values/grade.js';
import { gradeSchema, openEnum } from '../enumerations.js';
import { looseRecord, optional } from '../loose.js';
import {
  type ExtensionFields,
  extensionFieldsSchema,
  type PartialName,
  type PostalAddress,
  partialNameSchema,
  postalAddressSchema,
  type UserCredentials,
  userCredentialsSchema,
} from '../parts.js';
import { type SensitiveFields, sensitiveFieldsShape } from '../sensitive-fields.js';

/** A student's enrollment period at one school. */
export interface SchoolEnrollment {
  /** Id of the school. */
  school?: string | null;
  start_date?: string | null;
  end_date?: string | null;
}

/** Schema of {@link SchoolEnrollment}. */
export const schoolEnrollmentSchema = looseRecord<SchoolEnrollment>()({
  school: optional(z.string()),
  start_date: optional(z.string()),
  end_date: optional(z.string()),
}).meta({ title: 'SchoolEnrollment', description: 'The enrollment period of a student at one school.' });

/**
 * The members that a student has below `roles.student`. Never combined with another role. It has no
 * sensitive fields, which a client returns only if they are requested by name; {@link StudentRoleWith} has
 * them.
 *
 * Clever guarantees `school`, `schools`, `enrollments` and `sis_id` to Secure Sync apps; all other members
 * may be missing, `null` or `''`. Source: dev.clever.com/docs/schema-1.
 */
export interface StudentRole {
  /** Id of the primary school. */
  school: string;
  /** Ids of all schools, including the primary one. */
  schools: string[];
  /** Often empty. */
  enrollments: SchoolEnrollment[];
  /** The id in the district's student information system; unique within the district only. */
  sis_id: string;
  state_id?: string | null;
  student_number?: string | null;
  grade?: Grade | null;
  /** Birthday: `M/D/YYYY` without zero padding in API v3 (observed), an ISO date-time in v2. */
  dob?: string | null;
  gender?: Gender | null;
  race?: Race | null;
  hispanic_ethnicity?: YesNo | null;
  /** Four digits as text, or `''`. */
  graduation_year?: string | null;
  location?: PostalAddress | null;
  credentials?: UserCredentials | null;
  ext?: ExtensionFields | null;
  /** API v3.1 only, and only in Clever's specification. */
  preferred_name?: PartialName | null;
  /** A number as text. Only in Clever's client specification. */
  unweighted_gpa?: string | null;
  /** A number as text. Only in Clever's client specification. */
  weighted_gpa?: string | null;
  /** Documented, not observed: students kept their id from API v2. */
  legacy_id?: string | null;
  /** Undocumented; observed in addition to the user's own `email`. */
  email?: string | null;
  created?: string | null;
  last_modified?: string | null;
}

/** A {@link StudentRole} with every sensitive field, as Clever sends it to an app with all grants. */
export interface FullStudentRole extends StudentRole, SensitiveFields {}

/**
 * A {@link StudentRole} with the named sensitive fields: `StudentRoleWith<'frl_status'>`.
 *
 * @typeParam Sensitive - The names, as in the option `sensitiveFields`.
 */
export type StudentRoleWith<Sensitive extends SensitiveField> = [SensitiveField] extends [Sensitive]
  ? FullStudentRole
  : StudentRole & Pick<SensitiveFields, Sensitive>;

/** Schema of {@link FullStudentRole}, with every field, whichever of them a client returns. */
export const studentRoleSchema = looseRecord<FullStudentRole>()({
  school: z.string(),
  schools: z.array(z.string()),
  enrollments: z.array(schoolEnrollmentSchema),
  sis_id: z.string(),
  state_id: optional(z.string()),
  student_number: optional(z.string()),
  grade: optional(gradeSchema),
  dob: optional(z.string()),
  gender: optional(openEnum(KNOWN_GENDERS)),
  race: optional(openEnum(KNOWN_RACES)),
  hispanic_ethnicity: optional(openEnum(KNOWN_YES_NO)),
  graduation_year: optional(z.string()),
  location: optional(postalAddressSchema),
  credentials: optional(userCredentialsSchema),
  ext: optional(extensionFieldsSchema),
  preferred_name: optional(partialNameSchema),
  unweighted_gpa: optional(z.string()),
  weighted_gpa: optional(z.string()),
  legacy_id: optional(z.string()),
  email: optional(z.string()),
  created: optional(z.string()),
  last_modified: optional(z.string()),
  ...sensitiveFieldsShape,
}).meta({ title: 'StudentRole', description: 'The members that a student has below the student role.' });
