import type { ListOptions } from '../pagination/index.js';
import type { User, UserRoles } from '../schemas/user.js';
import type { CallOptions } from './context.js';

/** Options of a listing: paging, limits and validation. */
export interface ListParams extends ListOptions, CallOptions {}

/** The roles that a user can hold, as Clever's `role` filter names them. */
export type UserRole = keyof UserRoles;

/** A user who certainly holds a role, as a listing with that `role` filter delivers. */
export type UserWithRole<Role extends UserRole> = User & {
  readonly roles: { readonly [Key in Role]: NonNullable<UserRoles[Key]> };
};

/** A listing narrowed to the holders of a role. */
export interface RoleFilter<Role extends UserRole> {
  /** Only users who hold this role. A person with two roles appears under both. Default: everybody. */
  readonly role: Role;
}

/** A listing of people and schools narrowed to the primary association. */
export interface PrimaryFilter {
  /** `true` leaves only those for whom the association is the primary one. */
  readonly primary?: boolean;
}
