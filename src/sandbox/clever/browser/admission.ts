import type { Login } from '../../world/access/grants.js';
import type { Installs } from '../../world/access/installs.js';
import { logIn } from '../../world/people.js';
import type { Visitor } from './visitor.js';

/**
 * What becomes of a person on the way to the app: a login; the question whether a teacher wants to add the app from the Library;
 * or nothing, because the district did not connect the app and the Library is not for this person.
 */
export type Admission =
  | { readonly outcome: 'login'; readonly login: Login }
  | { readonly outcome: 'consent' }
  | { readonly outcome: 'refused'; readonly reason: 'no login' | 'library role' | 'not shared' };

/**
 * Decides it.
 *
 * A district that connected the app beats the Library; without it, teachers come through the Library when they have added the
 * app, and the students of their sections with them. Source: dev.clever.com/docs/clever-library-user-flow; the two reasons for a
 * refusal are inferred from who can use the Library at all.
 *
 * @param wanted - By which connection, where a district offers both. Default: how the person came last, else by the district.
 */
export function admit(
  { district, user, role, connection }: Visitor,
  installs: Installs,
  wanted: 'district' | 'library' = connection ?? 'district',
): Admission {
  const login = logIn(district, user, district.connection === 'both' ? wanted : undefined, role);
  if (typeof login === 'string') {
    return { outcome: 'refused', reason: login === 'library role' ? 'library role' : 'no login' };
  }
  if (login.connection === 'district') {
    return { outcome: 'login', login };
  }
  if (login.role === 'teacher') {
    return installs.has(district, user.id) ? { outcome: 'login', login } : { outcome: 'consent' };
  }
  return installs.reaches(district, user.id)
    ? { outcome: 'login', login }
    : { outcome: 'refused', reason: 'not shared' };
}
