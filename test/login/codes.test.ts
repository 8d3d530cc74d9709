import { type CleverCallbackError, CleverTokenError } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { locationOf } from '../support/browser.js';
import {
  CALLBACK,
  changed,
  comeBack,
  comeFromPortal,
  expectNoLeaks,
  isRestart,
  it,
  makeApp,
  START,
} from './support.js';

expectNoLeaks();

describe('a code', () => {
  it('is exchanged once when the browser calls twice at the same time', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const responses = await Promise.all([browser.send(callback), browser.send(callback), browser.send(callback)]);
    expect(app.exchanges).toHaveLength(1);
    expect(app.results).toHaveLength(1);
    expect(app.failures).toEqual([]);
    expect(responses.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(responses.filter(isRestart)).toHaveLength(2);
  });

  it('leads the second of two calls to onRepeat', async () => {
    const repeats: Request[] = [];
    const onRepeat = ({ request }: { request: Request }): Response => {
      repeats.push(request);
      return new Response(null, { status: 303, headers: { location: '/home' } });
    };
    const app = makeApp({ login: { onRepeat } });
    const browser = app.browser();
    const callback = await comeBack(browser);
    const responses = await Promise.all([browser.send(callback), browser.send(callback)]);
    expect(app.exchanges).toHaveLength(1);
    expect(repeats).toHaveLength(1);
    expect(responses.map((response) => response.headers.get('location')).sort()).toEqual(['/', '/home']);
    expect((await browser.open(callback)).url.pathname).toBe('/home');
    expect(app.exchanges).toHaveLength(1);
  });

  it('leads to a new login without a page, after a reload and after the back button', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    for (let call = 1; call <= 3; call += 1) {
      const page = await browser.open(callback);
      expect(page.status).toBe(200);
      expect(app.results).toHaveLength(call);
      expect(app.exchanges).toHaveLength(call);
    }
    const codes = app.exchanges.map((body) => body.get('code'));
    expect(new Set(codes).size).toBe(3);
    expect(app.failures).toEqual([]);
  });

  it('leads to a new login when onRepeat finds no session', async () => {
    const app = makeApp({ login: { onRepeat: () => undefined } });
    const browser = app.browser();
    const callback = await comeBack(browser);
    await browser.send(callback);
    expect(isRestart(await browser.send(callback))).toBe(true);
  });

  it('that is invalid leads to a new login, and is not exchanged twice', async ({ app, browser }) => {
    const callback = changed(await comeBack(browser), { code: 'canary-garbage-code' });
    expect((await browser.open(callback)).status).toBe(200);
    expect(app.results).toHaveLength(1);
    expect(isRestart(await browser.send(callback))).toBe(true);
    expect(app.failures).toEqual([]);
    expect(app.exchanges.map((body) => body.get('code')).filter((code) => code === 'canary-garbage-code')).toHaveLength(
      1,
    );
  });

  it.for([
    { error: 'invalid_grant' },
    { error: 'invalid_grant', error_description: 'Invalid grant: invalid code' },
    'Invalid grant: invalid code',
  ])('ends in a typed error, not in a circle, when Clever never accepts one: %j', async (refusal) => {
    const app = makeApp({
      intercept: ({ pathname }) =>
        pathname === '/oauth/tokens' ? new Response(JSON.stringify(refusal), { status: 400 }) : undefined,
    });
    const page = await app.browser().open(START);
    expect(page.status).toBe(400);
    expect(app.failures).toHaveLength(1);
    expect(app.failures[0]?.error).toBeInstanceOf(CleverTokenError);
    expect(app.failures[0]?.error.userMessage).toMatch(/log in again/u);
    expect(app.exchanges.length).toBeGreaterThan(1);
    expect(app.exchanges.length).toBeLessThanOrEqual(3);
  });

  it('that is missing ends in a typed error', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    await browser.send(changed(callback, { code: undefined }));
    await browser.send(changed(callback, { code: undefined, state: undefined }));
    await browser.send(CALLBACK);
    expect(app.failures.map(({ error }) => (error as CleverCallbackError).reason)).toContain('code_missing');
    expect(app.failures).toHaveLength(2 + 1);
    expect(app.exchanges).toEqual([]);
  });
});

describe('two tabs', () => {
  it('both log in when they are used side by side', async ({ app, browser }) => {
    const one = await comeBack(browser, `${START}?returnTo=/one`);
    const two = await comeBack(browser, `${START}?returnTo=/two`);
    expect((await browser.open(one)).url.pathname).toBe('/one');
    expect((await browser.open(two)).url.pathname).toBe('/two');
    expect(app.failures).toEqual([]);
    expect(app.exchanges).toHaveLength(2);
  });

  it('both log in, wherever the app has its button', async ({ app, browser }) => {
    const one = await comeBack(browser, 'https://app.example.com/login?returnTo=/one');
    const two = await comeBack(browser, 'https://app.example.com/login?returnTo=/two');
    expect((await browser.open(one)).url.pathname).toBe('/one');
    expect((await browser.open(two)).url.pathname).toBe('/two');
    expect(app.failures).toEqual([]);
  });

  it('both log in when they open at the same time, as in a browser that restores its session', async ({
    app,
    browser,
  }) => {
    const [one, two] = await Promise.all([
      comeBack(browser, `${START}?returnTo=/one`),
      comeBack(browser, `${START}?returnTo=/two`),
    ]);
    expect((await browser.open(one)).url.pathname).toBe('/one');
    expect((await browser.open(two)).url.pathname).toBe('/two');
    expect(app.failures).toEqual([]);
  });

  it('fit into a cookie that browsers accept, however long the paths to return to', async ({ app, browser }) => {
    const path = `/${'p'.repeat(1_000)}`;
    const callbacks: URL[] = [];
    for (let tab = 0; tab < 4; tab += 1) {
      callbacks.push(await comeBack(browser, `${START}?returnTo=${path}`));
    }
    // The last one must work in any case, because the person is looking at it.
    expect((await browser.open(callbacks.at(-1) ?? CALLBACK)).status).toBe(200);
    expect(app.failures).toEqual([]);
    expect(app.results).toHaveLength(1);
  });

  it('both log in when one came from the portal', async ({ app, browser }) => {
    const button = await comeBack(browser, `${START}?returnTo=/one`);
    const portal = locationOf(await browser.send(await comeFromPortal(app, browser)));
    expect((await browser.open(portal)).status).toBe(200);
    expect((await browser.open(button)).url.pathname).toBe('/one');
    expect(app.results.map(({ isCleverInitiated }) => isCleverInitiated)).toEqual([true, false]);
  });

  it('never exceed the header that servers accept: 8 kB in total', async ({ browser }) => {
    for (let tab = 0; tab < 12; tab += 1) {
      await browser.send(`${START}?returnTo=/${'p'.repeat(1_000)}`);
      expect(browser.cookieHeader(CALLBACK).length).toBeLessThan(8_192);
    }
    expect((await browser.open(START)).status).toBe(200);
  });

  it('keep working when a browser left many logins unfinished', async ({ app, browser }) => {
    for (let visit = 0; visit < 12; visit += 1) {
      await browser.send(START);
    }
    await browser.open(START);
    expect(app.results).toHaveLength(1);
  });
});
