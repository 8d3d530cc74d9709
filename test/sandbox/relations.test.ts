import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DATA_ROUTES } from '../../src/sandbox/clever/api/routes.js';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';
import { ask, firstId, idsOf, link, readAll, small } from './support.js';

type Row = Record<string, unknown> & { readonly id: string };
type Roles = Record<string, { school?: string; schools?: string[]; student_relationships?: { student: string }[] }>;

const sandbox = small({ districts: [{ seed: 5, students: 260 }] });
const rows = (kind: string): Promise<Row[]> => readAll(sandbox, `/v3.1/${kind}`);
const rolesOf = (user: Row): Roles => user['roles'] as Roles;
const list = (row: Row, member: string): string[] => (row[member] as string[] | undefined) ?? [];

/** The ids in ascending order, each once. */
const unique = (ids: (string | undefined)[]): string[] => [...new Set(ids)].filter((id) => id !== undefined).sort();

const belongsTo = (user: Row, school: string): boolean =>
  Object.values(rolesOf(user)).some((role) => role.school === school || (role.schools ?? []).includes(school));

/** Every list that belongs to a record, computed the slow way from the full roster. */
const expectations: Readonly<Record<string, (id: string) => Promise<string[]>>> = {
  '/schools/{id}/sections': async (id) =>
    (await rows('sections')).filter(({ school }) => school === id).map((s) => s.id),
  '/schools/{id}/courses': async (id) =>
    unique((await rows('sections')).filter(({ school }) => school === id).map((s) => s['course'] as string)),
  '/schools/{id}/terms': async (id) =>
    unique((await rows('sections')).filter(({ school }) => school === id).map((s) => s['term_id'] as string)),
  '/schools/{id}/users': async (id) => (await rows('users')).filter((user) => belongsTo(user, id)).map((u) => u.id),
  '/courses/{id}/sections': async (id) =>
    (await rows('sections')).filter(({ course }) => course === id).map((s) => s.id),
  '/courses/{id}/schools': async (id) =>
    unique((await rows('sections')).filter(({ course }) => course === id).map((s) => s['school'] as string)),
  '/terms/{id}/sections': async (id) =>
    (await rows('sections')).filter((section) => section['term_id'] === id).map((s) => s.id),
  '/terms/{id}/schools': async (id) =>
    unique((await rows('sections')).filter((section) => section['term_id'] === id).map((s) => s['school'] as string)),
  '/sections/{id}/users': async (id) => {
    const section = (await rows('sections')).find((row) => row.id === id) as Row;
    return unique([...list(section, 'students'), ...list(section, 'teachers')]);
  },
};

const personal: readonly [path: string, role: string, expected: (id: string) => Promise<string[]>][] = [
  ['/users/{id}/sections', 'student', async (id) => (await sectionsOf(id)).map((s) => s.id)],
  ['/users/{id}/sections', 'teacher', async (id) => (await sectionsOf(id)).map((s) => s.id)],
  [
    '/users/{id}/mystudents',
    'teacher',
    async (id) => unique((await sectionsOf(id)).flatMap((s) => list(s, 'students'))),
  ],
  [
    '/users/{id}/myteachers',
    'student',
    async (id) => unique((await sectionsOf(id)).flatMap((s) => list(s, 'teachers'))),
  ],
  [
    '/users/{id}/mycontacts',
    'student',
    async (id) => (await rows('users')).filter((user) => relatesTo(user, id)).map((u) => u.id),
  ],
  [
    '/users/{id}/mystudents',
    'contact',
    async (id) => {
      const contact = (await rows('users')).find((user) => user.id === id) as Row;
      return unique((rolesOf(contact)['contact']?.student_relationships ?? []).map(({ student }) => student));
    },
  ],
];

async function sectionsOf(id: string): Promise<Row[]> {
  return (await rows('sections')).filter((s) => list(s, 'students').includes(id) || list(s, 'teachers').includes(id));
}

function relatesTo(user: Row, student: string): boolean {
  return (rolesOf(user)['contact']?.student_relationships ?? []).some((relation) => relation.student === student);
}

