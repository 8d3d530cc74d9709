import type { Context } from 'hono';
import type { Env } from '../context.js';
import { enterByName, readConnection, unknownConnectionPage } from '../oauth/enter-by-name.js';
import { goTo, primaryDestination, toApp } from '../oauth/to-app.js';
import { portalPage } from '../pages/portal-page.js';
import { refusalPage, type WayOn } from '../pages/refusal.js';
import { signInPage } from '../pages/sign-in-page.js';
import { admit } from './admission.js';
import { districtsOf, isNamed } from './named-person.js';
import { districtNamed, shortnameOf } from './shortname.js';
import { rememberConnection, visitorOf } from './visitor.js';

/** The number of portals that the page for an unknown one names. */
const PORTALS_NAMED = 12;

/** `GET /in/<shortname>`: a district's portal. Source: `portal_url` of the district's record. */
export function districtPortal(context: Context<Env>): Response | Promise<Response> {
  const district = districtNamed(context.env.world.districts, context.req.param('shortname') ?? '');
  if (district === undefined) {
    const known = context.env.world.districts
      .slice(0, PORTALS_NAMED)
      .map((one): WayOn => [`/in/${encodeURIComponent(shortnameOf(one))}`, `Portal of ${one.name}`]);
    return refusalPage(
      context,
      404,
      'Unknown portal',
      'No district of the sandbox has a portal with this name. These have one:',
      [...known, ['/', 'Go to the start page of the sandbox']],
    );
  }
  return visitorOf(context)?.district === district
    ? goTo(context, '/portal')
    : signInPage(context, { district, next: '/portal' });
}

/** `GET /portal`: the portal of the person who is signed in. */
export function portal(context: Context<Env>): Response | Promise<Response> {
  const visitor = visitorOf(context);
  return visitor === undefined
    ? signInPage(context)
    : portalPage(context, visitor, admit(visitor, context.env.world.installs));
}

/** `GET /portal/app`: the link of the app's icon. Leads to the primary redirect URI, without `state`. */
export function openFromPortal(context: Context<Env>): Response | Promise<Response> {
  const wanted = readConnection(context);
  if (wanted === 'unknown') {
    return unknownConnectionPage(context);
  }
  if (isNamed(context)) {
    return enterByName(context, districtsOf(context), primaryDestination(context), wanted);
  }
  const visitor = visitorOf(context);
  if (visitor === undefined) {
    return signInPage(context);
  }
  const admission = admit(visitor, context.env.world.installs, wanted);
  if (admission.outcome !== 'login') {
    return refusalPage(
      context,
      403,
      'Not in your portal',
      'The app is not in your portal. Your district may have disconnected it, or it does not share you with the app. The districts of the sandbox and their connections are on its start page.',
      [
        ['/portal', 'Go to your portal'],
        ['/', 'Go to the start page of the sandbox'],
      ],
    );
  }
  rememberConnection(context, visitor, admission.login.connection);
  return toApp(context, admission.login, primaryDestination(context));
}
