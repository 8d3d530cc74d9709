import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../../support/fixtures.js';
import { ask } from '../support.js';
import { eventsOf, flatten, follow, type Rec, readReplica } from './replica.js';

it.override('sandboxOptions', { ...SMALL, clock: () => Date.UTC(2026, 8, 15, 12) });

const person = (id: string, role: string, schools: readonly string[]) => ({
  id,
  name: { last: id },
  roles: { [role]: { ...(role === 'staff' ? {} : { school: schools[0] ?? '' }), schools } },
});

/** Two schools, people of each and of both, and classes across them. */
function crossed(): Sandbox {
  const contact = (id: string, ...students: string[]) => ({
    id,
    name: { last: id },
    roles: { contact: { student_relationships: students.map((student) => ({ student })) } },
  });
  const section = (id: string, school: string, course: string, teachers: string[], students: string[]) => ({
    ...{ id, school, course, teacher: teachers[0] ?? '', teachers, students },
  });
  return createSandbox({
    districts: [
      {
        district: { id: 'd' },
        schools: [{ id: 'a' }, { id: 'b' }],
        courses: ['both', 'only-a', 'only-b', 'none'].map((id) => ({ id })),
        users: [
          ...[person('sa', 'student', ['a']), person('sb', 'student', ['b']), person('sab', 'student', ['a', 'b'])],
          ...[person('ta', 'teacher', ['a']), person('tb', 'teacher', ['b']), person('tab', 'teacher', ['b', 'a'])],
          ...[person('fab', 'staff', ['a', 'b']), { id: 'x', roles: { district_admin: {} } }],
          ...[contact('ca', 'sa'), contact('cab', 'sa', 'sb'), contact('cnone')],
          { id: 'two', roles: { teacher: { school: 'a', schools: ['a'] }, staff: { schools: ['b'] } } },
        ],
        sections: [
          section('in-a', 'a', 'only-a', ['ta'], ['sa', 'sab']),
          section('in-b', 'b', 'only-b', ['tab', 'ta'], ['sb', 'sa']),
          section('b-by-ta', 'b', 'both', ['ta'], ['sb']),
          section('b-of-sa', 'b', 'both', ['tb'], ['sa']),
          section('a-too', 'a', 'both', ['tab'], ['sab']),
          section('b-taken-over', 'b', 'both', ['ta', 'tb'], ['sab']),
        ],
      },
    ],
  });
}

describe('changes.unshareSchool()', () => {
  it('removes the school and everything that is only there, and leaves no reference to it', async () => {
    const sandbox = crossed();
    const before = await readReplica(sandbox);
    const change = sandbox.districts[0].changes.unshareSchool({ school: 'a' });
    const after = await readReplica(sandbox);
    expect([...after.schools.keys()]).toEqual(['b']);
    expect([...after.users.keys()]).toEqual(['cab', 'cnone', 'fab', 'sab', 'sb', 'tab', 'tb', 'two', 'x']);
    expect(
      [...after.sections.values()].map(({ id, teacher, teachers, students }) => [id, teacher, teachers, students]),
    ).toEqual([
      ['b-taken-over', 'tb', ['tb'], ['sab']],
      ['in-b', 'tab', ['tab'], ['sb']],
    ]);
    expect([...after.courses.keys()]).toEqual(['both', 'none', 'only-b']);
    expect(after.users.get('sab')?.roles).toEqual({ student: { school: 'b', schools: ['b'] } });
    expect(after.users.get('tab')?.roles).toEqual({ teacher: { school: 'b', schools: ['b'] } });
    expect(after.users.get('two')?.roles).toEqual({ staff: { schools: ['b'] } });
    expect(after.users.get('cab')?.roles?.['contact']?.student_relationships).toEqual([{ student: 'sb' }]);
    const events = await eventsOf(sandbox);
    expect(events.map(({ id }) => id)).toEqual(change.eventIds);
    expect(events.filter(({ type }) => type.endsWith('deleted')).map(({ type }) => type.split('.')[0])).toEqual([
      ...['sections', 'sections', 'sections', 'sections', 'users', 'users', 'users', 'courses', 'schools'],
    ]);
    expect(follow(before, events)).toEqual([]);
    expect(flatten(before)).toEqual(flatten(after));
    expect(sandbox.districts[0].unsharedSchools).toEqual(['a']);
  });

  it('refuses to log in people who are only at that school', async ({ sandbox }) => {
    const replica = await readReplica(sandbox);
    const [school] = [...replica.schools.keys()] as [string];
    const student = [...replica.users.values()].find(
      ({ roles }) => roles?.['student']?.schools?.join() === school,
    ) as Rec;
    sandbox.districts[0].changes.unshareSchool({ school });
    expect(() => sandbox.userToken({ user: student.id })).toThrow(/No district of the sandbox has this person/u);
    for (const path of [`/v3.1/users/${student.id}`, `/v3.1/schools/${school}`, `/v3.1/schools/${school}/users`]) {
      expect((await ask(sandbox, path)).status).toBe(404);
    }
  });

  it('works for schools that are shared, and shareSchool() for those that are not', ({ sandbox: generated }) => {
    const { changes } = generated.districts[0];
    expect(() => changes.unshareSchool({ school: 'none' })).toThrow(/`school` must be the id of a school/u);
    const sandbox = crossed();
    expect(() => sandbox.districts[0].changes.shareSchool({ school: 'a' })).toThrow(/already shares this school/u);
    sandbox.districts[0].changes.unshareSchool({ school: 'a' });
    expect(() => sandbox.districts[0].changes.unshareSchool({ school: 'a' })).toThrow(/does not share this school/u);
  });
});

describe('changes.shareSchool()', () => {
  it('restores everything under the same ids', async ({ sandbox: generated }) => {
    for (const sandbox of [crossed(), generated]) {
      const before = await readReplica(sandbox);
      const schools = [...before.schools.keys()];
      const { changes } = sandbox.districts[0];
      for (const school of schools) {
        changes.unshareSchool({ school });
      }
      expect((await readReplica(sandbox)).sections.size).toBe(0);
      const copy = await readReplica(sandbox);
      const after = (await eventsOf(sandbox)).at(-1)?.id;
      for (const school of schools) {
        changes.shareSchool({ school });
      }
      const events = await eventsOf(sandbox, after);
      expect(follow(copy, events)).toEqual([]);
      expect(flatten(await readReplica(sandbox))).toEqual(flatten(before));
      expect(flatten(copy)).toEqual(flatten(before));
      expect(events.map(({ type }) => type)).toContain('users.created');
    }
  });

  it('restores everything in its current state', async () => {
    const sandbox = crossed();
    const [district] = sandbox.districts;
    district.changes.unshareSchool({ school: 'a' });
    const hidden = district.changes.rename({ user: 'sa', name: { last: 'renamed' } });
    expect([hidden.updated.users, hidden.eventIds]).toEqual([[], []]);
    district.changes.enroll({ student: 'sb', section: 'in-a' });
    const moved = district.changes.transfer({ student: 'sa', school: 'b' });
    expect(moved.created.users).toEqual(['sa', 'ca']);
    const copy = await readReplica(sandbox);
    const after = (await eventsOf(sandbox)).at(-1)?.id;
    district.changes.shareSchool({ school: 'a' });
    const now = await readReplica(sandbox);
    expect(now.users.get('sa')?.name).toEqual({ last: 'renamed' });
    expect(now.sections.get('in-a')?.students).toEqual(['sab', 'sb']);
    expect(follow(copy, await eventsOf(sandbox, after))).toEqual([]);
    expect(flatten(copy)).toEqual(flatten(now));
  });
});
