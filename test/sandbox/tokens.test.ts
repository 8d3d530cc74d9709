import { readFileSync } from 'node:fs';
import {
  librarySectionSchema,
  libraryStudentSchema,
  libraryTeacherSchema,
  meSchema,
  userinfoSchema,
} from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import { DATA_ROUTES } from '../../src/sandbox/clever/api/routes.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';
import { ask, idsOf, read, small } from './support.js';

const sandbox = small({
  districts: [
    { seed: 5, students: 60 },
    { seed: 6, students: 60, connection: 'library' },
  ],
});
const [connected, library] = sandbox.districts;
const teacher = sandbox.people({ role: 'teacher', districtId: connected.id, hasSections: true })[0]?.id ?? '';
const colleague = sandbox.people({ role: 'teacher', districtId: connected.id, hasSections: true })[1]?.id ?? '';
const libraryTeacher = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true })[0]?.id ?? '';
const libraryStudent = sandbox.people({ role: 'student', connection: 'library', hasSections: true })[0]?.id ?? '';
const ssoToken = sandbox.userToken({ user: teacher });
const libraryToken = sandbox.userToken({ user: libraryTeacher });

describe('a token that the sandbox does not know', () => {
  it.each([
    ['Bearer CANARY', '{"error":"Unrecognized token string"}'],
    ['Basic CANARY', '{"error":"Missing access token"}'],
    ['', '{"error":"Missing access token"}'],
  ])('%s is answered with 401', async (authorization, body) => {
    for (const path of ['/v3.1/users', '/me', '/userinfo', '/nothing']) {
      const answer = await read(await sandbox.fetch(`https://api.clever.com${path}`, { headers: { authorization } }));
      expect([answer.status, answer.text]).toEqual([401, body]);
    }
  });

  it('is what a user token becomes after it expires', async () => {
    let now = 0;
    const one = small({ clock: () => now, userTokenLifetimeMs: 1_000 });
    const token = one.userToken({ user: one.people({ role: 'teacher' })[0]?.id ?? '' });
    expect((await ask(one, '/me', token)).status).toBe(200);
    now = 1_000;
    expect((await ask(one, '/me', token)).status).toBe(401);
  });
});

