import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CleverCallbackError,
  type CleverClient,
  CleverConfigError,
  type CleverEntryFailure,
  type CleverEntryOptions,
  type CleverEntryStart,
  cleverEntry,
  createCleverClient,
  toNodeHandler,
} from 'clever-sdk';
import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Browser, type Page } from '../support/browser.js';
import { printed } from '../support/printed.js';

const APP = 'https://app.example.com';
const ENTRY = `${APP}/auth/clever/entry`;
const CALLBACK = `${APP}/auth/framework/callback`;
const LOGIN = '/auth/framework/login';

interface FrameworkApp {
  readonly sandbox: Sandbox;
  readonly clever: CleverClient;
  readonly browser: Browser;
  readonly started: Request[];
  readonly failures: CleverEntryFailure[];
}

/** An app whose framework has a login of its own, which insists on its `state`. */
function makeApp({
  start = () => LOGIN,
  redirectUris = [ENTRY, CALLBACK],
  hasDefaultPage = false,
}: {
  start?: CleverEntryStart;
  redirectUris?: readonly string[];
  hasDefaultPage?: boolean;
} = {}): FrameworkApp {
  const sandbox = createSandbox({ redirectUris: [...redirectUris], districts: [{ seed: 5, students: 60 }] });
  const clever = createCleverClient({ ...sandbox.clientOptions(), redirectUri: CALLBACK });
  const [started, failures] = [[] as Request[], [] as CleverEntryFailure[]];
  const own: CleverEntryOptions = {
    onError(failure) {
      failures.push(failure);
      return new Response('sorry', { status: failure.status });
    },
  };
  const entry = cleverEntry(
    (request) => {
      started.push(request);
      return start(request);
    },
    hasDefaultPage ? {} : own,
  );
  let expectedState: string | undefined;
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case '/auth/clever/entry':
        return entry(request);
      case LOGIN: {
        const { url, state } = clever.oauth.authorizationUrl();
        expectedState = state;
        return new Response(null, { status: 302, headers: { location: url } });
      }
      case '/auth/framework/callback': {
        const token = await clever.oauth.exchangeCallback(request, { expectedState });
        return Response.json((await clever.oauth.identify(token)).id);
      }
      default:
        return new Response('home');
    }
  };
  const browser = new Browser({ [APP]: answer, 'https://clever.com': (request) => sandbox.fetch(request) });
  return { sandbox, clever, browser, started, failures };
}

const studentOf = ({ sandbox }: FrameworkApp) => {
  const [student] = sandbox.people({ role: 'student' });
  if (student === undefined) {
    throw new Error('The sandbox has no student.');
  }
  return student;
};
const idOn = ({ text }: Page): unknown => JSON.parse(text);
const ask = (handler: (request: Request) => Promise<Response>, url: string, init?: RequestInit): Promise<Response> =>
  handler(new Request(url, init));

afterEach(() => {
  vi.useRealTimers();
});

