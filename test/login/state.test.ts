import { CleverCallbackError } from 'clever-sdk';
import { afterEach, describe, expect, vi } from 'vitest';
import { locationOf } from '../support/browser.js';
import { changed, comeBack, comeFromPortal, expectNoLeaks, isRestart, it, makeApp, PEOPLE, START } from './support.js';

expectNoLeaks();
afterEach(() => void vi.useRealTimers());

describe('state', () => {
  it('logs in the person who pressed the button', async ({ app }) => {
    const page = await app.browser().open(`${START}?returnTo=/lessons?week=2`);
    expect(page.url.href).toBe('https://app.example.com/lessons?week=2');
    expect(app.failures).toEqual([]);
    expect(app.exchanges).toHaveLength(1);
    const [result] = app.results;
    expect(result?.identity.id).toBe(PEOPLE.teacher.id);
    expect(result).toMatchObject({ isCleverInitiated: false, returnTo: '/lessons?week=2', hasSwitchedAccount: false });
    expect(result?.token.access_token).toMatch(/^il/u);
  });

  it('refuses a forged one', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const response = await browser.send(changed(callback, { state: 'forged-by-another-site' }));
    expect(response.status).toBe(400);
    expect(app.failures[0]?.error).toMatchObject({ code: 'oauth_callback', reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
    expect(app.results).toEqual([]);
  });

  it('refuses the right one with more text after it, and a part of it', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const state = callback.searchParams.get('state') ?? '';
    for (const forged of [`${state}x`, state.slice(0, -1), state.toUpperCase(), `${state}\0`, ` ${state}`]) {
      await browser.send(changed(callback, { state: forged }));
    }
    expect(app.failures.map(({ error }) => (error as CleverCallbackError).reason)).toEqual(
      Array.from({ length: 5 }, () => 'state_mismatch'),
    );
    expect(app.exchanges).toEqual([]);
  });

  it('refuses one that this browser was not sent away with: login CSRF', async ({ app }) => {
    const [attacker, victim] = [app.browser(PEOPLE.student.id), app.browser()];
    const callback = await comeBack(attacker);
    await comeBack(victim);
    await victim.send(callback);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it('refuses one without any cookie', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    browser.clearCookies();
    await browser.send(callback);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_mismatch' });
    expect(app.exchanges).toEqual([]);
  });

  it('works once: with a second code it starts a new login', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    await browser.send(callback);
    const other = await comeBack(app.browser(PEOPLE.student.id));
    const replay = await browser.send(changed(callback, { code: other.searchParams.get('code') ?? '' }));
    expect(isRestart(replay)).toBe(true);
    expect(locationOf(replay).searchParams.get('state')).not.toBe(callback.searchParams.get('state'));
    expect(app.exchanges).toHaveLength(1);
    expect(app.results).toHaveLength(1);
  });

  it('is sent with a nonce, both new for each login', async ({ browser }) => {
    const first = locationOf(await browser.send(START)).searchParams;
    const second = locationOf(await browser.send(START)).searchParams;
    const values = [first, second].flatMap((parameters) => [parameters.get('state'), parameters.get('nonce')]);
    expect(new Set(values).size).toBe(4);
    for (const value of values) {
      expect(value).toMatch(/^[\w-]{43,500}$/u);
    }
  });
});

