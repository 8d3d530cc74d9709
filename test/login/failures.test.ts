import {
  CleverAuthenticationError,
  CleverConfigError,
  type CleverError,
  CleverTokenError,
  isCleverError,
} from 'clever-sdk';
import { describe, expect } from 'vitest';
import { changed, comeBack, comeFromPortal, expectNoLeaks, isRestart, it, makeApp, PEOPLE, START } from './support.js';

expectNoLeaks();

const html = (status: number): Response =>
  new Response('<html><body>canary-gateway</body></html>', { status, headers: { 'content-type': 'text/html' } });

/** A verified id_token alone can identify a person; these logins rely on the API. */
const WITHOUT_ID_TOKEN = { client: { oidc: { idToken: 'ignore' } } } as const;

/** Everything that can go wrong between a good callback and a known person. */
const TROUBLE: readonly [string, string, () => Response | Promise<Response>, Partial<CleverError>, number][] = [
  ['a token endpoint that is down', '/oauth/tokens', () => html(503), { code: 'oauth_token' }, 502],
  [
    'a token endpoint with an error of its own',
    '/oauth/tokens',
    () => Response.json({ error: 'server_error' }, { status: 500 }),
    { code: 'oauth_token' },
    502,
  ],
  [
    'a token endpoint that is unavailable, in the words of OAuth',
    '/oauth/tokens',
    () => Response.json({ error: 'temporarily_unavailable' }, { status: 400 }),
    { code: 'oauth_token' },
    502,
  ],
  ['a token endpoint that is too busy', '/oauth/tokens', () => html(429), { code: 'oauth_token' }, 502],
  [
    'a request that Clever refuses',
    '/oauth/tokens',
    () => Response.json({ error: 'invalid_request' }, { status: 400 }),
    { code: 'oauth_token' },
    400,
  ],
  ['a token endpoint that answers with a login page', '/oauth/tokens', () => html(200), { code: 'oauth_token' }, 400],
  [
    'a token endpoint that redirects',
    '/oauth/tokens',
    () => Response.redirect('https://evil.example/'),
    { code: 'oauth_token' },
    400,
  ],
  ['an empty answer', '/oauth/tokens', () => new Response(null, { status: 200 }), { code: 'oauth_token' }, 400],
  ['an invalid token', '/oauth/tokens', () => Response.json({ token_type: 'bearer' }), { code: 'oauth_token' }, 400],
  [
    'wrong credentials',
    '/oauth/tokens',
    () => Response.json({ error: 'invalid_client' }, { status: 401 }),
    { code: 'oauth_token' },
    400,
  ],
  [
    'a reset connection',
    '/oauth/tokens',
    () => Promise.reject(new TypeError('canary reset')),
    { code: 'connection' },
    502,
  ],
  [
    'a token that /me refuses',
    '/v3.1/me',
    () => Response.json({ error: 'canary' }, { status: 401 }),
    { code: 'authentication' },
    502,
  ],
  ['a /me that is down', '/v3.1/me', () => html(500), { code: 'server' }, 502],
  ['a /me that is a web page', '/v3.1/me', () => html(200), { code: 'connection' }, 502],
  ['a /me without an id', '/v3.1/me', () => Response.json({ data: {} }), {}, 502],
  ['a budget that is spent', '/v3.1/me', () => new Response(null, { status: 429 }), { code: 'rate_limit' }, 502],
];

