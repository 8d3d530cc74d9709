import { createSandbox, type Sandbox, SandboxError, type SandboxPerson } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, queryOf } from './browser.js';
import { ask, authorize, callbackOf, exchange, small } from './support.js';
import { authorizePath, expectPrimary, OTHER, TWO_DISTRICTS, whose } from './visitors.js';

it.override('sandboxOptions', TWO_DISTRICTS);

const ROLES = ['student', 'teacher', 'staff', 'district_admin'] as const;
const PRIMARY = 'https://app.example/callback';

/** The role and the person of a login, by its redirect to the app. */
async function roleOf(sandbox: Sandbox, code: string, redirectUri = PRIMARY): Promise<[unknown, unknown]> {
  const { body } = await exchange(sandbox, code, { redirectUri });
  const { access_token: token } = body as unknown as { access_token: string };
  const { user_type: role, sub } = (await ask(sandbox, '/userinfo', token)).body as unknown as Record<string, string>;
  return [role, sub];
}

/** A person with this role and another one that logins prefer. */
function withTwoRoles(sandbox: Sandbox, role: 'staff' | 'district_admin'): SandboxPerson {
  const found = sandbox.people({ role }).find(({ roles }) => roles[0] !== role);
  return found ?? expect.fail(`every ${role} has only that role`);
}

describe('sandbox_role', () => {
  it.for(ROLES)('logs in the first person of people({ role: %s }) with that role', async (role, { sandbox }) => {
    const [person] = sandbox.people({ role });
    const response = await authorize(sandbox, { sandbox_user: person?.id ?? '', sandbox_role: role });
    expect(await roleOf(sandbox, callbackOf(response).get('code') ?? '')).toEqual([role, person?.id]);
    // Alone, it chooses that person.
    const alone = await authorize(sandbox, { sandbox_role: role });
    expect(await roleOf(sandbox, callbackOf(alone).get('code') ?? '')).toEqual([role, person?.id]);
  });

  it.for(['staff', 'district_admin'] as const)(
    'chooses %s of a person with several roles, also when the app starts the login again',
    async (role, { sandbox }) => {
      const { id } = withTwoRoles(sandbox, role);
      const browser = new Browser(sandbox);
      const arrival = await browser.open(authorizePath(sandbox, { sandbox_user: id, sandbox_role: role }));
      expect(await roleOf(sandbox, queryOf(arrival)['code'] ?? '', OTHER)).toEqual([role, id]);
      const again = await browser.open(authorizePath(sandbox));
      expect(await roleOf(sandbox, queryOf(again)['code'] ?? '', OTHER)).toEqual([role, id]);
      const usual = await authorize(sandbox, { sandbox_user: id });
      expect((await roleOf(sandbox, callbackOf(usual).get('code') ?? ''))[0]).not.toBe(role);
    },
  );

  it('refuses what is no role, and a role that the person does not hold', async ({ sandbox }) => {
    const [student] = sandbox.people({ role: 'student' });
    const cases = [
      [{ sandbox_role: 'admin' }, 400],
      [{ sandbox_role: '' }, 400],
      [{ sandbox_user: student?.id ?? '', sandbox_role: 'teacher' }, 403],
      [{ sandbox_role: 'contact' }, 404],
      [{ sandbox_user: sandbox.people({ role: 'contact' })[0]?.id ?? '', sandbox_role: 'contact' }, 403],
      [{ sandbox_role: 'staff', district_id: sandbox.districts[1]?.id ?? '' }, 404],
    ] as const;
    for (const [query, status] of cases) {
      const response = await authorize(sandbox, query);
      expect([query, response.status, response.headers.getSetCookie()]).toEqual([query, status, []]);
    }
  });

  it('refuses a role that the Library is not for', async () => {
    const sandbox = small({ districts: [{ seed: 5, students: 60, connection: 'library' }] });
    const person = sandbox.people({ role: 'staff' }).find(({ roles }) => roles.includes('teacher'));
    const response = await authorize(sandbox, { sandbox_user: person?.id ?? '', sandbox_role: 'staff' });
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('cannot log in as staff')]);
  });
});

