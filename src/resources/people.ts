import type { ContactRole } from '../schemas/roles/contact.js';
import type { DistrictAdminRole } from '../schemas/roles/district-admin.js';
import type { StaffRole } from '../schemas/roles/staff.js';
import type { StudentRole, StudentRoleWith } from '../schemas/roles/student.js';
import type { TeacherRole } from '../schemas/roles/teacher.js';
import type { User, UserRoles, UserRolesWith, UserWith } from '../schemas/user.js';
import { keysOf } from '../util/keys-of.js';
import type { SensitiveField } from '../values/index.js';

/** The roles of a {@link Student}: `student`, which excludes every other role. */
export interface StudentRoles extends UserRoles {
  student: StudentRole;
}

/** The roles of a {@link Teacher}: `teacher`, perhaps with `staff` and `district_admin`. */
export interface TeacherRoles extends UserRoles {
  teacher: TeacherRole;
}

/** The roles of a {@link StaffMember}: `staff`, perhaps with `teacher` and `district_admin`. */
export interface StaffRoles extends UserRoles {
  staff: StaffRole;
}

/** The roles of a {@link DistrictAdmin}: `district_admin`, perhaps with `teacher` and `staff`. */
export interface DistrictAdminRoles extends UserRoles {
  district_admin: DistrictAdminRole;
}

/** The roles of a {@link Contact}: `contact`, which excludes every other role. */
export interface ContactRoles extends UserRoles {
  contact: ContactRole;
}

/**
 * A student: a {@link User} that is known to have `roles.student`, as `users.list({ role: 'student' })` returns.
 *
 * It has no sensitive fields. A client returns those only if they are requested by name; the type is then
 * {@link StudentWith}.
 */
export interface Student extends User {
  roles: StudentRoles;
}

/** A teacher: a {@link User} that is known to have `roles.teacher`, as `users.list({ role: 'teacher' })` returns. */
export interface Teacher extends User {
  roles: TeacherRoles;
}

/** A member of a school's staff: a {@link User} that is known to have `roles.staff`. */
export interface StaffMember extends User {
  roles: StaffRoles;
}

/** An administrator of the district: a {@link User} that is known to have `roles.district_admin`. */
export interface DistrictAdmin extends User {
  roles: DistrictAdminRoles;
}

/** A guardian or another contact of a student: a {@link User} that is known to have `roles.contact`. */
export interface Contact extends User {
  roles: ContactRoles;
}

/** The roles of a {@link StudentWith}. */
export interface StudentRolesWith<Sensitive extends SensitiveField> extends UserRolesWith<Sensitive> {
  student: StudentRoleWith<Sensitive>;
}

/**
 * A {@link Student} with the named sensitive fields: `StudentWith<'frl_status'>`.
 *
 * @typeParam Sensitive - The names, as in the option `sensitiveFields`.
 */
export interface StudentWith<Sensitive extends SensitiveField> extends UserWith<Sensitive> {
  roles: StudentRolesWith<Sensitive>;
}

/**
 * The type of a user by role, as a client with these `sensitiveFields` returns it.
 *
 * @typeParam Sensitive - The names of the fields; `never` for none.
 */
export interface UsersByRole<Sensitive extends SensitiveField> {
  student: [Sensitive] extends [never] ? Student : StudentWith<Sensitive>;
  teacher: Teacher;
  staff: StaffMember;
  district_admin: DistrictAdmin;
  contact: Contact;
}

/** The roles that a user can hold, as Clever's `role` filter names them. */
export type UserRole = keyof UserRoles;

/** A user as a client with these `sensitiveFields` returns them: a plain {@link User} without sensitive fields. */
export type UserOf<Sensitive extends SensitiveField> = [Sensitive] extends [never] ? User : UserWith<Sensitive>;

/**
 * A user who is known to have a role, as a listing with that `role` filter returns: `UserWithRole<'student'>` is
 * {@link Student}.
 *
 * @typeParam Sensitive - The client's `sensitiveFields`. Default: none.
 */
export type UserWithRole<
  Role extends UserRole,
  Sensitive extends SensitiveField = never,
> = UsersByRole<Sensitive>[Role];

/** The filter of a listing by role. */
export interface RoleFilter<Role extends UserRole> {
  /**
   * Only users who hold this role. A person with two roles appears in both listings. Default: users with
   * any role.
   */
  readonly role: Role;
}

/** The members of {@link RoleFilter}. */
export const ROLE_FILTER = keysOf<RoleFilter<UserRole>>()({ role: true });

/** The filter of a listing by primary association. */
export interface PrimaryFilter {
  /** `true` lists only the records whose association is the primary one. */
  readonly primary?: boolean;
}

/** The members of {@link PrimaryFilter}. */
export const PRIMARY_FILTER = keysOf<PrimaryFilter>()({ primary: true });
