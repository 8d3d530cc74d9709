import { CleverCallbackError, CleverConfigError, type StartOptions } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { locationOf } from '../support/browser.js';
import {
  APP,
  CALLBACK,
  changed,
  comeBack,
  comeFromPortal,
  cookiesOf,
  expectNoLeaks,
  it,
  makeApp,
  readSealed,
  START,
} from './support.js';

expectNoLeaks();

const LONG = 'canary'.repeat(2_000);

describe('a callback that no honest browser sends', () => {
  it.for([
    ['code', 'canary-second-code'],
    ['state', 'canary-second-state'],
    ['error', 'access_denied'],
    ['iss', 'https://evil.example'],
  ] as const)('with %s twice is malformed', async ([name, value], { app, browser }) => {
    const callback = await comeBack(browser);
    callback.searchParams.append(name, value);
    if (callback.searchParams.getAll(name).length === 1) {
      callback.searchParams.append(name, value);
    }
    const response = await browser.send(callback);
    expect(response.status).toBe(400);
    expect(app.failures[0]?.error).toBeInstanceOf(CleverCallbackError);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'malformed' });
    expect(app.exchanges).toEqual([]);
  });

  it('with the same state twice is malformed as well', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    callback.searchParams.append('state', callback.searchParams.get('state') ?? '');
    await browser.send(callback);
    expect(app.failures[0]?.error).toMatchObject({ reason: 'malformed' });
    expect(app.exchanges).toEqual([]);
  });

  it.for(['code', 'state', 'error_description', 'something-else'])(
    'with an oversized %s exchanges nothing',
    async (name, { app, browser }) => {
      const response = await browser.send(changed(await comeBack(browser), { [name]: LONG }));
      expect(response.status).toBe(400);
      expect(app.failures[0]?.error).toMatchObject({ reason: 'malformed' });
      expect(app.exchanges).toEqual([]);
    },
  );

  it('with a code of a few thousand characters exchanges nothing', async ({ app, browser }) => {
    const response = await browser.send(changed(await comeBack(browser), { code: 'c'.repeat(3_000) }));
    expect(response.status).toBe(400);
    expect(app.failures).toHaveLength(1);
    expect(app.exchanges).toEqual([]);
  });

  it('without state and with an oversized code does not start a new login', async ({ app, browser }) => {
    await browser.send(changed(await comeFromPortal(app, browser), { code: LONG }));
    expect(app.failures[0]?.error).toMatchObject({ reason: 'malformed' });
  });

  it.for(['response', 'id_token', 'token'])(
    'with a %s, as in another flow, exchanges nothing',
    async (name, { app, browser }) => {
      const response = await browser.send(
        changed(await comeBack(browser), { [name]: 'canary-from-the-front-channel' }),
      );
      expect(response.status).toBe(400);
      expect(app.failures).toHaveLength(1);
      expect(app.results).toEqual([]);
      expect(app.exchanges).toEqual([]);
    },
  );

  it('from another issuer exchanges nothing: mix-up attack', async ({ app, browser }) => {
    await browser.send(changed(await comeBack(browser), { iss: 'https://evil.example' }));
    expect(app.failures[0]?.error).toMatchObject({ code: 'oauth_callback' });
    expect(app.exchanges).toEqual([]);
  });

  it('may have unknown parameters, as older Clever versions sent them', async ({ app, browser }) => {
    await browser.send(changed(await comeBack(browser), { scope: 'read:user_id', utm_source: 'x' }));
    expect(app.results).toHaveLength(1);
  });
});

