import type { Login } from '../../world/access/grants.js';
import type { Installs } from '../../world/access/installs.js';
import { logIn } from '../../world/people.js';
import type { Visitor } from './visitor.js';

/**
 * The result when a person wants to go to the app: a login; the consent screen, when a teacher has not yet
 * added the app from the Library; or a refusal, when the district did not connect the app and the Library
 * is not for this person.
 */
export type Admission =
  | { readonly outcome: 'login'; readonly login: Login }
  | { readonly outcome: 'consent' }
  | { readonly outcome: 'refused'; readonly reason: 'no login' | 'library role' | 'not shared' };

/**
 * Decides whether a person may go to the app, and by which connection.
 *
 * The connection of the district takes precedence over the Library. Without it, teachers who have added the
 * app log in through the Library, and so do the students of their sections. Source:
 * dev.clever.com/docs/clever-library-user-flow. The two reasons for a refusal are inferred from who can use
 * the Library.
 *
 * @param wanted - The connection to use when the district offers both. Default: the one that the person
 * used last, otherwise the district's.
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
