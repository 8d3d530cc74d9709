import type { CleverCallbackError } from 'clever-sdk';
import { afterEach, describe, expect, vi } from 'vitest';
import { locationOf } from '../support/browser.js';
import {
  CALLBACK,
  COOKIE_SECRET,
  changed,
  comeBack,
  cookiesOf,
  expectNoLeaks,
  isRestart,
  it,
  makeApp,
  PEOPLE,
  START,
} from './support.js';

expectNoLeaks();
afterEach(() => void vi.useRealTimers());

const BINDING = '__Host-clever_login.0';
const MEMORY = '__Host-clever_login';

describe('the state', () => {
  it('is rejected when any of its characters is changed', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const state = callback.searchParams.get('state') ?? '';
    for (let at = 0; at < state.length; at += 1) {
      const other = state[at] === 'A' ? 'B' : 'A';
      await browser.send(changed(callback, { state: `${state.slice(0, at)}${other}${state.slice(at + 1)}` }));
    }
    expect(app.failures.map(({ error }) => (error as CleverCallbackError).reason)).toEqual(
      Array.from({ length: state.length }, () => 'state_mismatch'),
    );
    expect(app.exchanges).toEqual([]);
    expect((await browser.open(callback)).status).toBe(200);
  });

  it('is not the content of another cookie of the same app', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const memory = cookiesOf(await browser.send(callback)).split('=')[1] ?? '';
    await browser.send(changed(callback, { state: memory }));
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
  });

  it('of another app with the same library and another secret opens nothing here', async () => {
    const [app, elsewhere] = [makeApp(), makeApp({ login: { cookieSecret: 'canary-another-secret-of-32-bytes!!' } })];
    const browser = elsewhere.browser();
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    await app.browser().send(callback, { headers: { cookie: cookiesOf(away) } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
  });

  it('expires after ten minutes, even when a copy of the cookie was kept', async ({ app, browser }) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const away = await browser.send(START);
    const copy = cookiesOf(away);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    const callback = locationOf(await browser.send(locationOf(away)));
    expect(browser.cookieHeader(CALLBACK)).toBe('');
    await browser.send(callback);
    await browser.send(callback, { headers: { cookie: copy } });
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
    const cookie = cookiesOf(away);
    // The same Clever, and an app that was deployed again in the meantime.
    const deploy = (cookieSecret: string | string[]) => {
      const reasons: string[] = [];
      const login = before.clever.login({
        cookieSecret,
        onLogin: ({ identity }) => Response.json({ in: identity.id === PEOPLE.teacher.id }),
        onError: ({ error }) => {
          reasons.push((error as CleverCallbackError).reason);
          return new Response('no', { status: 400 });
        },
      });
      return {
        login,
        reasons,
        callback: (url: URL, value: string) => login.callback(new Request(url, { headers: { cookie: value } })),
      };
    };
    const unknown = deploy([newer]);
    await unknown.callback(callback, cookie);
    expect(unknown.reasons).toEqual(['state_mismatch']);

    const rotated = deploy([newer, older]);
    const response = await rotated.callback(callback, cookie);
    expect(await response.json()).toEqual({ in: true });

    const next = await rotated.login.start(new Request(START, { headers: { cookie } }));
    const nextCallback = locationOf(await browser.send(locationOf(next)));
    expect(await (await deploy([newer]).callback(nextCallback, cookiesOf(next))).json()).toEqual({ in: true });
    const old = deploy([older]);
    await old.callback(nextCallback, cookiesOf(next));
    expect(old.reasons).toEqual(['state_mismatch']);
  });

  it('of a finished login is remembered by the browser, so another process exchanges nothing', async ({
    app,
    browser,
  }) => {
    const callback = await comeBack(browser);
    await browser.send(callback);
    const login = app.clever.login({ cookieSecret: COOKIE_SECRET, onLogin: () => new Response('in') });
    const cookie = browser.cookieHeader(CALLBACK);
    expect(isRestart(await login.callback(new Request(callback, { headers: { cookie } })))).toBe(true);
    expect(app.exchanges).toHaveLength(1);
  });
});

