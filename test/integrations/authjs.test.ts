import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { CleverConfigError, createCleverClient } from 'clever-sdk';
import Clever, { cleverCallbacks, guardCallback, guardNodeCallback } from 'clever-sdk/authjs';
import { describe, expect, it, vi } from 'vitest';

/* What needs no Auth.js; the logins are in test/frameworks, where it is. */

const CALLBACK = 'https://app.example.com/api/auth/callback/clever?code=c&state=s';
const SESSION = '__Secure-authjs.session-token.0=a; __Secure-authjs.session-token.1=b';
const LEGACY_SESSION = 'next-auth.session-token=a';
const STATE = 'authjs.state=s';

describe('Clever()', () => {
  const options = { clientId: 'app-id', clientSecret: 'canary-secret' };

  it('has what Auth.js needs of the client, and shows the secret to no printer', () => {
    for (const client of [createCleverClient(options), createCleverClient(() => options)]) {
      const provider = Clever({ client });
      expect([provider.clientId, provider.clientSecret, provider.issuer]).toEqual([
        'app-id',
        'canary-secret',
        'https://clever.com',
      ]);
      expect(provider.authorization.url).toBe('https://clever.com/oauth/authorize');
      expect(provider.token.url).toBe('https://clever.com/oauth/tokens');
      for (const shown of [client, client.oauth, provider]) {
        const deep = { depth: 10, showHidden: true, getters: true } as const;
        expect(`${JSON.stringify(shown)} ${inspect(shown)}`).not.toContain('canary');
        expect(shown === provider ? '' : inspect(shown, deep)).not.toContain('canary');
      }
    }
  });

  it('checks the state and nothing that Clever does not document, and links no accounts', () => {
    const provider = Clever({ client: createCleverClient(options) });
    expect(provider).toMatchObject({ checks: ['state'], type: 'oauth', allowDangerousEmailAccountLinking: false });
  });

  it('reads the options of a client at the first use', () => {
    const read = vi.fn(() => options);
    const provider = Clever({ client: createCleverClient(read) });
    expect([provider.id, read.mock.calls.length]).toEqual(['clever', 0]);
    expect([provider.clientId, read.mock.calls.length]).toEqual(['app-id', 1]);
  });

  it('refuses what cannot work', () => {
    const client = createCleverClient(options);
    expect(() => Clever({ client, scope: 'x' } as object as Parameters<typeof Clever>[0])).toThrow(
      /Clever\(\) has no option `scope`/u,
    );
    const copied = Clever({ client: { oauth: { ...client.oauth } } });
    expect(() => copied.clientSecret).toThrow(CleverConfigError);
  });
});

describe('cleverCallbacks', () => {
  const profile = { id: 'p', role: 'teacher', districtId: 'd', connection: 'district' };

  it('keep the person of the last login with Clever, and of no other', () => {
    const token = cleverCallbacks.jwt({ token: {}, account: { provider: 'clever', providerAccountId: 'p' }, profile });
    expect(token).toEqual({ clever: { id: 'p', role: 'teacher', districtId: 'd', connection: 'district' } });
    expect(cleverCallbacks.jwt({ token })).toBe(token);
    expect(cleverCallbacks.session({ session: { user: {} }, token })).toEqual({ user: {}, ...token });
    expect(
      cleverCallbacks.jwt({ token, account: { provider: 'github', providerAccountId: 'x' }, profile: { id: 'x' } }),
    ).toEqual({});
    expect(cleverCallbacks.session({ session: { user: {} } })).toEqual({ user: {} });
  });
});

