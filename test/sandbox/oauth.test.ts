import type { Sandbox } from 'clever-sdk/sandbox';
import { tokenInfoSchema, tokenSchema } from 'clever-sdk/schemas';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, authorize, basic, callbackOf, exchange, read, small } from './support.js';

const connectedAndLibrary = {
  districts: [
    { seed: 5, students: 60 },
    { seed: 6, students: 60, connection: 'library' },
  ],
} as const;

const itWithLibrary = it.extend('sandboxOptions', connectedAndLibrary);

function personOf(
  sandbox: Sandbox,
  role: 'teacher' | 'student' | 'staff' | 'district_admin' | 'contact',
  districtIndex = 0,
): string {
  const districtId = sandbox.districts[districtIndex]?.id ?? '';
  return sandbox.people({ role, districtId, limit: 1 })[0]?.id ?? '';
}

async function codeFor(sandbox: Sandbox, user: string, more: Record<string, string> = {}): Promise<string> {
  return callbackOf(await authorize(sandbox, { sandbox_user: user, ...more })).get('code') ?? '';
}

describe('/oauth/authorize', () => {
  it('sends a named person back with a code, and with the state that was sent', async ({ sandbox }) => {
    const state = 'a b&c=d/é';
    const response = await authorize(sandbox, { sandbox_user: personOf(sandbox, 'teacher'), state });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/auth\/clever\/callback\?code=[0-9a-f]{40}&state=/u,
    );
    expect(callbackOf(response).get('state')).toBe(state);
  });

  it('finds a person by e-mail address, in any case of letters', async ({ sandbox }) => {
    const person = sandbox.people({ role: 'teacher' }).find(({ email }) => email?.includes('@'));
    const response = await authorize(sandbox, { sandbox_user: person?.email?.toUpperCase() ?? '' });
    const { body } = await exchange(sandbox, callbackOf(response).get('code') ?? '');
    const me = await ask(sandbox, '/v3.1/me', (body as unknown as { access_token: string }).access_token);
    expect(me.body.data['id']).toBe(person?.id);
  });

  it('sends no state when none was sent', async ({ sandbox }) => {
    const callback = callbackOf(await authorize(sandbox, { sandbox_user: personOf(sandbox, 'student') }));
    expect([...callback.keys()]).toEqual(['code']);
  });

  it.for([
    ['an unknown client', { client_id: 'unknown' }],
    ['a redirect URI that is not listed', { redirect_uri: 'http://localhost:3000/auth/clever/callback/' }],
    ['a redirect URI with a query', { redirect_uri: 'http://localhost:3000/auth/clever/callback?x=1' }],
    ['a redirect URI elsewhere', { redirect_uri: 'https://evil.example/' }],
  ] as const)('refuses %s with a page and does not redirect', async ([_what, query], { sandbox }) => {
    const response = await authorize(sandbox, { sandbox_user: personOf(sandbox, 'teacher'), ...query });
    const { status, headers, text } = await read(response);
    expect([status, headers.get('location')]).toEqual([400, null]);
    expect(text).toContain('<h1>');
  });

  it('says that it supports only the code flow', async ({ sandbox }) => {
    const callback = callbackOf(await authorize(sandbox, { response_type: 'token', state: 's' }));
    expect(Object.fromEntries(callback)).toEqual({ error: 'unsupported_response_type', state: 's' });
  });

  it('keeps the query of a registered redirect URI, and accepts any that is listed', async () => {
    const sandbox = small({ redirectUris: ['https://app.example/a', 'https://app.example/b?tenant=1'] });
    const redirectUri = 'https://app.example/b?tenant=1';
    const code = await codeFor(sandbox, personOf(sandbox, 'teacher'), { redirect_uri: redirectUri });
    expect((await exchange(sandbox, code, { redirectUri })).status).toBe(200);
  });

  itWithLibrary.for([
    ['contact', 0, 403],
    ['staff', 0, 302],
    ['district_admin', 0, 302],
    ['student', 0, 302],
    ['student', 1, 302],
    ['staff', 1, 403],
    ['district_admin', 1, 403],
    ['contact', 1, 403],
  ] as const)('treats a %s of district %i with %i', async ([role, district, status], { sandbox }) => {
    const districtId = sandbox.districts[district]?.id ?? '';
    const person = sandbox.people({ role, districtId }).find(({ roles }) => roles.length === 1);
    const response = await authorize(sandbox, { sandbox_user: person?.id ?? '' });
    expect(response.status).toBe(status);
  });

  itWithLibrary('reports to the app that the person’s district has not connected it', async ({ sandbox }) => {
    const response = await authorize(sandbox, {
      sandbox_user: personOf(sandbox, 'teacher', 1),
      sandbox_connection: 'district',
      state: 's',
    });
    expect(Object.fromEntries(callbackOf(response))).toEqual({ error: 'unauthorized-user', state: 's' });
  });

  it('finds no person who is not in the sandbox, and does not repeat the name', async ({ sandbox }) => {
    const { status, text } = await read(await authorize(sandbox, { sandbox_user: 'CANARY' }));
    expect(status).toBe(404);
    expect(text).not.toContain('CANARY');
  });
});

