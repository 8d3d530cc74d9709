import type { Context, MiddlewareHandler } from 'hono';
import { KNOWN_ROLES, type KnownRole } from '../../../values/index.js';
import { holdsRole } from '../../roster/roles.js';
import type { District } from '../../world/district.js';
import { findFirstWithRole, findNamed, type PersonInDistrict } from '../../world/people.js';
import type { Env } from '../context.js';
import { refusalPage } from '../pages/refusal.js';
import { sharedAddressPage } from '../pages/shared-address-page.js';
import { districtNamed } from './shortname.js';
import { signIn } from './visitor.js';

/** The person whom the parameters of a link name, with the role to log in with. */
interface Named extends PersonInDistrict {
  readonly role: KnownRole | undefined;
}

/**
 * Whether a link names a person: by `sandbox_user` (an id or e-mail address), by `sandbox_role`, or by both. The
 * parameters are the sandbox's own, and work at every entrance.
 */
export function isNamed(context: Context<Env>): boolean {
  return context.req.query('sandbox_user') !== undefined || context.req.query('sandbox_role') !== undefined;
}

/**
 * Finds the person whom a link names. `sandbox_role` alone names the first person who can log in with that role.
 *
 * @param wanted - The connection of the login, if that is known.
 * @returns A page when the parameters name no person, several, or one without that role.
 */
export async function namedPerson(
  context: Context<Env>,
  districts: readonly District[],
  wanted?: 'district' | 'library',
): Promise<Named | Response> {
  const [text, asked] = [context.req.query('sandbox_user'), context.req.query('sandbox_role')];
  const role = KNOWN_ROLES.find((known) => known === asked);
  if (asked !== undefined && role === undefined) {
    const names = KNOWN_ROLES.filter((known) => known !== 'contact');
    return refusalPage(context, 400, 'Unknown role', `sandbox_role must be one of ${names.join(', ')}.`);
  }
  const found =
    text === undefined && role !== undefined
      ? findFirstWithRole(districts, role, wanted)
      : findNamed(districts, text ?? '', role);
  const [first, ...others] = found;
  if (first === undefined) {
    return refusalPage(context, 404, 'Unknown person', unknownPersonText(text, role));
  }
  if (others.length > 0) {
    return sharedAddressPage(context, found);
  }
  return role === undefined || holdsRole(first.user, role)
    ? { ...first, role }
    : refusalPage(context, 403, 'Another role', `The person whom sandbox_user names is no ${role}.`);
}

/** Makes the page for a role that the person holds, and that cannot log in through the connection. */
export function loginWithOtherRolePage(context: Context<Env>, role: KnownRole): Response | Promise<Response> {
  return refusalPage(
    context,
    403,
    'This login is not possible',
    `The person cannot log in as ${role} through this connection: the Clever Library is for teachers and their students.`,
  );
}

/** Signs in the person whom the link of a page of Clever's names, in place of the one who is signed in. */
export const signInNamed: MiddlewareHandler<Env> = async (context, next) => {
  if (!isNamed(context)) {
    return await next();
  }
  const named = await namedPerson(context, districtsOf(context));
  if (named instanceof Response) {
    return named;
  }
  const { district, user, role } = named;
  signIn(context, { districtId: district.id, userId: user.id, role, connection: undefined });
  return await next();
};

/** The districts whose people a link can name: the one in its path or its `district_id`, or all of them. */
export function districtsOf(context: Context<Env>): readonly District[] {
  const { districts } = context.env.world;
  const [shortname, id] = [context.req.param('shortname'), context.req.query('district_id')];
  const only = shortname === undefined ? districts.find((one) => one.id === id) : districtNamed(districts, shortname);
  return only === undefined ? districts : [only];
}

function unknownPersonText(text: string | undefined, role: KnownRole | undefined): string {
  return text === undefined
    ? `No district of the sandbox has a person who can log in as ${role} here.`
    : 'No district of the sandbox has the person that sandbox_user names.';
}
