import type { Sandbox, SandboxOptions, SandboxPerson } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { Browser, labelsOf, queryOf, type Stop } from './browser.js';
import { ask, exchange, small } from './support.js';

const PRIMARY = 'https://app.example/callback';
const OTHER = 'https://app.example/other';

function world(options: SandboxOptions = {}): Sandbox {
  return small({
    redirectUris: [PRIMARY, OTHER],
    districts: [
      { seed: 5, students: 60, name: 'North ISD' },
      { seed: 6, students: 60, name: 'South ISD', connection: 'library' },
    ],
    ...options,
  });
}

function authorizePath(sandbox: Sandbox, more: Readonly<Record<string, string>> = {}): string {
  const query = { client_id: sandbox.clientOptions().clientId, redirect_uri: OTHER, response_type: 'code', state: 's' };
  return `/oauth/authorize?${new URLSearchParams({ ...query, ...more })}`;
}

type Role = 'teacher' | 'student' | 'staff' | 'district_admin';

/** Somebody with this role and no other, whose name is complete. */
function someone(sandbox: Sandbox, role: Role, district: 0 | 1 = 0): SandboxPerson {
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

async function pick(browser: Browser, page: Stop, person: SandboxPerson): Promise<Stop> {
  const list = new URL(page.url);
  list.searchParams.set('q', person.id);
  return browser.press(await browser.open(list.href), `${person.name.first} ${person.name.last}`);
}

/** Signs a person in at the portal. */
async function signedIn(sandbox: Sandbox, person: SandboxPerson): Promise<Browser> {
  const browser = new Browser(sandbox);
  await pick(browser, await browser.open('/portal'), person);
  return browser;
}

/** Whose login a code is, and by which connection. */
async function whose(sandbox: Sandbox, stop: Stop, redirectUri = PRIMARY): Promise<unknown> {
  const { body } = await exchange(sandbox, queryOf(stop)['code'] ?? '', { redirectUri });
  const me = await ask(sandbox, '/v3.1/me', (body as unknown as { access_token: string }).access_token);
  return [me.body.data['id'], me.body.data['authorized_by']];
}

/** Where people without a state arrive: at the primary redirect URI, with a code and nothing else. */
function expectPrimary(stop: Stop): void {
  expect(`${stop.url.origin}${stop.url.pathname}`).toBe(PRIMARY);
  expect(Object.keys(queryOf(stop))).toEqual(['code']);
}

describe.each(['teacher', 'student', 'staff', 'district_admin'] as const)('a %s of a connected district', (role) => {
  it('comes from the portal', async () => {
    const sandbox = world();
    const person = someone(sandbox, role);
    const browser = new Browser(sandbox);
    const shortname = (await browser.open('/')).html.match(/\/in\/([\w-]+)/u)?.[1] ?? '';
    const portal = await pick(browser, await browser.open(`/in/${shortname}`), person);
    expect([portal.url.pathname, portal.heading]).toEqual([
      '/portal',
      `Portal of ${person.name.first} ${person.name.last}`,
    ]);
    const arrival = await browser.follow(portal, 'My app');
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([person.id, 'district']);
  });

  it('comes by an Instant Login link, and the second time without a page', async () => {
    const sandbox = world();
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

  it('comes by the button, with the state', async () => {
    const sandbox = world();
    const person = someone(sandbox, role);
    const browser = new Browser(sandbox);
    const arrival = await pick(browser, await browser.open(authorizePath(sandbox)), person);
    expect([`${arrival.url.origin}${arrival.url.pathname}`, queryOf(arrival)['state']]).toEqual([OTHER, 's']);
    expect(await whose(sandbox, arrival, OTHER)).toEqual([person.id, 'district']);
  });

  it('passes invisibly when the app starts the login anew', async () => {
    const sandbox = world();
    const person = someone(sandbox, role);
    const browser = await signedIn(sandbox, person);
    await browser.follow(await browser.open('/portal'), 'My app');
    const restarted = await browser.open(authorizePath(sandbox, { state: 'fresh' }));
    expect(queryOf(restarted)['state']).toBe('fresh');
    expect(await whose(sandbox, restarted, OTHER)).toEqual([person.id, 'district']);
  });
});

describe('the session', () => {
  it('is a cookie that no script reads and that carries nobody', async () => {
    const sandbox = world();
    const person = someone(sandbox, 'student');
    const browser = await signedIn(sandbox, person);
    const line = browser.received.at(-1) ?? '';
    expect(line).toMatch(/^sandbox_session=[0-9a-f-]{36}; Max-Age=7200; Path=\/; HttpOnly; Secure; SameSite=Lax$/u);
  });

  it('is not `Secure` over plain HTTP, where browsers would drop it', async () => {
    const sandbox = await world().listen();
    try {
      const browser = await signedIn(sandbox, someone(sandbox, 'student'));
      expect(browser.received.at(-1)).not.toContain('Secure');
      expect((await browser.open('/portal')).heading).toContain('Portal of');
    } finally {
      await sandbox.close();
    }
  });

  it('ends after two hours', async () => {
    let now = Date.UTC(2026, 8, 1);
    const sandbox = world({ clock: () => now });
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    now += 7_199_999;
    expect(queryOf(await browser.open(authorizePath(sandbox)))['code']).toBeDefined();
    now += 1;
    expect((await browser.open(authorizePath(sandbox))).heading).toBe('Log in to My app');
  });

  it('ends with reset()', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    sandbox.reset();
    expect((await browser.open('/portal')).heading).toBe('Log in to Clever');
  });

  it('is renamed for the next person, and the old name is worth nothing', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const old = browser.cookie('sandbox_session') ?? '';
    const page = await browser.press(await browser.open('/portal'), 'Not you? Switch person');
    expect(browser.cookie('sandbox_session')).toBeUndefined();
    const student = someone(sandbox, 'student');
    await pick(browser, page, student);
    expect(browser.cookie('sandbox_session')).not.toBe(old);
    const stale = await sandbox.fetch('https://clever.com/portal', { headers: { cookie: `sandbox_session=${old}` } });
    expect(await stale.text()).toContain('Log in to Clever');
    expect(await whose(sandbox, await browser.open(authorizePath(sandbox)), OTHER)).toEqual([student.id, 'district']);
  });

  it('does not count for another district than the one that is asked for', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const other = sandbox.districts[1]?.id ?? '';
    const page = await browser.open(authorizePath(sandbox, { district_id: other }));
    expect(page.heading).toBe('Log in to My app');
    expect(page.html).toContain('Not you?');
  });

  it('is left behind by sandbox_user as well', async () => {
    const sandbox = world();
    const person = someone(sandbox, 'staff');
    const browser = new Browser(sandbox);
    await browser.open(authorizePath(sandbox, { sandbox_user: person.id }));
    expect(await whose(sandbox, await browser.open(authorizePath(sandbox)), OTHER)).toEqual([person.id, 'district']);
  });

  it('is ended by /oauth/logout, after a question', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const question = await browser.open('/oauth/logout');
    expect((await browser.open('/portal')).heading).toContain('Portal of');
    const home = await browser.press(question, 'Sign out');
    expect([home.url.pathname, labelsOf(home)]).toEqual(['/', []]);
    expect((await browser.open('/oauth/logout')).html).toContain('Nobody is signed in');
  });
});