describe('relations', () => {
  it.each(Object.keys(expectations))('%s agrees with the roster', async (path) => {
    const [, kind = ''] = path.split('/');
    for (const { id } of (await rows(kind)).slice(0, 6)) {
      const { body } = await ask(sandbox, `/v3.1${path.replace('{id}', id)}?limit=10000`);
      expect(body.data.map(({ data }) => data.id)).toEqual(await expectations[path]?.(id));
    }
  });

  it.each(personal)('%s of a %s agrees with the roster', async (path, role, expected) => {
    const people = sandbox.people({ role: role as 'student', limit: 8 });
    const answers = await Promise.all(
      people.map(({ id }) => ask(sandbox, `/v3.1${path.replace('{id}', id)}?limit=10000`)),
    );
    expect(answers.map(idsOf)).toEqual(await Promise.all(people.map(({ id }) => expected(id))));
    expect(answers.some(({ body }) => body.data.length > 0)).toBe(true);
  });

  it('have only a `self` link while they fit one page, and pages when they do not', async () => {
    const school = await firstId(sandbox, 'schools');
    const whole = await ask(sandbox, `/v3.1/schools/${school}/sections`);
    expect(whole.body.links).toEqual([{ rel: 'self', uri: `/v3.1/schools/${school}/sections` }]);
    const part = await ask(sandbox, `/v3.1/schools/${school}/sections?limit=2`);
    expect(link(part, 'next')).toBe(`/v3.1/schools/${school}/sections?limit=2&starting_after=${idsOf(part)[1]}`);
    const rest = await ask(sandbox, link(part, 'next') ?? '');
    expect([...idsOf(part), ...idsOf(rest)]).toEqual(idsOf(whole).slice(0, 4));
  });

  it('also answer in camel case, as in Clever’s own links', async () => {
    const student = sandbox.people({ role: 'student', hasSections: true })[0]?.id ?? '';
    const plain = await ask(sandbox, `/v3.1/users/${student}/myteachers`);
    const camel = await ask(sandbox, `/v3.1/users/${student}/myTeachers`);
    expect(camel.body.data).toEqual(plain.body.data);
    expect(link(camel, 'self')).toBe(`/v3.1/users/${student}/myTeachers`);
  });

  it('of a school can be limited by role and to people whose own school it is', async () => {
    const school = await firstId(sandbox, 'schools');
    const [all, primary, teachers] = await Promise.all(
      ['', '&primary=true', '&role=teacher'].map((query) =>
        ask(sandbox, `/v3.1/schools/${school}/users?limit=10000${query}`),
      ),
    );
    expect(primary?.body.data.length).toBeLessThan(all?.body.data.length ?? 0);
    const owned = primary?.body.data.map(({ data }) => Object.values(rolesOf(data)));
    expect(owned?.every((roles) => roles.some((role) => (role.school ?? role.schools?.[0]) === school))).toBe(true);
    expect(teachers?.body.data.every(({ data }) => 'teacher' in rolesOf(data))).toBe(true);
    expect((await ask(sandbox, `/v3.1/schools/${school}/users?role=contact`)).status).toBe(400);
  });

  it('of a person can be limited to the person’s own school', async () => {
    const users = await rows('users');
    const twice = users.find((user) => (rolesOf(user)['student']?.schools ?? []).length === 2) as Row;
    const all = idsOf(await ask(sandbox, `/v3.1/users/${twice.id}/schools`));
    const own = idsOf(await ask(sandbox, `/v3.1/users/${twice.id}/schools?primary=true`));
    expect(all).toHaveLength(2);
    expect(own).toEqual([rolesOf(twice)['student']?.school]);
  });

  it('of resources follow their mappings, and an empty list has its own envelope', async () => {
    const [both = '', teachersOnly = ''] = idsOf(await ask(sandbox, '/v3.1/resources'));
    const courses = idsOf(await ask(sandbox, `/v3.1/resources/${both}/courses`));
    expect(idsOf(await ask(sandbox, `/v3.1/courses/${courses[0]}/resources`))).toEqual([both, teachersOnly]);
    const sections = idsOf(await ask(sandbox, `/v3.1/resources/${both}/sections`));
    expect(sections).toEqual(idsOf(await ask(sandbox, `/v3.1/courses/${courses[0]}/sections`)));
    const students = idsOf(await ask(sandbox, `/v3.1/resources/${both}/users?role=student`));
    expect(idsOf(await ask(sandbox, `/v3.1/users/${students[0]}/resources`))).toEqual([both]);
    expect(idsOf(await ask(sandbox, `/v3.1/resources/${teachersOnly}/users?role=student`))).toEqual([]);
    const contact = await firstId(sandbox, 'users', '&role=contact');
    expect((await ask(sandbox, `/v3.1/users/${contact}/resources`)).text).toBe('{"resources":[]}');
  });

  it('show terms with timestamps below a school and with plain dates elsewhere', async () => {
    const school = await firstId(sandbox, 'schools');
    const [below] = (await ask(sandbox, `/v3.0/schools/${school}/terms`)).body.data;
    const single = await ask(sandbox, `/v3.0/terms/${below?.data.id}`);
    expect(below?.data['start_date']).toBe(`${single.body.data['start_date']}T00:00:00.000Z`);
    expect(single.body.data['start_date']).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
  });

  const bare = { schools: [], terms: [], courses: [], users: [], sections: [] };
  it('of resources are empty in a district without any', async () => {
    const district = { id: 'aa', name: 'Bare' };
    const empty = small({ districts: [{ district, ...bare }] });
    expect((await ask(empty, '/v3.1/resources')).text).toBe('{"resources":[]}');
    expect((await ask(empty, '/v3.1/users')).text).toBe('{"data":[],"links":[{"rel":"self","uri":"/v3.1/users"}]}');
  });
});

