import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, labelsOf } from './browser.js';
import { authorizePath, signedIn, someone, TWO_DISTRICTS } from './visitors.js';

it.override('sandboxOptions', TWO_DISTRICTS);

describe('forms', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.clever.com' },
    { 'sec-fetch-site': 'none' },
  ];

  it.for(foreign)('of another site change nothing (%o)', async (headers, { sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher', 1));
    for (const [path, label] of [
      ['/library/install', 'Install and share'],
      ['/oauth/logout', 'Sign out'],
      [authorizePath(sandbox), 'Install and share'],
      ['/portal', 'Switch person'],
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

  it.for(['https://evil.example', 'null', 'https://clever.com.evil.example'])(
    'are judged by their origin %s when a browser sends nothing else',
    async (origin, { sandbox }) => {
      const response = await sandbox.fetch('https://clever.com/oauth/logout', {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ next: '/' }),
      });
      expect(response.status).toBe(403);
    },
  );

  it.for([
    'https://evil.example/portal',
    '//evil.example/portal',
    '/\\evil.example/portal',
    '/.//evil.example/portal',
    '/portal/..//evil.example',
    '/oauth/consent',
    '/oauth/logout',
    'javascript:alert(1)',
    '',
  ])('redirect nowhere else: %s', async (next, { sandbox }) => {
    const response = await sandbox.fetch('https://clever.com/oauth/logout', {
      method: 'POST',
      body: new URLSearchParams({ next }),
    });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  });

  it('do not sign in people whom the sandbox does not have', async ({ sandbox }) => {
    for (const person of ['', 'district=x&user=y', `district=${sandbox.districts[0].id}&user=CANARY`]) {
      const response = await sandbox.fetch('https://clever.com/oauth/sign-in', {
        method: 'POST',
        body: new URLSearchParams({ person, next: '/portal' }),
      });
      expect([response.status, response.headers.getSetCookie()]).toEqual([404, []]);
      expect(await response.text()).not.toContain('CANARY');
    }
  });
});