describe('confirmed=false', () => {
  it('asks who is there, and goes on as that person', async () => {
    const sandbox = world();
    const person = someone(sandbox, 'student');
    const browser = await signedIn(sandbox, person);
    const page = await browser.open(authorizePath(sandbox, { confirmed: 'false' }));
    expect(page.heading).toBe('Is this you?');
    const arrival = await browser.follow(page, `Continue as ${person.name.first}`);
    expect(queryOf(arrival)['state']).toBe('s');
    expect(await whose(sandbox, arrival, OTHER)).toEqual([person.id, 'district']);
  });

  it('lets another person take over, who is not asked again', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'student'));
    const teacher = someone(sandbox, 'teacher');
    const question = await browser.open(authorizePath(sandbox, { confirmed: 'false' }));
    const arrival = await pick(browser, await browser.press(question, 'Switch person'), teacher);
    expect(await whose(sandbox, arrival, OTHER)).toEqual([teacher.id, 'district']);
  });

  it('does not ask somebody who has just been picked', async () => {
    const sandbox = world();
    const browser = new Browser(sandbox);
    const page = await browser.open(authorizePath(sandbox, { confirmed: 'false' }));
    expect(queryOf(await pick(browser, page, someone(sandbox, 'student')))['code']).toBeDefined();
  });
});

