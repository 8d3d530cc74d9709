import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { createSandbox, SandboxError } from 'clever-sdk/sandbox';
import { sandboxHandlers } from 'clever-sdk/sandbox/msw';
import { setupServer } from 'msw/node';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, read, small } from './support.js';

describe('listen()', () => {
  it('serves on the loopback interface, with the same responses as fetch()', async ({ listening: sandbox }) => {
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const headers = { authorization: `Bearer ${sandbox.districts[0].token}` };
    const path = '/v3.1/users?limit=3';
    const [served, injected] = [await fetch(`${sandbox.url}${path}`, { headers }), await ask(sandbox, path)];
    expect(await served.text()).toBe(injected.text);
    expect(served.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(served.headers.get('x-ratelimit-limit')).toBe('1200');
  });

  it('does not replace the process’s own Request and Response', async () => {
    const [before, after] = [
      [Request, Response],
      await small()
        .listen()
        .then(async (sandbox) => {
          await sandbox.close();
          return [Request, Response];
        }),
    ];
    expect(after).toEqual(before);
  });

  it('says where to point a client', async ({ sandbox }) => {
    expect(sandbox.clientOptions()).toMatchObject({
      apiOrigin: 'https://api.clever.com',
      authOrigin: 'https://clever.com',
    });
    expect(sandbox.clientOptions().fetch).toBe(sandbox.fetch);
    const { url } = await sandbox.listen();
    expect({ ...sandbox.clientOptions() }).toEqual({
      clientId: expect.stringMatching(/^[0-9a-f]{20}$/u),
      clientSecret: expect.stringMatching(/^[0-9a-f]{40}$/u),
      now: sandbox.now,
      rateBudget: sandbox.clientOptions().rateBudget,
      redirectUri: 'http://localhost:3000/auth/clever/callback',
      apiOrigin: url,
      authOrigin: url,
    });
    await sandbox.close();
    expect(sandbox.url).toBeUndefined();
    expect(sandbox.clientOptions().fetch).toBe(sandbox.fetch);
  });

  it('is refused the second time, and possible again after close()', async ({ listening: sandbox }) => {
    await expect(sandbox.listen()).rejects.toThrow(SandboxError);
    await sandbox.close();
    await sandbox.close();
    await sandbox.listen();
    await sandbox.close();
    expect((await ask(sandbox, '/v3.1/terms')).status).toBe(200);
  });

  it('fails when the port is taken', async ({ sandbox }) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    await expect(sandbox.listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
  });

  it('ends waiting requests when it is closed', async ({ listening: sandbox }) => {
    sandbox.faults.add({ hang: true });
    const pending = fetch(`${sandbox.url}/me`);
    const refused = expect(pending).rejects.toThrow(TypeError);
    // The fault applies to one request, so a response to the next one shows that the first has arrived.
    expect((await fetch(`${sandbox.url}/me`)).status).toBe(401);
    await sandbox.close();
    await refused;
  });
});

describe('reset()', () => {
  it('ends logins, faults and windows, and keeps ids and district tokens', async () => {
    const sandbox = small({ rateLimit: { limit: 1 } });
    const { token } = sandbox.districts[0];
    const login = sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' });
    const before = await ask(sandbox, '/v3.1/users');
    sandbox.faults.add({ status: 500, times: Infinity });
    sandbox.reset();
    expect((await ask(sandbox, '/v3.1/users', token)).text).toBe(before.text);
    expect((await ask(sandbox, '/me', login)).status).toBe(401);
  });
});

describe('msw', () => {
  it('serves Clever’s own addresses from the sandbox', async ({ sandbox }) => {
    const server = setupServer(...sandboxHandlers(sandbox));
    server.listen({ onUnhandledFrame: 'error' });
    try {
      const headers = { authorization: `Bearer ${sandbox.districts[0].token}` };
      const answer = await read(await fetch('https://api.clever.com/v3.1/users?limit=2', { headers }));
      expect(answer.body.data).toHaveLength(2);
      expect((await fetch('https://clever.com/oauth/tokeninfo', { headers })).status).toBe(200);
      sandbox.faults.add({ resetConnection: true });
      await expect(fetch('https://api.clever.com/me', { headers })).rejects.toThrow(TypeError);
    } finally {
      server.close();
    }
  });
});

describe('options', () => {
  it.each([
    [{ sede: 1 }, /no option `sede`/u],
    [{ seed: -1 }, /seed/u],
    [{ students: 0 }, /students/u],
    [{ students: 5, districts: [{ students: 5 }] }, /set it in each of them/u],
    [{ districts: [] }, /at least one/u],
    [{ districts: [Promise.resolve()] }, /Await/u],
    [{ districts: [{ seed: 1 }, { seed: 1 }] }, /different seeds/u],
    [{ districts: [{ studens: 1 }] }, /no option `studens`/u],
    [{ districts: [{ connection: 'teacher' }] }, /connection/u],
    [{ districts: [{ sensitiveFields: ['dob'] }] }, /sensitiveFields/u],
    [{ districts: [{ district: { id: 'a' }, users: [{}] }] }, /each with an `id`/u],
    [{ redirectUris: [] }, /redirectUris/u],
    [{ redirectUris: ['callback'] }, /redirectUris/u],
    [{ clientSecret: '' }, /clientSecret/u],
    [{ rateLimit: { limit: 0 } }, /limit/u],
    [{ rateLimit: { windowMs: 1_500 } }, /whole seconds/u],
    [{ clock: 5 }, /clock/u],
  ])('that are impossible are refused: %j', (options, message) => {
    expect(() => createSandbox(options as object)).toThrow(SandboxError);
    expect(() => createSandbox(options as object)).toThrow(message);
  });

  it('accept records as they are, and copy them', async () => {
    const user = { id: 'b', district: 'a', name: { last: 'Ng' }, roles: { teacher: {} }, future: { kept: true } };
    const sandbox = small({ districts: [{ district: { id: 'a' }, users: [user] }] });
    user.name.last = 'Changed';
    const { body } = await ask(sandbox, '/v3.1/users');
    expect(body.data[0]?.data).toEqual({ ...user, name: { last: 'Ng' } });
  });

  it('find districts and people, or say that none exist', () => {
    const sandbox = createSandbox({ seed: 3 });
    const [connected, library] = sandbox.districts;
    expect(sandbox.district(connected.id)).toBe(connected);
    expect([connected.connection, library?.connection]).toEqual(['district', 'library']);
    expect(() => library?.token).toThrow(/no district-app token/u);
    expect(() => sandbox.district('x')).toThrow(SandboxError);
    expect(() => sandbox.userToken({ user: 'x' })).toThrow(SandboxError);
    expect(sandbox.people({ connection: 'library', limit: 2 }).map(({ districtId }) => districtId)).toEqual([
      library?.id,
      library?.id,
    ]);
    expect(sandbox.people({ role: 'teacher', hasSections: false }).map(({ sectionCount }) => sectionCount)).toContain(
      0,
    );
    expect(
      sandbox.people({ role: 'staff', connection: 'library' }).every(({ roles }) => roles.includes('teacher')),
    ).toBe(true);
  });
});

describe('what is printed', () => {
  const secret = 'CANARY_secret';
  const district = { id: 'aaaa', name: 'District' };
  const user = {
    id: 'CANARY_user',
    district: 'aaaa',
    name: { first: 'CANARY_name', last: 'x' },
    email: 'CANARY@x.example',
    roles: { teacher: {} },
  };
  const sandbox = small({ clientSecret: secret, districts: [{ district, users: [user] }] });
  sandbox.faults.add({ body: 'CANARY_body' });
  const { token } = sandbox.districts[0];
  const login = sandbox.userToken({ user: user.id });

  it.each([
    ['the sandbox', sandbox],
    ['its districts', sandbox.districts],
    ['a district', sandbox.district('aaaa')],
    ['its people', sandbox.people()],
    ['its faults', sandbox.faults],
    ['the pending faults', sandbox.faults.list()],
    ['its client options', sandbox.clientOptions()],
    ['all of it', { sandbox, deep: [sandbox.clientOptions(), sandbox.people()] }],
  ])('of %s contains no secret and no person', (_what, value) => {
    const printed = [inspect(value, { depth: 9, showHidden: true }), inspect(value), JSON.stringify(value)].join('\n');
    for (const mark of ['CANARY', token, login]) {
      expect(printed).not.toContain(mark);
    }
  });

  it('does not affect what a copy contains', () => {
    expect({ ...sandbox.clientOptions() }.clientSecret).toBe(secret);
    expect({ ...sandbox.districts[0] }.token).toBe(token);
    expect({ ...sandbox.people()[0] }.id).toBe(user.id);
  });

  it('of errors contains none either', () => {
    const failures = [() => sandbox.userToken({ user: 'CANARY_nobody' }), () => sandbox.district('CANARY_district')];
    for (const failure of failures) {
      let caught: unknown;
      try {
        failure();
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(SandboxError);
      expect(
        `${inspect(caught, { depth: 9 })}${String((caught as Error).message)}`.replaceAll(/at .*/gu, ''),
      ).not.toMatch(/CANARY_/u);
    }
  });
});