describe('every entrance takes the person of its link', () => {
  const people = (sandbox: Sandbox) => {
    const { id, districtId } = withTwoRoles(sandbox, 'staff');
    return { id, districtId, query: `sandbox_user=${id}&sandbox_role=staff` };
  };

  it.for(['/portal/app', '/oauth/instant-login'])('%s leads to the app', async (path, { sandbox }) => {
    const { id, districtId, query } = people(sandbox);
    const { clientId } = sandbox.clientOptions();
    const link = `${path}?client_id=${clientId}&district_id=${districtId}&${query}`;
    const arrival = await new Browser(sandbox).open(link);
    expectPrimary(arrival);
    expect(await roleOf(sandbox, queryOf(arrival)['code'] ?? '')).toEqual(['staff', id]);
    // Also for a client that keeps no cookies.
    const response = await sandbox.fetch(`https://clever.com${link}`, { redirect: 'manual' });
    expect([response.status, callbackOf(response).has('code')]).toEqual([302, true]);
  });

  it('the pages of the portal sign in the person, in place of another one', async ({ sandbox }) => {
    const { id, districtId, query } = people(sandbox);
    const [student] = sandbox.people({ role: 'student' });
    const browser = new Browser(sandbox);
    for (const path of ['/portal', `/in/${districtId}`]) {
      await browser.open(`/portal?sandbox_user=${student?.id}`);
      const page = await browser.open(`${path}?${query}`);
      expect([page.status, page.heading.startsWith('Portal of')]).toEqual([200, true]);
      const arrival = await browser.follow(page, 'My app');
      expect(await roleOf(sandbox, queryOf(arrival)['code'] ?? '')).toEqual(['staff', id]);
    }
    // A portal has the people of its district only.
    const other = await browser.open(`/in/${sandbox.districts[1]?.id}?${query}`);
    expect([other.status, other.heading]).toEqual([404, 'Unknown person']);
  });

  it('the Library installs and opens the app in one step', async ({ sandbox }) => {
    const [teacher] = sandbox.people({ role: 'teacher', connection: 'library' });
    const named = `sandbox_user=${teacher?.id}`;
    const library = await new Browser(sandbox).open(`/library?${named}`);
    expect([library.heading, library.html.includes('/library/install')]).toEqual(['Clever Library', true]);
    for (let time = 0; time < 2; time += 1) {
      const response = await sandbox.fetch(`https://clever.com/library/install?${named}`, { redirect: 'manual' });
      expect(response.headers.getSetCookie()).toHaveLength(1);
      const arrival = new URL(response.headers.get('location') ?? '');
      expect(`${arrival.origin}${arrival.pathname}`).toBe(PRIMARY);
      expect(await whose(sandbox, { url: arrival } as never)).toEqual([teacher?.id, 'teacher']);
    }
    const opened = await new Browser(sandbox).open(`/library/open?${named}`);
    expectPrimary(opened);
    const connected = sandbox.people({ role: 'teacher' })[0]?.id ?? '';
    const page = await new Browser(sandbox).open(`/library/install?sandbox_user=${connected}`);
    expect(page.html).toContain('Your district provides this app');
    const student = sandbox.people({ role: 'student' })[0]?.id ?? '';
    expect((await new Browser(sandbox).open(`/library/install?sandbox_user=${student}`)).status).toBe(403);
  });

  it('takes the connection as well', async () => {
    const sandbox = small({ redirectUris: [PRIMARY], districts: [{ seed: 5, students: 60, connection: 'both' }] });
    for (const [connection, by] of [
      ['library', 'teacher'],
      ['district', 'district'],
    ] as const) {
      const link = `/portal/app?sandbox_role=teacher&sandbox_connection=${connection}`;
      const [id, authorizedBy] = (await whose(sandbox, await new Browser(sandbox).open(link))) as string[];
      expect([id, authorizedBy]).toEqual([sandbox.people({ role: 'teacher' })[0]?.id, by]);
    }
    expect((await new Browser(sandbox).open('/portal/app?sandbox_connection=other')).status).toBe(400);
  });
});

