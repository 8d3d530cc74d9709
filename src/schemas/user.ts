import * as z from 'zod';
import type { SensitiveField } from '../privacy/sensitive-fields.js';
import { type DeepPartial, deepPartial } from './deep-partial.js';
import { looseRecord, optional } from './loose.js';
import { type LmsStatus, lmsStatusSchema, type PartialName, partialNameSchema } from './parts.js';
import { type ContactRole, contactRoleSchema } from './roles/contact.js';
import { type DistrictAdminRole, districtAdminRoleSchema } from './roles/district-admin.js';
import { type StaffRole, staffRoleSchema } from './roles/staff.js';
import { type StudentRole, type StudentRoleWith, studentRoleSchema } from './roles/student.js';
import { type TeacherRole, teacherRoleSchema } from './roles/teacher.js';

/** A person's name. */
export interface UserName {
  /** Missing for contacts (observed). */
  first?: string | null;
  middle?: string | null;
  /** The family name; a contact's whole name (observed). */
  last: string;
}

/** Schema of {@link UserName}. */
export const userNameSchema = looseRecord<UserName>()({
  first: optional(z.string()),
  middle: optional(z.string()),
  last: z.string(),
}).meta({ title: 'UserName', description: 'The name of a person.' });

/**
 * What a person is in the district, one member per role. Only roles that are shared with the app are there.
 *
 * An employee can hold `teacher`, `staff` and `district_admin` at once; `student` and `contact` stand alone.
 * Source: dev.clever.com/docs/api-v3-faqs.
 */
export interface UserRoles {
  student?: StudentRole | null;
  teacher?: TeacherRole | null;
  staff?: StaffRole | null;
  district_admin?: DistrictAdminRole | null;
  contact?: ContactRole | null;
}

/**
 * {@link UserRoles} with the named sensitive fields of a student.
 *
 * @typeParam Sensitive - The names, as in the option `sensitiveFields`.
 */
export interface UserRolesWith<Sensitive extends SensitiveField> extends UserRoles {
  student?: StudentRoleWith<Sensitive> | null;
}

/** Schema of {@link UserRoles} with every sensitive field. */
export const userRolesSchema = looseRecord<UserRolesWith<SensitiveField>>()({
  student: optional(studentRoleSchema),
  teacher: optional(teacherRoleSchema),
  staff: optional(staffRoleSchema),
  district_admin: optional(districtAdminRoleSchema),
  contact: optional(contactRoleSchema),
}).meta({ title: 'UserRoles', description: 'What a person is in the district, one member per role.' });

/**
 * A person of the district, as a district-app token sees them.
 *
 * Clever guarantees `id`, `district`, `name`, `created` and `last_modified`; everything else may be missing, `null` or
 * `''`. Source: dev.clever.com/docs/users.
 */
export interface User {
  /**
   * Clever's id: the key to store. It changes with the SIS id, after 300 days of absence, and when a changed e-mail address
   * splits or merges an employee.
   */
  id: string;
  /** Id of the district. */
  district: string;
  name: UserName;
  /** May be missing (young students) and may not even look like an address (observed): never a key. */
  email?: string | null;
  roles?: UserRoles | null;
  /** API v3.1 only. */
  lms_status?: LmsStatus | null;
  /** ISO timestamp; may differ between the Data API and the Events API. */
  created: string;
  /** ISO timestamp. */
  last_modified: string;
}

/**
 * A {@link User} with the named sensitive fields: `UserWith<'frl_status'>`.
 *
 * @typeParam Sensitive - The names, as in the option `sensitiveFields`.
 */
export interface UserWith<Sensitive extends SensitiveField> extends User {
  roles?: UserRolesWith<Sensitive> | null;
}

/**
 * Schema of {@link User} with every sensitive field, whatever a client hands out.
 *
 * @example
 * ```ts
 * import { userSchema } from 'clever-sdk/schemas';
 *
 * function readUser(json: unknown): string {
 *   const user = userSchema.parse(json);
 *   return user.roles?.student?.grade ?? 'no grade';
 * }
 * ```
 */
export const userSchema = looseRecord<UserWith<SensitiveField>>()({
  id: z.string(),
  district: z.string(),
  name: userNameSchema,
  email: optional(z.string()),
  roles: optional(userRolesSchema),
  lms_status: optional(lmsStatusSchema),
  created: z.string(),
  last_modified: z.string(),
}).meta({ title: 'User', description: 'A person of the district, with one or more roles.' });

/** The name of a signed-in person, as far as Clever shares it. */
export interface OwnUserName {
  first?: string | null;
  last?: string | null;
}

/** What is shared of a role of the signed-in person: that it is held. */
export interface OwnUserRole {
  /** The id that the person had in this role in API v2. */
  legacy_id?: string | null;
}

/** The roles of the signed-in person. A role that is held and shared with the app is there, whatever is in it. */
export interface OwnUserRoles {
  student?: OwnUserRole | null;
  teacher?: OwnUserRole | null;
  staff?: OwnUserRole | null;
  district_admin?: OwnUserRole | null;
  contact?: OwnUserRole | null;
}

/**
 * A signed-in person's own record: what Clever grants to the person's own token. No school, no number and no roster data;
 * those take Secure Sync and a district-app token. Only `id` is certain.
 *
 * Source: dev.clever.com/docs/district-sso, dev.clever.com/docs/best-practices-edge-cases; roles and `legacy_id`:
 * dev.clever.com/docs/new-in-api-v3, dev.clever.com/docs/api-v1-deprecation.
 */
export interface OwnUser {
  /** Clever's id: the key to store. */
  id: string;
  /** Id of the district. */
  district?: string | null;
  name?: OwnUserName | null;
  /** May be missing and may not even look like an address (observed): never a key. */
  email?: string | null;
  roles?: OwnUserRoles | null;
}

/**
 * An {@link OwnUser} with all that Clever was seen to send: an app that has Secure Sync too is answered the whole record
 * (observed). The schema knows it; a client's types do not promise it.
 */
export interface FullOwnUser extends OwnUser {
  name?: PartialName | null;
  roles?: DeepPartial<UserRolesWith<SensitiveField>> | null;
  /** API v3.1 only. */
  lms_status?: LmsStatus | null;
  /** ISO timestamp. */
  created?: string | null;
  /** ISO timestamp. */
  last_modified?: string | null;
}

/** Schema of {@link FullOwnUser}. */
export const ownUserSchema = looseRecord<FullOwnUser>()({
  id: z.string(),
  district: optional(z.string()),
  name: optional(partialNameSchema),
  email: optional(z.string()),
  roles: optional(deepPartial(userRolesSchema)),
  lms_status: optional(lmsStatusSchema),
  created: optional(z.string()),
  last_modified: optional(z.string()),
}).meta({ title: 'OwnUser', description: "A signed-in person's own record, as the person's own token sees it." });
