import type { Context } from 'hono';
import { offers } from '../../world/people.js';
import { withForm } from '../body.js';
import { admit } from '../browser/admission.js';
import { isNamed } from '../browser/named-person.js';
import { isFromOwnPage } from '../browser/same-origin.js';
import { rememberConnection, type Visitor, visitorOf } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { confirmPage } from '../pages/confirm-page.js';
import { consentPage } from '../pages/consent-page.js';
import { foreignFormPage, refusalPage } from '../pages/refusal.js';
import { signInPage } from '../pages/sign-in-page.js';
import { unknownAppPage } from '../pages/unknown-client-page.js';
import { readAuthorizeRequest } from './authorize-request.js';
import { enterByName, readConnection, unknownConnectionPage } from './enter-by-name.js';
import { type Destination, goTo, primaryDestination, toApp, toAppWithError } from './to-app.js';

/**
 * `GET /oauth/authorize`: the app sends a person to log in. A person who is signed in to Clever returns to
 * the app without seeing a page; others get the login page. A session of another district than
 * `district_id` does not count (inferred). With `confirmed=false`, a page first asks who is using the
 * device.
 *
 * The sandbox's own parameters, which Clever does not have: `sandbox_user` (id or e-mail address) and `sandbox_role`
 * log that person in, with that role, without a page; `sandbox_connection` (`district` or `library`) chooses the
 * connection.
 */
export async function authorize(context: Context<Env>): Promise<Response> {
  const request = await readAuthorizeRequest(context);
  if (request instanceof Response) {
    return request;
  }
  const { destination, district } = request;
  const wanted = readConnection(context);
  if (wanted === 'unknown') {
    return unknownConnectionPage(context);
  }
  if (isNamed(context)) {
    const districts = district === undefined ? context.env.world.districts : [district];
    return enterByName(context, districts, destination, wanted);
  }
  const visitor = visitorOf(context);
  if (visitor === undefined || (district !== undefined && visitor.district !== district)) {
    return signInPage(context, { next: `/oauth/authorize?${asConfirmed(context)}` });
  }
  return context.req.query('confirmed') === 'false'
    ? confirmPage(context, visitor)
    : proceed(context, visitor, destination, wanted);
}

/**
 * `GET /oauth/instant-login`: the link that a district places on its own pages. It leads to the app's
 * primary redirect URI, without `state`, and does not work for Library connections. Source:
 * dev.clever.com/docs/identity-api.
 */
export async function instantLogin(context: Context<Env>): Promise<Response> {
  const { app, districts } = context.env.world;
  if (context.req.query('client_id') !== app.clientId) {
    return unknownAppPage(context);
  }
  const districtId = context.req.query('district_id');
  const district = districts.find(({ id }) => id === districtId);
  if (district === undefined || !offers(district, 'district')) {
    return refusalPage(
      context,
      404,
      'Unknown district',
      'Instant Login works only for districts that have connected the app.',
    );
  }
  const wanted = readConnection(context);
  if (wanted === 'unknown') {
    return unknownConnectionPage(context);
  }
  if (isNamed(context)) {
    return enterByName(context, [district], primaryDestination(context), wanted);
  }
  const visitor = visitorOf(context);
  if (visitor?.district !== district) {
    return signInPage(context, { district });
  }
  rememberConnection(context, visitor, 'district');
  return proceed(context, visitor, primaryDestination(context), 'district');
}

/**
 * `POST /oauth/consent`: a teacher's decision on the consent screen of a login that the app started.
 * `allow` leads to the redirect URI that the app asked for, with its `state` (inferred). After a refusal
 * the app receives nothing (documented), and the teacher returns to the Library (inferred).
 */
export async function answerConsent(context: Context<Env>): Promise<Response> {
  if (!isFromOwnPage(context)) {
    return foreignFormPage(context);
  }
  const request = await readAuthorizeRequest(context);
  if (request instanceof Response) {
    return request;
  }
  const wanted = readConnection(context);
  const visitor = visitorOf(context);
  if (visitor === undefined || wanted === 'unknown') {
    return goTo(context, `/oauth/authorize${new URL(context.req.url).search}`);
  }
  return withForm(context, ({ decision }) => {
    if (decision !== 'allow') {
      return goTo(context, '/library');
    }
    const { installs } = context.env.world;
    if (admit(visitor, installs, wanted).outcome === 'consent') {
      installs.add(visitor.district, visitor.user.id);
    }
    return proceed(context, visitor, request.destination, wanted);
  });
}

function proceed(
  context: Context<Env>,
  visitor: Visitor,
  destination: Destination,
  wanted: 'district' | 'library' | undefined,
): Response | Promise<Response> {
  const admission = admit(visitor, context.env.world.installs, wanted);
  switch (admission.outcome) {
    case 'login':
      return toApp(context, admission.login, destination);
    case 'consent':
      return consentPage(context, visitor, `/oauth/consent${new URL(context.req.url).search}`);
    case 'refused':
      // Not documented, known from production only. The hyphen is Clever's; RFC 6749 has no such code.
      return toAppWithError(context, 'unauthorized-user', destination);
  }
}

/** Returns the query of a login whose person has just been chosen, so that the person is not asked again. */
function asConfirmed(context: Context<Env>): URLSearchParams {
  const params = new URL(context.req.url).searchParams;
  if (params.get('confirmed') === 'false') {
    params.set('confirmed', 'true');
  }
  for (const name of ['q', 'role']) {
    params.delete(name);
  }
  return params;
}