describe('guardCallback()', () => {
  const seenBy = async (url: string, cookie: string): Promise<string | null | undefined> => {
    const handler = vi.fn((_request: Request) => new Response('handled'));
    await guardCallback(handler)(new Request(url, { headers: { cookie } }));
    return handler.mock.calls[0]?.[0].headers.get('cookie');
  };

  it('hides the previous session from the callback, and from nothing else', async () => {
    expect(await seenBy(CALLBACK, `${SESSION}; ${STATE}; theme=dark`)).toBe(`${STATE}; theme=dark`);
    expect(await seenBy(CALLBACK, `${LEGACY_SESSION}; next-auth.state=s`)).toBe('next-auth.state=s');
    expect(await seenBy(CALLBACK, STATE)).toBe(STATE);
    for (const path of ['/api/auth/session', '/api/auth/callback/github', '/api/auth/signin/clever']) {
      const url = `https://app.example.com${path}`;
      expect(await seenBy(url, `${SESSION}; ${STATE}`)).toBe(`${SESSION}; ${STATE}`);
    }
  });

  it('sends a person who repeats a callback home', async () => {
    const handler = vi.fn(() => new Response('handled'));
    const request = new Request(CALLBACK, { headers: { cookie: SESSION } });
    const response = await guardCallback(handler, { home: '/home' })(request);
    expect([response.status, response.headers.get('location'), handler.mock.calls.length]).toEqual([302, '/home', 0]);
  });

  it('keeps the class of the request, and passes on what the server passes', async () => {
    class FrameworkRequest extends Request {
      readonly nextUrl = 'kept';
    }
    const handler = vi.fn((request: FrameworkRequest, context: string) => new Response(request.nextUrl + context));
    const request = new FrameworkRequest(CALLBACK, { headers: { cookie: `${SESSION}; ${STATE}` } });
    expect(await (await guardCallback(handler)(request, ' context')).text()).toBe('kept context');
  });

  it("does the same for Node's request and response", () => {
    const answers: unknown[] = [];
    const end = (): void => undefined;
    const res = {
      getHeader: () => undefined,
      setHeader: () => undefined,
      writeHead(status: number, headers: object) {
        answers.push([status, headers]);
        return { end };
      },
    };
    const guard = guardNodeCallback({ home: '/home' });
    const req = {
      url: '/callback/clever?code=c',
      originalUrl: '/auth/callback/clever?code=c',
      headers: { cookie: `${LEGACY_SESSION}; next-auth.state=s` },
      cookies: { 'next-auth.session-token': 'a', 'next-auth.state': 's' },
    };
    expect(guard(req, res, () => 'next')).toBe('next');
    expect([req.headers.cookie, req.cookies]).toEqual(['next-auth.state=s', { 'next-auth.state': 's' }]);
    expect(guard({ ...req, headers: { cookie: LEGACY_SESSION } }, res, () => 'next')).toBeUndefined();
    expect(answers).toEqual([[302, { location: '/home', 'cache-control': 'no-store' }]]);
    const other = { url: '/auth/session', headers: { cookie: LEGACY_SESSION } };
    expect(guard(other, res, () => other.headers.cookie)).toBe(LEGACY_SESSION);
  });

  const NEW_SESSION = '__Secure-authjs.session-token=new; Path=/; Max-Age=2592000; Secure; Domain=example.com';
  const NEW_PARTS = ['.0', '.1'].map((part) => NEW_SESSION.replace('=new', `${part}=new`));
  const endOf = (part: string): string =>
    `__Secure-authjs.session-token${part}=; Path=/; Secure; Domain=example.com; Max-Age=0`;

  it.for([
    ['one cookie over two parts', [NEW_SESSION], SESSION, [endOf('.0'), endOf('.1')]],
    ['two parts over one cookie', NEW_PARTS, '__Secure-authjs.session-token=a', [endOf('')]],
    ['two parts over two', NEW_PARTS, SESSION, []],
    ['no session, as after a failed login', ['authjs.state=; Max-Age=0'], SESSION, []],
  ] as const)('leaves nothing of the previous session: %s', async ([, set, session, ends]) => {
    const cookie = `${session}; ${STATE}`;
    const handler = (): Response => {
      const response = Response.redirect('https://app.example.com/');
      return new Response(null, { status: 302, headers: [...response.headers, ...set.map(cookieHeader)] });
    };
    const response = await guardCallback(handler)(new Request(CALLBACK, { headers: { cookie } }));
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://app.example.com/']);
    expect(response.headers.getSetCookie()).toEqual([...set, ...ends]);

    const guard = guardNodeCallback();
    const server = createServer((req, res) =>
      guard(req, res, () => {
        res.setHeader('set-cookie', [...set]);
        res.statusCode = 302;
        res.end();
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/auth/callback/clever?code=c&state=s`;
    const answer = await fetch(at, { headers: { cookie }, redirect: 'manual' });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([302, [...set, ...ends]]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('knows cookies by the names that the app gives them', async () => {
    const handler = vi.fn((_request: Request) => new Response(null, { headers: { 'set-cookie': 'sid=new; Path=/' } }));
    const guarded = guardCallback(handler, { sessionCookie: 'sid', stateCookie: 'way' });
    const ask = (cookie: string) => guarded(new Request(CALLBACK, { headers: { cookie } }));
    const response = await ask('sid.0=a; sid.1=b; side=kept; way=s');
    expect(handler.mock.calls[0]?.[0].headers.get('cookie')).toBe('side=kept; way=s');
    expect(response.headers.getSetCookie()).toEqual([
      'sid=new; Path=/',
      'sid.0=; Path=/; Max-Age=0',
      'sid.1=; Path=/; Max-Age=0',
    ]);
    expect((await ask('sid=a')).status, 'a repeated callback').toBe(302);
    const misspelt = { sessionToken: 'sid' } as object;
    expect(() => guardCallback(handler, misspelt)).toThrow(/guardCallback\(\) has no option `sessionToken`/u);
    expect(() => guardNodeCallback(misspelt)).toThrow(/guardNodeCallback\(\) has no option `sessionToken`/u);
  });
});

function cookieHeader(cookie: string): [string, string] {
  return ['set-cookie', cookie];
}
