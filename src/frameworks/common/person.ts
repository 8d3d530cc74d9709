import type { CleverIdentity, IdentityRole } from '../../index.js';

/**
 * A domain that no one can register, so that a message to it never arrives anywhere. Source: RFC 2606 section 2.
 */
const RESERVED_DOMAIN = 'users.clever.invalid';

/**
 * Which address a person gets: Clever's if it looks like one, otherwise the reserved one (`'clever'`), or the
 * reserved one in any case (`'reserved'`).
 *
 * With `'reserved'`, two people whom a district gives the same address, and a person whose address someone has already
 * signed up with, can both log in where a framework wants addresses to be unique.
 */
export type EmailChoice = 'clever' | 'reserved';

/** A person in the form in which frameworks keep users: the same in all of them. */
export interface CleverPerson {
  /** Clever's id: the key of the account. */
  readonly id: string;
  /** First and last name; `Clever user` when Clever sends none, because some frameworks refuse an empty one. */
  readonly name: string;
  /** Clever's address, or the reserved one, as `email` of the options says. */
  readonly email: string;
  /** Always `false`: a district enters the addresses, and Clever does not say that anyone has checked one. */
  readonly emailVerified: false;
  /** The role of this login. A person with several may come with another one the next time. */
  readonly role: IdentityRole | undefined;
  readonly roles: readonly IdentityRole[];
  /** Absent for a Library login. */
  readonly districtId: string | undefined;
  readonly connection: CleverIdentity['connection'];
}

/** Describes the person who logged in, for a framework that cannot do without a name and an address. */
export function personOf(identity: CleverIdentity, email: EmailChoice = 'clever'): CleverPerson {
  const { id, role, roles, districtId, connection } = identity;
  return {
    id,
    name: nameOf(identity),
    email: addressOf(identity, email),
    emailVerified: false,
    role,
    roles,
    districtId,
    connection,
  };
}

/** First and last name of a person, with `Clever user` in the place of none. */
function nameOf({ name: { first, last } }: CleverIdentity): string {
  return [first, last].filter(Boolean).join(' ') || 'Clever user';
}

/**
 * Returns Clever's address of a person in lower case, or `<id>@users.clever.invalid`, which stays the same for the
 * person and reaches no one.
 */
export function addressOf(identity: CleverIdentity, choice: EmailChoice = 'clever'): string {
  return (choice === 'clever' ? emailOf(identity) : undefined) ?? `${identity.id}@${RESERVED_DOMAIN}`;
}

/** Returns Clever's address of a person in lower case, if there is one that looks like an address. */
export function emailOf({ email }: CleverIdentity): string | undefined {
  const given = email?.trim().toLowerCase() ?? '';
  // An address in the reserved domain is ours to give: a district must not give a person that of another.
  return /^[^\s@]+@[^\s@]+$/u.test(given) && !given.endsWith(`@${RESERVED_DOMAIN}`) ? given : undefined;
}