describe('the Clever Library', () => {
  it('installs the app for a teacher, after consent', async () => {
    const sandbox = world();
    const teacher = someone(sandbox, 'teacher', 1);
    const browser = await signedIn(sandbox, teacher);
    expect((await browser.open('/portal')).html).toContain('No apps here yet');
    const consent = await browser.follow(await browser.open('/library'), 'Install');
    expect(consent.heading).toBe('Share your classes with My app?');
    expect(consent.html).toContain(`all of your ${teacher.sectionCount} classes`);
    const arrival = await browser.press(consent, 'Install and share');
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([teacher.id, 'teacher']);
    expectPrimary(await browser.follow(await browser.open('/portal'), 'My app'));
    expectPrimary(await browser.follow(await browser.open('/library'), 'Open'));
    const restarted = await browser.open(authorizePath(sandbox));
    expect(await whose(sandbox, restarted, OTHER)).toEqual([teacher.id, 'teacher']);
  });

  it('shares nothing after a Cancel, and nothing reaches the app', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher', 1));
    const library = await browser.press(await browser.open('/library/install'), 'Cancel');
    expect([library.url.pathname, library.html.includes('Install')]).toEqual(['/library', true]);
    expect((await browser.open('/portal')).html).toContain('No apps here yet');
  });

  it('brings the app to the students of the teacher’s sections, and to no others', async () => {
    const sandbox = world();
    const districtId = sandbox.districts[1]?.id ?? '';
    const students = sandbox
      .people({ role: 'student', districtId, hasSections: true })
      .filter(({ name }) => name.first !== '' && name.last !== '');
    const teacher = someone(sandbox, 'teacher', 1);
    const token = sandbox.userToken({ user: teacher.id });
    const sections = (await ask(sandbox, `/v3.1/users/${teacher.id}/sections`, token)).body.data;
    const taught = new Set(sections.flatMap(({ data }) => data['students'] as string[]));
    const [mine, other] = [students.find(({ id }) => taught.has(id)), students.find(({ id }) => !taught.has(id))];
    if (mine === undefined || other === undefined) {
      throw new Error('the district is too small for this test');
    }
    const before = await (await signedIn(sandbox, mine)).open(authorizePath(sandbox));
    expect(queryOf(before)).toEqual({ error: 'unauthorized-user', state: 's' });
    const teachers = await signedIn(sandbox, teacher);
    await teachers.press(await teachers.open('/library/install'), 'Install and share');
    const pupil = await signedIn(sandbox, mine);
    const arrival = await pupil.follow(await pupil.open('/portal'), 'My app');
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([mine.id, 'teacher']);
    const stranger = await signedIn(sandbox, other);
    expect((await stranger.open('/portal')).html).toContain('none of your teachers has added it');
    expect((await stranger.open('/portal/app')).status).toBe(403);
    expect(queryOf(await stranger.open(authorizePath(sandbox)))).toEqual({ error: 'unauthorized-user', state: 's' });
  });

  it.each(['staff', 'district_admin', 'student'] as const)('refuses a %s in a friendly way', async (role) => {
    for (const district of [0, 1] as const) {
      const sandbox = world();
      const browser = await signedIn(sandbox, someone(sandbox, role, district));
      for (const path of ['/library', '/library/install', '/library/open']) {
        const page = await browser.open(path);
        expect([page.status, page.heading]).toEqual([403, 'The Library is for teachers']);
      }
    }
  });

  it('gives way to the district: whose district connected the app has it already', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const library = await browser.open('/library');
    expect(library.html).toContain('Your district provides this app');
    expect(library.html).not.toContain('Install');
    expect((await browser.open('/library/install')).url.pathname).toBe('/library');
  });

  it('lets a person of a district of both kinds come as what they came as', async () => {
    const sandbox = world({ districts: [{ seed: 5, students: 60, connection: 'both' }] });
    const teacher = someone(sandbox, 'teacher');
    const browser = await signedIn(sandbox, teacher);
    await browser.press(await browser.open('/library/install'), 'Install and share');
    const restarted = await browser.open(authorizePath(sandbox));
    expect(await whose(sandbox, restarted, OTHER)).toEqual([teacher.id, 'teacher']);
    await browser.open(
      `/oauth/instant-login?client_id=${sandbox.clientOptions().clientId}&district_id=${sandbox.districts[0].id}`,
    );
    const again = await browser.open(authorizePath(sandbox));
    expect(await whose(sandbox, again, OTHER)).toEqual([teacher.id, 'district']);
  });
});

