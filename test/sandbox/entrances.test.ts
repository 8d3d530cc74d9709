import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, queryOf } from './browser.js';
import { authorizePath, expectPrimary, OTHER, pick, signedIn, someone, TWO_DISTRICTS, whose } from './visitors.js';

it.override('sandboxOptions', TWO_DISTRICTS);
const itWithOidc = it.extend('sandboxOptions', { ...TWO_DISTRICTS, oidc: true });

describe.each(['teacher', 'student', 'staff', 'district_admin'] as const)('a %s of a connected district', (role) => {
  it('can come from the portal', async ({ sandbox }) => {
    const person = someone(sandbox, role);
    const browser = new Browser(sandbox);
    const shortname = (await browser.open('/?tab=districts')).html.match(/\/in\/([\w-]+)/u)?.[1] ?? '';
    const portal = await pick(browser, await browser.open(`/in/${shortname}`), person);
    expect([portal.url.pathname, portal.heading]).toEqual([
      '/portal',
      `Portal of ${person.name.first} ${person.name.last}`,
    ]);
    const arrival = await browser.follow(portal, 'My app');
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([person.id, 'district']);
  });

  it('can come by an Instant Login link, and the second time without a page', async ({ sandbox }) => {
    const person = someone(sandbox, role);
    const browser = new Browser(sandbox);
    const link = `/oauth/instant-login?client_id=${sandbox.clientOptions().clientId}&district_id=${sandbox.districts[0].id}`;
    const page = await browser.open(`${link}&state=ignored`);
    expect(page.html).not.toContain('South ISD');
    const arrival = await pick(browser, page, person);
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([person.id, 'district']);
    expectPrimary(await browser.open(link));
  });

  it('can come by the button, with the state', async ({ sandbox }) => {
    const person = someone(sandbox, role);
    const browser = new Browser(sandbox);
    const arrival = await pick(browser, await browser.open(authorizePath(sandbox)), person);
    expect([`${arrival.url.origin}${arrival.url.pathname}`, queryOf(arrival)['state']]).toEqual([OTHER, 's']);
    expect(await whose(sandbox, arrival, OTHER)).toEqual([person.id, 'district']);
  });

  it('sees no page when the app starts the login again', async ({ sandbox }) => {
    const person = someone(sandbox, role);
    const browser = await signedIn(sandbox, person);
    await browser.follow(await browser.open('/portal'), 'My app');
    const restarted = await browser.open(authorizePath(sandbox, { state: 'fresh' }));
    expect(queryOf(restarted)['state']).toBe('fresh');
    expect(await whose(sandbox, restarted, OTHER)).toEqual([person.id, 'district']);
  });
});

describe('“Sign up with Clever”', () => {
  it('asks a teacher for consent once, and keeps the state', async ({ sandbox }) => {
    const teacher = someone(sandbox, 'teacher', 1);
    const browser = new Browser(sandbox);
    const consent = await pick(browser, await browser.open(authorizePath(sandbox)), teacher);
    expect(consent.heading).toBe('Share your classes with My app?');
    const arrival = await browser.press(consent, 'Install and share');
    expect(queryOf(arrival)['state']).toBe('s');
    expect(await whose(sandbox, arrival, OTHER)).toEqual([teacher.id, 'teacher']);
    expect(queryOf(await browser.open(authorizePath(sandbox)))['code']).toBeDefined();
  });

  it('does not reach the app after Cancel', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher', 1));
    const library = await browser.press(await browser.open(authorizePath(sandbox)), 'Cancel');
    expect(library.url.pathname).toBe('/library');
    expect((await browser.open(authorizePath(sandbox))).heading).toContain('Share your classes');
  });

  it.for(['staff', 'district_admin'] as const)('sends a %s back with an error', async (role, { sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, role, 1));
    expect(queryOf(await browser.open(authorizePath(sandbox)))).toEqual({ error: 'unauthorized-user', state: 's' });
    const { clientId } = sandbox.clientOptions();
    const stateless = await browser.open(
      `/oauth/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: OTHER, response_type: 'code' })}`,
    );
    expect(queryOf(stateless)).toEqual({ error: 'unauthorized-user' });
  });
});

describe('other addresses', () => {
  itWithOidc('are linked from the first page', async ({ sandbox }) => {
    const browser = new Browser(sandbox);
    const home = await browser.open('/');
    for (const label of ['Clever Library', '“Log in', 'discovery', 'Keys']) {
      expect((await browser.follow(home, label)).status, label).toBe(200);
    }
    const districts = await browser.follow(home, 'Portal and Instant Login link of each district');
    for (const label of ['Portal of North ISD', 'Instant Login link of North ISD', 'Portal of South ISD']) {
      expect((await browser.follow(districts, label)).status, label).toBe(200);
    }
  });

  it('of portals that do not exist show a page that says so', async ({ sandbox }) => {
    const browser = new Browser(sandbox);
    const page = await browser.open('/in/nowhere');
    expect([page.status, page.heading]).toEqual([404, 'Unknown portal']);
    expect((await browser.follow(page, 'Portal of South ISD')).status).toBe(200);
  });

  it.for(['/portal', '/portal/app', '/library', '/library/install', '/library/open'])(
    'ask for the person first: %s',
    async (path, { sandbox }) => {
      const page = await new Browser(sandbox).open(path);
      expect([page.status, page.heading]).toEqual([200, 'Log in to Clever']);
    },
  );

  it.for([
    ['a repeated parameter', (path: string) => `${path}&state=t`, 'invalid_request'],
    ['a plain challenge', (path: string) => `${path}&code_challenge=x`, 'invalid_request'],
  ] as const)('of a login with %s redirect back with an error', async ([_what, change, error], { sandbox }) => {
    expect(queryOf(await new Browser(sandbox).open(change(authorizePath(sandbox))))).toEqual({ error, state: 's' });
  });
});