describe('an e-mail address that several people have', () => {
  const email = 'Shared@family.example';
  const user = (id: string, first: string, role: string) => ({
    ...{ id, email, name: { first, last: 'Shared' }, roles: { [role]: {} } },
  });
  const districts = [
    { district: { id: 'd1', name: 'One' }, users: [user('u1', 'Ann', 'student'), user('u2', 'Ben', 'student')] },
    { district: { id: 'd2', name: 'Two' }, users: [user('u3', 'Cat', 'teacher'), user('u4', 'Dan', 'contact')] },
  ];

  it('is refused with their names, and a link for each', async () => {
    const sandbox = createSandbox({ districts });
    const browser = new Browser(sandbox);
    const { clientId, redirectUri } = sandbox.clientOptions();
    const query = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', state: 's' };
    for (const path of ['/oauth/authorize', '/portal', '/portal/app', '/library']) {
      const params = new URLSearchParams({ ...query, sandbox_user: email.toLowerCase() });
      const page = await browser.open(`${path}?${params}`);
      expect([page.status, page.heading]).toEqual([400, 'Several people have this address']);
      for (const name of ['Ann Shared', 'Ben Shared', 'Cat Shared', 'Dan Shared']) {
        expect(page.html).toContain(name);
      }
    }
    const page = await browser.open(`/oauth/authorize?${new URLSearchParams({ ...query, sandbox_user: email })}`);
    const arrival = await browser.follow(page, 'Ben Shared');
    expect(queryOf(arrival)['state']).toBe('s');
    expect(await whose(sandbox, arrival, redirectUri)).toEqual(['u2', 'district']);
  });

  it('is accepted with a role that one of them has, or within one district', async () => {
    const sandbox = createSandbox({ districts: districts.map((district) => ({ ...district })) });
    const teacher = await authorize(sandbox, { sandbox_user: email, sandbox_role: 'teacher' });
    expect(callbackOf(teacher).has('code')).toBe(true);
    const students = await authorize(sandbox, { sandbox_user: email, sandbox_role: 'student' });
    const html = await students.text();
    expect([students.status, html.includes('Ann Shared'), html.includes('Cat Shared')]).toEqual([400, true, false]);
    const [, { id } = { id: '' }] = sandbox.districts;
    expect((await authorize(sandbox, { sandbox_user: email, district_id: id })).status).toBe(400);
  });

  it('finds all of them on the login page', async () => {
    const page = await new Browser(createSandbox({ districts })).open(`/portal?q=${email}`);
    expect(['Ann', 'Ben', 'Cat'].filter((name) => page.html.includes(`${name} Shared`))).toEqual(['Ann', 'Ben', 'Cat']);
  });

  it('makes no user token, and the error names no one', () => {
    const sandbox = createSandbox({ districts });
    expect(() => sandbox.userToken({ user: email })).toThrow(/^4 people share this e-mail address/u);
    expect(sandbox.userToken({ user: email, role: 'teacher' })).toMatch(/^il/u);
    expect(() => sandbox.userToken({ user: '' })).toThrow(/No district of the sandbox has this person/u);
  });
});

describe('userToken({ role })', () => {
  it('is of a login with that role', async ({ sandbox }) => {
    const { id } = withTwoRoles(sandbox, 'staff');
    const token = sandbox.userToken({ user: id, role: 'staff' });
    expect((await ask(sandbox, '/userinfo', token)).body).toMatchObject({ sub: id, user_type: 'staff' });
    expect(() => sandbox.userToken({ user: id, role: 'student' })).toThrow(/cannot log in with this `role`/u);
  });
});

describe('loginUrl()', () => {
  it.for(ROLES)('logs a %s in from the portal', async (role, { listening: sandbox }) => {
    const [person] = sandbox.people({ role });
    const url = person?.loginUrl() ?? '';
    expect(url).toMatch(`${sandbox.url}/portal/app?`);
    const response = await fetch(url, { redirect: 'manual' });
    expect(await roleOf(sandbox, callbackOf(response).get('code') ?? '')).toEqual([role, person?.id]);
  });

  it('begins at other entrances', async ({ sandbox }) => {
    const [teacher] = sandbox.people({ role: 'teacher' });
    const browser = new Browser(sandbox);
    expectPrimary(await browser.open(teacher?.loginUrl('/oauth/instant-login') ?? ''));
    const started = new URL(authorizePath(sandbox), 'https://clever.com');
    const arrival = await browser.open(teacher?.loginUrl(started) ?? '');
    expect(queryOf(arrival)['state']).toBe('s');
    expect(await whose(sandbox, arrival, OTHER)).toEqual([teacher?.id, 'district']);
    const [other] = sandbox.people({ role: 'teacher', connection: 'library' });
    const installed = await browser.open(other?.loginUrl('/library/install') ?? '');
    expect(await whose(sandbox, installed)).toEqual([other?.id, 'teacher']);
    expect((await browser.open(teacher?.loginUrl('/portal') ?? '')).heading).toMatch(/^Portal of/u);
  });

  it('keeps the connection by which the person was found', async () => {
    const sandbox = small({ redirectUris: [PRIMARY], districts: [{ seed: 5, students: 60, connection: 'both' }] });
    const [teacher] = sandbox.people({ role: 'teacher', connection: 'library' });
    expect(await whose(sandbox, await new Browser(sandbox).open(teacher?.loginUrl() ?? ''))).toEqual([
      teacher?.id,
      'teacher',
    ]);
  });

  it.for(['https://app.example/login', '/', '/v3.1/users', '/oauth/logout', 'https://['])(
    'refuses %s, at which no login begins',
    (entrance, { sandbox }) => {
      const [person] = sandbox.people({ role: 'teacher' });
      expect(() => person?.loginUrl(entrance)).toThrow(SandboxError);
    },
  );

  it('is no part of a copy of the person', ({ sandbox }) => {
    const [person] = sandbox.people({ role: 'teacher' });
    expect(Object.keys({ ...person })).not.toContain('loginUrl');
    expect(structuredClone({ ...person })).toMatchObject({ id: person?.id });
  });
});