describe('an error in the callback', () => {
  it.for<[error: string, hasState: boolean, status?: number, words?: RegExp]>([
    ['unauthorized-user', true, 403, /school does not use this app/u],
    ['unauthorized-user', false],
    ['access_denied', true],
    ['access_denied', false],
    ['temporarily_unavailable', true, 502, /problems at the moment/u],
    ['canary-unheard-of', true],
  ])(
    '%s (with state: %s) is a denial, and nothing is exchanged',
    async ([error, hasState, status = 403, words = /Clever/u], { app, browser }) => {
      const state = hasState ? {} : { state: undefined };
      const response = await browser.send(changed(await comeBack(browser), { ...state, error }));
      expect(response.status).toBe(status);
      expect(app.failures[0]?.error).toMatchObject({ code: 'oauth_callback', reason: 'denied', error });
      expect(app.failures[0]?.error.userMessage).toMatch(words);
      expect(app.failures[0]?.error.message).not.toContain('canary');
      expect(app.exchanges).toEqual([]);
    },
  );

  it('does not end the pending login, because anyone can write such a URL', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    await browser.send(`${CALLBACK}?error=access_denied`);
    await browser.send(`${CALLBACK}?error=access_denied&state=forged`);
    expect((await browser.open(callback)).status).toBe(200);
    expect(app.results).toHaveLength(1);
  });

  it('never shows its description, whether it is a script or not', async () => {
    const app = makeApp({ hasDefaultPage: true });
    const browser = app.browser();
    const description = '<script>alert("canary")</script><img src=x onerror=canary()>';
    const page = await browser.open(
      changed(await comeBack(browser), {
        error: '"><script>canary</script>',
        error_description: description,
        error_uri: 'javascript:canary()',
      }),
    );
    expect(page.status).toBe(403);
    expect(page.text).not.toMatch(/canary|<script|<img|javascript:|onerror/iu);
    expect(page.text).toMatch(/Clever did not let you in/u);
  });

  it('comes from Clever when the person belongs to a district that has not connected the app', async ({
    app,
    browser,
  }) => {
    await browser.open(`${CALLBACK}?error=unauthorized-user`);
    expect(app.failures[0]?.error.userMessage).toMatch(/administrator/u);
    expect(app.failures[0]?.status).toBe(403);
  });
});

