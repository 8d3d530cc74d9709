import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, labelsOf, queryOf, type Stop } from './browser.js';
import { ask, small } from './support.js';
import { expectPrimary, someone, TWO_DISTRICTS, whose } from './visitors.js';

const read = ({ html }: Stop): string =>
  html
    .slice(html.indexOf('<body>'))
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ');

const itWithTwoDistricts = it.extend('sandboxOptions', TWO_DISTRICTS);

/** The sentence that the dashboard shows after an action. */
function noticeOf({ html }: Stop): string | undefined {
  return /role="status">([^<]*)</u.exec(html)?.[1];
}

/** A browser on the dashboard. */
async function open(sandbox: Sandbox, path = '/'): Promise<{ browser: Browser; page: Stop }> {
  const browser = new Browser(sandbox);
  return { browser, page: await browser.open(path) };
}

const eventsOf = async (sandbox: Sandbox): Promise<string[]> =>
  (await ask(sandbox, '/v3.1/events?limit=10000')).body.data.map(({ data }) => String(data['type']));

describe('the dashboard', () => {
  itWithTwoDistricts('shows what an app needs, the districts and their state', async ({ sandbox }) => {
    const { page } = await open(sandbox);
    const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
    for (const value of [clientId, clientSecret, redirectUri]) {
      expect(page.html).toContain(`value="${value}"`);
    }
    expect(page.html).toContain(`CLEVER_CLIENT_SECRET=${clientSecret}`);
    const { page: districts } = await open(sandbox, '/?tab=districts');
    expect(districts.html).toContain(`value="${sandbox.districts[0].token}"`);
    expect(read(districts)).toMatch(/North ISD connected .*schools .*people .*sections.*South ISD Library only/u);
  });

  itWithTwoDistricts('works without script, and allows no other script or frame', async ({ sandbox }) => {
    const { page } = await open(sandbox);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*script-src 'nonce-[\w-]+';/u);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).toMatch(/<button type="button"[^>]* hidden>\s*Copy/u);
  });

  itWithTwoDistricts.for([
    ['teacher', 0],
    ['student', 0],
    ['staff', 0],
    ['district_admin', 0],
  ] as const)('logs in as a %s', async ([role, district], { sandbox }) => {
    const [person] = sandbox.people({ role, districtId: sandbox.districts[district]?.id ?? '' });
    const { browser, page } = await open(sandbox);
    const there = await browser.press(page, [person?.name.first, person?.name.last].join(' '));
    expectPrimary(there);
    expect(await whose(sandbox, there)).toEqual([person?.id, 'district']);
  });

  itWithTwoDistricts('logs in through the portal and the Library of another district', async ({ sandbox }) => {
    const south = sandbox.districts[1]?.id ?? '';
    const { browser, page } = await open(sandbox, `/?district_id=${south}`);
    const [person] = sandbox.people({ role: 'teacher', districtId: south });
    const name = [person?.name.first, person?.name.last].join(' ');
    expect((await browser.press(page, name)).heading).toBe(`Portal of ${name}`);
    expect((await browser.press(page, name, {}, { next: '/library' })).heading).toBe('Clever Library');
  });

  itWithTwoDistricts('shows who is signed in, and every entrance', async ({ sandbox }) => {
    const { browser, page } = await open(sandbox);
    const districts = await browser.follow(page, 'Portal and Instant Login link of each district');
    expect((await browser.follow(districts, 'Portal of North ISD')).heading).toBe('Log in to Clever');
    expect((await browser.follow(districts, 'Instant Login link of North ISD')).heading).toBe('Log in to Clever');
    expect((await browser.follow(districts, 'People of South ISD')).url.href).toContain('#people');
    expect((await browser.follow(page, 'Log in with Clever')).heading).toBe('Log in to My app');
    expect((await browser.follow(page, 'More teachers')).heading).toBe('Log in to Clever');
    const person = someone(sandbox, 'staff');
    await browser.press(await browser.open(`/portal?q=${person.id}`), `${person.name.first} ${person.name.last}`);
    expect(read(await browser.open('/'))).toContain(`Signed in as ${person.name.first} ${person.name.last}`);
  });

  it('sets faults, shows them, and removes them', async ({ sandbox }) => {
    const { browser, page } = await open(sandbox, '/?tab=faults');
    const after = await browser.press(page, '429', {}, { times: '3' });
    expect([after.heading, noticeOf(after)]).toEqual(['Faults', expect.stringContaining('fault is set')]);
    expect(read(after)).toContain('/v3.* status 429, retryAfterMs 5000: 3 times');
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(429);
    const cleared = await browser.press(await browser.open('/?tab=faults'), 'Remove all faults');
    expect(noticeOf(cleared)).toContain('removed');
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(200);
  });

  it('has a button for every fault, and is affected by none of them', async ({ sandbox }) => {
    const { browser, page } = await open(sandbox, '/?tab=faults');
    const faults = page.forms.find(({ action }) => action === '/sandbox/faults')?.buttons ?? [];
    expect(faults.length).toBeGreaterThan(10);
    for (const { label } of faults) {
      const after = await browser.press(page, label, {}, { path: '*', times: 'Infinity' });
      expect(noticeOf(after)).toContain('fault is set');
    }
    expect(sandbox.faults.list()).toHaveLength(faults.length);
    expect(sandbox.faults.list().every(({ happened }) => happened === 0)).toBe(true);
  });

  it('lists the last requests, without its own', async ({ sandbox }) => {
    await ask(sandbox, '/v3.1/users?role=student&starting_after=0');
    await ask(sandbox, '/v3.1/users/unknown');
    const { browser, page } = await open(sandbox, '/?tab=requests');
    expect(read(page)).toMatch(
      /404 .*GET \/v3\.1\/users\/\{id\} district-app token .*GET \/v3\.1\/users role=student/u,
    );
    expect(sandbox.requests()).toHaveLength(2);
    expect(read(await browser.press(page, 'Clear'))).toContain('None yet');
    expect(sandbox.requests()).toEqual([]);
  });

  it('separates what the app asked from what people opened, and filters', async ({ sandbox }) => {
    await ask(sandbox, '/v3.1/users?role=student');
    await ask(sandbox, '/v3.1/users/unknown');
    sandbox.faults.add({ status: 503, path: '/v3.1/terms' });
    await ask(sandbox, '/v3.1/terms');
    const { browser, page: start } = await open(sandbox);
    await browser.follow(start, 'Portal of the person who is signed in');
    const page = await browser.follow(start, 'Requests');
    const paths = ({ html }: Stop): string[] =>
      [...html.matchAll(/<code>(.*?)<\/code>/gu)].map(([, path = '']) => path);
    expect(paths(page)).toEqual(['GET /v3.1/terms', 'GET /v3.1/users/{id}', 'GET /v3.1/users']);
    expect(read(page)).toMatch(/Your app \(3\) .*People in a browser \(1\) .*All \(4\)/u);
    expect(paths(await browser.follow(page, 'People in a browser'))).toEqual(['GET /portal']);
    const all = await browser.follow(page, 'All (4)');
    expect(paths(all)).toHaveLength(4);
    expect(paths(await browser.open('/?tab=requests&answer=failed'))).toEqual([
      'GET /v3.1/terms',
      'GET /v3.1/users/{id}',
    ]);
    expect(paths(await browser.open('/?tab=requests&answer=fault'))).toEqual(['GET /v3.1/terms']);
    const users = await browser.open('/?tab=requests&path=users&answer=failed');
    expect(paths(users)).toEqual(['GET /v3.1/users/{id}']);
    // Another list, with the same filter.
    expect((await browser.follow(users, 'All (')).url.search).toBe('?tab=requests&from=all&answer=failed&path=users');
    const none = await browser.open('/?tab=requests&path=%3Cb%3Enothing');
    expect(read(none)).toContain('Your app has sent none that match');
    expect(none.html).not.toContain('<b>nothing');
  });

  it('shows the latest requests of many', async ({ sandbox }) => {
    for (let asked = 0; asked < 60; asked += 1) {
      await ask(sandbox, '/v3.1/terms');
    }
    const { page } = await open(sandbox, '/?tab=requests');
    expect(page.html.match(/<tr/gu)).toHaveLength(26);
    expect(read(page)).toContain('The latest 25 of 60.');
  });

  it('leads from every tab to every other', async ({ sandbox }) => {
    const titles = ['Start', 'Districts', 'Changes', 'Faults', 'Requests', 'Time and reset'];
    for (const title of titles) {
      const { browser, page } = await open(sandbox);
      const there = await browser.follow(page, title);
      expect(there.status).toBe(200);
      for (const other of titles) {
        const { heading, html } = await browser.follow(there, other);
        expect(heading).toBe(other === 'Start' ? 'Clever on this machine' : other);
        expect(html.match(/aria-current="page"/gu)).toHaveLength(1);
      }
    }
    expect((await open(sandbox, '/?tab=constructor')).page.heading).toBe('Clever on this machine');
  });

  it('makes every roster change on its list, and reports the events', async () => {
    const sandbox = createSandbox({ students: 300 });
    const { browser, page } = await open(sandbox, '/?tab=changes');
    const changes = page.forms.flatMap(({ buttons }) => buttons.filter(({ name }) => name === 'change'));
    expect(changes.length).toBe(10);
    for (const { label } of changes) {
      const before = (await eventsOf(sandbox)).length;
      const after = await browser.press(page, label);
      const written = (await eventsOf(sandbox)).length - before;
      expect(written, label).toBeGreaterThan(0);
      expect(noticeOf(after), label).toBe(
        written === 1 ? 'Done. One event was written.' : `Done. ${written} events were written.`,
      );
      expect(after.heading).toBe('Changes');
    }
  });

  it('refers to code for changes that take long in a large district', async () => {
    const { browser, page } = await open(small({ districts: [{ students: 1_000_000 }] }), '/?tab=changes');
    expect(read(page)).toContain('changes.startSchoolYear()');
    const labels = page.forms.flatMap(({ buttons }) => buttons.map(({ label }) => label));
    expect(labels).not.toContain('New school year');
    expect(noticeOf(await browser.press(page, 'Class is dissolved'))).toContain('Done.');
  });

  it('says so when no person exists for a change', async () => {
    const sandbox = small({ districts: [{ district: { id: 'a', name: 'Empty' } }] });
    const { browser, page } = await open(sandbox, '/?tab=changes');
    for (const label of ['New student', 'Student leaves', 'Student moves', 'Class is dissolved', 'Contact gets']) {
      expect(noticeOf(await browser.press(page, label)), label).toContain('Nothing was changed');
    }
  });

  it('connects, disconnects and pauses districts, and rotates tokens', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const { browser } = await open(sandbox);
    const token = district.token;
    const press = async (label: string): Promise<string | undefined> =>
      noticeOf(await browser.press(await browser.open('/?tab=districts'), label));
    expect(await press('Rotate the token')).toContain('new token');
    expect(district.token).not.toBe(token);
    expect(await press('Pause')).toContain('paused');
    expect(district.paused).toEqual(['sis']);
    expect(await press('Resume')).toContain('no longer paused');
    expect(await press('Disconnect')).toContain('disconnected');
    expect(district.connection).toBe('library');
    expect(await press('Connect the app')).toContain('connected');
    expect(district.connection).toBe('district');
  });

  it('moves the clock, and resets the sandbox', async () => {
    let now = 1_800_000_000_000;
    const sandbox = small({ clock: () => now });
    const { browser, page } = await open(sandbox, '/?tab=time');
    expect(read(await browser.press(page, 'One hour'))).toContain('The time in the sandbox is 2027-01-15 09:00:00 UTC');
    now += 1_000;
    sandbox.districts[0].rotateToken();
    // Asked first: the tab has no button that resets.
    expect(labelsOf(page).filter((label) => label.includes('Reset'))).toEqual([]);
    const question = await browser.follow(page, 'Reset …');
    expect(read(question)).toContain('Reset the sandbox? This cannot be undone.');
    expect(labelsOf(await browser.follow(question, 'Cancel')).filter((label) => label.includes('Reset'))).toEqual([]);
    expect(noticeOf(await browser.press(question, 'Reset the sandbox'))).toContain('initial state');
    expect(read(await browser.open('/?tab=time'))).toContain('The time in the sandbox is 2027-01-15 08:00:01 UTC');
    expect(sandbox.districts[0].token).toBe(small().districts[0].token);
  });
});

