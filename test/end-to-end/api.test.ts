import { createCleverClient } from 'clever-sdk';
import { describe, expect, expectTypeOf } from 'vitest';
import { it as itWithSandbox } from '../support/fixtures.js';

/* The calls that users write, over real HTTP against the sandbox. */

const it = itWithSandbox
  .extend('sandboxOptions', { seed: 7, students: 300 })
  .extend('sandbox', ({ sandbox }) => sandbox.listen());

/** Plays the browser: the sandbox approves at once and redirects back to the app. */
async function visit(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

describe('a login', () => {
  it('goes from the authorization URL to the person', async ({ sandbox, clever }) => {
    const [person] = sandbox.people({ role: 'teacher', connection: 'district' });
    const { url, state } = clever.oauth.authorizationUrl({ extraParams: { sandbox_user: person?.id ?? '' } });
    const token = await clever.oauth.exchangeCallback(await visit(url), { expectedState: state });
    expect(token.token_type).toBe('bearer');

    const info = await clever.oauth.tokenInfo(token.access_token);
    expect(info.client_id).toBe(sandbox.clientOptions().clientId);
    const me = await clever.oauth.me(token.access_token);
    expect(me).toMatchObject({ type: 'user', data: { id: person?.id, authorized_by: 'district' } });

    const user = clever.user({ token: token.access_token });
    expect((await user.me()).data.id).toBe(person?.id);
    expect((await user.userinfo()).user_type).toBe('teacher');
    expect((await user.getUser()).roles).toHaveProperty('teacher');
    expect((await user.getDistrict()).id).toBe(person?.districtId);
  });

  it('builds Instant Login links', ({ sandbox, clever }) => {
    const link = new URL(clever.oauth.instantLoginUrl({ districtId: sandbox.districts[0].id }));
    expect(link.pathname).toBe('/oauth/instant-login');
    expect(link.searchParams.get('district_id')).toBe(sandbox.districts[0].id);
  });
});

describe('a Library classroom', () => {
  it('has the teacher, the sections with their students, and every student once', async ({ sandbox, clever }) => {
    const [person] = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
    const token = sandbox.userToken({ user: person?.id ?? '', connection: 'library' });
    const classroom = await clever.library({ token }).classroom();
    expect(classroom.teacher.id).toBe(person?.id);
    expect(classroom.sections).toHaveLength(person?.sectionCount ?? -1);
    const inSections = new Set(classroom.sections.flatMap(({ students }) => students.map(({ id }) => id)));
    expect(new Set(classroom.students.map(({ id }) => id))).toEqual(inSections);
    expect(classroom.students).toHaveLength(inSections.size);
    expect(classroom.students[0]).not.toHaveProperty('email');
    expect(classroom.sections[0]).not.toHaveProperty('school');
  });

  it('is empty, and no error, for a teacher without sections', async ({ sandbox, clever }) => {
    const [person] = sandbox.people({ role: 'teacher', connection: 'library', hasSections: false });
    const token = sandbox.userToken({ user: person?.id ?? '', connection: 'library' });
    const classroom = await clever.library({ token }).classroom();
    expect(classroom).toMatchObject({ sections: [], students: [] });
  });

  it("says what to do instead with a student's token", async ({ sandbox, clever }) => {
    const [person] = sandbox.people({ role: 'student', connection: 'library', hasSections: true });
    const token = sandbox.userToken({ user: person?.id ?? '', connection: 'library' });
    const library = clever.library({ token });
    await expect(library.classroom()).rejects.toThrow(/needs a teacher's token.*use me\(\)/);
  });
});

describe.each(['v3.1', 'v3.0'] as const)('a district through %s', (apiVersion) => {
  const itOfVersion = it.extend('roster', ({ sandbox }) => {
    const clever = createCleverClient({ ...sandbox.clientOptions(), apiVersion, validation: 'strict' });
    return clever.district({ token: sandbox.districts[0].token });
  });

  itOfVersion('delivers every student once, whatever the page size', async ({ roster }) => {
    const all = new Set<string>();
    for await (const user of roster.users.list({ role: 'student', pageSize: 37 })) {
      expectTypeOf(user.roles.student.sis_id).toEqualTypeOf<string>();
      all.add(user.id);
    }
    expect(all.size).toBe(300);
    expect(await roster.users.list({ role: 'student' }).toArray({ maxItems: 300 })).toHaveLength(300);
  });

  itOfVersion('resumes after any page', async ({ roster }) => {
    const whole = await roster.sections.list().toArray({ maxItems: 5_000 });
    const read: string[] = [];
    let cursor: string | undefined;
    for await (const page of roster.sections.list({ pageSize: 10 }).pages()) {
      read.push(...page.data.map(({ id }) => id));
      cursor = page.cursor;
      if (read.length >= 30) {
        break;
      }
    }
    for await (const section of roster.sections.list({ pageSize: 10, from: cursor ?? '' })) {
      read.push(section.id);
    }
    expect(read).toEqual(whole.map(({ id }) => id));
  });

  itOfVersion('counts what it lists', async ({ roster }) => {
    for (const name of ['districts', 'schools', 'courses', 'terms', 'sections', 'users'] as const) {
      const listed = await roster[name].list().toArray({ maxItems: 5_000 });
      expect(await roster[name].count(), name).toBe(listed.length);
    }
  });

  itOfVersion('follows every relation in both directions', async ({ sandbox, roster }) => {
    const { users, sections, schools, courses, terms, districts, resources } = roster;
    const [section] = (await sections.list({ pageSize: 1 }).firstPage()).data;
    const id = section?.id ?? '';
    expect((await sections.getSchool(id)).id).toBe(section?.school);
    expect((await sections.getCourse(id)).id).toBe(section?.course);
    expect((await sections.getTerm(id)).id).toBe(section?.term_id);
    expect((await sections.getDistrict(id)).id).toBe(section?.district);
    const students = await sections.listUsers(id, { role: 'student' }).toArray({ maxItems: 100 });
    expect(students.map((student) => student.id).sort()).toEqual([...(section?.students ?? [])].sort());
    const [student] = students;
    const taught = await users.listSections(student?.id ?? '').toArray({ maxItems: 100 });
    expect(taught.map((each) => each.id)).toContain(id);
    const teachers = await users.listMyTeachers(student?.id ?? '').toArray({ maxItems: 100 });
    expect(teachers.map((teacher) => teacher.id)).toContain(section?.teacher);
    const home = await users.listSchools(student?.id ?? '', { primary: true }).toArray({ maxItems: 5 });
    expect(home.map((school) => school.id)).toEqual([student?.roles.student.school]);
    expect((await schools.listSections(section?.school ?? '').firstPage()).data.length).toBeGreaterThan(0);
    expect((await courses.listSections(section?.course ?? '').firstPage()).data.length).toBeGreaterThan(0);
    expect((await terms.listSections(section?.term_id ?? '').firstPage()).data.length).toBeGreaterThan(0);
    expect((await districts.get(section?.district ?? '')).id).toBe(sandbox.districts[0].id);
    await expect(resources.list().toArray({ maxItems: 100 })).resolves.toBeInstanceOf(Array);
  });
});

describe('the list of district tokens', () => {
  it('holds the connected district, and its token opens it', async ({ sandbox, clever }) => {
    const tokens = await clever.oauth.districtTokens();
    expect(tokens.map(({ owner }) => owner.id)).toEqual([sandbox.districts[0].id]);
    const district = clever.district({ token: tokens[0]?.access_token ?? '' });
    expect(await district.schools.count()).toBeGreaterThan(1);
  });
});