describe('“Sign up with Clever”', () => {
  it('asks a teacher for consent once, and keeps the state', async () => {
    const sandbox = world();
    const teacher = someone(sandbox, 'teacher', 1);
    const browser = new Browser(sandbox);
    const consent = await pick(browser, await browser.open(authorizePath(sandbox)), teacher);
    expect(consent.heading).toBe('Share your classes with My app?');
    const arrival = await browser.press(consent, 'Install and share');
    expect(queryOf(arrival)['state']).toBe('s');
    expect(await whose(sandbox, arrival, OTHER)).toEqual([teacher.id, 'teacher']);
    expect(queryOf(await browser.open(authorizePath(sandbox)))['code']).toBeDefined();
  });

  it('reaches no app after a Cancel', async () => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher', 1));
    const library = await browser.press(await browser.open(authorizePath(sandbox)), 'Cancel');
    expect(library.url.pathname).toBe('/library');
    expect((await browser.open(authorizePath(sandbox))).heading).toContain('Share your classes');
  });

  it.each(['staff', 'district_admin'] as const)('sends a %s back with an error', async (role) => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, role, 1));
    expect(queryOf(await browser.open(authorizePath(sandbox)))).toEqual({ error: 'unauthorized-user', state: 's' });
    const { clientId } = sandbox.clientOptions();
    const stateless = await browser.open(
      `/oauth/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: OTHER, response_type: 'code' })}`,
    );
    expect(queryOf(stateless)).toEqual({ error: 'unauthorized-user' });
  });
});

describe('forms', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.clever.com' },
    { 'sec-fetch-site': 'none' },
  ];

  it.each(foreign)('of another site change nothing (%o)', async (headers) => {
    const sandbox = world();
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher', 1));
    for (const [path, label] of [
      ['/library/install', 'Install and share'],
      ['/oauth/logout', 'Sign out'],
      [authorizePath(sandbox), 'Install and share'],
      ['/portal', 'Not you?'],
    ] as const) {
      expect((await browser.press(await browser.open(path), label, headers)).status).toBe(403);
    }
    const page = await browser.open('/portal');
    expect([page.heading.startsWith('Portal of'), page.html.includes('No apps here yet')]).toEqual([true, true]);
    const login = await new Browser(sandbox).open('/portal');
    const visitor = new Browser(sandbox);
    expect(
      (await visitor.press(login, labelsOf(login).find((label) => label !== 'Search') ?? '', headers)).status,
    ).toBe(403);
    expect(visitor.received).toEqual([]);
  });

  it.each(['https://evil.example', 'null', 'https://clever.com.evil.example'])(
    'are judged by their origin %s where a browser says nothing else',
    async (origin) => {
      const sandbox = world();
      const response = await sandbox.fetch('https://clever.com/oauth/logout', {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ next: '/' }),
      });
      expect(response.status).toBe(403);
    },
  );

  it.each([
    'https://evil.example/portal',
    '//evil.example/portal',
    '/\\evil.example/portal',
    '/.//evil.example/portal',
    '/portal/..//evil.example',
    '/oauth/consent',
    '/oauth/logout',
    'javascript:alert(1)',
    '',
  ])('lead nowhere else: %s', async (next) => {
    const response = await world().fetch('https://clever.com/oauth/logout', {
      method: 'POST',
      body: new URLSearchParams({ next }),
    });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  });

  it('do not sign in whom the sandbox does not have', async () => {
    for (const person of ['', 'district=x&user=y', `district=${world().districts[0].id}&user=CANARY`]) {
      const response = await world().fetch('https://clever.com/oauth/sign-in', {
        method: 'POST',
        body: new URLSearchParams({ person, next: '/portal' }),
      });
      expect([response.status, response.headers.getSetCookie()]).toEqual([404, []]);
      expect(await response.text()).not.toContain('CANARY');
    }
  });
});

describe('other addresses', () => {
  it('are linked from the first page', async () => {
    const sandbox = world();
    const browser = new Browser(sandbox);
    const home = await browser.open('/');
    for (const label of [
      'Portal of North ISD',
      'Instant Login link',
      'Portal of South ISD',
      'Clever Library',
      '“Log in',
      'discovery',
      'Keys',
    ]) {
      expect((await browser.follow(home, label)).status, label).toBe(200);
    }
  });

  it('of portals that do not exist are pages that say so', async () => {
    expect((await new Browser(world()).open('/in/nowhere')).status).toBe(404);
  });

  it.each(['/portal', '/portal/app', '/library', '/library/install', '/library/open'])(
    'ask who is there first: %s',
    async (path) => {
      const page = await new Browser(world()).open(path);
      expect([page.status, page.heading]).toEqual([200, 'Log in to Clever']);
    },
  );

  it.each([
    ['a repeated parameter', (path: string) => `${path}&state=t`, 'invalid_request'],
    ['a plain challenge', (path: string) => `${path}&code_challenge=x`, 'invalid_request'],
  ])('of a login with %s lead back with an error', async (_what, change, error) => {
    const sandbox = world();
    expect(queryOf(await new Browser(sandbox).open(change(authorizePath(sandbox))))).toEqual({ error, state: 's' });
  });
});
