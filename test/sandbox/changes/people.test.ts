import { inspect } from 'node:util';
import { createSandbox, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../../support/fixtures.js';
import { eventsOf, flatten, follow, type Rec, type Replica, readReplica } from './replica.js';

const NOW = Date.UTC(2026, 8, 15, 12, 0, 7, 250);

it.override('sandboxOptions', { ...SMALL, clock: () => NOW });

function withRole(replica: Replica, role: string): Rec[] {
  return [...replica.users.values()].filter(({ roles }) => roles?.[role] !== undefined);
}

/** The copy of an app that follows the events of all changes. */
async function expectToFollow(sandbox: Sandbox, before: Replica): Promise<void> {
  expect(follow(before, await eventsOf(sandbox))).toEqual([]);
  expect(flatten(before)).toEqual(flatten(await readReplica(sandbox)));
}

/** The end of an enrollment, if it is known. */
const endOf = (date: string | null | undefined) => (date === undefined ? {} : { end_date: date });

describe('changes.transfer()', () => {
  it('moves a student to another school, out of the old sections and into new ones', async ({ sandbox }) => {
    const replica = await readReplica(sandbox);
    const sections = [...replica.sections.values()];
    const student = withRole(replica, 'student').find(({ id }) =>
      sections.some((one) => one.students?.includes(id)),
    ) as Rec;
    const held = student.roles?.['student'];
    const joined = sections.find(({ school }) => school !== held?.school) as Rec;
    const left = sections.filter(({ students }) => students?.includes(student.id)).map(({ id }) => id);
    const { changes } = sandbox.districts[0];
    const school = joined.school ?? '';
    const change = changes.transfer({ student: student.id, school, sections: [joined.id] });
    const now = await readReplica(sandbox);
    expect(now.users.get(student.id)?.roles?.['student']).toEqual({
      ...held,
      school,
      schools: [school, ...(held?.schools ?? []).filter((id) => id !== held?.school && id !== school)],
      enrollments: [
        ...(held?.enrollments ?? []).map((one) => ({ ...one, end_date: '2026-09-15T00:00:00.000Z' })),
        { school, start_date: '2026-09-15T00:00:00.000Z', ...endOf(held?.enrollments?.[0]?.end_date) },
      ],
    });
    expect(now.sections.get(joined.id)?.students).toEqual([...(joined.students ?? []), student.id]);
    expect([...now.sections.values()].filter(({ students }) => students?.includes(student.id))).toHaveLength(1);
    const touched = [...change.updated.sections, ...change.deleted.sections];
    expect(touched.sort()).toEqual([...left, joined.id].sort());
    expect((await eventsOf(sandbox))[0]?.type).toBe('users.updated');
    await expectToFollow(sandbox, replica);
  });

  it('reverts a change that fails', async ({ sandbox }) => {
    const replica = await readReplica(sandbox);
    const [student] = withRole(replica, 'student') as [Rec];
    const { school: own = '' } = student.roles?.['student'] ?? {};
    const other = [...replica.schools.keys()].find((id) => id !== own) ?? '';
    const { changes } = sandbox.districts[0];
    const cases: [object, RegExp][] = [
      [{ school: own }, /already at this school/u],
      [{ school: 'none' }, /`school` must be the id of a school/u],
      [{ school: other, sections: ['none'] }, /`section` must be the id of a section/u],
      [{ school: other, sections: 'none' }, /`sections` must be a list/u],
    ];
    for (const [where, problem] of cases) {
      expect(() => changes.transfer({ student: student.id, ...where } as never)).toThrow(problem);
    }
    expect(await eventsOf(sandbox)).toEqual([]);
    expect(flatten(await readReplica(sandbox))).toEqual(flatten(replica));
  });
});

describe('changes.rename()', () => {
  it('renames a person, and the sections with that name', async ({ sandbox }) => {
    const replica = await readReplica(sandbox);
    const teacher = withRole(replica, 'teacher').find(({ id }) =>
      [...replica.sections.values()].some((section) => section.teacher === id),
    ) as Rec;
    const own = [...replica.sections.values()].filter((section) => section.teacher === teacher.id);
    const change = sandbox.districts[0].changes.rename({ user: teacher.id, name: { last: 'Newname' } });
    expect(change.updated.users).toEqual([teacher.id]);
    expect([...change.updated.sections].sort()).toEqual(own.map(({ id }) => id).sort());
    const now = await readReplica(sandbox);
    expect(now.users.get(teacher.id)?.name).toEqual({ ...(teacher.name as object), last: 'Newname' });
    for (const { id } of own) {
      expect(now.sections.get(id)?.name).toContain(' - Newname - ');
    }
    await expectToFollow(sandbox, replica);
  });

  it('does not rename sections that the district named itself', () => {
    const users = [{ id: 't', name: { first: 'A', last: 'Old' }, roles: { teacher: {} } }];
    const sections = [{ id: 's', name: 'Old - club', course: 'c', teacher: 't', teachers: ['t'] }];
    const sandbox = createSandbox({
      districts: [{ district: { id: 'd' }, users, sections, courses: [{ id: 'c', name: 'Chess' }] }],
    });
    const { updated } = sandbox.districts[0].changes.rename({ user: 't', name: { last: 'New' } });
    expect([updated.users, updated.sections]).toEqual([['t'], []]);
  });

  it('requires a name', ({ sandbox }) => {
    const { changes } = sandbox.districts[0];
    const user = sandbox.people({ role: 'student' })[0]?.id ?? '';
    for (const name of [undefined, {}, { nick: 'A' }, { first: 7 }]) {
      expect(() => changes.rename({ user, name } as never)).toThrow(/`name` must be an object/u);
    }
    expect(() => changes.rename({ user: 'unknown', name: { first: 'A' } })).toThrow(SandboxError);
  });
});

describe('a contact without a sis_id', () => {
  it('is deleted and created under another id, whatever changes', async ({ sandbox }) => {
    const replica = await readReplica(sandbox);
    const contacts = withRole(replica, 'contact');
    const unstable = contacts.find(({ roles }) => roles?.['contact']?.['sis_id'] === '') as Rec;
    const { changes } = sandbox.districts[0];
    const change = changes.recreateContact({ contact: unstable.id, changes: { phone: '(555) 010-1234' } });
    expect((await eventsOf(sandbox)).map(({ type, data }) => [type, data.object.id])).toEqual([
      ['users.deleted', unstable.id],
      ['users.created', change.id],
    ]);
    const now = (await readReplica(sandbox)).users.get(change.id);
    expect(now?.roles?.['contact']).toMatchObject({
      phone: '(555) 010-1234',
      student_relationships: unstable.roles?.['contact']?.student_relationships,
    });
    expect(now?.name).toEqual(unstable.name);
    expect(inspect(change) + JSON.stringify(change)).not.toContain(change.id);
    const { created, deleted } = changes.rename({ user: change.id, name: { last: 'New Name' } });
    expect(deleted.users).toEqual([change.id]);
    expect((await readReplica(sandbox)).users.get(created.users[0] ?? '')?.name).toEqual({ last: 'New Name' });
    await expectToFollow(sandbox, replica);
  });

  it('is the only kind of contact that changes its id', async ({ sandbox }) => {
    const replica = await readReplica(sandbox);
    const stable = withRole(replica, 'contact').find(({ roles }) => roles?.['contact']?.['sis_id'] !== '') as Rec;
    const { changes } = sandbox.districts[0];
    expect(() => changes.recreateContact({ contact: stable.id })).toThrow(/has a `sis_id`/u);
    const [student] = withRole(replica, 'student') as [Rec];
    expect(() => changes.recreateContact({ contact: student.id })).toThrow(/this person is a student/u);
    expect(changes.rename({ user: stable.id, name: { last: 'New Name' } }).updated.users).toEqual([stable.id]);
  });
});