describe('a callback without state', () => {
  it('a denied login does not count against the next one from the portal', async ({ app, browser }) => {
    const restart = await browser.send(await comeFromPortal(app, browser));
    const state = locationOf(restart).searchParams.get('state') ?? '';
    const denied = await browser.send(
      `https://app.example.com/auth/clever/callback?error=access_denied&state=${state}`,
    );
    expect(denied.status).toBe(403);
    expect(isRestart(await browser.send(await comeFromPortal(app, browser)))).toBe(true);
  });

  it('is sent back to Clever once, and its code is not used', async ({ app, browser }) => {
    const first = await comeFromPortal(app, browser);
    const restart = await browser.send(first);
    expect(isRestart(restart)).toBe(true);
    expect(locationOf(restart).searchParams.get('state')).toMatch(/^[\w-]{43,500}$/u);
    const page = await browser.open(locationOf(restart));
    expect(page.url.pathname).toBe('/');
    expect(app.results[0]).toMatchObject({ isCleverInitiated: true, returnTo: '/' });
    expect(app.results[0]?.identity.id).toBe(PEOPLE.teacher.id);
    expect(app.exchanges.map((body) => body.get('code'))).not.toContain(first.searchParams.get('code'));
    expect(app.exchanges).toHaveLength(1);
  });

  it('may come twice: both tabs of a double click end logged in', async ({ app, browser }) => {
    const arrivals = [await comeFromPortal(app, browser), await comeFromPortal(app, browser)];
    const restarts = await Promise.all(arrivals.map((arrival) => browser.send(arrival)));
    expect(restarts.every(isRestart)).toBe(true);
    const pages = await Promise.all(restarts.map((restarted) => browser.open(locationOf(restarted))));
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect(app.results).toHaveLength(2);
    expect(app.failures).toEqual([]);
  });

  it('may come five times within a minute: the portal of a shared device', async ({ app, browser }) => {
    for (let arrival = 0; arrival < 5; arrival += 1) {
      expect(isRestart(await browser.send(await comeFromPortal(app, browser)))).toBe(true);
    }
    await browser.open(await comeFromPortal(app, browser));
    expect(app.results).toHaveLength(1);
  });

  it('ends in an error within ten arrivals when the browser is sent in a circle', async ({ app, browser }) => {
    // Something between the app and Clever removes the parameter.
    const page = await browser.open(await comeFromPortal(app, browser), (url) => changed(url, { state: undefined }));
    expect(page.status).toBe(400);
    expect(browser.history.filter(({ pathname }) => pathname === '/auth/clever/callback').length).toBeLessThan(10);
    expect(app.failures[0]?.error).toBeInstanceOf(CleverCallbackError);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_missing' });
    expect(app.exchanges).toEqual([]);
    // The error ends the circle, so that the person can try again.
    await browser.open(await comeFromPortal(app, browser));
    expect(app.results).toHaveLength(1);
  });

  it.for([
    ['five minutes ahead', 5 * 60_000],
    ['an hour back', -60 * 60_000],
    ['ten seconds back', -10_000],
  ] as const)('works when the clock is set %s between arrivals', async ([_, change], { app, browser }) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let arrival = 0; arrival < 4; arrival += 1) {
      expect(isRestart(await browser.send(await comeFromPortal(app, browser)))).toBe(true);
      vi.setSystemTime(Date.now() + change);
    }
    await browser.open(await comeFromPortal(app, browser));
    expect(app.results).toHaveLength(1);
    expect(app.failures).toEqual([]);
  });

  it('ends a circle even where the clock runs back', async ({ app, browser }) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let arrivals = 0;
    while (app.failures.length === 0 && arrivals < 10) {
      arrivals += 1;
      await browser.send(await comeFromPortal(app, browser));
      vi.setSystemTime(Date.now() - 5_000);
    }
    expect(arrivals).toBeLessThan(10);
    expect(app.failures).toHaveLength(1);
  });

  it('is forgotten after a minute', async ({ app, browser }) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let arrival = 0; arrival < 20; arrival += 1) {
      expect(isRestart(await browser.send(await comeFromPortal(app, browser)))).toBe(true);
      vi.setSystemTime(Date.now() + 15_000);
    }
    expect(app.failures).toEqual([]);
  });

  it('works for several visits in a row', async ({ app, browser }) => {
    for (let visit = 0; visit < 3; visit += 1) {
      await browser.open(await comeFromPortal(app, browser));
    }
    expect(app.results).toHaveLength(3);
    expect(app.failures).toEqual([]);
  });

  it('does not loop in a browser that blocks cookies', async ({ app, browser }) => {
    const restart = await browser.send(await comeFromPortal(app, browser));
    browser.clearCookies();
    const page = await browser.open(locationOf(restart));
    expect(page.status).toBe(400);
    expect(app.failures[0]?.error.userMessage).toMatch(/log in again/u);
    expect(app.exchanges).toEqual([]);
  });

  it("is refused at once under cleverInitiated: 'reject'", async () => {
    const app = makeApp({ login: { cleverInitiated: 'reject' } });
    const browser = app.browser();
    const response = await browser.send(await comeFromPortal(app, browser));
    expect(response.status).toBe(400);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'state_missing' });
    expect(app.exchanges).toEqual([]);
    await browser.open(START);
    expect(app.results).toHaveLength(1);
  });

  it.for(['', '   '])('treats an empty state (%j) as missing or as forged', async (state, { app, browser }) => {
    await browser.send(changed(await comeBack(browser), { state }));
    expect(app.exchanges).toEqual([]);
    expect(app.results).toEqual([]);
  });
});
