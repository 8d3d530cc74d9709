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
 * The roles of a person in the district, with one member per role. Only roles that are shared with the app
 * are included.
 *
 * An employee can have `teacher`, `staff` and `district_admin` at the same time; `student` and `contact`
 * are never combined with another role. Source: dev.clever.com/docs/api-v3-faqs.
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
}).meta({ title: 'UserRoles', description: 'The roles of a person in the district, with one member per role.' });

/**
 * A person in the district, as a district-app token sees them.
 *
 * Clever guarantees `id`, `district`, `name`, `created` and `last_modified`; all other members may be
 * missing, `null` or `''`. Source: dev.clever.com/docs/users.
 */
export interface User {
  /**
   * Clever's id: the key to store. It changes when the SIS id changes, after 300 days of absence, and when
   * a changed e-mail address splits an employee's record or merges it with another.
   */
  id: string;
  /** Id of the district. */
  district: string;
  name: UserName;
  /** May be missing (young students) or not look like an address (observed). Never use it as a key. */
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
 * Schema of {@link User} with every sensitive field, whichever of them a client returns.
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

/** A role of the signed-in person. Clever shares only that the person has the role. */
export interface OwnUserRole {
  /** The id that the person had in this role in API v2. */
  legacy_id?: string | null;
}

/** The roles of the signed-in person. Each role that is shared with the app is present, whatever its content. */
export interface OwnUserRoles {
  student?: OwnUserRole | null;
  teacher?: OwnUserRole | null;
  staff?: OwnUserRole | null;
  district_admin?: OwnUserRole | null;
  contact?: OwnUserRole | null;
}

/**
 * A signed-in person's own record, as the person's own token sees it. It has no school, number or roster
 * data, which need Secure Sync and a district-app token. Only `id` is guaranteed.
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
  /** May be missing or not look like an address (observed). Never use it as a key. */
  email?: string | null;
  roles?: OwnUserRoles | null;
}

/**
 * An {@link OwnUser} with every member that Clever was observed to send: an app with Secure Sync receives
 * the whole record. The schema accepts these members, but a client's types do not promise them.
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