describe('the dashboard is protected from other sites', () => {
  const forms = ['faults', 'faults/clear', 'requests/clear', 'clock', 'reset', 'districts'];

  it.for(forms)('%s refuses the form of another site', async (form, { sandbox }) => {
    sandbox.faults.add({ status: 500 });
    const before = [sandbox.faults.list().length, sandbox.districts[0].token];
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const body = new URLSearchParams({ kind: 'error', path: '*', times: '1', ms: '60000', click: 'rotate' });
      const response = await sandbox.fetch(`https://clever.com/sandbox/${form}`, { method: 'POST', headers, body });
      expect(response.status).toBe(403);
    }
    expect([sandbox.faults.list().length, sandbox.districts[0].token]).toEqual(before);
  });

  it.for(forms)('%s refuses unknown values', async (form, { sandbox }) => {
    const fields = { kind: '__proto__', path: 'x', times: '0', ms: '-1', click: 'constructor', change: 'toString' };
    const body = new URLSearchParams({ ...fields, district_id: sandbox.districts[0].id });
    const response = await sandbox.fetch(`https://clever.com/sandbox/${form}`, { method: 'POST', body });
    expect(response.status).toBe(303);
    expect(sandbox.faults.list()).toEqual([]);
    expect(await eventsOf(sandbox)).toEqual([]);
  });

  it('is not served under another host name', async ({ sandbox }) => {
    const at = async (origin: string, init?: RequestInit): Promise<number> =>
      (await sandbox.fetch(`${origin}/`, init)).status;
    const origins = ['http://localhost:3789', 'http://127.0.0.1:1', 'http://[::1]:1', 'http://app.localhost'];
    expect(await Promise.all(origins.map((origin) => at(origin)))).toEqual([200, 200, 200, 200]);
    expect([await at('http://rebound.example'), await at('http://localhost.evil.example')]).toEqual([403, 403]);
    const reset = await sandbox.fetch('http://rebound.example/sandbox/reset', { method: 'POST' });
    expect(reset.status).toBe(403);
  });

  it('does not repeat its address', async ({ sandbox }) => {
    const { page } = await open(sandbox, '/?tab=faults&done=%3Cb%3Ex&events=%3Cb%3E&district_id=%3Cb%3E');
    expect(page.html).not.toContain('<b>x');
    expect(noticeOf(page)).toBeUndefined();
    expect(queryOf(page)).toHaveProperty('done');
    expect(labelsOf(page)).toContain('500');
  });
});
