import type { KnownRole } from '../../values/index.js';
import type { UserRecord } from './records.js';

/** Which role a person with several signs in as. Inferred: Clever documents one role per login and no order. */
const LOGIN_ORDER = [
  'student',
  'teacher',
  'staff',
  'district_admin',
  'contact',
] as const satisfies readonly KnownRole[];

/** The roles that a person holds, the one of a login first. */
export function rolesOf(user: UserRecord): KnownRole[] {
  return LOGIN_ORDER.filter((role) => user.roles[role] !== undefined);
}

/** Tells whether a person holds a role. */
export function holdsRole(user: UserRecord, role: KnownRole): boolean {
  return user.roles[role] !== undefined;
}

/**
 * Ids of a person's schools, without repetition.
 *
 * @param primaryOnly - Only the school that a role calls its own. Staff have none of their own; the first of their list
 * stands in for it (inferred).
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
