import { inspect } from 'node:util';
import { createCleverClient } from 'clever-sdk';
import { SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, authorize, callbackOf, exchange, small } from './support.js';

describe('requests()', () => {
  it('shows what a client requested, page by page', async ({ sandbox }) => {
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    const district = clever.district({ token: sandbox.districts[0].token });
    await district.users.list({ role: 'student', pageSize: 25 }).toArray({ maxItems: 100 });
    await district.schools.count();
    expect(sandbox.requests({ path: '/v3.1/users' })).toHaveLength(3);
    expect(sandbox.requests()[1]).toEqual({
      number: 2,
      startedAtMs: expect.any(Number),
      method: 'GET',
      path: '/v3.1/users',
      query: { role: 'student', limit: '25', starting_after: '[redacted]' },
      from: 'app',
      token: 'district',
      districtId: sandbox.districts[0].id,
      outcome: 'answered',
      status: 200,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      durationMs: expect.any(Number),
      faults: [],
    });
    expect(sandbox.requests({ path: '/v3.1/schools' })).toMatchObject([{ query: { count: 'true' } }]);
  });

  it('distinguishes kinds of tokens', async () => {
    const sandbox = small({ districts: [{ seed: 5, students: 60, connection: 'both' }] });
    const [teacher] = sandbox.people({ role: 'teacher', hasSections: true });
    const user = teacher?.id ?? '';
    await ask(sandbox, '/v3.1/me');
    await ask(sandbox, '/v3.1/me', sandbox.userToken({ user }));
    await ask(sandbox, '/v3.1/me', sandbox.userToken({ user, connection: 'library' }));
    await ask(sandbox, '/v3.1/me', 'made-up');
    await sandbox.fetch('https://api.clever.com/v3.1/me');
    await createCleverClient({ ...sandbox.clientOptions() }).oauth.districtTokens();
    expect(sandbox.requests().map(({ token }) => token)).toEqual([
      ...['district', 'user', 'library', 'unknown', 'none', 'app'],
    ]);
    expect(sandbox.requests({ token: 'library' })).toMatchObject([{ districtId: sandbox.districts[0].id }]);
  });

  it('distinguishes the app from people with a browser', async ({ sandbox }) => {
    const token = sandbox.districts[0].token;
    const send = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      sandbox.fetch(`https://api.clever.com${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
    await send('/v3.1/users');
    await send('/v3.1/schools', { 'sec-fetch-mode': 'cors' });
    await send('/v3.1/terms', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', origin: 'https://app.example' });
    await send('/oauth/tokeninfo');
    await send('/oauth/authorize');
    await send('/portal');
    await send('/v3.1/courses', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });
    await send('/favicon.ico', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' });
    const paths = (from: 'app' | 'browser'): string[] => sandbox.requests({ from }).map(({ path }) => path);
    expect(paths('app')).toEqual(['/v3.1/users', '/v3.1/schools', '/v3.1/terms', '/oauth/tokeninfo']);
    expect(paths('browser')).toEqual(['/oauth/authorize', '/portal', '/v3.1/courses', expect.any(String)]);
  });

  it('shows faults, and requests without a response', async ({ sandbox }) => {
    sandbox.faults.add({ status: 429, delayMs: 1, path: '/v3.1/*' });
    sandbox.faults.add({ resetConnection: true });
    sandbox.faults.add({ truncateBody: true });
    await ask(sandbox, '/v3.1/terms');
    await expect(ask(sandbox, '/v3.1/terms')).rejects.toThrow(TypeError);
    await expect(ask(sandbox, '/v3.1/terms')).rejects.toThrow(TypeError);
    await ask(sandbox, '/v3.1/terms');
    expect(sandbox.requests({ hasFault: true })).toMatchObject([
      { outcome: 'answered', status: 429, faults: ['delayMs', 'status'] },
      { outcome: 'reset', status: undefined, faults: ['resetConnection'] },
      { outcome: 'truncated', status: 200, faults: ['truncateBody'] },
    ]);
    expect(sandbox.requests({ hasFault: false })).toHaveLength(1);
  });

  it.for([
    [{ method: 'post' }, 0],
    [{ path: '/v3.1/users/{id}' }, 1],
    [{ path: '/v3.1/*' }, 3],
    [{ status: 404 }, 1],
    [{ outcome: 'aborted' }, 0],
    [{ token: 'district', path: '/v3.1/terms' }, 1],
  ] as const)('chooses: %j', async ([query, length], { sandbox }) => {
    for (const path of ['/v3.1/users', '/v3.1/users/unknown', '/v3.1/terms']) {
      await ask(sandbox, path);
    }
    expect(sandbox.requests(query)).toHaveLength(length);
    expect(() => sandbox.requests({ pfad: '/' } as object)).toThrow(SandboxError);
  });

  it('keeps a limited number, and starts again when it is cleared', async () => {
    const sandbox = small({ requestLogSize: 2 });
    for (let asked = 0; asked < 5; asked += 1) {
      await ask(sandbox, '/v3.1/terms');
    }
    expect(sandbox.requests().map(({ number }) => number)).toEqual([4, 5]);
    sandbox.clearRequests();
    await ask(sandbox, '/v3.1/terms');
    expect(sandbox.requests().map(({ number }) => number)).toEqual([1]);
    sandbox.reset();
    expect(sandbox.requests()).toEqual([]);
    const forgetful = small({ requestLogSize: 0 });
    await ask(forgetful, '/v3.1/terms');
    expect(forgetful.requests()).toEqual([]);
  });

  it('returns what is known at that moment, as a copy that cannot change it', async ({ sandbox }) => {
    await ask(sandbox, '/v3.1/terms');
    const [request] = sandbox.requests();
    expect(Object.isFrozen(request)).toBe(true);
    expect(sandbox.requests()).toEqual([request]);
  });

  it('contains no secret and no person', async () => {
    const district = { id: 'dddd', name: 'District' };
    const user = {
      id: 'CANARY_user',
      district: 'dddd',
      name: { first: 'CANARY_first', last: 'CANARY_last' },
      email: 'CANARY@example.com',
      roles: { teacher: {} },
    };
    const sandbox = small({
      clientSecret: 'CANARY_secret',
      clientId: 'CANARY_client',
      districts: [{ district, users: [user], connection: 'both' }],
    });
    const login = await authorize(sandbox, { sandbox_user: user.id, state: 'CANARY_state', nonce: 'CANARY_nonce' });
    const code = callbackOf(login).get('code') ?? '';
    await exchange(sandbox, code);
    const token = sandbox.userToken({ user: user.email });
    for (const path of [
      `/v3.1/users/${user.id}`,
      `/v3.1/users/${user.id}/mystudents?starting_after=CANARY_cursor&limit=CANARY_limit&CANARY_name=1`,
      `/v3.1/users?role=CANARY_role&limit=5&__proto__=CANARY`,
      `/v3.1/CANARY_path/${token}`,
      `/CANARY/${token}/x`,
      `/in/CANARY_portal`,
      '/v3.1/sections/CANARY_section/assignments/CANARY_assignment/submissions/CANARY_student',
      '/v3.1/attendance/CANARY_school',
    ]) {
      await ask(sandbox, path, token);
      await ask(sandbox, path, 'CANARY_unknown_token');
      await ask(sandbox, path, undefined, { method: 'POST', body: 'CANARY_body' });
    }
    const shown = `${inspect(sandbox.requests(), { depth: 9, showHidden: true })}${JSON.stringify(sandbox.requests())}`;
    expect(sandbox.requests()).toHaveLength(26);
    expect(shown).toContain('/v3.1/users/{id}/mystudents');
    for (const secret of ['CANARY', token, code, sandbox.districts[0].token]) {
      expect(shown).not.toContain(secret);
    }
  });
});
