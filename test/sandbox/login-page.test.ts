import type { Sandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, labelsOf, queryOf } from './browser.js';
import { small } from './support.js';

const twoDistricts = {
  appName: 'Reading Lab',
  districts: [
    { seed: 5, students: 60, name: 'North ISD' },
    { seed: 6, students: 60, name: 'South ISD', connection: 'library' },
  ],
} as const;

const itWithTwoDistricts = it.extend('sandboxOptions', twoDistricts);

function authorizePath(sandbox: Sandbox, more: Readonly<Record<string, string>> = {}): string {
  const { clientId, redirectUri } = sandbox.clientOptions();
  const query = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', ...more };
  return `/oauth/authorize?${new URLSearchParams(query)}`;
}

function fullName({ name }: { name: { first?: string | null; last?: string | null } }): string {
  return `${name.first} ${name.last}`;
}

describe('the login page', () => {
  itWithTwoDistricts('lists people by role, each a button that logs in', async ({ sandbox }) => {
    const browser = new Browser(sandbox);
    const page = await browser.open(authorizePath(sandbox, { state: 'a&b="c"' }));
    expect([page.status, page.heading]).toEqual([200, 'Log in to Reading Lab']);
    for (const role of ['Teachers', 'Students', 'School admins', 'District admins']) {
      expect(page.html).toContain(`>${role}</h2>`);
    }
    const [teacher] = sandbox.people({ role: 'teacher', limit: 1 });
    const arrival = await browser.press(page, teacher === undefined ? '' : fullName(teacher));
    expect(arrival.url.href).toMatch(/^http:\/\/localhost:3000\/auth\/clever\/callback\?/u);
    expect(queryOf(arrival)).toEqual({ code: expect.stringMatching(/^[0-9a-f]{40}$/u), state: 'a&b="c"' });
  });

  it.for(['student', 'teacher', 'staff', 'district_admin'] as const)(
    'signs in a %s with that role',
    async (role, { sandbox }) => {
      const browser = new Browser(sandbox);
      const person = sandbox.people({ role }).find(({ name }) => name.first !== '' && name.last !== '');
      const page = await browser.open(authorizePath(sandbox, { role, q: person?.id ?? '' }));
      const arrival = await browser.press(page, person === undefined ? '' : fullName(person));
      const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
      const response = await sandbox.fetch('https://clever.com/oauth/tokens', {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: queryOf(arrival)['code'] ?? '',
          redirect_uri: redirectUri,
        }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      const who = await sandbox.fetch('https://api.clever.com/userinfo', {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await who.json()).toMatchObject({ sub: person?.id, user_type: role });
    },
  );

  it('finds people by a part of the name, in any case and without accents', async () => {
    const user = (id: string, first: string, last: string) => ({
      ...{ id, name: { first, last }, email: `${id}@x.example` },
      roles: { teacher: {} },
    });
    const sandbox = small({
      districts: [{ district: { id: 'd' }, users: [user('u1', 'Zoë', 'Müller'), user('u2', 'Anna', 'Mull')] }],
    });
    const names = async (q: string) =>
      labelsOf(await new Browser(sandbox).open(authorizePath(sandbox, { q }))).filter((label) => label.includes('@'));
    expect(await names('ZOE mull')).toEqual(['Zoë Müller u1@x.example']);
    expect(await names('mull')).toHaveLength(2);
    expect(await names('u2@X.example')).toEqual(['Anna Mull u2@x.example']);
    expect(await names('u1')).toEqual(['Zoë Müller u1@x.example']);
    expect((await new Browser(sandbox).open(authorizePath(sandbox, { q: 'no such person' }))).html).toContain(
      'Try fewer letters',
    );
  });

  itWithTwoDistricts('keeps the login’s parameters in a search, which is a plain form', async ({ sandbox }) => {
    const page = await new Browser(sandbox).open(authorizePath(sandbox, { state: 's', nonce: 'n', role: 'teacher' }));
    const search = page.forms.find(({ method }) => method === 'get');
    expect(search?.action).toBe('/oauth/authorize');
    expect(Object.fromEntries(search?.fields ?? [])).toMatchObject({ state: 's', nonce: 'n', role: 'teacher' });
    expect(page.html).toContain('<label for="q">');
    expect(page.html).toContain('<label for="district">');
  });

  itWithTwoDistricts('preselects a district, and shows people of no other', async ({ sandbox }) => {
    const south = sandbox.districts[1]?.id ?? '';
    const page = await new Browser(sandbox).open(authorizePath(sandbox, { district_id: south }));
    expect(page.html).toMatch(new RegExp(`<option value="${south}" selected`, 'u'));
    const person = page.forms.flatMap(({ buttons }) => buttons).filter(({ name }) => name === 'person');
    expect(person.length).toBeGreaterThan(4);
    expect(person.every(({ value }) => new URLSearchParams(value).get('district') === south)).toBe(true);
    const unknown = await new Browser(sandbox).open(authorizePath(sandbox, { district_id: 'nowhere' }));
    expect(unknown.html).not.toContain('selected');
  });

  itWithTwoDistricts('filters by role', async ({ sandbox }) => {
    const browser = new Browser(sandbox);
    const page = await browser.follow(await browser.open(authorizePath(sandbox)), 'School admins');
    expect(page.html).toContain('aria-current="true">School admins');
    expect([...page.html.matchAll(/<h2 id="(\w+)"/gu)].map(([, id]) => id)).toEqual(['staff']);
  });

  it('stays short in a large district', async () => {
    const sandbox = small({ districts: [{ seed: 5, students: 3_000 }] });
    const page = await new Browser(sandbox).open(authorizePath(sandbox));
    expect(labelsOf(page).length).toBeLessThan(45);
    expect(page.html).toContain('The list has more people.');
  });

  it('allows no script and no framing, and loads nothing from elsewhere', async ({ sandbox }) => {
    const { headers, html } = await new Browser(sandbox).open(authorizePath(sandbox));
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('script');
    const nonce = /'nonce-([^']+)'/u.exec(policy)?.[1] ?? '';
    expect(html).toContain(`<style nonce="${nonce}">`);
    expect(html).not.toMatch(/<script|<link|<img|\sstyle=|\son\w+=|(?:src|href|action)="(?:https?:)?\/\//u);
  });
});

describe('hostile names', () => {
  const evil = `"><script>alert(1)</script>'&amp;`;
  const user = {
    id: `x"><b>'/&`,
    name: { first: evil, last: evil },
    email: evil,
    roles: { teacher: { title: evil }, student: { grade: evil } },
  };
  const district = { id: `d"'<i>/`, name: evil, portal_url: 'javascript:alert(1)' };
  const sandbox = small({ appName: evil, districts: [{ district, users: [user], connection: 'library' }] });

  it('are text on every page, and these people can log in', async () => {
    const browser = new Browser(sandbox);
    const pages = [await browser.open(authorizePath(sandbox, { q: '', state: evil, role: evil, nonce: evil }))];
    const [login] = pages;
    const name = `${evil} ${evil}`;
    expect(labelsOf(login as NonNullable<typeof login>).filter((label) => label.startsWith(name))).toHaveLength(2);
    const consent = await browser.press(login as NonNullable<typeof login>, name);
    pages.push(consent);
    for (const path of [
      '/',
      '/portal',
      '/library',
      '/library/install',
      '/oauth/logout',
      `/in/${encodeURIComponent(district.id)}`,
    ]) {
      pages.push(await browser.open(path));
    }
    pages.push(await browser.open(authorizePath(sandbox, { confirmed: 'false', state: evil })));
    for (const { html, status } of pages) {
      expect(status).toBe(200);
      expect(html).not.toContain('<script>');
      expect(html).not.toContain('href="javascript');
      expect(html).not.toContain('<i>');
    }
    const arrival = await browser.press(consent, 'Install and share');
    expect(queryOf(arrival)).toMatchObject({ code: expect.any(String), state: evil });
  });

  it('in the address of a page are also text', async () => {
    for (const path of [
      `/in/${encodeURIComponent(evil)}`,
      `/portal?q=${encodeURIComponent(evil)}`,
      `/library?district_id=${encodeURIComponent(evil)}&${encodeURIComponent(evil)}=1`,
    ]) {
      expect((await new Browser(sandbox).open(path)).html).not.toContain('<script');
    }
  });
});
