import * as z from 'zod';
import { type DeepPartial, deepPartial } from './deep-partial.js';
import { looseRecord, optional } from './loose.js';
import { type ContactRole, contactRoleSchema } from './roles/contact.js';
import { type DistrictAdminRole, districtAdminRoleSchema } from './roles/district-admin.js';
import { type StaffRole, staffRoleSchema } from './roles/staff.js';
import { type StudentRole, studentRoleSchema } from './roles/student.js';
import { type TeacherRole, teacherRoleSchema } from './roles/teacher.js';
import { type LmsStatus, lmsStatusSchema, type PartialName, partialNameSchema } from './shared.js';

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

/** Schema of {@link UserRoles}. */
export const userRolesSchema = looseRecord<UserRoles>()({
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
 * Schema of {@link User}.
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
export const userSchema = looseRecord<User>()({
  id: z.string(),
  district: z.string(),
  name: userNameSchema,
  email: optional(z.string()),
  roles: optional(userRolesSchema),
  lms_status: optional(lmsStatusSchema),
  created: z.string(),
  last_modified: z.string(),
}).meta({ title: 'User', description: 'A person of the district, with one or more roles.' });

/**
 * A signed-in person's own record, as the person's own token sees it. Only `id` is certain: an app without Secure Sync sees
 * little more than name and e-mail address.
 *
 * Source: dev.clever.com/docs/best-practices-edge-cases; that the members of a role shrink as well is inferred.
 */
export interface OwnUser {
  /** Clever's id: the key to store. */
  id: string;
  /** Id of the district. */
  district?: string | null;
  name?: PartialName | null;
  /** May be missing and may not even look like an address (observed): never a key. */
  email?: string | null;
  /** The roles that are shared with the app, each with what is shared of it. */
  roles?: DeepPartial<UserRoles> | null;
  /** API v3.1 only. */
  lms_status?: LmsStatus | null;
  /** ISO timestamp. */
  created?: string | null;
  /** ISO timestamp. */
  last_modified?: string | null;
}

/** Schema of {@link OwnUser}. */
export const ownUserSchema = looseRecord<OwnUser>()({
  id: z.string(),
  district: optional(z.string()),
  name: optional(partialNameSchema),
  email: optional(z.string()),
  roles: optional(deepPartial(userRolesSchema)),
  lms_status: optional(lmsStatusSchema),
  created: optional(z.string()),
  last_modified: optional(z.string()),
}).meta({ title: 'OwnUser', description: "A signed-in person's own record, as the person's own token sees it." });
