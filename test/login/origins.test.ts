import { CleverConfigError, type LoginOptions } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { locationOf } from '../support/browser.js';
import { expectNoLeaks, isRestart, it, makeApp } from './support.js';

/* Where a login may begin: the cookies that `start` sets have to reach the callback. */

expectNoLeaks();

const HOME = 'https://app.example.com/auth/clever/callback';
const LOCAL = 'http://localhost:3000/auth/clever/callback';

interface Place {
  readonly redirectUri?: string;
  readonly origins?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What `start` answers at an address. */
function startAt(address: string, { redirectUri = HOME, origins, headers }: Place = {}) {
  const login: Partial<LoginOptions> = origins === undefined ? {} : { origins };
  const app = makeApp({ redirectUri, login });
  return { app, answer: app.login.start(new Request(address, { headers: headers ?? {} })) };
}

describe('a login that begins at another name of the app', () => {
  it.for<[from: string, to: string, place: Place]>([
    ['http://app.example.com/login', 'https://app.example.com/login', {}],
    ['http://app.example.com/login?returnTo=/a', 'https://app.example.com/login?returnTo=/a', {}],
    ['https://www.example.com/login', 'https://app.example.com/login', { origins: ['https://www.example.com'] }],
    ['http://www.example.com/login', 'https://app.example.com/login', { origins: ['https://www.example.com'] }],
    ['http://127.0.0.1:3000/login', 'http://localhost:3000/login', { redirectUri: LOCAL }],
    ['http://[::1]:3000/login', 'http://localhost:3000/login', { redirectUri: LOCAL }],
    ['http://127.0.0.1:4000/login', 'http://localhost:3000/login', { redirectUri: LOCAL }],
    ['http://localhost:3000/x', 'http://127.0.0.1:3000/x', { redirectUri: LOCAL.replace('localhost', '127.0.0.1') }],
    ['http://my.localhost:3000/login', 'http://localhost:3000/login', { redirectUri: LOCAL }],
    ['https://app.example.com/x', 'https://app.example.com/x', { headers: { 'x-forwarded-proto': 'http' } }],
    ['http://localhost:3000/x', 'http://localhost:3000/x', { redirectUri: LOCAL, headers: { host: '127.0.0.1:3000' } }],
    [
      'https://app.example.com//evil.example/',
      'https://app.example.com//evil.example/',
      { headers: { 'x-forwarded-proto': 'http' } },
    ],
  ])('%s goes to %s first, without a cookie, and once', async ([from, to, place]) => {
    const { answer, app } = startAt(from, place);
    const response = await answer;
    expect(response.status).toBe(307);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const location = locationOf(response);
    const marker = [...location.searchParams.keys()].at(-1) ?? '';
    const withoutMarker = new URL(location);
    withoutMarker.searchParams.delete(marker);
    expect(decodeURIComponent(withoutMarker.href)).toBe(to);
    // A proxy may show the app the same address as before: the browser is not sent round in a circle.
    const again = new URL(from);
    again.search = location.search;
    const second = await app.login.start(new Request(again, { headers: place.headers ?? {} }));
    expect(isRestart(second)).toBe(true);
    expect(second.headers.getSetCookie()).toHaveLength(1);
    expect(app.failures).toEqual([]);
  });

  it('ends logged in, with the page to return to', async () => {
    const app = makeApp({ login: { origins: ['https://www.example.com'] } });
    const browser = app.browser();
    browser.addSite('https://www.example.com', app.handle);
    browser.addSite('http://app.example.com', app.handle);
    for (const origin of ['https://www.example.com', 'http://app.example.com']) {
      const page = await browser.open(`${origin}/auth/clever?returnTo=${encodeURIComponent('/lessons?week=2')}`);
      expect(page.url.href).toBe('https://app.example.com/lessons?week=2');
    }
    expect(app.results).toHaveLength(2);
  });

  it('ends logged in at every name of this machine', async () => {
    const app = makeApp({ redirectUri: LOCAL });
    const browser = app.browser();
    for (const origin of ['http://127.0.0.1:3000', 'http://[::1]:3000', 'http://localhost:3000']) {
      browser.addSite(origin, app.handle);
      await browser.open(`${origin}/auth/clever`);
    }
    expect(app.results).toHaveLength(3);
    expect(app.failures).toEqual([]);
  });
});

describe('a login that begins at the right name', () => {
  it.for<[address: string, place: Place]>([
    ['https://app.example.com/login', {}],
    ['https://APP.example.com/login', {}],
    ['https://app.example.com:8443/login', {}],
    ['http://localhost:5173/login', { redirectUri: LOCAL }],
    ['http://app.example.com/login', { headers: { 'x-forwarded-proto': 'https' } }],
    ['http://app.example.com/login', { headers: { 'x-forwarded-proto': 'https, http' } }],
    [
      'http://10.0.0.5:8080/login',
      { headers: { 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https' } },
    ],
    ['http://10.0.0.5:8080/login', { headers: { host: 'app.example.com', 'x-forwarded-proto': 'https' } }],
    ['https://app.example.com/login', { headers: { host: 'internal:8080' } }],
    ['https://app.example.com/login', { headers: { 'x-forwarded-host': 'nonsense host' } }],
    ['https://app.example.com/login', { headers: { 'x-forwarded-proto': 'nonsense' } }],
    ['https://localhost:3000/login', { redirectUri: LOCAL }],
  ])('%s (%j) goes to Clever at once', async ([address, place]) => {
    expect(isRestart(await startAt(address, place).answer)).toBe(true);
  });
});

describe('a login that begins anywhere else', () => {
  it.for<[address: string, place: Place]>([
    ['https://www.example.com/login', {}],
    ['https://example.com/login', {}],
    ['https://app.example.com.evil.example/login', {}],
    ['https://other.app.example.com/login', {}],
    ['https://evil.example/login', { origins: ['https://www.example.com'] }],
    ['http://127.0.0.1:3000/login', {}],
    ['https://app.example.com/login', { redirectUri: LOCAL }],
    ['http://192.168.0.7:3000/login', { redirectUri: LOCAL }],
    ['http://10.0.0.5/login', { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } }],
    ['https://evil.example/login?clever_login_moved=1', {}],
  ])('%s (%j) is refused with an error that names both', async ([address, place]) => {
    const { app, answer } = startAt(address, place);
    const response = await answer;
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie()).toEqual([]);
    const { error, status } = app.failures[0] ?? {};
    expect(error).toBeInstanceOf(CleverConfigError);
    const seen = place.headers === undefined ? new URL(address).origin : 'http://evil.example';
    expect(error?.message).toContain(seen);
    expect(error?.message).toContain(new URL(place.redirectUri ?? HOME).origin);
    expect(error?.message).toContain('`origins`');
    expect(error?.userMessage).toContain(new URL(place.redirectUri ?? HOME).origin);
    expect(status).toBe(400);
  });

  it('shows the person the right address on the default page', async () => {
    const app = makeApp({ hasDefaultPage: true });
    const response = await app.login.start(new Request('https://www.example.com/login'));
    expect(await response.text()).toContain('https://app.example.com');
  });

  it('has a short error, however long the host', async () => {
    const { app, answer } = startAt(`https://${'a.'.repeat(2_000)}example/`);
    await answer;
    expect(app.failures[0]?.error.message.length).toBeLessThan(1_000);
  });
});

describe('the origins of an app', () => {
  it.for<[what: string, origins: unknown]>([
    ['a text', 'https://www.example.com'],
    ['a path', ['https://www.example.com/login']],
    ['a slash', ['https://www.example.com/']],
    ['a host', ['www.example.com']],
    ['a number', [1]],
    ['null', null],
  ])('cannot be %s', ([_, origins]) => {
    expect(() => makeApp({ login: { origins } as object })).toThrow(CleverConfigError);
    expect(() => makeApp({ login: { origins } as object })).toThrow(/origins/u);
  });
});