describe('/oauth/instant-login', () => {
  it('redirects to the primary redirect URI without state', async () => {
    const sandbox = small({ redirectUris: ['https://app.example/a', 'https://app.example/b'] });
    const { clientId } = sandbox.clientOptions();
    const query = `client_id=${clientId}&district_id=${sandbox.districts[0].id}&sandbox_user=${personOf(sandbox, 'teacher')}&state=s`;
    const response = await sandbox.fetch(`https://clever.com/oauth/instant-login?${query}`);
    expect(response.headers.get('location')).toMatch(/^https:\/\/app\.example\/a\?code=[0-9a-f]{40}$/u);
  });

  itWithLibrary('does not work for Library districts', async ({ sandbox }) => {
    const { clientId } = sandbox.clientOptions();
    const query = `client_id=${clientId}&district_id=${sandbox.districts[1]?.id}`;
    expect((await sandbox.fetch(`https://clever.com/oauth/instant-login?${query}`)).status).toBe(404);
  });
});

describe('POST /oauth/tokens', () => {
  it.each([true, false])('exchanges a code once (form body: %s)', async (asForm) => {
    const sandbox = small({ oidc: false });
    const code = await codeFor(sandbox, personOf(sandbox, 'teacher'));
    const first = await exchange(sandbox, code, { asForm });
    expect(first.status).toBe(200);
    expect(tokenSchema.parse(first.body)).toEqual(first.body);
    expect(first.text).toMatch(/^\{"access_token":"il[0-9a-f]{38}","token_type":"bearer"\}$/u);
    expect(first.headers.get('x-ratelimit-limit')).toBeNull();
    const second = await exchange(sandbox, code, { asForm });
    expect([second.status, second.text]).toEqual([
      400,
      '{"error":"invalid_grant","error_description":"Invalid grant: invalid code"}',
    ]);
  });

  it.each([
    [59_999, 200],
    [60_000, 400],
  ])('takes a code that is %i ms old with %i', async (ageMs, status) => {
    let now = 1_800_000_000_000;
    const sandbox = small({ clock: () => now });
    const code = await codeFor(sandbox, personOf(sandbox, 'teacher'));
    now += ageMs;
    expect((await exchange(sandbox, code)).status).toBe(status);
  });

  it('requires the redirect URI of the authorization, and uses up the code', async () => {
    const sandbox = small({ redirectUris: ['https://app.example/a', 'https://app.example/b'] });
    const code = await codeFor(sandbox, personOf(sandbox, 'teacher'));
    const wrong = await exchange(sandbox, code, { redirectUri: 'https://app.example/b' });
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant']);
    expect((await exchange(sandbox, code)).status).toBe(400);
  });

  it('requires the app’s credentials, and does not use up the code without them', async ({ sandbox }) => {
    const code = await codeFor(sandbox, personOf(sandbox, 'teacher'));
    for (const authorization of [basic(sandbox, 'wrong'), 'Basic !', 'Basic', '', 'Bearer x']) {
      const refused = await exchange(sandbox, code, { authorization });
      expect([refused.status, refused.body.error], authorization).toEqual([401, 'invalid_client']);
    }
    expect((await exchange(sandbox, code)).status).toBe(200);
  });

  it('accepts credentials that are encoded as in RFC 6749, and those that are not', async () => {
    const sandbox = small({ clientId: 'app:1', clientSecret: 'a+b&c%25é' });
    for (const encode of [encodeURIComponent, (text: string) => text.replace(':', '%3A')]) {
      const bytes = new TextEncoder().encode(`${encode('app:1')}:${encode('a+b&c%25é')}`);
      const authorization = `Basic ${btoa(String.fromCharCode(...bytes))}`;
      const response = await sandbox.fetch('https://clever.com/oauth/tokens?owner_type=district', {
        headers: { authorization },
      });
      expect(response.status).toBe(200);
    }
  });

  it.for([
    ['{"grant_type":"password"}', 'unsupported_grant_type'],
    ['{"grant_type":"authorization_code"}', 'invalid_request'],
    ['{"code":', 'unsupported_grant_type'],
    ['null', 'unsupported_grant_type'],
  ] as const)('refuses the body %s', async ([body, error], { sandbox }) => {
    const headers = { authorization: basic(sandbox), 'content-type': 'application/json' };
    const answer = await read(
      await sandbox.fetch('https://clever.com/oauth/tokens', { method: 'POST', headers, body }),
    );
    expect([answer.status, answer.body.error]).toEqual([400, error]);
  });
});

