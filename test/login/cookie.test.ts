import { afterEach, describe, expect, vi } from 'vitest';
import { locationOf } from '../support/browser.js';
import {
  CALLBACK,
  COOKIE_SECRET,
  comeBack,
  cookiesOf,
  expectNoLeaks,
  it,
  makeApp,
  readSealed,
  START,
} from './support.js';

expectNoLeaks();
afterEach(() => void vi.useRealTimers());

/** The attributes of a `Set-Cookie` header, names in lower case. */
function attributesOf(header: string): Record<string, string> {
  return Object.fromEntries(
    header
      .split(';')
      .slice(1)
      .map((part) => {
        const [name = '', value = ''] = part.trim().split('=');
        return [name.toLowerCase(), value];
      }),
  );
}

describe('the login cookie', () => {
  it('on https belongs to this host only, is hidden from scripts and short-lived', async ({ browser }) => {
    const response = await browser.send(START);
    const [header = '', ...more] = response.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(header).toMatch(/^__Host-clever_login\.\d=[\w-]{22};/u);
    expect(attributesOf(header)).toEqual({ path: '/', 'max-age': '600', httponly: '', samesite: 'Lax', secure: '' });
  });

  it.each(['http://localhost:3000/auth/cb', 'http://127.0.0.1:8080/auth/cb', 'http://[::1]:8080/auth/cb'])(
    'on %s works without TLS',
    async (redirectUri) => {
      const response = await loginAt(redirectUri).start(new Request(new URL('/start', redirectUri)));
      const [header = ''] = response.headers.getSetCookie();
      expect(header).toMatch(/^clever_login\.\d=[\w-]{22};/u);
      expect(attributesOf(header)).toEqual({ path: '/', 'max-age': '600', httponly: '', samesite: 'Lax' });
    },
  );

  it('on https://localhost is secure, as on any https origin', async () => {
    const response = await loginAt('https://localhost:3000/cb').start(new Request('https://localhost:3000/start'));
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-clever_login\.\d=.*; Secure/u);
  });

  it('is sent to this host, and to no other', async ({ browser }) => {
    await browser.send(START);
    expect(browser.cookieHeader(CALLBACK)).not.toBe('');
    expect(browser.cookieHeader('https://clever.com/auth/clever/callback')).toBe('');
    expect(browser.cookieHeader('https://www.app.example.com/auth/clever/callback')).toBe('');
  });

  it('reveals nothing to its reader, and neither does the state', async ({ app }) => {
    const browser = app.browser();
    const away = await browser.send(`${START}?returnTo=/canary-path`);
    const back = await browser.send(locationOf(await browser.send(locationOf(away))));
    const { searchParams } = locationOf(away);
    const state = searchParams.get('state') ?? '';
    const values = [...away.headers.getSetCookie(), ...back.headers.getSetCookie()].map(
      (header) => header.split(';')[0]?.split('=')[1] ?? '',
    );
    for (const value of [state, ...values]) {
      const text = readSealed(value);
      expect(text).not.toContain(searchParams.get('nonce'));
      expect(text).not.toContain('canary');
    }
    expect(values).not.toContain(state);
  });

  it('is the same for all logins of a browser, and another one in each browser', async ({ app, browser }) => {
    const [one, two] = [await browser.send(START), await browser.send(START)];
    expect(cookiesOf(one)).toBe(cookiesOf(two));
    expect(cookiesOf(await app.browser().send(START))).not.toBe(cookiesOf(one));
  });
});

describe('the app’s responses', () => {
  it('keep their status, body, headers and cookies, and gain the login cookie', async () => {
    const app = makeApp({
      login: {
        onLogin: () => {
          const headers = new Headers({ 'x-app': 'yes', 'content-type': 'text/plain', 'cache-control': 'private' });
          headers.append('set-cookie', 'session=abc; Path=/; HttpOnly');
          headers.append('set-cookie', 'theme=dark; Expires=Thu, 01 Jan 2099 00:00:00 GMT');
          return new Response('welcome', { status: 201, statusText: 'Made', headers });
        },
      },
    });
    const browser = app.browser();
    const response = await browser.send(await comeBack(browser));
    expect(response.status).toBe(201);
    expect(response.statusText).toBe('Made');
    expect(await response.text()).toBe('welcome');
    expect(response.headers.get('x-app')).toBe('yes');
    expect(response.headers.get('cache-control')).toBe('private');
    const cookies = response.headers.getSetCookie();
    expect(cookies.slice(0, 2)).toEqual([
      'session=abc; Path=/; HttpOnly',
      'theme=dark; Expires=Thu, 01 Jan 2099 00:00:00 GMT',
    ]);
    expect(cookies).toHaveLength(3);
    expect(cookies[2]).toMatch(/^__Host-clever_login=/u);
  });

  it.each([
    ['an immutable redirect', () => Response.redirect('https://app.example.com/home', 302)],
    ['an answer without a body', () => new Response(null, { status: 204 })],
  ])('may be %s', async (_, onLogin) => {
    const app = makeApp({ login: { onLogin } });
    const browser = app.browser();
    const response = await browser.send(await comeBack(browser));
    expect(response.status).toBe(onLogin().status);
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });

  it('are not cached unless the app says so', async ({ browser }) => {
    const away = await browser.send(START);
    expect(away.headers.get('cache-control')).toBe('no-store');
    expect((await browser.send(locationOf(await browser.send(locationOf(away))))).headers.get('cache-control')).toBe(
      'no-store',
    );
  });

  it('to a repeated callback keep theirs as well', async () => {
    const onRepeat = (): Response => new Response('again', { headers: { 'set-cookie': 'seen=1' } });
    const app = makeApp({ login: { onRepeat } });
    const browser = app.browser();
    const callback = await comeBack(browser);
    await browser.send(callback);
    const response = await browser.send(callback);
    expect(await response.text()).toBe('again');
    expect(response.headers.getSetCookie()[0]).toBe('seen=1');
  });
});

function loginAt(redirectUri: string) {
  return makeApp({ client: { redirectUri } }).clever.login({
    cookieSecret: COOKIE_SECRET,
    onLogin: () => new Response(),
  });
}