describe('the cookie', () => {
  it.for([
    ['cut', (value: string) => value.slice(0, -1)],
    ['longer', (value: string) => `${value}A`],
    ['emptied', () => `${BINDING}=`],
    ['changed', (value: string) => `${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`],
    ['renamed', (value: string) => value.replace('__Host-', '')],
    ['renamed to an unknown number', (value: string) => value.replace(/\.\d/u, '.10')],
    ['replaced by text', () => `${BINDING}=canary-not-a-binding`],
  ] as const)('is rejected when %s', async ([_, tamper], { app, browser }) => {
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    await browser.send(callback, { headers: { cookie: tamper(cookiesOf(away)) } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it('is found among others, even after junk of the same names', async ({ app, browser }) => {
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    const junk = [
      'session=1',
      `${BINDING}=broken`,
      ...Array.from({ length: 10 }, (_, index) => `${MEMORY}.${index}=${'x'.repeat(22)}`),
      ...Array.from({ length: 50 }, () => `${MEMORY}=broken`),
      `x${BINDING}=2`,
    ];
    await browser.send(callback, { headers: { cookie: [...junk, cookiesOf(away)].join('; ') } });
    expect(app.results).toHaveLength(1);
  });

  it('may be hidden by junk on a longer path on this machine, where the name has no prefix', async () => {
    const redirectUri = 'http://localhost:3000/auth/clever/callback';
    const app = makeApp({ redirectUri });
    const browser = app.browser();
    const callback = await comeBack(browser, 'http://localhost:3000/auth/clever');
    for (let index = 0; index < 10; index += 1) {
      browser.setCookie(`clever_login.${index}=${'x'.repeat(22)}; Path=/auth`, callback);
    }
    browser.setCookie('clever_login=junk; Path=/auth', callback);
    await browser.send(callback);
    expect(app.results).toHaveLength(1);
    expect(isRestart(await browser.send(callback))).toBe(true);
  });

  it('cannot be set by another host of the domain', async ({ app, browser }) => {
    const attacker = app.browser(PEOPLE.student.id);
    const callback = await comeBack(attacker);
    for (const pair of attacker.cookieHeader(CALLBACK).split('; ')) {
      browser.setCookie(`${pair}; Domain=example.com; Path=/; Secure`, 'https://evil.example.com/');
    }
    await browser.send(callback);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.results).toEqual([]);
  });

  it('of another browser opens nothing here', async ({ app }) => {
    const [one, other] = [app.browser(), app.browser(PEOPLE.student.id)];
    const callback = await comeBack(one);
    const foreign = cookiesOf(await other.send(START));
    await one.send(callback, { headers: { cookie: foreign } });
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it('of an older version is dropped, and the header cannot be split', async ({ browser }) => {
    const names = [
      '__Secure-clever_login.old45678',
      `__Secure-clever_login.${'x'.repeat(300)}`,
      '__Secure-clever_login.a\u00e9',
    ];
    const cookie = [...names.map((name) => `${name}=canary`), 'session=1'].join('; ');
    const response = await browser.send(START, { headers: { cookie } });
    expect(isRestart(response)).toBe(true);
    const dropped = response.headers.getSetCookie().filter((header) => /Max-Age=0/u.test(header));
    expect(dropped).toEqual([
      '__Secure-clever_login.old45678=; Max-Age=0; Path=/auth/clever; HttpOnly; SameSite=Lax; Secure',
    ]);
  });

  it('may arrive in large numbers: the response stays small', async ({ app, browser }) => {
    const away = await browser.send(START);
    const callback = locationOf(await browser.send(locationOf(away)));
    const names = [MEMORY, BINDING, '__Secure-clever_login.x'];
    const masses = names.flatMap((name) => Array.from({ length: 100 }, (_, index) => `${name}${index}=canary`));
    const response = await browser.send(callback, { headers: { cookie: [...masses, cookiesOf(away)].join('; ') } });
    expect(app.results).toHaveLength(1);
    expect(response.headers.getSetCookie().length).toBeLessThanOrEqual(20);
  });
});
