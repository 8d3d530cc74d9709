import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSandbox, districtFromRecordings, SandboxError } from 'clever-sdk/sandbox';
import { courseSchema, schoolSchema, sectionSchema, termSchema, userSchema } from 'clever-sdk/schemas';
import { afterEach, describe, expect, it } from 'vitest';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';
import { ask, idsOf, readAll } from './support.js';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** A folder with these files. */
async function folderOf(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const times = { created: '2026-01-01T00:00:00.000Z', last_modified: '2026-01-01T00:00:00.000Z' };
const element = (kind: string, data: { readonly id: string }) => ({ data, uri: `/v3.0/${kind}/${data.id}` });
const person = (id: string, role: string, more: object = {}) => ({
  id,
  district: 'd1',
  name: { first: 'Recorded', last: id },
  roles: { [role]: {} },
  ...times,
  ...more,
});
const section = {
  id: 's1',
  district: 'd1',
  school: 'c1',
  course: 'o1',
  term_id: 't1',
  name: 'Art',
  sis_id: '1',
  subject: '',
  students: ['p1', 'p9'],
  teacher: 'p2',
  teachers: ['p2'],
  ...times,
};

describe('a folder of recorded responses', () => {
  it('becomes a district: records are found in any envelope and folder, and merged by id, with the later one taking precedence', async () => {
    const newer = { last_modified: '2026-02-01T00:00:00.000Z', email: 'new@example.com' };
    const folder = await folderOf({
      'notes.md': 'none',
      'broken.json': '{"data":',
      'a/users.json': {
        data: [element('users', person('p1', 'student', { ...newer })), element('users', person('p2', 'teacher'))],
        links: [],
      },
      'b/user.json': {
        data: person('p1', 'student', { email: 'old@example.com', extra: 'kept' }),
        links: [{ rel: 'self', uri: '/v3.0/users/p1' }],
      },
      'district.json': { data: { id: 'd1', name: 'Recorded', portal_url: 'x' } },
      'events.json': {
        data: [
          element('events', { id: 'e1', type: 'users.created', data: { object: person('p3', 'staff') } } as never),
          element('events', { id: 'e2', type: 'users.deleted', data: { object: person('p4', 'staff') } } as never),
          element('events', {
            id: 'e3',
            type: 'users.updated',
            data: {
              object: person('p2', 'teacher'),
              previous_attributes: { id: 'p7', name: {}, roles: {}, district: 'd1' },
            },
          } as never),
        ],
      },
      'terms.json': {
        links: [],
        data: [
          element('terms', {
            id: 't1',
            district: 'd1',
            name: 'Y1',
            start_date: '2026-01-01T00:00:00.000Z',
            end_date: '2026-02-01',
          } as never),
        ],
      },
      'elsewhere.json': { data: [element('users', person('p8', 'student', { district: 'd2' }))] },
      'library.json': { data: [{ data: { id: 's2', name: 'Library', students: [] } }] },
    });
    const source = await districtFromRecordings(folder);
    expect(source.district).toEqual({ id: 'd1', name: 'Recorded', portal_url: 'x' });
    expect(source.users?.map(({ id }) => id).sort()).toEqual(['p1', 'p2', 'p3']);
    expect(source.users?.find(({ id }) => id === 'p1')).toMatchObject({ email: 'new@example.com', extra: 'kept' });
    expect(source.terms).toEqual([
      { id: 't1', district: 'd1', name: 'Y1', start_date: '2026-01-01', end_date: '2026-02-01' },
    ]);
    expect(source.sections).toEqual([]);
  });

  it('adds placeholders for what sections name but no recording holds, and lists no absent student', async () => {
    const folder = await folderOf({ 'all.json': [section, person('p1', 'student')].map((data) => ({ data })) });
    const sandbox = createSandbox({ districts: [await districtFromRecordings(folder)] });
    expect(idsOf(await ask(sandbox, '/v3.1/sections/s1/users'))).toEqual(['p1', 'p2']);
    for (const [name, id] of [
      ['school', 'c1'],
      ['course', 'o1'],
      ['term', 't1'],
      ['district', 'd1'],
    ]) {
      expect((await ask(sandbox, `/v3.1/sections/s1/${name}`)).body.data['id'], name).toBe(id);
    }
    expect((await ask(sandbox, '/v3.1/users/p9')).status).toBe(404);
    const [teacher] = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
    expect(teacher).toMatchObject({ id: 'p2', sectionCount: 1 });
  });

  it('uses the requested district', async () => {
    const folder = await folderOf({
      'a.json': [1, 2].map((n) => ({ data: person(`p${n}`, 'student', { district: `d${n}` }) })),
    });
    expect((await districtFromRecordings(folder, { district: 'd2', connection: 'library' })).connection).toBe(
      'library',
    );
    expect((await districtFromRecordings(folder, { district: 'd2' })).users?.map(({ id }) => id)).toEqual(['p2']);
    await expect(districtFromRecordings(folder, { district: 'd3' })).rejects.toThrow(SandboxError);
  });

  it('is refused when it is empty or does not exist', async () => {
    await expect(districtFromRecordings(await folderOf({ 'a.json': { data: [] } }))).rejects.toThrow(/no records/u);
    await expect(districtFromRecordings(join(tmpdir(), 'no-such-folder-CANARY'))).rejects.toThrow(/does not exist/u);
  });
});

describe('the captured district', () => {
  const title = 'runs a login, a Library classroom and a roster pull';
  it.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, async () => {
    const recorded = await districtFromRecordings(referencePath('examples'));
    const sandbox = createSandbox({ districts: [recorded] });
    const roster = {
      users: await readAll(sandbox, '/v3.0/users'),
      sections: await readAll(sandbox, '/v3.0/sections'),
      schools: await readAll(sandbox, '/v3.0/schools'),
      courses: await readAll(sandbox, '/v3.0/courses'),
      terms: await readAll(sandbox, '/v3.0/terms'),
    };
    const schemas = {
      users: userSchema,
      sections: sectionSchema,
      schools: schoolSchema,
      courses: courseSchema,
      terms: termSchema,
    };
    for (const [kind, records] of Object.entries(roster)) {
      expect(records.length, kind).toBeGreaterThan(3);
      for (const record of records) {
        expect(schemas[kind as keyof typeof schemas].parse(record)).toEqual(record);
      }
    }
    for (const { id } of roster.sections) {
      for (const name of ['school', 'course', 'term', 'district']) {
        expect((await ask(sandbox, `/v3.0/sections/${id}/${name}`)).status).toBe(200);
      }
    }
    const teachers = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
    const token = sandbox.userToken({ user: teachers[0]?.id ?? '', connection: 'library' });
    const sections = idsOf(await ask(sandbox, `/v3.0/users/${teachers[0]?.id}/sections`, token));
    const people = await Promise.all(sections.map((id) => ask(sandbox, `/v3.0/sections/${id}/users`, token)));
    expect(people.flatMap(idsOf).length).toBeGreaterThan(1);
    expect(sandbox.people({ role: 'student', connection: 'district' }).length).toBeGreaterThan(10);
  });
});

describe('a recording of any shape', () => {
  it('may be nested 30,000 levels deep', async () => {
    const school = { id: 'c1', district: 'd1', school_number: '1', name: 'Deep', ...times };
    const deep = `${'{"data":['.repeat(30_000)}${JSON.stringify(school)}${']}'.repeat(30_000)}`;
    const source = await districtFromRecordings(await folderOf({ 'deep.json': deep }));
    expect(source.schools).toMatchObject([{ id: 'c1', name: 'Deep' }]);
  });

  it.each([
    ['nested too deep', JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`) as unknown],
    [
      'part of itself',
      (() => {
        const ring: Record<string, unknown> = {};
        ring['again'] = ring;
        return ring;
      })(),
    ],
  ])('has no record that is %s', (_, ext) => {
    const district = { id: 'd1', name: 'District' };
    const schools = [{ id: 'c1', district: 'd1', name: 'School', ext }];
    expect(() => createSandbox({ districts: [{ connection: 'both', district, schools }] })).toThrow(SandboxError);
  });
});
