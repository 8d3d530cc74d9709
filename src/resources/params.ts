import type { ListOptions } from '../pagination/index.js';
import type { User, UserRoles, UserWith } from '../schemas/user.js';
import type { SensitiveField } from '../values/index.js';
import type { CallOptions } from './context.js';
import type { UsersByRole } from './people.js';

/** Options of a listing: paging, limits and validation. */
export interface ListParams extends ListOptions, CallOptions {}

/** Options of a listing that is read from one end to the other, because its order matters or only Clever knows a position in it. */
export interface SequentialListParams extends Omit<ListParams, 'parallel'> {
  /** Not for this listing: it is read in order. */
  readonly parallel?: never;
}

/** Whether a write may be repeated. */
export interface RepeatOptions {
  /**
   * Says that carrying this write out twice does no harm, so that it may be repeated like a read: after a lost answer, a 429 or
   * trouble on Clever's side. True of most updates, which write the same values again; hardly ever of `create`, which makes a
   * second one. Default `false`: a write is sent once.
   */
  readonly isSafeToRepeat?: boolean;
}

/** The roles that a user can hold, as Clever's `role` filter names them. */
export type UserRole = keyof UserRoles;

/** A user as a client with these `sensitiveFields` hands them out: a plain {@link User} where there are none. */
export type UserOf<Sensitive extends SensitiveField> = [Sensitive] extends [never] ? User : UserWith<Sensitive>;

/**
 * A user who certainly holds a role, as a listing with that `role` filter delivers: `UserWithRole<'student'>` is
 * {@link Student}.
 *
 * @typeParam Sensitive - The client's `sensitiveFields`. Default: none.
 */
export type UserWithRole<
  Role extends UserRole,
  Sensitive extends SensitiveField = never,
> = UsersByRole<Sensitive>[Role];

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