describe('a failure after a good callback', () => {
  it.each(TROUBLE)('%s goes to onError', async (_, path, answer, expected, status) => {
    const app = makeApp({ ...WITHOUT_ID_TOKEN, intercept: (url) => (url.pathname === path ? answer() : undefined) });
    const browser = app.browser();
    const callback = await comeBack(browser);
    const response = await browser.send(callback);
    expect(response.status).toBe(status);
    expect(app.results).toEqual([]);
    expect(app.failures).toHaveLength(1);
    const { error } = app.failures[0] ?? {};
    expect(isCleverError(error)).toBe(true);
    expect(error).toMatchObject(expected);
    expect(error?.userMessage).toMatch(/^[A-Z].*\.$/u);
    expect(app.exchanges).toHaveLength(1);
    // Trying again means a new login with a new code, never the same code twice.
    expect(isRestart(await browser.send(callback))).toBe(true);
    expect(app.exchanges).toHaveLength(1);
  });

  it.each(TROUBLE)('%s ends on the default page without onError', async (_, path, answer, __, status) => {
    const app = makeApp({
      ...WITHOUT_ID_TOKEN,
      hasDefaultPage: true,
      intercept: (url) => (url.pathname === path ? answer() : undefined),
    });
    const browser = app.browser();
    const page = await browser.open(await comeBack(browser));
    expect(page.status).toBe(status);
    expect(page.text).toMatch(/<h1>Login did not work<\/h1>/u);
    expect(page.text).not.toMatch(/canary/iu);
  });

  it.each([500, 502, 503, 504])(
    'says of a token endpoint with status %d that Clever has the problem',
    async (status) => {
      const app = makeApp({ intercept: (url) => (url.pathname === '/oauth/tokens' ? html(status) : undefined) });
      const browser = app.browser();
      await browser.send(await comeBack(browser));
      expect(app.failures).toMatchObject([{ status: 502, error: { status, isRetryable: false } }]);
      expect(app.failures[0]?.error.userMessage).toMatch(/Clever is having problems/u);
    },
  );

  it('a token endpoint that never answers goes to onError after the time limit', async () => {
    const app = makeApp({
      client: { timeoutMs: 30 },
      intercept: (url) => (url.pathname === '/oauth/tokens' ? new Promise<Response>(() => undefined) : undefined),
    });
    const browser = app.browser();
    const response = await browser.send(await comeBack(browser));
    expect(response.status).toBe(502);
    expect(app.failures[0]?.error).toMatchObject({ code: 'timeout' });
    expect(app.exchanges).toHaveLength(1);
  });

  it('passes the request to onError, so that the app can answer with its own page', async ({ app, browser }) => {
    const callback = await comeBack(browser);
    app.sandbox.faults.add({ path: '/oauth/tokens', status: 404 });
    await browser.send(callback, { headers: { 'accept-language': 'de' } });
    const { request, error, status } = app.failures[0] ?? {};
    expect(request?.headers.get('accept-language')).toBe('de');
    expect(request?.url).toBe(callback.href);
    expect(error).toBeInstanceOf(CleverTokenError);
    expect(status).toBe(400);
  });
});

describe('the default page', () => {
  async function defaultPage(options: { retryPath?: string } = {}) {
    const app = makeApp({ hasDefaultPage: true, login: options });
    const browser = app.browser();
    return browser.open(changed(await comeBack(browser), { state: 'forged-"<b>canary</b>' }));
  }

  it('is complete, plain, accessible HTML with a link out', async () => {
    const { text, status, headers } = await defaultPage();
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/iu);
    expect(text).toMatch(/<meta charset="utf-8">/u);
    expect(text).toMatch(/<meta name="viewport"/u);
    expect(text).toMatch(/<title>[^<]+<\/title>/u);
    expect(text.match(/<main>/gu)).toHaveLength(1);
    expect(text.match(/<h1>/gu)).toHaveLength(1);
    expect(text).toMatch(/<a href="\/">Try again<\/a>/u);
    expect(text).not.toMatch(/<script|<img|<link|<iframe|https?:|canary/iu);
    for (const tag of ['html', 'head', 'body', 'main', 'h1', 'p', 'a', 'style', 'title']) {
      expect(text.match(new RegExp(`<${tag}[ >]`, 'gu'))).toHaveLength(
        text.match(new RegExp(`</${tag}>`, 'gu'))?.length ?? -1,
      );
    }
  });

  it('loads nothing, runs nothing, and cannot be framed', async () => {
    const { headers } = await defaultPage();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/u);
    expect(policy).toMatch(/frame-ancestors 'none'/u);
    expect(policy).toMatch(/base-uri 'none'/u);
    expect(policy).not.toMatch(/script-src|unsafe-eval|\*/u);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('links to the page that the app names, if that is one of its own paths', async () => {
    expect((await defaultPage({ retryPath: '/login?a=1&b=2' })).text).toMatch(/href="\/login\?a=1&#38;b=2"/u);
    expect(() => makeApp({ login: { retryPath: '/élèves' } })).toThrow(/percent-encoded/u);
    for (const retryPath of ['/"><script>canary()</script>', 'https://evil.example/', 'javascript:canary()', 'login']) {
      expect(() => makeApp({ login: { retryPath } })).toThrow(CleverConfigError);
    }
  });
});

