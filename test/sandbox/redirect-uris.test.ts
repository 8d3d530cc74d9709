import { createSandbox, type Sandbox, SandboxError, type SandboxState } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser, labelsOf } from './browser.js';
import { authorize, callbackOf, small } from './support.js';

const ASKED = 'http://localhost:5173/auth/callback';
const DEFAULT = 'http://localhost:3000/auth/clever/callback';
const BUTTON = 'Register it and continue';

function loginPath(sandbox: Sandbox, more: Readonly<Record<string, string>> = {}): string {
  const { clientId } = sandbox.clientOptions();
  const query = { response_type: 'code', client_id: clientId, redirect_uri: ASKED, state: 's&t' };
  return `/oauth/authorize?${new URLSearchParams({ ...query, ...more })}`;
}

function textOf(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>/gu, '')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ');
}

async function register(sandbox: Sandbox, fields: object, headers: Record<string, string> = {}, host = 'clever.com') {
  return await sandbox.fetch(`https://${host}/sandbox/redirect-uris`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ ...fields }),
  });
}

describe('the page of an unknown redirect URI', () => {
  it('shows what was asked and what is registered, and registers it with one click', async ({ listening }) => {
    const browser = new Browser(listening);
    const page = await browser.open(loginPath(listening));
    expect([page.status, page.heading]).toEqual([400, 'Unknown redirect URI']);
    expect(textOf(page.html)).toContain(`Asked for ${ASKED} Registered ${DEFAULT}`);
    const login = await browser.press(page, BUTTON);
    expect([login.status, login.heading]).toEqual([200, 'Log in to My app']);
    expect(listening.redirectUris).toEqual([ASKED, DEFAULT]);
    const [first = ''] = labelsOf(login).filter((label) => label !== 'Search');
    const arrival = await browser.press(login, first);
    expect(`${arrival.url.origin}${arrival.url.pathname}`).toBe(ASKED);
    expect(arrival.url.searchParams.get('state')).toBe('s&t');
    // The portal goes there, too, and not to the default.
    const portal = await browser.open('/portal/app');
    expect(portal.url.href).toMatch(`${ASKED}?code=`);
  });

  it('continues with the person whom the link names', async ({ sandbox }) => {
    const browser = new Browser(sandbox);
    const [person] = sandbox.people({ role: 'teacher' });
    const page = await browser.open(loginPath(sandbox, { sandbox_user: person?.id ?? '' }));
    expect((await browser.press(page, BUTTON)).url.href).toMatch(`${ASKED}?code=`);
  });

  it.for([
    ['http://localhost:5173/auth/clever/callback', 'the port'],
    ['http://127.0.0.1:3000/auth/clever/callback', 'the host'],
    ['https://localhost:3000/auth/clever/callback', 'the scheme'],
    ['http://localhost:3000/auth/clever/callback/', 'a slash at the end'],
    ['http://localhost:3000/auth/clever/Callback', 'the path'],
    ['http://localhost:3000/auth/clever/callback?x=1', 'the query'],
    ['https://other.example/callback', undefined],
    ['not a uri', undefined],
  ] as const)('says how %s differs', async ([asked, difference], { sandbox }) => {
    const { html } = await new Browser(sandbox).open(loginPath(sandbox, { redirect_uri: asked }));
    const expected = `It differs from ${DEFAULT} in ${difference}.`;
    expect(
      textOf(html)
        .replaceAll(/ (?=\.)/gu, '')
        .includes(expected),
    ).toBe(difference !== undefined);
  });

  it('says that the request has none', async ({ sandbox }) => {
    const { clientId } = sandbox.clientOptions();
    const page = await new Browser(sandbox).open(`/oauth/authorize?client_id=${clientId}&response_type=code`);
    expect([page.status, labelsOf(page)]).toEqual([400, []]);
    expect(textOf(page.html)).toContain('sent no redirect_uri');
  });

  it.for([
    'javascript:alert(1)',
    'data:text/html,x',
    'myapp://callback',
    'http://user:secret@localhost/',
    'http://localhost/#part',
    '/callback',
  ])('does not register %s with a click', async (uri, { sandbox }) => {
    const page = await new Browser(sandbox).open(loginPath(sandbox, { redirect_uri: uri }));
    expect(labelsOf(page)).toEqual([]);
    expect((await register(sandbox, { uri, next: '/' })).status).toBe(400);
    expect(sandbox.redirectUris).toEqual([DEFAULT]);
  });

  it('escapes what was asked', async ({ sandbox }) => {
    const uri = 'https://app.example/"><script>alert(1)</script>';
    const { html } = await new Browser(sandbox).open(loginPath(sandbox, { redirect_uri: uri, client_id: uri }));
    const other = await new Browser(sandbox).open(loginPath(sandbox, { redirect_uri: uri }));
    for (const page of [html, other.html]) {
      expect(page).not.toContain('<script>alert');
    }
  });

  it.for([
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('registers nothing for a form of another site (%o)', async (headers, { sandbox }) => {
    const response = await register(sandbox, { uri: ASKED, next: '/' }, headers as Record<string, string>);
    expect([response.status, sandbox.redirectUris]).toEqual([403, [DEFAULT]]);
  });

  it('registers nothing at another host name, or behind a proxy that was reached under one', async ({ sandbox }) => {
    const here = 'https://clever.com';
    const cases = [
      ['https://clever.example', {}],
      [here, { 'x-forwarded-host': 'tunnel.example' }],
      [here, { 'x-forwarded-host': 'localhost, tunnel.example' }],
      [here, { 'x-forwarded-host': '%' }],
    ] as const;
    for (const [origin, headers] of cases) {
      const page = await sandbox.fetch(`${origin}${loginPath(sandbox)}`, { headers });
      const html = await page.text();
      expect([page.status, html.includes(BUTTON), html.includes(ASKED)]).toEqual([400, false, true]);
      const { hostname } = new URL(origin);
      expect((await register(sandbox, { uri: ASKED, next: '/' }, headers, hostname)).status).toBe(403);
      expect((await sandbox.fetch(`${origin}/`, { headers })).status).toBe(403);
    }
    expect(sandbox.redirectUris).toEqual([DEFAULT]);
    expect((await sandbox.fetch(`${here}/`, { headers: { 'x-forwarded-host': 'localhost:80' } })).status).toBe(200);
  });

  it('leads to no other site afterwards', async ({ sandbox }) => {
    const response = await register(sandbox, { uri: ASKED, next: 'https://evil.example/' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  });
});

describe('the page of an unknown client', () => {
  it.for(['/oauth/authorize', '/oauth/instant-login'])(
    'of %s shows what was asked and what the app has',
    async (path, { sandbox }) => {
      const page = await new Browser(sandbox).open(`${path}?client_id=another&response_type=code`);
      expect([page.status, page.heading]).toEqual([400, 'Unknown app']);
      expect(textOf(page.html)).toContain(`Asked for another My app has ${sandbox.clientOptions().clientId}`);
      expect(page.html).not.toContain(sandbox.clientOptions().clientSecret);
    },
  );

  it('says that the request has none', async ({ sandbox }) => {
    const page = await new Browser(sandbox).open('/oauth/authorize');
    expect(textOf(page.html)).toContain('The request has no client_id');
  });
});

describe('registerRedirectUri()', () => {
  it('adds a redirect URI, after those of the options', async () => {
    const sandbox = small({ redirectUris: ['https://app.example/a'] });
    sandbox.registerRedirectUri(ASKED);
    sandbox.registerRedirectUri(ASKED);
    expect(sandbox.redirectUris).toEqual(['https://app.example/a', ASKED]);
    expect(sandbox.clientOptions().redirectUri).toBe('https://app.example/a');
    const user = sandbox.people({ role: 'teacher' })[0]?.id ?? '';
    const response = await authorize(sandbox, { sandbox_user: user, redirect_uri: ASKED });
    expect(callbackOf(response).get('code')).not.toBeNull();
  });

  it('takes the place of the default as the primary one', ({ sandbox }) => {
    expect(sandbox.redirectUris).toEqual([DEFAULT]);
    sandbox.registerRedirectUri('myapp://callback');
    expect(sandbox.clientOptions().redirectUri).toBe('myapp://callback');
    expect(sandbox.redirectUris).toEqual(['myapp://callback', DEFAULT]);
  });

  it.for(['', 'callback', '/callback', 'https://app.example/#x', 5])('refuses %j', (uri, { sandbox }) => {
    expect(() => sandbox.registerRedirectUri(uri as string)).toThrow(SandboxError);
    expect(() => createSandbox({ redirectUris: [uri as string] })).toThrow(SandboxError);
  });

  it('is forgotten by reset(), and kept by a snapshot', ({ sandbox, sandboxOptions }) => {
    sandbox.registerRedirectUri(ASKED);
    const state = JSON.parse(JSON.stringify(sandbox.snapshot())) as SandboxState;
    sandbox.reset();
    expect(sandbox.redirectUris).toEqual([DEFAULT]);
    expect(createSandbox({ ...sandboxOptions, state }).redirectUris).toEqual([ASKED, DEFAULT]);
    const named = createSandbox({ ...sandboxOptions, redirectUris: ['https://app.example/a'], state });
    expect(named.redirectUris).toEqual(['https://app.example/a', ASKED]);
    const { redirectUris: _, ...older } = state;
    expect(createSandbox({ ...sandboxOptions, state: older as SandboxState }).redirectUris).toEqual([DEFAULT]);
    const damaged = { ...state, redirectUris: ['x'] };
    expect(() => createSandbox({ ...sandboxOptions, state: damaged })).toThrow(/damaged at `redirectUris/u);
  });
});