describe('a token of the wrong kind', () => {
  const open = ['/users/{id}', '/districts/{id}'];
  const libraryOpen = ['/users/{id}', '/users/{id}/sections', '/sections/{id}/users'];
  const closed = (paths: string[]): string[] =>
    DATA_ROUTES.map(({ path }) => path).filter((path) => !paths.includes(path));

  it.each(closed(open))('finds no %s with a district login', async (path) => {
    const answer = await ask(sandbox, `/v3.0${path.replace('{id}', teacher)}`, ssoToken);
    expect(answer.status).toBe(404);
    expect(answer.text).toContain(`<pre>Cannot GET /v3.0${path.replace('{id}', teacher)}</pre>`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-ratelimit-bucket')).toBe('bearer');
  });

  it.each(closed(libraryOpen))('finds no %s with a Library login', async (path) => {
    const answer = await ask(sandbox, `/v3.1${path.replace('{id}', libraryTeacher)}`, libraryToken);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  it.each(['/me', '/v3.1/me', '/userinfo'])('finds no %s with a district-app token', async (path) => {
    expect((await ask(sandbox, path)).text).toContain(`Cannot GET ${path}`);
  });

  it('gets exactly the page that was captured', async (context) => {
    context.skip(referenceDir === undefined, skipReason);
    const answer = await ask(sandbox, '/v3.0/resources', ssoToken);
    const captured = readFileSync(referencePath('examples', 'error-404-user-token-on-data-endpoint.html'), 'utf8');
    expect(answer.text.trim()).toBe(captured.trim());
  });

  it('cannot inject markup with the path', async () => {
    const answer = await ask(sandbox, '/v3.1/<script>', ssoToken);
    expect(answer.text).not.toContain('<script>');
  });

  it('also names the method', async () => {
    const answer = await ask(sandbox, '/v3.1/users', undefined, { method: 'POST' });
    expect([answer.status, answer.text.includes('Cannot POST /v3.1/users')]).toEqual([404, true]);
  });
});

describe('the token of a district login', () => {
  it.each([
    ['/me', 'v3.0'],
    ['/v3.0/me', 'v3.0'],
    ['/v3.1/me', 'v3.1'],
  ])('reads %s', async (path, version) => {
    const { body } = await ask(sandbox, path, ssoToken);
    expect(meSchema.parse(body)).toEqual({
      type: 'user',
      data: { id: teacher, district: connected.id, type: 'user', authorized_by: 'district' },
      links: [
        { rel: 'self', uri: '/me' },
        { rel: 'canonical', uri: `/${version}/users/${teacher}` },
        { rel: 'district', uri: `/${version}/districts/${connected.id}` },
      ],
    });
  });

  it('reads the person’s own record and district, without links', async () => {
    const own = await ask(sandbox, `/v3.1/users/${teacher}`, ssoToken);
    expect(Object.keys(own.body)).toEqual(['data']);
    expect(own.body.data).toMatchObject({ id: teacher, district: connected.id });
    const district = await ask(sandbox, `/v3.1/districts/${connected.id}`, ssoToken);
    expect(district.body.data['id']).toBe(connected.id);
  });

  it('finds no other person', async () => {
    for (const path of [
      `/v3.1/users/${colleague}`,
      `/v3.1/users/${libraryTeacher}`,
      `/v3.1/districts/${library?.id}`,
    ]) {
      expect((await ask(sandbox, path, ssoToken)).text).toBe('{"error":"Resource not found"}');
    }
  });

  it.each(['GET', 'POST'])('reads /userinfo with %s', async (method) => {
    const { body } = await ask(sandbox, '/userinfo', ssoToken, { method });
    expect(userinfoSchema.parse(body)).toMatchObject({
      sub: teacher,
      multi_role_user_id: teacher,
      user_type: 'teacher',
      district: connected.id,
      district_id: connected.id,
      email_verified: false,
      authorized_by: 'district',
      schools: [],
    });
    expect((body as unknown as { user_id: string }).user_id).not.toBe(teacher);
  });

  it('of a student has one id, before v3 and since', async () => {
    const student = sandbox.people({ role: 'student' })[0]?.id ?? '';
    const { body } = await ask(sandbox, '/userinfo', sandbox.userToken({ user: student }));
    expect(body).toMatchObject({ sub: student, user_id: student, user_type: 'student' });
  });

  it('signs a person with two roles in as one of them', async () => {
    const both = sandbox.people({ role: 'staff' }).find(({ roles }) => roles.includes('teacher'));
    const token = sandbox.userToken({ user: both?.id ?? '' });
    expect((await ask(sandbox, '/userinfo', token)).body).toMatchObject({ user_type: 'teacher' });
    const record = await ask(sandbox, `/v3.1/users/${both?.id}`, token);
    expect(Object.keys(record.body.data['roles'] as object)).toEqual(['teacher', 'staff']);
  });
});

describe('the token of a Library login', () => {
  it('names no district', async () => {
    const me = await ask(sandbox, '/v3.1/me', libraryToken);
    expect(me.body.data).toEqual({ id: libraryTeacher, type: 'user', authorized_by: 'teacher' });
    expect(me.body.links?.map(({ rel }) => rel)).toEqual(['self', 'canonical']);
    const { body } = await ask(sandbox, '/userinfo', libraryToken);
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['district']));
    expect(body).toMatchObject({ sub: libraryTeacher, authorized_by: 'teacher' });
  });

  it('sees the teacher, the teacher’s sections and the people in them, in few fields', async () => {
    const own = await ask(sandbox, `/v3.1/users/${libraryTeacher}`, libraryToken);
    expect(libraryTeacherSchema.parse(own.body.data)['id']).toBe(libraryTeacher);
    expect(Object.keys(own.body.data).filter((key) => key !== 'email')).toEqual(['id', 'name', 'roles']);
    const sections = await ask(sandbox, `/v3.1/users/${libraryTeacher}/sections?limit=1`, libraryToken);
    expect(sections.body.data.length).toBeGreaterThan(1);
    for (const { data } of sections.body.data) {
      expect(librarySectionSchema.parse(data)).toEqual(data);
      expect(Object.keys(data)).toEqual(expect.not.arrayContaining(['school', 'district', 'course', 'term_id']));
    }
    const people = await ask(sandbox, `/v3.1/sections/${idsOf(sections)[0]}/users`, libraryToken);
    const students = people.body.data.filter(({ data }) => 'student' in (data['roles'] as object));
    expect(students.length).toBeGreaterThan(0);
    for (const { data } of students) {
      expect(libraryStudentSchema.parse(data)).toEqual(data);
      expect(Object.keys(data)).toEqual(['id', 'name', 'roles']);
      expect(Object.keys(data['name'] as object)).toEqual(['first', 'last']);
      expect([...((data['name'] as { last: string }).last ?? '')]).toHaveLength(1);
      expect(Object.keys((data['roles'] as { student: object }).student)).toEqual(['grade']);
    }
  });

  it('finds no other teacher’s classes', async () => {
    const others = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true }).at(-1)?.id ?? '';
    const theirs = await ask(sandbox, `/v3.1/users/${others}/sections`, libraryToken);
    expect([theirs.status, theirs.text]).toEqual([404, '{"error":"Resource not found"}']);
    const own = idsOf(await ask(sandbox, `/v3.1/users/${others}/sections`, sandbox.userToken({ user: others })));
    const taught = idsOf(await ask(sandbox, `/v3.1/users/${libraryTeacher}/sections`, libraryToken));
    const foreign = own.find((id) => !taught.includes(id));
    expect((await ask(sandbox, `/v3.1/sections/${foreign}/users`, libraryToken)).status).toBe(404);
  });

  it('of a student sees the student and no class', async () => {
    const token = sandbox.userToken({ user: libraryStudent });
    const own = await ask(sandbox, `/v3.1/users/${libraryStudent}`, token);
    expect(Object.keys(own.body.data)).toEqual(['id', 'name', 'roles']);
    expect((await ask(sandbox, `/v3.1/users/${libraryStudent}/sections`, token)).status).toBe(404);
  });

  it('exists beside the district-app token when a district has both', async () => {
    const both = small({ districts: [{ seed: 5, students: 60, connection: 'both' }] });
    const user = both.people({ role: 'teacher', connection: 'library', hasSections: true })[0]?.id ?? '';
    const answers = await Promise.all(
      (['district', 'library'] as const).map((connection) => ask(both, '/me', both.userToken({ user, connection }))),
    );
    expect(answers.map(({ body }) => body.data['authorized_by'])).toEqual(['district', 'teacher']);
    expect((await ask(both, '/v3.1/users?count=true')).status).toBe(200);
  });
});