describe('the app’s own hooks', () => {
  it('an error from onLogin belongs to the app, and is not hidden', async () => {
    const own = new Error('no database');
    const app = makeApp({
      login: {
        onLogin: () => {
          throw own;
        },
      },
    });
    const browser = app.browser();
    const callback = await comeBack(browser);
    await expect(browser.send(callback)).rejects.toBe(own);
    expect(app.failures).toEqual([]);
    expect(isRestart(await browser.send(callback))).toBe(true);
    expect(app.exchanges).toHaveLength(1);
  });

  it('an error from onLogin reaches the app even when it is an SDK error', async ({ app }) => {
    const login = app.clever.login({
      cookieSecret: 'x'.repeat(32),
      onLogin: async ({ request }) => {
        await app.clever.user({ token: 'il-not-a-token' }).me();
        return new Response(request.url);
      },
      onError: () => new Response('hidden'),
    });
    const away = await login.start(new Request(START));
    const cookie = away.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const callback = await comeCallback(app, away);
    const thrown = await login
      .callback(new Request(callback, { headers: { cookie } }))
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(CleverAuthenticationError);
  });

  it('errors from onError, onRepeat and currentUserId reach the app', async () => {
    const own = new Error('no template');
    const fail = (): never => {
      throw own;
    };
    const app = makeApp({ login: { onError: fail, onRepeat: fail } });
    const browser = app.browser();
    const callback = await comeBack(browser);
    await expect(browser.send(changed(callback, { state: 'forged' }))).rejects.toBe(own);
    await browser.send(callback);
    await expect(browser.send(callback)).rejects.toBe(own);

    const other = makeApp({ login: { currentUserId: fail } });
    const visitor = other.browser();
    await expect(comeBack(visitor).then((url) => visitor.send(url))).rejects.toBe(own);
  });

  it.each([
    ['another person', () => PEOPLE.student.id, true],
    ['the same person', () => PEOPLE.teacher.id, false],
    ['no one', () => undefined, false],
    ['another person, asynchronously', async () => PEOPLE.student.id, true],
  ])('currentUserId shows whether the account switched: %s was logged in', async (_, currentUserId, expected) => {
    const app = makeApp({ login: { currentUserId } });
    await app.browser().open(START);
    expect(app.results[0]?.hasSwitchedAccount).toBe(expected);
  });

  it('currentUserId receives the callback’s request, with the app’s own cookies', async () => {
    const asked: (string | null)[] = [];
    const app = makeApp({
      login: {
        currentUserId: (request) => {
          asked.push(request.headers.get('cookie'));
          return undefined;
        },
      },
    });
    const browser = app.browser();
    const callback = await comeBack(browser);
    const cookie = `session=mine; ${browser.cookieHeader(callback)}`;
    await browser.send(callback, { headers: { cookie } });
    expect(asked).toEqual([cookie]);
    expect(app.results[0]?.request.headers.get('cookie')).toBe(cookie);
  });

  it('a second person in the same browser replaces the first', async ({ app }) => {
    let session: string | undefined;
    const login = app.clever.login({
      cookieSecret: 'x'.repeat(32),
      currentUserId: () => session,
      onLogin: ({ identity, hasSwitchedAccount }) => {
        session = identity.id;
        return Response.json({ hasSwitchedAccount });
      },
    });
    const answers: unknown[] = [];
    for (const person of [PEOPLE.teacher.id, PEOPLE.student.id, PEOPLE.student.id]) {
      const away = await login.start(new Request(START));
      const callback = await comeCallback(app, away, person);
      const cookie = away.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      answers.push(await (await login.callback(new Request(callback, { headers: { cookie } }))).json());
      expect(session).toBe(person);
    }
    expect(answers).toEqual([
      { hasSwitchedAccount: false },
      { hasSwitchedAccount: true },
      { hasSwitchedAccount: false },
    ]);
  });

  it('distinguishes a Library login from a district login', async () => {
    const app = makeApp({ login: { extraParams: { sandbox_connection: 'library' } } });
    await app.browser().open(START);
    expect(app.results[0]?.identity).toMatchObject({ connection: 'library', authorizedBy: 'teacher' });
    expect(app.results[0]?.identity).not.toHaveProperty('districtId');
    const other = makeApp();
    await other.browser().open(await comeFromPortal(other, other.browser()));
    expect(other.results[0]?.identity).toMatchObject({
      connection: 'district',
      districtId: '5f1000000000000000000010',
    });
  });
});

async function comeCallback(app: ReturnType<typeof makeApp>, away: Response, person?: string): Promise<string> {
  const browser = app.browser(person);
  const response = await browser.send(away.headers.get('location') ?? '');
  return response.headers.get('location') ?? '';
}
