import type { CleverCallbackError } from 'clever-sdk';
import { afterEach, describe, expect, vi } from 'vitest';
import { locationOf } from '../support/browser.js';
import {
  CALLBACK,
  COOKIE,
  COOKIE_SECRET,
  comeBack,
  cookieOf,
  expectNoLeaks,
  isRestart,
  it,
  makeApp,
  PEOPLE,
  START,
} from './support.js';

expectNoLeaks();
afterEach(() => void vi.useRealTimers());

describe('the cookie', () => {
  it.for([0, 2, 3, 4])('is rejected when a bit of its part %i is flipped', async (index, { app, browser }) => {
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    const parts = cookieOf(away).split('.');
    expect(parts).toHaveLength(5);
    const part = parts[index] ?? '';
    const at = Math.floor(part.length / 2);
    parts[index] = `${part.slice(0, at)}${part[at] === 'A' ? 'B' : 'A'}${part.slice(at + 1)}`;
    await browser.send(callback, { headers: { cookie: `${COOKIE}=${parts.join('.')}` } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it.for([
    ['cut', (value: string) => value.slice(0, -8)],
    ['emptied', () => ''],
    ['replaced by text', () => 'canary-not-a-token'],
    ['replaced by an unsigned token', () => 'eyJhbGciOiJub25lIn0.eyJ2Ijp7Im9wZW4iOltdLCJmaW5pc2hlZCI6W119fQ.'],
    ['given an encrypted key', (value: string) => value.replace('..', '.AAAA.')],
  ] as const)('is rejected when %s', async ([_, tamper], { app, browser }) => {
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    await browser.send(callback, { headers: { cookie: `${COOKIE}=${tamper(cookieOf(away))}` } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it('is found among others, even after a broken one of the same name', async ({ app, browser }) => {
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    const cookie = `session=1; ${COOKIE}=broken; x${COOKIE}=2; ${COOKIE}=${cookieOf(away)}`;
    await browser.send(callback, { headers: { cookie } });
    expect(app.results).toHaveLength(1);
  });

  it('of another browser opens nothing here', async ({ app }) => {
    const [one, other] = [app.browser(), app.browser(PEOPLE.student.id)];
    const callback = await comeBack(one);
    const foreign = cookieOf(await other.send(START));
    await one.send(callback, { headers: { cookie: `${COOKIE}=${foreign}` } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it('of another app with the same library and another secret opens nothing here', async () => {
    const [app, elsewhere] = [makeApp(), makeApp({ login: { cookieSecret: 'canary-another-secret-of-32-bytes!!' } })];
    const browser = elsewhere.browser();
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    await app.browser().send(callback, { headers: { cookie: `${COOKIE}=${cookieOf(away)}` } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
  });

  it('expires after ten minutes, even when a copy was kept', async ({ app, browser }) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const away = await browser.send(START);
    const copy = cookieOf(away);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    const callback = locationOf(await browser.send(locationOf(away)));
    expect(browser.cookieHeader(CALLBACK)).toBe('');
    await browser.send(callback);
    await browser.send(callback, { headers: { cookie: `${COOKIE}=${copy}` } });
    expect(app.failures.map(({ error }) => (error as CleverCallbackError).reason)).toEqual([
      'state_mismatch',
      'state_mismatch',
    ]);
    expect(app.failures[0]?.error.userMessage).toMatch(/too long/u);
    expect(app.exchanges).toEqual([]);
  });

  it('still opens after nine minutes', async ({ app, browser }) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const away = await browser.send(START);
    vi.setSystemTime(Date.now() + 9 * 60_000);
    await browser.open(locationOf(away));
    expect(app.results).toHaveLength(1);
  });

  it('opens with an old secret of the list, is sealed with the first, and does not open with an unknown one', async () => {
    const [older, newer] = [COOKIE_SECRET, 'canary-the-next-secret-of-32-bytes!!'];
    const before = makeApp({ login: { cookieSecret: older } });
    const browser = before.browser();
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    const cookie = `${COOKIE}=${cookieOf(away)}`;
    // The same Clever, and an app that was deployed again in the meantime.
    const deploy = (cookieSecret: string | string[]) => {
      const states: string[] = [];
      const login = before.clever.login({
        cookieSecret,
        onLogin: ({ identity }) => Response.json({ in: identity.id === PEOPLE.teacher.id }),
        onError: ({ error }) => {
          states.push((error as CleverCallbackError).reason);
          return new Response('no', { status: 400 });
        },
      });
      return {
        states,
        callback: (url: URL, value: string) => login.callback(new Request(url, { headers: { cookie: value } })),
      };
    };
    const unknown = deploy([newer]);
    await unknown.callback(callback, cookie);
    expect(unknown.states).toEqual(['state_mismatch']);

    const rotated = deploy([newer, older]);
    const response = await rotated.callback(callback, cookie);
    expect(await response.json()).toEqual({ in: true });
    const resealed = `${COOKIE}=${cookieOf(response)}`;
    // Finished with only the new secret: an app with only the old one does not know it.
    expect(isRestart(await deploy([newer]).callback(callback, resealed))).toBe(true);
    const old = deploy([older]);
    await old.callback(callback, resealed);
    expect(old.states).toEqual(['state_mismatch']);
  });

  it('that is useless is deleted, whatever its name, and the header cannot be split', async ({ browser }) => {
    const names = [
      '__Secure-clever_login.old',
      `__Secure-clever_login.${'x'.repeat(300)}`,
      '__Secure-clever_login.a\u00e9',
    ];
    const cookie = [...names.map((name) => `${name}=canary`), 'session=1'].join('; ');
    const response = await browser.send(START, { headers: { cookie } });
    expect(isRestart(response)).toBe(true);
    const dropped = response.headers.getSetCookie().filter((header) => /Max-Age=0/u.test(header));
    expect(dropped.map((header) => header.split('=')[0])).toEqual(['__Secure-clever_login.old']);
    expect(dropped[0]).toMatch(/^__Secure-clever_login\.old=; .*Secure/u);
  });

  it('may arrive in large numbers: only a few are opened, and the response stays quick', async ({ browser }) => {
    const masses = Array.from({ length: 400 }, (_, index) => `${COOKIE}${index}=canary`).join('; ');
    const response = await browser.send(CALLBACK, { headers: { cookie: masses } });
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie().length).toBeLessThanOrEqual(20);
  });
});
