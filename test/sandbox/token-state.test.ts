import { inspect } from 'node:util';
import { createSandbox, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, basic, read } from './support.js';

it.override('sandboxOptions', {
  districts: [
    { seed: 5, students: 30 },
    { seed: 6, students: 30, connection: 'library' },
  ],
});

async function listed(sandbox: Sandbox): Promise<{ access_token: string; owner: { id: string } }[]> {
  const response = await sandbox.fetch('https://clever.com/oauth/tokens?owner_type=district', {
    headers: { authorization: basic(sandbox) },
  });
  return (await read(response)).body.data as unknown as { access_token: string; owner: { id: string } }[];
}

describe('disconnect()', () => {
  it('removes the entry from the token list and revokes the token', async ({ sandbox }) => {
    const district = sandbox.district(sandbox.districts[0].id);
    const { token } = district;
    district.disconnect();
    expect(await listed(sandbox)).toEqual([]);
    expect((await ask(sandbox, `/v3.1/districts/${district.id}`, token)).status).toBe(401);
    expect(district.connection).toBe('library');
    expect(() => district.token).toThrow(SandboxError);
    expect(Object.keys({ ...district })).toEqual(['id', 'name', 'connection']);
    district.disconnect();
    expect(district.connection).toBe('library');
  });

  it('leaves /me to people who are logged in, and 404 for everything else', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const user = sandbox.people({ role: 'teacher', districtId: district.id })[0]?.id ?? '';
    const token = sandbox.userToken({ user });
    district.disconnect();
    const statuses = [];
    for (const path of ['/me', `/v3.1/users/${user}`, `/v3.1/districts/${district.id}`]) {
      statuses.push((await ask(sandbox, path, token)).status);
    }
    expect(statuses).toEqual([200, 404, 404]);
    expect(() => sandbox.userToken({ user, connection: 'district' })).toThrow(SandboxError);
  });
});

describe('connect()', () => {
  it('creates a new token', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = district.token;
    district.disconnect();
    district.connect();
    expect(district.connection).toBe('district');
    expect(district.token).toMatch(/^[0-9a-f]{40}$/u);
    expect(district.token).not.toBe(before);
    expect((await listed(sandbox)).map(({ access_token: token }) => token)).toEqual([district.token]);
    expect((await ask(sandbox, '/v3.1/schools', before)).status).toBe(401);
    expect((await ask(sandbox, '/v3.1/schools', district.token)).status).toBe(200);
  });

  it('connects a district that had only the Library, whose people then log in by the district', async ({ sandbox }) => {
    const district = sandbox.district(sandbox.districts[1]?.id ?? '');
    district.connect();
    expect(await listed(sandbox)).toHaveLength(2);
    const user = sandbox.people({ role: 'staff', districtId: district.id })[0]?.id ?? '';
    const me = await ask(sandbox, '/v3.1/me', sandbox.userToken({ user }));
    expect(me.body.data['authorized_by']).toBe('district');
  });

  it('changes nothing where the app is connected', ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = district.token;
    district.connect();
    expect(district.token).toBe(before);
  });
});

describe('rotateToken()', () => {
  it('replaces the token, the same way for the same seed', async ({ sandbox, sandboxOptions }) => {
    const twin = createSandbox(sandboxOptions);
    const [district] = sandbox.districts;
    const before = district.token;
    district.rotateToken();
    twin.districts[0].rotateToken();
    expect(district.token).not.toBe(before);
    expect(district.token).toBe(twin.districts[0].token);
    expect((await listed(sandbox)).map(({ access_token: token }) => token)).toEqual([district.token]);
    expect((await ask(sandbox, '/v3.1/schools', before)).status).toBe(401);
    expect((await ask(sandbox, '/v3.1/schools', district.token)).status).toBe(200);
    expect({ ...district }.token).toBe(district.token);
    expect(inspect(district)).not.toContain(district.token);
  });

  it('has nothing to rotate where the app is not connected', ({ sandbox }) => {
    expect(() => sandbox.districts[1]?.rotateToken()).toThrow(SandboxError);
  });
});

describe('revokeToken()', () => {
  it('revokes a user token', async ({ sandbox }) => {
    const token = sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' });
    sandbox.revokeToken(token);
    expect((await ask(sandbox, '/me', token)).status).toBe(401);
    expect(
      (await sandbox.fetch('https://clever.com/oauth/tokeninfo', { headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(401);
  });

  it('revokes a district-app token and leaves it in the list until it is rotated', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = district.token;
    sandbox.revokeToken(before);
    expect((await ask(sandbox, '/v3.1/schools', before)).status).toBe(401);
    expect((await listed(sandbox))[0]?.access_token).toBe(before);
    district.rotateToken();
    expect((await ask(sandbox, '/v3.1/schools', district.token)).status).toBe(200);
  });

  it('does not know a token that it never issued, and does not repeat it', ({ sandbox }) => {
    expect(() => sandbox.revokeToken('CANARY')).toThrow(SandboxError);
    expect(() => sandbox.revokeToken('CANARY')).not.toThrow(/CANARY/u);
  });
});

describe('reset()', () => {
  it('restores connections and tokens, even for district objects that the test already has', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = district.token;
    district.rotateToken();
    district.disconnect();
    sandbox.revokeToken(sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' }));
    sandbox.reset();
    expect([district.connection, district.token, sandbox.districts[0].token]).toEqual(['district', before, before]);
    district.disconnect();
    expect(sandbox.districts[0].connection).toBe('library');
  });
});

describe('people()', () => {
  it('finds people of districts that have not connected the app', ({ sandbox }) => {
    const districtId = sandbox.districts[1]?.id ?? '';
    for (const role of ['teacher', 'student', 'staff', 'district_admin'] as const) {
      expect(sandbox.people({ role, districtId, limit: 1 })).toHaveLength(1);
    }
  });
});