describe('cleverEntry()', () => {
  it.each(['/portal/app', '/oauth/instant-login'])(
    'starts the login of the framework for a login from %s',
    async (entrance) => {
      const app = makeApp();
      const student = studentOf(app);
      const page = await app.browser.open(student.loginUrl(entrance));
      expect(idOn(page)).toBe(student.id);
      expect(app.failures).toEqual([]);
      const arrivals = app.browser.history.filter(({ origin }) => origin === APP);
      expect(arrivals.map(({ pathname, searchParams }) => `${pathname} ${[...searchParams.keys()]}`)).toEqual([
        '/auth/clever/entry code',
        '/auth/clever/entry ',
        `${LOGIN} `,
        '/auth/framework/callback code,state',
      ]);
    },
  );

  it('throws the code away: neither exchanges it nor shows it to the framework', async () => {
    const app = makeApp();
    const page = await app.browser.open(studentOf(app).loginUrl());
    const [first, second] = app.browser.history.map(({ searchParams }) => searchParams.get('code')).filter(Boolean);
    expect(first).not.toBe(second);
    const exchanges = app.sandbox.requests({ path: '/oauth/tokens' });
    expect(exchanges).toHaveLength(1);
    expect(app.started.map(({ url }) => url.replace(/\?$/u, ''))).toEqual([ENTRY]);
    expect(page.status).toBe(200);
    expect(JSON.stringify([...new Headers(app.started[0]?.headers)])).not.toContain(first);
  });

  it('keeps nothing of the query for the framework', async () => {
    const app = makeApp();
    await app.browser.open(`${ENTRY}?code=canary&returnTo=https://evil.example&scope=x`);
    expect(app.started).toHaveLength(1);
    expect(new URL(app.started[0]?.url ?? '').search).toBe('');
  });

  it('starts a login for a person who opens the address directly', async () => {
    const app = makeApp();
    const student = studentOf(app);
    await app.browser.open(student.loginUrl('/portal/app'));
    expect(idOn(await app.browser.open(ENTRY))).toBe(student.id);
  });

  it('gives the function what the server passes to a handler, and passes its Response on', async () => {
    const start = vi.fn((_request: Request, context: { params: string }) =>
      Promise.resolve(new Response(context.params, { status: 303, headers: { location: '/x' } })),
    );
    const response = await cleverEntry(start)(new Request(ENTRY), { params: 'p' });
    expect([response.status, await response.text(), response.headers.get('location')]).toEqual([303, 'p', '/x']);
  });

  it('lets a redirect that the framework throws through', async () => {
    const redirect = Object.assign(new Error('NEXT_REDIRECT'), { digest: 'NEXT_REDIRECT;replace;/x;307;' });
    const entry = cleverEntry(() => Promise.reject(redirect));
    expect((await ask(entry, `${ENTRY}?code=c`)).status).toBe(302);
    await expect(ask(entry, ENTRY)).rejects.toBe(redirect);
  });

  it.each([undefined, null, 5, {}])('says what to return when the function returns %j', async (returned) => {
    const entry = cleverEntry((() => returned) as unknown as CleverEntryStart);
    await expect(ask(entry, ENTRY)).rejects.toThrow(/cleverEntry\(\): the function must return .* a Response/u);
  });

  it.each(['HEAD', 'POST', 'PUT', 'OPTIONS'])('answers a %s without a login', async (method) => {
    const start = vi.fn<CleverEntryStart>(() => LOGIN);
    const response = await ask(cleverEntry(start), `${ENTRY}?code=canary`, { method });
    expect([response.status, response.headers.get('allow'), start.mock.calls.length]).toEqual([405, 'GET', 0]);
  });

  it.each([
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'next-router-prefetch': '1' },
    { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
  ])('starts nothing for a prefetch: %j', async (headers) => {
    const start = vi.fn<CleverEntryStart>(() => LOGIN);
    for (const url of [ENTRY, `${ENTRY}?code=canary`]) {
      const response = await ask(cleverEntry(start), url, { headers: headers as Record<string, string> });
      expect([response.status, response.headers.getSetCookie(), start.mock.calls.length]).toEqual([204, [], 0]);
    }
  });

  it.each<[what: string, query: string, status: number, reason: string]>([
    ['an error of Clever', 'error=unauthorized-user', 403, 'denied'],
    ['an error with a state', 'error=access_denied&state=canary', 403, 'denied'],
    ['a problem of Clever', 'error=server_error', 502, 'denied'],
    ['an unknown error', 'error=canary&error_description=canary', 403, 'denied'],
    ['a login with a state', 'code=canary&state=canary', 400, 'state_mismatch'],
    ['two codes', 'code=canary&code=canary2', 400, 'malformed'],
    ['a state twice', 'code=canary&state=canary&state=canary', 400, 'malformed'],
    ['a code that is too long', `code=${'canary'.repeat(400)}`, 400, 'malformed'],
  ])('refuses %s, and starts no login', async (_what, query, status, reason) => {
    const app = makeApp();
    const page = await app.browser.open(`${ENTRY}?${query}`);
    expect([page.status, page.text, page.url.href.startsWith(ENTRY)]).toEqual([status, 'sorry', true]);
    expect(app.started).toEqual([]);
    expect(app.failures[0]?.error).toBeInstanceOf(CleverCallbackError);
    expect(app.failures[0]?.error).toMatchObject({ code: 'oauth_callback', reason });
    expect(printed(app.failures[0])).not.toContain('canary');
  });

  it('has a friendly page of its own, which shows nothing of the request', async () => {
    const app = makeApp({ hasDefaultPage: true });
    const page = await app.browser.open(`${ENTRY}?error=canary&error_description=canary`);
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(page.text).toContain('Try again');
    expect(page.text).not.toContain('canary');
  });

  it.each([
    ['/sign-in', '/sign-in'],
    ['javascript:alert(1)', '/'],
  ])('leads from its page to the path %s of the app', async (retryPath, shown) => {
    const response = await ask(
      cleverEntry(() => LOGIN, { retryPath }),
      `${ENTRY}?error=access_denied`,
    );
    expect(await response.text()).toContain(`<a href="${shown}">Try again</a>`);
  });

  it('ends the circle of a browser that Clever always sends to the first redirect URI, without a state', async () => {
    const app = makeApp({ start: () => new URL('https://clever.com/portal/app') });
    const page = await app.browser.open(studentOf(app).loginUrl());
    expect([page.status, page.text]).toEqual([400, 'sorry']);
    expect(app.failures.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/again and again within seconds.*Register the callback of your framework at Clever/su),
    ]);
    expect(app.started.length).toBeLessThan(10);
    // The next click starts a new count.
    await app.browser.send(`${ENTRY}?code=c`);
    expect(app.failures).toHaveLength(1);
  });

  it('lets a class log in one after the other on one device', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const app = makeApp();
    for (const student of app.sandbox.people({ role: 'student', limit: 12 })) {
      expect(idOn(await app.browser.open(student.loginUrl()))).toBe(student.id);
      vi.setSystemTime(Date.now() + 10_000);
    }
    expect(app.failures).toEqual([]);
  });

  it('counts in a cookie of seconds that no script reads, whatever a browser sends in it', async () => {
    const entry = cleverEntry(() => LOGIN);
    const cookie = ['clever_entry=zzzzzzzzzz.%.-1.', `clever_entry=${'1.'.repeat(500)}`].join('; ');
    const response = await ask(entry, `${ENTRY}?code=c`, { headers: { cookie } });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^clever_entry=[\da-z.]+; Max-Age=20; Path=\/; HttpOnly; SameSite=Lax; Secure$/u),
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is served by toNodeHandler', async () => {
    const handle = toNodeHandler(cleverEntry(() => LOGIN));
    const server = createServer((request, response) => {
      handle(request, response).catch(() => response.writeHead(599).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const arrived = await fetch(`${origin}/entry?code=c`, { redirect: 'manual' });
      const next = new URL(arrived.headers.get('location') ?? '', arrived.url);
      expect([arrived.status, `${next.pathname}${next.search}`]).toEqual([302, '/entry']);
      expect((await fetch(next, { redirect: 'manual' })).headers.get('location')).toBe(LOGIN);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it.each([
    [() => cleverEntry(undefined as unknown as CleverEntryStart), /needs the function/u],
    [() => cleverEntry(() => LOGIN, { onErorr: () => new Response() } as object), /has no option `onErorr`/u],
  ])('refuses what cannot work: %s', (make, message) => {
    expect(make).toThrow(CleverConfigError);
    expect(make).toThrow(message);
  });
});
