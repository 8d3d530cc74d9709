import type { LoginOptions } from 'clever-sdk';
import { createCleverClient } from 'clever-sdk';
import { afterEach, describe, expect, vi } from 'vitest';
import { type Browser, locationOf } from '../support/browser.js';
import {
  APP,
  type App,
  CALLBACK,
  COOKIE_SECRET,
  changed,
  comeBack,
  comeFromPortal,
  expectNoLeaks,
  isRestart,
  it,
  makeApp,
  PEOPLE,
  START,
} from './support.js';

/* A browser's cookies and its login on days on which people, crawlers and prefetches do what they like. */

expectNoLeaks();
afterEach(() => void vi.useRealTimers());

const MAX_COOKIES_LENGTH = 2_000;
/** Many logins take a second, and several where other tests run at the same time. */
const MANY_LOGINS = { timeout: 60_000 };
const ELSEWHERE = `${APP}/login`;

/** The length of all cookies that the browser has for the app, wherever they belong. */
function cookiesLength(browser: Browser): number {
  const headers = [CALLBACK, ELSEWHERE, APP].map((address) => browser.cookieHeader(address));
  return Math.max(...headers.map(({ length }) => length));
}

/** The same app in another process: it shares the secret, and no memory. */
function anotherProcess({ sandbox, exchanges }: App, changes: Partial<LoginOptions> = {}) {
  const answers: string[] = [];
  const clever = createCleverClient({
    ...sandbox.clientOptions(),
    retry: false,
    fetch: (url, init) => {
      if (init?.method === 'POST') {
        exchanges.push(new URLSearchParams(String(init.body)));
      }
      return sandbox.fetch(url, init);
    },
  });
  const note = (answer: string, status: number) => (): Response => {
    answers.push(answer);
    return new Response(answer, { status });
  };
  const options = { cookieSecret: COOKIE_SECRET, onLogin: note('in', 200), onError: note('error', 400), ...changes };
  return { answers, login: clever.login(options) };
}

/** Sends the browser's callback to one process instead of the one that the browser knows. */
function visit(login: ReturnType<typeof anotherProcess>['login'], browser: Browser, callback: URL): Promise<Response> {
  return login.callback(new Request(callback, { headers: { cookie: browser.cookieHeader(callback) } }));
}

describe('the cookies of a browser', () => {
  it('do not pile up, however often and wherever logins are started', MANY_LOGINS, async ({ app, browser }) => {
    const returnTo = `/${'p'.repeat(500)}`;
    for (let round = 0; round < 30; round += 1) {
      await browser.send(`${ELSEWHERE}?returnTo=${returnTo}`);
      await browser.send(`${START}?returnTo=${returnTo}`);
      expect(cookiesLength(browser)).toBeLessThan(MAX_COOKIES_LENGTH);
    }
    const page = await browser.open(`${ELSEWHERE}?returnTo=/newest`);
    expect(page.url.pathname).toBe('/newest');
    expect(app.failures).toEqual([]);
  });

  it(
    'do not pile up when sixty logins are started at once, and all of them work',
    MANY_LOGINS,
    async ({ app, browser }) => {
      const starts = Array.from({ length: 60 }, (_, index) =>
        browser.send(`${index % 2 === 0 ? ELSEWHERE : START}?returnTo=/${index % 3 === 0 ? index : 'p'.repeat(500)}`),
      );
      const responses = await Promise.all(starts);
      expect(cookiesLength(browser)).toBeLessThan(MAX_COOKIES_LENGTH);
      for (const [index, response] of responses.entries()) {
        const page = await browser.open(locationOf(response));
        expect(page.status).toBe(200);
        expect(app.results).toHaveLength(index + 1);
        expect(cookiesLength(browser)).toBeLessThan(MAX_COOKIES_LENGTH);
      }
      expect(app.failures).toEqual([]);
      const paths = app.results.map(({ returnTo }) => returnTo);
      expect(paths.filter((path) => /^\/\d+$/u.test(path))).toHaveLength(20);
    },
  );

  it(
    'do not let a browser with all of them accept the callback of another one',
    MANY_LOGINS,
    async ({ app, browser }) => {
      await Promise.all(Array.from({ length: 30 }, () => browser.send(START)));
      const attacker = app.browser(PEOPLE.student.id);
      const callback = await comeBack(attacker);
      const response = await browser.send(callback);
      expect(isRestart(response)).toBe(true);
      expect(app.exchanges).toEqual([]);
      await browser.open(locationOf(response));
      expect(app.results.map(({ identity }) => identity.id)).toEqual([PEOPLE.teacher.id]);
    },
  );

  it('let every tab log in when sixty are started at once after one', MANY_LOGINS, async ({ app, browser }) => {
    await browser.send(START);
    const callbacks = await Promise.all(
      Array.from({ length: 60 }, (_, index) => comeBack(browser, `${ELSEWHERE}?returnTo=/${index}`)),
    );
    for (const callback of callbacks) {
      await browser.send(callback);
    }
    expect(app.results.map(({ returnTo }) => returnTo)).toEqual(callbacks.map((_, index) => `/${index}`));
    expect(cookiesLength(browser)).toBeLessThan(MAX_COOKIES_LENGTH);
  });

  it('stay small through every kind of login, in any order', MANY_LOGINS, async ({ app, browser }) => {
    const callbacks: URL[] = [];
    for (let round = 0; round < 20; round += 1) {
      callbacks.push(await comeBack(browser, `${START}?returnTo=/${'p'.repeat(511)}`));
      const restart = await browser.send(await comeFromPortal(app, browser));
      if (isRestart(restart)) {
        callbacks.push(locationOf(await browser.send(locationOf(restart))));
      }
      const some = callbacks.splice((round * 7) % callbacks.length, 1)[0] as URL;
      await browser.send(some);
      await browser.send(changed(some, { code: `canary-${round}` }));
      await browser.send(changed(some, { error: 'access_denied' }));
      expect(cookiesLength(browser)).toBeLessThan(MAX_COOKIES_LENGTH);
    }
    await browser.open(START);
    expect(app.results.length).toBeGreaterThan(20);
  });

  it('of an app at the root are found as well', MANY_LOGINS, async () => {
    const app = makeApp({ redirectUri: `${APP}/auth/clever/callback` });
    const browser = app.browser();
    for (let round = 0; round < 40; round += 1) {
      await browser.send(`${APP}/login`);
    }
    await browser.open(`${APP}/login`);
    expect(app.results).toHaveLength(1);
  });
});

