import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { ask, idsOf, link, small } from './support.js';

/** Generated completely, these districts would exceed the memory and the time of the test. */
it.override('sandboxOptions', { districts: [{ seed: 5, students: 1_000_000 }] });

describe('a district of a million students', () => {
  it('says how many people and classes there are', async ({ sandbox }) => {
    const counts = await Promise.all(
      ['users', 'sections', 'schools'].map(async (kind) => (await ask(sandbox, `/v3.1/${kind}?count=true`)).body.count),
    );
    expect(counts).toEqual([1_872_000, 207_984, 4_000]);
  });

  it('returns pages from its middle and its end, even from ids that do not exist', async ({ sandbox }) => {
    const [first = ''] = idsOf(await ask(sandbox, '/v3.1/users?limit=1'));
    const middle = `${first.slice(0, -6)}07a120`; // the student at position 500,000
    const page = await ask(sandbox, `/v3.1/users?limit=10000&starting_after=${middle}`);
    expect(idsOf(page)).toHaveLength(10_000);
    expect(idsOf(page)[0]).toBe(`${first.slice(0, -6)}07a121`);
    const back = await ask(sandbox, link(page, 'prev') ?? '');
    expect(idsOf(back).at(-1)).toBe(middle);
    const last = await ask(sandbox, '/v3.1/users?limit=3&ending_before=ffffffffffffffffffffffff');
    expect(idsOf(last)).toHaveLength(3);
    expect(link(last, 'next')).toBeUndefined();
    expect(idsOf(await ask(sandbox, `/v3.1/users?limit=2&starting_after=${idsOf(last)[0]}`))).toEqual(
      idsOf(last).slice(1),
    );
  });

  it('lists what belongs to a record', async ({ sandbox }) => {
    const [teacher] = sandbox.people({ role: 'teacher', hasSections: true, limit: 1 });
    const students = await ask(sandbox, `/v3.1/users/${teacher?.id}/mystudents?limit=1000`);
    expect(idsOf(students).length).toBeGreaterThan(10);
    const [student = ''] = idsOf(students);
    expect(idsOf(await ask(sandbox, `/v3.1/users/${student}/myteachers`))).toContain(teacher?.id);
    const [term = ''] = idsOf(await ask(sandbox, '/v3.1/terms?limit=1&ending_before=g'));
    const sections = await ask(sandbox, `/v3.1/terms/${term}/sections?limit=2&ending_before=g`);
    expect(idsOf(sections)).toHaveLength(2);
    expect(link(sections, 'prev')).toBeDefined();
  });

  it('supports changes of a section, a teacher and a school', async ({ sandbox }) => {
    const { changes } = sandbox.districts[0];
    const count = async (kind: string): Promise<number | undefined> =>
      (await ask(sandbox, `/v3.1/${kind}?count=true`)).body.count;
    const [section = '', another = ''] = idsOf(await ask(sandbox, '/v3.1/sections?limit=2'));
    expect(changes.dissolveSection({ section }).deleted.sections).toEqual([section]);
    expect(await count('sections')).toBe(207_983);
    const school = (await ask(sandbox, `/v3.1/sections/${another}/school`)).body.data['id'] as string;
    const unshared = changes.unshareSchool({ school });
    expect(unshared.deleted.schools).toEqual([school]);
    expect(unshared.deleted.sections).toContain(another);
    expect(await count('users')).toBe(1_872_000 - unshared.deleted.users.length);
    const [teacher] = sandbox.people({ role: 'teacher', hasSections: true, limit: 1 });
    expect(changes.rename({ user: teacher?.id ?? '', name: { last: 'Unheard' } }).updated.sections).not.toEqual([]);
    changes.shareSchool({ school });
    expect(await count('users')).toBe(1_872_000);
  });

  it('is changed like any other, and starts again after a reset', async ({ sandbox }) => {
    const { id = '' } = sandbox.people({ role: 'student', limit: 1 })[0] ?? {};
    sandbox.districts[0].users.delete(id);
    expect((await ask(sandbox, '/v3.1/users?count=true')).body.count).toBe(1_871_999);
    expect(idsOf(await ask(sandbox, '/v3.1/users?limit=1'))).not.toEqual([id]);
    sandbox.reset();
    expect(idsOf(await ask(sandbox, '/v3.1/users?limit=1'))).toEqual([id]);
  });
});

describe('the number of students', () => {
  it('has a limit, because ids have no room for more', () => {
    expect(() => small({ districts: [{ students: 10_000_001 }] })).toThrow(/10000000 or less/u);
  });
});
