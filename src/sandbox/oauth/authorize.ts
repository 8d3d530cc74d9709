import type { Context } from 'hono';
import type { District } from '../district.js';
import type { Env } from '../http/context.js';
import { choosePersonPage } from '../pages/choose-person.js';
import { refusalPage } from '../pages/refusal.js';
import { findPerson, type LoginRefusal, logIn, offers } from '../people.js';

/** What a login page has to know, from whichever entrance. */
interface Entrance {
  readonly redirectUri: string;
  /** Returned unchanged; absent for logins that start at Clever. */
  readonly state: string | undefined;
  /** Districts to choose from. */
  readonly districts: readonly District[];
}

/**
 * `GET /oauth/authorize`: the app sends a person to log in. The sandbox's own parameters, which Clever does not have:
 * `sandbox_user` (id or e-mail address) logs that person in without a page; `sandbox_connection` (`district` or `library`)
 * says by which connection.
 */
export function authorize(context: Context<Env>): Response | Promise<Response> {
  const { app, districts } = context.env.world;
  const redirectUri = context.req.query('redirect_uri');
  if (context.req.query('client_id') !== app.clientId) {
    return refusalPage(
      context,
      400,
      'Unknown app',
      'No app has this client id. Compare it with the one of the sandbox.',
    );
  }
  if (redirectUri === undefined || !app.redirectUris.includes(redirectUri)) {
    // Sending anybody to an address that the app did not register would make the login page an open redirector.
    return refusalPage(
      context,
      400,
      'Unknown redirect URI',
      'The app did not register this redirect URI. It has to match exactly: no query, no trailing slash more or less.',
    );
  }
  const state = context.req.query('state');
  if (context.req.query('response_type') !== 'code') {
    return redirect(redirectUri, { error: 'unsupported_response_type', state });
  }
  return enter(context, { redirectUri, state, districts: preselected(districts, context.req.query('district_id')) });
}

/**
 * `GET /oauth/instant-login`: a link of the district's own. Goes to the app's primary redirect URI, without `state`, and not
 * for Library connections. Source: dev.clever.com/docs/identity-api.
 */
export function instantLogin(context: Context<Env>): Response | Promise<Response> {
  const { app, districts } = context.env.world;
  if (context.req.query('client_id') !== app.clientId) {
    return refusalPage(
      context,
      400,
      'Unknown app',
      'No app has this client id. Compare it with the one of the sandbox.',
    );
  }
  const districtId = context.req.query('district_id');
  const district = districts.find(({ id }) => id === districtId);
  if (district === undefined || !offers(district, 'district')) {
    return refusalPage(context, 404, 'Unknown district', 'Instant Login is for districts that connected the app.');
  }
  return enter(context, { redirectUri: app.redirectUris[0], state: undefined, districts: [district] });
}

function enter(context: Context<Env>, { redirectUri, state, districts }: Entrance): Response | Promise<Response> {
  const who = context.req.query('sandbox_user');
  const wanted = context.req.query('sandbox_connection');
  if (wanted !== undefined && wanted !== 'district' && wanted !== 'library') {
    return refusalPage(context, 400, 'Unknown connection', 'sandbox_connection is district or library.');
  }
  if (who === undefined) {
    return choosePersonPage(context, districts, wanted);
  }
  const found = findPerson(districts, who);
  if (found === undefined) {
    return refusalPage(context, 404, 'Unknown person', 'No district of the sandbox has the person of sandbox_user.');
  }
  const login = logIn(found.district, found.user, wanted);
  if (login === 'not connected') {
    // Seen in the wild only; the hyphen is Clever's, RFC 6749 has no such code.
    return redirect(redirectUri, { error: 'unauthorized-user', state });
  }
  if (typeof login === 'string') {
    return refusalPage(context, 403, 'This login is not possible', REFUSALS[login]);
  }
  return redirect(redirectUri, { code: context.env.world.grants.issueCode(login, redirectUri), state });
}

const REFUSALS: Readonly<Record<Exclude<LoginRefusal, 'not connected'>, string>> = {
  'library role': 'The Clever Library is for teachers and their students. Ask the district to connect the app.',
  'no login': 'Contacts and people without a role cannot log in to an app.',
};

/** `district_id` only preselects: an unknown one leaves the choice open. */
function preselected(districts: readonly District[], id: string | undefined): readonly District[] {
  const district = districts.filter((candidate) => candidate.id === id);
  return district.length === 0 ? districts : district;
}

function redirect(redirectUri: string, params: Readonly<Record<string, string | undefined>>): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) {
      url.searchParams.append(name, value);
    }
  }
  return new Response(null, { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } });
}