const SPECULATIVE: readonly (readonly [name: string, value: string])[] = [
  ['sec-purpose', 'prefetch'],
  ['sec-purpose', 'prefetch;prerender'],
  ['sec-purpose', 'prefetch;anonymous-client-ip'],
  ['purpose', 'prefetch'],
  ['purpose', 'Prefetch'],
  ['x-purpose', 'preview'],
  ['x-moz', 'prefetch'],
  ['next-router-prefetch', '1'],
  ['sec-fetch-dest', 'empty'],
];

describe('a request that no one has asked for', () => {
  it.for(SPECULATIVE)('(%s: %s) starts nothing and sets no cookie', async ([name, value], { browser }) => {
    for (const method of ['GET', 'POST']) {
      const response = await browser.send(START, { method, headers: { [name]: value } });
      expect(response.status).toBe(204);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it.for(SPECULATIVE)('(%s: %s) uses no code, and the visit logs in', async ([name, value], { app, browser }) => {
    const callback = await comeBack(browser);
    const response = await browser.send(callback, { headers: { [name]: value } });
    expect(response.status).toBe(204);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.getSetCookie()).toEqual([]);
    expect([app.exchanges, app.results, app.failures]).toEqual([[], [], []]);
    await browser.send(callback);
    expect(app.results).toHaveLength(1);
  });

  it('does not count as an arrival from the portal, and calls no hook', MANY_LOGINS, async () => {
    const called: string[] = [];
    const hook = (name: string) => () => {
      called.push(name);
      return new Response();
    };
    const onLogin = hook('onLogin');
    const app = makeApp({ login: { onLogin, onError: hook('onError'), onRepeat: hook('onRepeat') } });
    const browser = app.browser();
    const headers = { 'sec-purpose': 'prefetch' };
    for (let fetches = 0; fetches < 20; fetches += 1) {
      await browser.send(await comeFromPortal(app, browser), { headers });
      await browser.send(`${CALLBACK}?error=access_denied`, { headers });
      await browser.send(`${CALLBACK}?code=canary&state=canary`, { headers });
    }
    expect(called).toEqual([]);
    await browser.open(await comeFromPortal(app, browser));
    expect(called).toEqual(['onLogin']);
  });

  it('is not that of a service worker for a page', async ({ app, browser }) => {
    const headers = { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'navigate' };
    const callback = locationOf(await browser.send(locationOf(await browser.send(START, { headers }))));
    await browser.send(callback, { headers });
    expect(app.results).toHaveLength(1);
  });

  it('may be followed by the visit in another process', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    await browser.send(callback, { headers: { 'sec-purpose': 'prefetch' } });
    const { login, answers } = anotherProcess(app);
    await visit(login, browser, callback);
    expect(answers).toEqual(['in']);
  });
});

describe('a code that another process has exchanged', () => {
  it('leads to onRepeat', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const cookie = browser.cookieHeader(callback);
    await browser.send(callback);
    const other = anotherProcess(app, { onRepeat: () => new Response('session') });
    // The same request once more, sent before the first was answered.
    const response = await other.login.callback(new Request(callback, { headers: { cookie } }));
    expect(await response.text()).toBe('session');
    expect(other.answers).toEqual([]);
    expect(app.exchanges).toHaveLength(2);
  });

  it('leads to a new login without a page when there is no session', async ({ app, browser }) => {
    const callback = await comeBack(browser, `${START}?returnTo=/lessons`);
    const cookie = browser.cookieHeader(callback);
    await browser.send(callback);
    const other = anotherProcess(app, { onRepeat: () => undefined });
    const restart = await other.login.callback(new Request(callback, { headers: { cookie } }));
    expect(isRestart(restart)).toBe(true);
    expect(other.answers).toEqual([]);
    const page = await browser.open(locationOf(restart));
    expect(page.url.pathname).toBe('/lessons');
    expect(app.failures).toEqual([]);
  });

  it('with a state that is not ours is still refused, and is not sent to Clever', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    await browser.send(callback);
    const other = anotherProcess(app, { onRepeat: () => new Response('session') });
    await other.login.callback(new Request(callback));
    expect(other.answers).toEqual(['error']);
    expect(app.exchanges).toHaveLength(1);
  });

  it('and one that is used twice at once in two processes end with one login and one repeat', async ({
    app,
    browser,
  }) => {
    const callback = await comeBack(browser);
    const onRepeat = () => new Response('session');
    const [one, two] = [anotherProcess(app, { onRepeat }), anotherProcess(app, { onRepeat })];
    const responses = await Promise.all([one, two].map(({ login }) => visit(login, browser, callback)));
    const texts = await Promise.all(responses.map((response) => response.text()));
    expect(texts.toSorted()).toEqual(['in', 'session']);
  });
});

