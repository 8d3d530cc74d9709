import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, districtFromRecordings, type Sandbox } from 'clever-sdk/sandbox';
import { expect, it, onTestFinished } from 'vitest';

const DISTRICT = '5f0c1a2b3c4d5e6f7a8b9c0e';
const TEACHER = '5f0c1a2b3c4d5e6f7a8b9c0d';
const SCOPES = ['read:districts', 'read:sections', 'read:teachers', 'read:user_id'];
const teacher = {
  id: TEACHER,
  district: DISTRICT,
  name: { first: 'Ann', last: 'Lee' },
  roles: { teacher: { school: 's1', schools: ['s1'], sis_id: '1' } },
};
const event = (id: string, type: string, data: object) => ({
  data: { id, type, created: '2023-01-01T00:00:00.000Z', data },
});
const FILES: Readonly<Record<string, unknown>> = {
  'users.json': { data: [{ data: teacher, uri: `/v3.0/users/${TEACHER}` }], links: [] },
  'district.json': { data: { id: DISTRICT, name: 'Recorded', portal_url: 'x', login_methods: [] } },
  'events.json': {
    data: [
      event('63b0cd000000000000000001', 'users.created', { object: teacher }),
      event('63b0cd640000000000000002', 'users.updated', {
        object: teacher,
        previous_attributes: { name: { first: 'A' } },
      }),
      event('63b0cd640000000000000003', 'users.vanished', { object: teacher }),
    ],
    links: [],
  },
  'tokens.json': {
    data: [{ id: 'a', owner: { type: 'district', id: DISTRICT }, access_token: 'recorded', scopes: SCOPES }],
    links: [],
  },
  'me.json': { data: { id: TEACHER, district: DISTRICT, type: 'teacher' } },
  'error.json': {
    method: 'GET',
    path: '/v3.1/users/{id}',
    status: 404,
    body: { code: 91, error: 'Resource not found' },
  },
};

/** A sandbox of a folder with these files. */
async function sandboxOf(files: Readonly<Record<string, unknown>>, clock?: () => number): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-answers-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  return createSandbox({
    districts: [await districtFromRecordings(folder)],
    ...(clock === undefined ? {} : { clock }),
  });
}

async function ask(sandbox: Sandbox, path: string, token = sandbox.districts[0]?.token): Promise<Response> {
  return await sandbox.fetch(`https://api.clever.com${path}`, { headers: { authorization: `Bearer ${token}` } });
}

it('begins its feed with the recorded events, which have just happened', async () => {
  const now = Date.parse('2026-03-01T12:00:00.000Z');
  const sandbox = await sandboxOf(FILES, () => now);
  const { data } = (await (await ask(sandbox, '/v3.1/events')).json()) as { data: { data: Record<string, string> }[] };
  expect(data.map(({ data: { type, created } }) => [type, created])).toEqual([
    ['users.created', '2026-03-01T11:57:20.000Z'],
    ['users.updated', '2026-03-01T11:59:00.000Z'],
  ]);
  expect(data[1]?.data).toMatchObject({ data: { previous_attributes: { name: { first: 'A' } } } });
  sandbox.district(DISTRICT).users.update(TEACHER, { name: { first: 'Bea' } });
  const after = (await (await ask(sandbox, '/v3.1/events')).json()) as { data: unknown[] };
  expect(after.data).toHaveLength(3);
  const state = sandbox.snapshot();
  const again = createSandbox({ districts: [await reread()], clock: () => now, state });
  expect((await (await ask(again, '/v3.1/events')).json()) as object).toEqual(after);

  async function reread() {
    const folder = await mkdtemp(join(tmpdir(), 'recorded-answers-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await Promise.all(
      Object.entries(FILES).map(([name, content]) => writeFile(join(folder, name), JSON.stringify(content))),
    );
    return await districtFromRecordings(folder);
  }
});

it('lists a token with the recorded scopes', async () => {
  const sandbox = await sandboxOf(FILES);
  const { clientId, clientSecret } = sandbox.clientOptions();
  const response = await sandbox.fetch('https://clever.com/oauth/tokens?owner_type=district', {
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  const { data } = (await response.json()) as { data: { scopes: string[]; access_token: string }[] };
  expect(data[0]?.scopes).toEqual(SCOPES);
  expect(data[0]?.access_token).not.toBe('recorded');
});

it('answers /me in the recorded form', async () => {
  const sandbox = await sandboxOf(FILES);
  const token = sandbox.userToken({ user: TEACHER });
  expect(await (await ask(sandbox, '/v3.1/me', token)).json()).toEqual({
    data: { id: TEACHER, district: DISTRICT, type: 'teacher' },
  });
  const usual = await sandboxOf({ 'users.json': FILES['users.json'], 'district.json': FILES['district.json'] });
  const usualToken = usual.userToken({ user: TEACHER });
  expect(await (await ask(usual, '/v3.1/me', usualToken)).json()).toMatchObject({ type: 'user', links: [{}, {}, {}] });
});

it('refuses as the recorded district does', async () => {
  const sandbox = await sandboxOf(FILES);
  const response = await ask(sandbox, '/v3.1/users/5f0c1a2b3c4d5e6f7a8b9fff');
  expect([response.status, await response.json()]).toEqual([404, { code: 91, error: 'Resource not found' }]);
  const other = await ask(sandbox, '/v3.1/schools/5f0c1a2b3c4d5e6f7a8b9fff');
  expect([other.status, await other.json()]).toEqual([404, { error: 'Resource not found' }]);
});
