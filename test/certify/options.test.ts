import { type CertifyOptions, certify } from 'clever-sdk/certify';
import { expect, it } from 'vitest';

const APP = 'http://localhost:9';

it.for<[string, CertifyOptions, string, RegExp]>([
  ['an app at Clever', { app: 'https://clever.com' }, 'not_allowed', /host of Clever/u],
  [
    'an app at a subdomain of Clever',
    { app: 'https://api.clever.com', iOwnThisApp: 'api.clever.com' },
    'not_allowed',
    /host of Clever/u,
  ],
  [
    'Clever by its full name',
    { app: 'https://clever.com.', iOwnThisApp: 'clever.com.' },
    'not_allowed',
    /host of Clever/u,
  ],
  ['an app elsewhere', { app: 'https://app.example.com' }, 'not_allowed', /--i-own-this-app app\.example\.com/u],
  [
    'an app elsewhere under another name',
    { app: 'https://app.example.com', iOwnThisApp: 'example.com' },
    'not_allowed',
    /iOwnThisApp/u,
  ],
  ['no address', { app: 'localhost' }, 'options', /`app`/u],
  ['a suite that does not exist', { app: APP, suites: ['oneroster' as never] }, 'options', /`suites`/u],
  ['a probe that does not exist', { app: APP, only: ['sso.nothing'] }, 'options', /sso\.nothing/u],
  ['an expectation that is no verdict', { app: APP, expect: { 'sso.logout': 'bad' as never } }, 'options', /`expect`/u],
  ['a login page elsewhere', { app: APP, loginUrl: 'https://login.example.com/' }, 'options', /`loginUrl`/u],
  ['an option that does not exist', { app: APP, whoAmI: '/me' } as never, 'options', /`whoAmI`/u],
])('refuses %s, before it starts anything', async ([, options, reason, message]) => {
  const listening: unknown[] = [];
  const run = certify({ ...options, port: 0, onEvent: (event) => listening.push(event) });
  await expect(run).rejects.toMatchObject({ name: 'CertifyError', reason, message: expect.stringMatching(message) });
  expect(listening).toEqual([]);
});

it('starts no browser for a wrong `whoami`', async () => {
  const run = certify({ app: APP, port: 0, whoami: '/api/me', browser: 'chromium', browserPath: '/no/such/browser' });
  await expect(run).rejects.toMatchObject({ reason: 'options', message: expect.stringContaining('`whoami`') });
});

it('says why it did not begin when the app never comes', async () => {
  const run = certify({ app: APP, port: 0, waitMs: 1 });
  await expect(run).rejects.toMatchObject({ reason: 'app_not_ready', message: expect.stringContaining('variables') });
});
