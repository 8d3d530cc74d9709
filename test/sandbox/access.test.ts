import { createCleverClient } from 'clever-sdk';
import { type Sandbox, SandboxError, type SandboxOptions } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, basic, read, small } from './support.js';

const HTML = 'text/html; charset=utf-8';

const itWithSso = it.extend('sandboxOptions', {
  districts: [{ seed: 5, students: 60, tier: 'sso', sensitiveFields: 'all' }],
});

async function answersOf(sandbox: Sandbox, paths: readonly string[], token?: string) {
  const answers = [];
  for (const path of paths) {
    const { status, headers } = await ask(sandbox, path, token);
    answers.push([path, status, headers.get('content-type')]);
  }
  return answers;
}

describe('a district that shares only what single sign-on needs', () => {
  itWithSso('has a token with basic scopes, which opens /districts and nothing else', async ({ sandbox }) => {
    const [{ id, name, token }] = sandbox.districts;
    const listed = await sandbox.fetch('https://clever.com/oauth/tokens?owner_type=district', {
      headers: { authorization: basic(sandbox) },
    });
    const [entry] = (await read(listed)).body.data as unknown as [{ scopes: string[]; access_token: string }];
    expect([entry.access_token, entry.scopes.filter((scope) => !scope.endsWith('_basic'))]).toEqual([
      token,
      ['read:user_id'],
    ]);
    expect((await ask(sandbox, '/v3.1/districts')).body.data.map(({ data }) => data)).toEqual([{ id, name }]);
    expect((await ask(sandbox, `/v3.1/districts/${id}`)).body.data).toEqual({ id, name });
    const [teacher] = sandbox.people({ role: 'teacher' });
    const closed = ['/v3.1/users', `/v3.1/users/${teacher?.id}`, '/v3.0/sections?limit=1', '/v3.1/events', '/me'];
    expect(await answersOf(sandbox, closed)).toEqual(closed.map((path) => [path, 404, HTML]));
    expect((await ask(sandbox, '/v3.1/attendance/schools/x')).status).toBe(404);
    expect((await ask(sandbox, '/v3.1/sections/x/assignments/y')).status).toBe(403);
  });

  itWithSso('lets people log in, and shows the app little about them', async ({ sandbox }) => {
    const [person] = sandbox.people({ role: 'student', hasSections: true });
    const token = sandbox.userToken({ user: person?.id ?? '' });
    const { id: district, name } = sandbox.districts[0];
    const user = (await ask(sandbox, `/v3.1/users/${person?.id}`, token)).body.data;
    expect(user).toEqual({
      id: person?.id,
      district,
      name: { first: person?.name.first, last: person?.name.last },
      ...(person?.email === undefined ? {} : { email: person.email }),
      roles: { student: {} },
    });
    expect((await ask(sandbox, `/v3.1/districts/${district}`, token)).body.data).toEqual({ id: district, name });
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    expect((await clever.oauth.identify(token)).role).toBe('student');
  });

  it('is one of two tiers', () => {
    expect(() => small({ districts: [{ tier: 'library' as never }] })).toThrow(/`tier` must be 'secure-sync'/u);
  });
});

describe('an app without v3.1', () => {
  const sandbox = () => small({ apiVersions: ['v3.0'] });

  it('finds nothing at its paths, and everything at those of v3.0', async () => {
    const it_ = sandbox();
    const paths = [
      '/v3.1/users',
      '/v3.1/me',
      '/v3.1/events',
      '/v3.1/sections/x/assignments',
      '/v3.1/attendance/schools/x',
    ];
    expect(await answersOf(it_, paths)).toEqual(paths.map((path) => [path, 404, HTML]));
    expect((await answersOf(it_, ['/v3.0/users', '/v3.0/events'])).map(([, status]) => status)).toEqual([200, 200]);
    const token = it_.userToken({ user: it_.people({ role: 'teacher' })[0]?.id ?? '' });
    expect((await answersOf(it_, ['/me', '/v3.0/me', '/v3.1/me'], token)).map(([, status]) => status)).toEqual([
      ...[200, 200, 404],
    ]);
  });

  it('learns of a wrong token first', async () => {
    expect((await ask(sandbox(), '/v3.1/users', 'unknown')).status).toBe(401);
  });

  it('has at least v3.0', () => {
    for (const apiVersions of [[], ['v2.1'], 'v3.0']) {
      expect(() => small({ apiVersions } as unknown as SandboxOptions)).toThrow(/`apiVersions` must be a list/u);
    }
  });
});

describe('events', () => {
  it('are not produced while they are switched off, and not afterwards either', async () => {
    const sandbox = small({ events: false });
    const { courses, changes } = sandbox.districts[0];
    expect(sandbox.events.isEnabled).toBe(false);
    expect(courses.create({ name: 'Untold' }).eventId).toBeUndefined();
    const [student] = sandbox.people({ role: 'student' });
    const change = changes.rename({ user: student?.id ?? '', name: { first: 'Unreported' } });
    expect([change.updated.users.length, change.eventIds]).toEqual([1, []]);
    const answer = await ask(sandbox, '/v3.1/events');
    expect([answer.status, answer.body.data]).toEqual([200, []]);
    sandbox.events.enable();
    const { eventId } = courses.create({ name: 'Reported' });
    sandbox.events.disable();
    courses.create({ name: 'Untold' });
    expect((await ask(sandbox, '/v3.1/events')).body.data.map(({ data }) => data.id)).toEqual([eventId]);
    sandbox.reset();
    expect(sandbox.events.isEnabled).toBe(false);
    expect(() => small({ events: 'off' as never })).toThrow(SandboxError);
  });

  it('are produced for districts that have connected the app', async () => {
    const sandbox = small({ districts: [{ seed: 5, students: 60, connection: 'library' }] });
    const [district] = sandbox.districts;
    expect(district.courses.create({}).eventId).toBeUndefined();
    district.connect();
    const { eventId } = district.courses.create({});
    expect((await ask(sandbox, '/v3.1/events')).body.data.map(({ data }) => data.id)).toEqual([eventId]);
  });
});
