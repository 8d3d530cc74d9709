import type { KnownRole } from '../../values/index.js';
import type { UserRecord } from './records.js';

/**
 * The role that a person with several signs in with. Inferred: Clever documents one role per login and no
 * order.
 */
const LOGIN_ORDER = [
  'student',
  'teacher',
  'staff',
  'district_admin',
  'contact',
] as const satisfies readonly KnownRole[];

/** Returns the roles that a person holds, the one for logins first. */
export function rolesOf(user: UserRecord): KnownRole[] {
  return LOGIN_ORDER.filter((role) => user.roles[role] !== undefined);
}

/** Whether a person holds a role. */
export function holdsRole(user: UserRecord, role: KnownRole): boolean {
  return user.roles[role] !== undefined;
}

/**
 * Returns the ids of a person's schools, without repetition.
 *
 * @param primaryOnly - Only the primary school of each role. Staff have no primary school; the first in
 * their list counts as one (inferred).
 */
export function schoolsOf(user: UserRecord, primaryOnly = false): string[] {
  const ids = new Set<string>();
  for (const role of LOGIN_ORDER) {
    const { school, schools = [] } = user.roles[role] ?? {};
    const primary = school ?? schools[0];
    for (const id of primaryOnly ? [primary] : [primary, ...schools]) {
      if (id !== undefined && id !== '') {
        ids.add(id);
      }
    }
  }
  return [...ids];
}