describe('single records', () => {
  it.each([
    ['schools', '', 'self district sections users terms courses'],
    ['courses', '', 'self district sections schools'],
    ['terms', '', 'self district sections schools'],
    ['sections', '', 'self district school term course users'],
    ['users', '&role=student', 'self district sections myContacts myTeachers schools'],
    ['users', '&role=teacher', 'self district sections myStudents schools'],
  ])('of %s%s link to their related lists', async (kind, query, relations) => {
    const id = await firstId(sandbox, kind, query);
    const answer = await ask(sandbox, `/v3.0/${kind}/${id}`);
    expect(answer.body.links?.map(({ rel }) => rel).join(' ')).toBe(relations);
    for (const { uri } of answer.body.links ?? []) {
      expect((await ask(sandbox, uri)).status, uri).toBe(200);
    }
  });

  it.each([
    ['sections', 'course', 'courses', 'course'],
    ['sections', 'school', 'schools', 'school'],
    ['sections', 'term', 'terms', 'term_id'],
    ['sections', 'district', 'districts', 'district'],
    ['users', 'district', 'districts', 'district'],
    ['schools', 'district', 'districts', 'district'],
    ['courses', 'district', 'districts', 'district'],
    ['terms', 'district', 'districts', 'district'],
  ])('of %s reached by /%s point at themselves', async (kind, name, target, member) => {
    const id = await firstId(sandbox, kind);
    const source = await ask(sandbox, `/v3.1/${kind}/${id}`);
    const { body } = await ask(sandbox, `/v3.1/${kind}/${id}/${name}`);
    expect(body.data['id']).toBe(source.body.data[member]);
    expect(body.links).toEqual([{ rel: 'self', uri: `/v3.1/${target}/${body.data['id']}` }]);
  });

  it.each(DATA_ROUTES.filter(({ path }) => path.includes('{id}')).map(({ path }) => path))(
    '%s of an unknown id is a JSON 404',
    async (path) => {
      const answer = await ask(sandbox, `/v3.1${path.replace('{id}', 'ffffffffffffffffffffffff')}`);
      expect([answer.status, answer.text]).toEqual([404, '{"error":"Resource not found"}']);
    },
  );
});

describe.each(['v3.0', 'v3.1'])('the routes of %s', (version) => {
  const title = 'are those of the official specification';
  it.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
    const spec = parse(readFileSync(referencePath('openapi', `${version}.yml`), 'utf8')) as { paths: object };
    expect(DATA_ROUTES.map(({ path }) => path).sort()).toEqual(Object.keys(spec.paths).sort());
    expect(DATA_ROUTES).toHaveLength(42);
  });
});
