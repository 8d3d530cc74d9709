import type { Context } from 'hono';
import type { District } from '../../world/district.js';
import { type LoginRefusal, logIn } from '../../world/people.js';
import { loginWithOtherRolePage, namedPerson } from '../browser/named-person.js';
import { signIn } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { refusalPage } from '../pages/refusal.js';
import { type Destination, toApp, toAppWithError } from './to-app.js';

const REFUSALS: Readonly<Record<Exclude<LoginRefusal, 'not connected'>, string>> = {
  'library role': 'The Clever Library is for teachers and their students. Ask the district to connect the app.',
  'no login': 'Contacts and people without a role cannot log in to an app.',
};

/** Reads the connection that `sandbox_connection` asks for. */
export function readConnection(context: Context<Env>): 'district' | 'library' | 'unknown' | undefined {
  const wanted = context.req.query('sandbox_connection');
  return wanted === undefined || wanted === 'district' || wanted === 'library' ? wanted : 'unknown';
}

/** Makes the page for any other `sandbox_connection`. */
export function unknownConnectionPage(context: Context<Env>): Response | Promise<Response> {
  return refusalPage(context, 400, 'Unknown connection', 'sandbox_connection must be district or library.');
}

/**
 * Logs in the person whom `sandbox_user` and `sandbox_role` name without showing a page, for tests and demos. The
 * person stays signed in to Clever, as after every login. For a Library login, the teacher's consent is assumed.
 */
export async function enterByName(
  context: Context<Env>,
  districts: readonly District[],
  destination: Destination,
  wanted: 'district' | 'library' | undefined,
): Promise<Response> {
  const named = await namedPerson(context, districts, wanted);
  if (named instanceof Response) {
    return named;
  }
  const { district, user, role } = named;
  const login = logIn(district, user, wanted, role);
  if (login === 'not connected') {
    return toAppWithError(context, 'unauthorized-user', destination);
  }
  if (typeof login === 'string') {
    return refusalPage(context, 403, 'This login is not possible', REFUSALS[login]);
  }
  if (role !== undefined && login.role !== role) {
    return loginWithOtherRolePage(context, role);
  }
  if (login.connection === 'library' && login.role === 'teacher') {
    context.env.world.installs.add(district, user.id);
  }
  signIn(context, { districtId: district.id, userId: user.id, role: login.role, connection: login.connection });
  return toApp(context, login, destination);
}
