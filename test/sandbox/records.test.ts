import { createSandbox } from 'clever-sdk/sandbox';
import {
  courseSchema,
  districtSchema,
  resourceSchema,
  schoolSchema,
  sectionSchema,
  termSchema,
  userSchema,
} from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import { ask, readAll, small } from './support.js';

type Row = Record<string, unknown> & { readonly id: string };
type StudentRow = Row & { readonly roles: { readonly student: Record<string, unknown> } };

const schemas = {
  districts: districtSchema,
  schools: schoolSchema,
  terms: termSchema,
  courses: courseSchema,
  sections: sectionSchema,
  users: userSchema,
  resources: resourceSchema,
} as const;

const sensitive = ['ell_status', 'frl_status', 'iep_status', 'home_language'];
const sensitiveSinceV31 = ['home_language_code', 'gifted_status', 'section_504_status', 'disability'];

async function students(sandbox: ReturnType<typeof small>, version: string): Promise<StudentRow[]> {
  return (await ask(sandbox, `/${version}/users?role=student&limit=10000`)).body.data.map(
    ({ data }) => data as StudentRow,
  );
}

describe('generated records', () => {
  const sandbox = createSandbox();

  it.each(Object.entries(schemas))('of %s parse strictly', async (kind, schema) => {
    const records = await readAll(sandbox, `/v3.1/${kind}`);
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) {
      expect(schema.parse(record)).toEqual(record);
    }
  });

  it('are the same for the same seed and others for another', async () => {
    const bodies = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const one = small({ seed, districts: [{ students: 60 }] });
        return [await readAll(one, '/v3.1/users'), await readAll(one, '/v3.1/sections'), one.districts[0].token];
      }),
    );
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).not.toEqual(bodies[0]);
  });

  it('have 1000 students by default, ids like Clever’s, and no id twice', async () => {
    const all = await Promise.all(Object.keys(schemas).map((kind) => readAll(sandbox, `/v3.1/${kind}`)));
    const ids = all.flat().map(({ id }) => id);
    expect(await students(sandbox, 'v3.1')).toHaveLength(1_000);
    expect(ids.every((id) => /^[0-9a-f]{24}$/u.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('contain the oddities of real rosters', async () => {
    const users = await readAll(sandbox, '/v3.1/users');
    const sections = await readAll(sandbox, '/v3.1/sections');
    const roles = (user: Row): Record<string, Record<string, unknown>> => user['roles'] as never;
    const some = (test: (user: Row) => boolean): boolean => users.some(test);
    const emails = users.map(({ email }) => email as string | undefined);
    const taught = new Set(sections.flatMap(({ teachers }) => teachers as string[]));
    expect({
      withoutEmail: emails.includes(undefined),
      emptyEmail: emails.includes(''),
      malformedEmail: emails.some((email) => email !== undefined && email !== '' && !email.includes('@')),
      twoSchools: some((user) => (roles(user)['student']?.['schools'] as string[] | undefined)?.length === 2),
      teacherAndStaff: some((user) => 'teacher' in roles(user) && 'staff' in roles(user)),
      staffAndAdmin: some((user) => 'staff' in roles(user) && 'district_admin' in roles(user)),
      contactWithoutSisId: some((user) => roles(user)['contact']?.['sis_id'] === ''),
      contactWithSisId: some((user) => /^C/u.test(String(roles(user)['contact']?.['sis_id']))),
      contactOfTwo: some(
        (user) => (roles(user)['contact']?.['student_relationships'] as unknown[] | undefined)?.length === 2,
      ),
      contactLastNameOnly: users
        .filter((user) => 'contact' in roles(user))
        .every(({ name }) => Object.keys(name as object).join() === 'last'),
      teacherWithoutClasses: some((user) => 'teacher' in roles(user) && !taught.has(user.id)),
      coTaught: sections.some(({ teachers }) => (teachers as unknown[]).length === 2),
      emptySubject: sections.some(({ subject }) => subject === ''),
      nonAscii: some(({ name }) => /[^\p{ASCII}]/u.test(JSON.stringify(name))),
      apostrophe: some(({ name }) => JSON.stringify(name).includes("'")),
    }).toEqual({
      withoutEmail: true,
      emptyEmail: true,
      malformedEmail: true,
      twoSchools: true,
      teacherAndStaff: true,
      staffAndAdmin: true,
      contactWithoutSisId: true,
      contactWithSisId: true,
      contactOfTwo: true,
      contactLastNameOnly: true,
      teacherWithoutClasses: true,
      coTaught: true,
      emptySubject: true,
      nonAscii: true,
      apostrophe: true,
    });
  });

  it('do not change when the given objects are edited', async () => {
    const school = { id: 's', name: 'Before', location: { city: 'Here' }, grades: [{ low: '1' }], opened: new Date(0) };
    const source = { district: { id: 'd' }, schools: [school] };
    const sandbox = createSandbox({ districts: [source] });
    school.name = 'After';
    school.location.city = 'There';
    source.schools.push({ ...school, id: 't' });
    Object.assign(school.grades[0] ?? {}, { low: '9' });
    school.opened.setTime(1);
    expect(await readAll(sandbox, '/v3.1/schools')).toMatchObject([
      {
        id: 's',
        name: 'Before',
        location: { city: 'Here' },
        grades: [{ low: '1' }],
        opened: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('refer only to existing records', async () => {
    const [users, sections, schools, courses, terms] = await Promise.all(
      ['users', 'sections', 'schools', 'courses', 'terms'].map(async (kind) => {
        const records = await readAll(sandbox, `/v3.1/${kind}`);
        return { records, ids: new Set(records.map(({ id }) => id)) };
      }),
    );
    for (const section of sections?.records ?? []) {
      const people = [...(section['students'] as string[]), ...(section['teachers'] as string[]), section['teacher']];
      expect(people.every((id) => users?.ids.has(id as string))).toBe(true);
      expect(
        [schools, courses, terms].map((kind, index) =>
          kind?.ids.has(section[['school', 'course', 'term_id'][index] ?? ''] as string),
        ),
      ).toEqual([true, true, true]);
      expect((section['students'] as string[]).length).toBeGreaterThan(0);
    }
  });

  it.each([1, 2, 7, 33, 4_001])('make a whole district of %i students', async (count) => {
    const one = small({ districts: [{ students: count }] });
    const enrolled = new Set(
      (await readAll(one, '/v3.1/sections')).flatMap((section) => section['students'] as string[]),
    );
    expect(enrolled.size).toBe(count);
    expect((await ask(one, '/v3.1/schools?count=true')).body.count).toBe(Math.max(3, Math.round(count / 250)));
  });
});

describe('what a version and a district show', () => {
  it('has no sensitive field unless the district shares it', async () => {
    const rows = await students(small(), 'v3.1');
    const members = new Set(rows.flatMap(({ roles }) => Object.keys(roles.student)));
    expect([...sensitive, ...sensitiveSinceV31].filter((field) => members.has(field))).toEqual([]);
  });

  it('has the fields that the district shares, and matching scopes', async () => {
    const districts = [{ seed: 5, students: 60, sensitiveFields: ['frl_status', 'iep_status'] as const }];
    const sandbox = small({ districts });
    const [first] = await students(sandbox, 'v3.1');
    expect(Object.keys(first?.roles.student ?? {})).toEqual(expect.arrayContaining(['frl_status', 'iep_status']));
    expect(first?.roles.student).not.toHaveProperty('ell_status');
    const info = await sandbox.fetch('https://clever.com/oauth/tokeninfo', {
      headers: { authorization: `Bearer ${sandbox.districts[0].token}` },
    });
    const { scopes } = (await info.json()) as { scopes: string[] };
    expect(scopes.filter((scope) => scope.endsWith('_status'))).toEqual(['read:frl_status', 'read:iep_status']);
  });

  it('has no member of v3.1 in v3.0', async () => {
    const sandbox = small({ districts: [{ seed: 5, students: 60, sensitiveFields: 'all' }] });
    const membersOf = async (version: string) => {
      const rows = await students(sandbox, version);
      const [district] = (await ask(sandbox, `/${version}/districts`)).body.data;
      const [section] = (await ask(sandbox, `/${version}/sections`)).body.data;
      return {
        student: new Set(rows.flatMap(({ roles }) => Object.keys(roles.student))),
        user: new Set(rows.flatMap((row) => Object.keys(row))),
        district: new Set(Object.keys(district?.data ?? {})),
        section: new Set(Object.keys(section?.data ?? {})),
      };
    };
    const [old, current] = [await membersOf('v3.0'), await membersOf('v3.1')];
    const added = (kind: keyof typeof old): string[] =>
      [...current[kind]].filter((name) => !old[kind].has(name)).sort();
    expect(added('student')).toEqual([...sensitiveSinceV31, 'preferred_name'].sort());
    expect(added('user')).toEqual(['lms_status']);
    expect(added('section')).toEqual(['lms_status']);
    expect(added('district')).toEqual(['last_attendance_sync', 'lms_state', 'lms_type']);
    expect(sensitive.every((field) => old.student.has(field))).toBe(true);
  });
});