describe('other methods', () => {
  it.for(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s to the callback never exchanges',
    async (method, { app, browser }) => {
      const callback = await comeBack(browser);
      const response = await browser.send(callback, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET');
      expect(app.exchanges).toEqual([]);
      // The code still works for the person to whom it belongs.
      expect((await browser.open(callback)).status).toBe(200);
      expect(app.results).toHaveLength(1);
    },
  );

  it('a POST with the parameters in its body never exchanges', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    const response = await browser.send(CALLBACK, { method: 'POST', body: callback.searchParams });
    expect(response.status).toBe(405);
    expect(app.exchanges).toEqual([]);
  });

  it.for(['HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s does not start a login', async (method, { browser }) => {
    const response = await browser.send(START, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('a POST, from a form with a button, starts one', async ({ browser }) => {
    const response = await browser.send(START, { method: 'POST' });
    expect(locationOf(response).origin).toBe('https://clever.com');
  });
});

describe('returnTo', () => {
  const kept = [
    '/',
    '/a',
    '/a/b?c=d&e=%2F#f',
    '/?q=http://elsewhere.example',
    '/a%20b',
    '/%C3%A9l%C3%A8ve',
    '/@name',
    '/a:b',
  ];
  const refused = [
    '',
    'lessons',
    './lessons',
    '../lessons',
    'https://evil.example/',
    'https:evil.example',
    'https:/evil.example',
    'HTTPS://EVIL.example',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/path\\..\\..\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\u0000/evil.example',
    '/a\r\nSet-Cookie: canary=1',
    '/a\r\n\r\n<script>canary()</script>',
    '/a\nLocation: https://evil.example',
    '/a\u2028b',
    '/a\u2029b',
    '/a\u0085b',
    '／／evil.example',
    '\u00a0//evil.example',
    'javascript:canary()',
    'data:text/html,canary',
    '@evil.example',
    '.evil.example',
    '?next=//evil.example',
    '#//evil.example',
    `/${'long'.repeat(1_000)}`,
  ];

  it.for(kept)('%j is kept', async (path, { app }) => {
    const page = await app.browser().open(`${START}?returnTo=${encodeURIComponent(path)}`);
    expect(page.url.href).toBe(new URL(path, APP).href);
    expect(app.results[0]?.returnTo).toBe(path);
  });

  it.for([
    ['/a b', '/a%20b'],
    ['/a ', '/a%20'],
    ['/ /a', '/%20/a'],
    ['/?q=a b&r=ü#s t', '/?q=a%20b&r=%C3%BC#s%20t'],
    ['/élèves/Größe', '/%C3%A9l%C3%A8ves/Gr%C3%B6%C3%9Fe'],
    ['/学校/日本語', '/%E5%AD%A6%E6%A0%A1/%E6%97%A5%E6%9C%AC%E8%AA%9E'],
    ['/👩‍🏫', '/%F0%9F%91%A9%E2%80%8D%F0%9F%8F%AB'],
    ['/a"b<c>', '/a%22b%3Cc%3E'],
    ['/／／evil.example', '/%EF%BC%8F%EF%BC%8Fevil.example'],
    ['/100%', '/100%'],
  ] as const)('%j is kept, as %s', async ([path, expected], { app }) => {
    const page = await app.browser().open(`${START}?returnTo=${encodeURIComponent(path)}`);
    expect(page.url.href).toBe(`${APP}${expected}`);
    expect(app.results[0]?.returnTo).toBe(expected);
    expect(page.status).toBe(200);
  });

  it('with a plus sign for a space in the address of start is kept', async ({ app }) => {
    await app.browser().open(`${START}?returnTo=/my+class`);
    expect(app.results[0]?.returnTo).toBe('/my%20class');
  });

  it('is measured after percent-encoding', async ({ app, browser }) => {
    await browser.send(await comeBack(browser, `${START}?returnTo=/${'é'.repeat(85)}`));
    await browser.send(await comeBack(browser, `${START}?returnTo=/${'é'.repeat(86)}`));
    expect(app.results.map(({ returnTo }) => returnTo)).toEqual([`/${'%C3%A9'.repeat(85)}`, '/']);
  });

  it.for(refused)('%j falls back to the home page', async (path, { app }) => {
    const page = await app.browser().open(`${START}?returnTo=${encodeURIComponent(path)}`);
    expect(page.url.href).toBe(`${APP}/`);
    expect(app.results[0]?.returnTo).toBe('/');
  });

  it.for([
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example/',
    '/%2e%2e//evil.example',
    '/%2E//evil.example',
    '/;//evil.example',
    '/%2F%2Fevil.example',
    '/%5Cevil.example',
    '/%09/evil.example',
    '/%0d%0aLocation:%20https://evil.example',
  ])('%j stays within the app, even when it is resolved again', async (path, { app }) => {
    await app.browser().open(`${START}?returnTo=${encodeURIComponent(path)}`);
    const returnTo = app.results[0]?.returnTo ?? '';
    expect(returnTo).toMatch(/^\/(?![/\\])/u);
    expect(new URL(returnTo, APP).origin).toBe(APP);
    expect(new URL(new URL(returnTo, APP).pathname, APP).origin).toBe(APP);
    expect(returnTo).not.toMatch(/[\r\n\t\\]/u);
  });

  it('of start() follows the same rules, and overrides the URL', async ({ app }) => {
    for (const [given, expected] of [
      ['/from-code', '/from-code'],
      ['//evil.example', '/'],
      ['https://evil.example', '/'],
      ['/class 3/Größe', '/class%203/Gr%C3%B6%C3%9Fe'],
      ['/a\ud800b', '/'],
    ] as const) {
      const away = await app.login.start(new Request(`${START}?returnTo=/from-url`), { returnTo: given });
      const callback = locationOf(await app.browser().send(locationOf(away)));
      const cookie = cookiesOf(away);
      const back = await app.login.callback(new Request(callback, { headers: { cookie } }));
      expect(back.headers.get('location')).toBe(expected);
    }
  });

  it('cannot be read on the way to Clever', async ({ browser }) => {
    const away = await browser.send(`${START}?returnTo=/lessons/canary-lesson`);
    expect(away.headers.get('location')).not.toContain('canary');
    const state = locationOf(away).searchParams.get('state') ?? '';
    expect(readSealed(state)).not.toContain('canary');
    expect(cookiesOf(away)).not.toContain('canary');
  });

  it.for([200, 201, 512])('of %i characters is kept, and the state stays short', async (length, { app, browser }) => {
    const path = `/${'p'.repeat(length - 1)}`;
    const callback = await comeBack(browser, `${START}?returnTo=${path}`);
    expect(callback.searchParams.get('state')?.length).toBeLessThanOrEqual(500);
    await browser.send(callback);
    expect(app.results[0]?.returnTo).toBe(path);
  });

  it('of more than 512 characters becomes the home page', async ({ app, browser }) => {
    await browser.send(await comeBack(browser, `${START}?returnTo=/${'p'.repeat(512)}`));
    expect(app.results[0]?.returnTo).toBe('/');
  });

  it('that is long belongs to its own login only', async ({ app, browser }) => {
    const [first, second] = [`/first-${'p'.repeat(300)}`, `/second-${'p'.repeat(300)}`];
    const one = await comeBack(browser, `${START}?returnTo=${first}`);
    const two = await comeBack(browser, `${START}?returnTo=${second}`);
    const three = await comeBack(browser, `${START}?returnTo=/third`);
    for (const callback of [one, three, two]) {
      await browser.send(callback);
    }
    expect(app.results.map(({ returnTo }) => returnTo)).toEqual(['/', '/third', second]);
  });
});

describe('options that cannot work', () => {
  it.each([
    'https://app.example.com/callback?from=clever',
    'https://app.example.com/callback?',
    'https://app.example.com/c#d',
  ])('refuses the redirect URI %s', (redirectUri) => {
    expect(() => makeApp({ client: { redirectUri } })).toThrow(CleverConfigError);
    expect(() => makeApp({ client: { redirectUri } })).toThrow(/without `\?` or `#`/u);
  });

  it('refuses plain http, except on localhost', () => {
    expect(() => makeApp({ client: { redirectUri: 'http://app.example.com/callback' } })).toThrow(CleverConfigError);
    expect(() => makeApp({ client: { redirectUri: 'http://localhost:3000/callback' } })).not.toThrow();
  });

  it('needs a redirect URI', () => {
    expect(() => makeApp({ client: { redirectUri: undefined } })).toThrow(/redirectUri/u);
  });

  it.each<[string, unknown]>([
    ['a short secret', 'canary-short'],
    ['one byte too few', 'x'.repeat(31)],
    ['no secret', undefined],
    ['an empty one', ''],
    ['an empty list', []],
    ['a list with a short one', ['x'.repeat(32), 'canary-short']],
    ['a number', 12_345],
    ['null', null],
  ])('refuses %s', (_, cookieSecret) => {
    const make = () => makeApp({ login: { cookieSecret: cookieSecret as string } });
    expect(make).toThrow(CleverConfigError);
    expect(make).toThrow(/at least 32 bytes/u);
    expect(make).not.toThrow(/canary/u);
  });

  it('measures the secret in bytes, not in characters', () => {
    expect(() => makeApp({ login: { cookieSecret: 'é'.repeat(16) } })).not.toThrow();
    expect(() => makeApp({ login: { cookieSecret: 'é'.repeat(15) } })).toThrow(CleverConfigError);
  });

  it.each<[string, object]>([
    ['an unknown option', { onlogin: () => new Response() }],
    ['onLogin that is not a function', { onLogin: 'canary' }],
    ['onError that is not a function', { onError: {} }],
    ['onRepeat that is not a function', { onRepeat: 1 }],
    ['currentUserId that is not a function', { currentUserId: 'canary' }],
    ['an unknown cleverInitiated', { cleverInitiated: 'accept' }],
    ['extraParams that replace the SDK’s own', { extraParams: { state: 'fixed' } }],
    ['extraParams that are not strings', { extraParams: { confirmed: false } }],
  ])('refuses %s at once', (_, login) => {
    expect(() => makeApp({ login: login as object })).toThrow(CleverConfigError);
  });

  it('sends confirmed=false only if Clever is to ask who is using the device', async () => {
    const app = makeApp({ login: { extraParams: { confirmed: 'true', other: 'kept' } } });
    const sent = async (options?: StartOptions) =>
      locationOf(await app.login.start(new Request(START), options)).searchParams;
    expect((await sent({ askWho: true })).getAll('confirmed')).toEqual(['false']);
    expect((await sent({ askWho: true })).get('other')).toBe('kept');
    expect((await sent({ askWho: false })).get('confirmed')).toBe('true');
    const plain = makeApp();
    for (const options of [undefined, {}, { askWho: false }, { askWho: 'yes' as unknown as boolean }]) {
      expect(locationOf(await plain.login.start(new Request(START), options)).searchParams.has('confirmed')).toBe(
        false,
      );
    }
    // A visitor cannot switch it on or off by the address.
    const url = new URL(`${START}?askWho=true&confirmed=false`);
    expect(locationOf(await plain.login.start(new Request(url))).searchParams.has('confirmed')).toBe(false);
  });

  it('also sends extra parameters and the district', async () => {
    const app = makeApp({ login: { extraParams: { confirmed: 'false' } } });
    const away = await app.login.start(new Request(START), { districtId: '5f1000000000000000000010' });
    const { searchParams } = locationOf(away);
    expect(searchParams.get('confirmed')).toBe('false');
    expect(searchParams.get('district_id')).toBe('5f1000000000000000000010');
    expect(searchParams.get('response_type')).toBe('code');
    expect(searchParams.get('redirect_uri')).toBe(CALLBACK);
  });
});
