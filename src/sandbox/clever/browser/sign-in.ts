import type { Context } from 'hono';
import { rolesOf } from '../../roster/roles.js';
import { ENTRANCES } from '../../world/entrances.js';
import { type Fields, withForm } from '../body.js';
import type { Env } from '../context.js';
import { goTo } from '../oauth/to-app.js';
import { foreignFormPage, refusalPage } from '../pages/refusal.js';
import { signOutPage } from '../pages/sign-out-page.js';
import { isFromOwnPage } from './same-origin.js';
import { signIn, signOut } from './visitor.js';

/**
 * The paths to which a form may redirect people. This is an allow-list, because browsers read some
 * spellings of a path as a host.
 */
const PAGES: ReadonlySet<string> = new Set(['/', ...ENTRANCES]);
const DISTRICT_PORTAL = /^\/in\/[\w.~%-]+$/u;

/** `POST /oauth/sign-in`: the form of the login page. `person` is the chosen person, `next` the address to go to. */
export function pickPerson(context: Context<Env>): Response | Promise<Response> {
  if (!isFromOwnPage(context)) {
    return foreignFormPage(context);
  }
  return withForm(context, (fields) => signInAs(context, fields));
}

function signInAs(context: Context<Env>, { person, next }: Fields): Response | Promise<Response> {
  const picked = new URLSearchParams(person);
  const district = context.env.world.districts.find(({ id }) => id === picked.get('district'));
  const user = district?.store.get('users', picked.get('user') ?? '');
  if (district === undefined || user === undefined) {
    return refusalPage(
      context,
      404,
      'Unknown person',
      'The sandbox does not have this person any more. It may have been reset, or the person removed, since the page was loaded. Load it again and choose another person.',
      [
        ['/portal', 'Choose another person'],
        ['/', 'Go to the start page of the sandbox'],
      ],
    );
  }
  const role = rolesOf(user).find((one) => one === picked.get('role'));
  signIn(context, { districtId: district.id, userId: user.id, role, connection: undefined });
  return goTo(context, ownAddress(context, next));
}

/** `GET /oauth/logout`: asks before it signs the person out, so that a link alone cannot do it. */
export function askToSignOut(context: Context<Env>): Response | Promise<Response> {
  return signOutPage(context);
}

/** `POST /oauth/logout`: signs the person out of Clever in this browser. Logins in apps stay. */
export function endSession(context: Context<Env>): Response | Promise<Response> {
  if (!isFromOwnPage(context)) {
    return foreignFormPage(context);
  }
  return withForm(context, ({ next }) => {
    signOut(context);
    return goTo(context, ownAddress(context, next));
  });
}

/** Returns an address of the sandbox's own pages as a path with its query; `/` for any other. */
export function ownAddress(context: Context<Env>, next: string | undefined): string {
  const { origin } = new URL(context.req.url);
  const url = next !== undefined && URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  const isKnown =
    url !== undefined && url.origin === origin && (PAGES.has(url.pathname) || DISTRICT_PORTAL.test(url.pathname));
  return isKnown ? `${url.pathname}${url.search}` : '/';
}