describe('GET /oauth/tokens', () => {
  const list = async (sandbox: Sandbox, query: string, authorization = basic(sandbox)) =>
    read(await sandbox.fetch(`https://clever.com/oauth/tokens${query}`, { headers: { authorization } }));

  it('lists the token of every connected district, and of no other', async () => {
    const sandbox = small({
      districts: [
        { seed: 5, students: 5 },
        { seed: 6, students: 5, connection: 'library' },
        { seed: 7, students: 5, connection: 'both' },
      ],
    });
    const { body } = await list(sandbox, '?owner_type=district');
    const entries = body.data as unknown as { access_token: string; owner: object; scopes: string[] }[];
    const connected = [sandbox.districts[0], sandbox.districts[2]];
    expect(entries.map((entry) => entry.access_token)).toEqual(connected.map((district) => district?.token));
    expect(entries.map(({ owner }) => owner)).toEqual(
      connected.map((district) => ({ type: 'district', id: district?.id })),
    );
    expect(entries[0]?.scopes).toContain('read:sections');
    expect(body.links).toEqual([{ rel: 'self', uri: '/oauth/tokens?owner_type=district' }]);
  });

  it('can be limited to one district', async ({ sandbox }) => {
    const { id } = sandbox.districts[0];
    const { body } = await list(sandbox, `?district=${id}`);
    expect(body.data).toHaveLength(1);
    expect(body.links?.[0]?.uri).toBe(`/oauth/tokens?owner_type=district&district=${id}`);
    expect((await list(sandbox, '?owner_type=district&district=x')).body.data).toEqual([]);
  });

  it('requires credentials, and a known owner type', async ({ sandbox }) => {
    expect((await list(sandbox, '?owner_type=district', basic(sandbox, 'x'))).status).toBe(401);
    expect((await list(sandbox, '')).status).toBe(400);
    expect((await list(sandbox, '?owner_type=school')).status).toBe(400);
  });
});

describe('/oauth/tokeninfo', () => {
  itWithLibrary.for([
    ['district', 0, 'read:students_basic'],
    ['library', 1, 'read:sections_limited'],
  ] as const)('names the app and scopes of a %s login', async ([_connection, district, scope], { sandbox }) => {
    const token = sandbox.userToken({ user: personOf(sandbox, 'teacher', district) });
    const headers = { authorization: `Bearer ${token}` };
    const info = tokenInfoSchema.parse(
      await (await sandbox.fetch('https://clever.com/oauth/tokeninfo', { headers })).json(),
    );
    expect(info.client_id).toBe(sandbox.clientOptions().clientId);
    expect(info.scopes).toEqual(expect.arrayContaining([scope, 'read:user_id']));
  });

  it('accepts no other token', async ({ sandbox }) => {
    const response = await sandbox.fetch('https://clever.com/oauth/tokeninfo');
    expect(response.status).toBe(401);
  });
});

describe('other paths below /oauth', () => {
  it('do not exist', async ({ sandbox }) => {
    const answer = await read(await sandbox.fetch('https://clever.com/oauth/nothing', { method: 'DELETE' }));
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('<pre>Cannot DELETE /oauth/nothing</pre>');
  });
});
