import type { Sandbox, SandboxOptions, SandboxPerson } from 'clever-sdk/sandbox';
import { expect } from 'vitest';
import { Browser, queryOf, type Stop } from './browser.js';
import { ask, exchange } from './support.js';

/** The app's primary redirect URI, to which every login without a state redirects. */
const PRIMARY = 'https://app.example/callback';
/** The redirect URI of logins that the app starts in these tests. */
export const OTHER = 'https://app.example/other';

/** A district that connected the app and one that did not, with an app of two redirect URIs. */
export const TWO_DISTRICTS = {
  redirectUris: [PRIMARY, OTHER],
  districts: [
    { seed: 5, students: 60, name: 'North ISD' },
    { seed: 6, students: 60, name: 'South ISD', connection: 'library' },
  ],
} as const satisfies SandboxOptions;

/** The address of a login that the app starts, with state `s`. */
export function authorizePath(sandbox: Sandbox, more: Readonly<Record<string, string>> = {}): string {
  const query = { client_id: sandbox.clientOptions().clientId, redirect_uri: OTHER, response_type: 'code', state: 's' };
  return `/oauth/authorize?${new URLSearchParams({ ...query, ...more })}`;
}

/** A role that people log in with. */
type Role = 'teacher' | 'student' | 'staff' | 'district_admin';

/** A person with this role and no other, whose name is complete. */
export function someone(sandbox: Sandbox, role: Role, district: 0 | 1 = 0): SandboxPerson {
  const found = sandbox
    .people({
      role,
      districtId: sandbox.districts[district]?.id ?? '',
      hasSections: role === 'teacher' || role === 'student',
    })
    .find(({ roles, name }) => roles.length === 1 && name.first !== '' && name.last !== '');
  if (found === undefined) {
    throw new Error(`no ${role}`);
  }
  return found;
}

/** Finds a person on a login page and logs in as that person. */
export async function pick(browser: Browser, page: Stop, person: SandboxPerson): Promise<Stop> {
  const list = new URL(page.url);
  list.searchParams.set('q', person.id);
  return browser.press(await browser.open(list.href), `${person.name.first} ${person.name.last}`);
}

/** Signs a person in at the portal. */
export async function signedIn(sandbox: Sandbox, person: SandboxPerson): Promise<Browser> {
  const browser = new Browser(sandbox);
  await pick(browser, await browser.open('/portal'), person);
  return browser;
}

/** The person of a code, and the connection of the login. */
export async function whose(sandbox: Sandbox, stop: Stop, redirectUri = PRIMARY): Promise<unknown> {
  const { body } = await exchange(sandbox, queryOf(stop)['code'] ?? '', { redirectUri });
  const me = await ask(sandbox, '/v3.1/me', (body as unknown as { access_token: string }).access_token);
  return [me.body.data['id'], me.body.data['authorized_by']];
}

/** Checks that a login without a state arrives at the primary redirect URI, with a code and nothing else. */
export function expectPrimary(stop: Stop): void {
  expect(`${stop.url.origin}${stop.url.pathname}`).toBe(PRIMARY);
  expect(Object.keys(queryOf(stop))).toEqual(['code']);
}