describe('two logins that a browser starts at two processes at once', () => {
  it.for([
    ['the same secrets', [COOKIE_SECRET]] as const,
    ['secrets that are being rotated', ['canary-the-next-secret-of-32-bytes!!', COOKIE_SECRET]] as const,
  ])('both end logged in, although both have the same cookie (%s)', async ([, cookieSecret], { app, browser }) => {
    // Otherwise, it is chance whether they have.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const processes = [anotherProcess(app, { cookieSecret }), anotherProcess(app)];
    const ways = await Promise.all(processes.map(({ login }) => login.start(new Request(START))));
    for (const cookie of ways.flatMap(({ headers }) => headers.getSetCookie())) {
      browser.setCookie(cookie, START);
    }
    expect(browser.cookieHeader(CALLBACK).split('; ')).toHaveLength(1);
    for (const [index, { login, answers }] of processes.entries()) {
      let callback = locationOf(await browser.send(locationOf(ways[index] as Response)));
      let response = await visit(login, browser, callback);
      if (isRestart(response)) {
        callback = locationOf(await browser.send(locationOf(response)));
        response = await visit(login, browser, callback);
      }
      expect(answers).toEqual(['in']);
    }
  });

  it('does not let the browser of one end the login of the other', async ({ app }) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const processes = [anotherProcess(app), anotherProcess(app)] as const;
    const browsers = [app.browser(), app.browser(PEOPLE.student.id)] as const;
    const callbacks = await Promise.all(
      processes.map(async ({ login }, index) => {
        const way = await login.start(new Request(START));
        for (const cookie of way.headers.getSetCookie()) {
          browsers[index]?.setCookie(cookie, START);
        }
        return locationOf((await browsers[index]?.send(locationOf(way))) as Response);
      }),
    );
    const response = await visit(processes[0].login, browsers[0], callbacks[1] as URL);
    expect(isRestart(response)).toBe(true);
    expect([processes[0].answers, app.exchanges]).toEqual([[], []]);
  });
});

describe('a login that was started with one process', () => {
  it('ends with another one that has the same secret', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const { login, answers } = anotherProcess(app);
    await visit(login, browser, callback);
    expect(answers).toEqual(['in']);
  });
});
