import { inspect } from 'node:util';
import { type DistrictChange, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { eventSchema } from 'clever-sdk/schemas';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../../support/fixtures.js';
import { ask } from '../support.js';
import { eventsOf, flatten, follow, type Rec, readReplica } from './replica.js';

const NOW = Date.UTC(2026, 8, 15, 12, 0, 7, 250);

it.override('sandboxOptions', { ...SMALL, clock: () => NOW });

/**
 * Makes a change and returns it with its events; following them from the copy before must lead to the
 * current records.
 */
async function changeWithEvents(sandbox: Sandbox, change: () => DistrictChange) {
  const before = await readReplica(sandbox);
  const change_ = change();
  const events = await eventsOf(sandbox);
  expect(events.map(({ id }) => id)).toEqual(change_.eventIds);
  expect(events.map((event) => eventSchema.parse(event))).toEqual(events);
  const copy = { ...before };
  expect(follow(copy, events)).toEqual([]);
  expect(flatten(copy)).toEqual(flatten(await readReplica(sandbox)));
  return { change: change_, events };
}

/** A section, a student who is not in it and a teacher who does not have it. */
async function cast(sandbox: Sandbox) {
  const replica = await readReplica(sandbox);
  const [section, other] = [...replica.sections.values()].filter(({ students = [] }) => students.length > 1) as [
    Rec,
    Rec,
  ];
  const people = (role: string): Rec[] =>
    [...replica.users.values()].filter(({ roles }) => roles?.[role] !== undefined);
  const outsider = people('student').find(({ id }) => !section.students?.includes(id)) as Rec;
  const teacher = people('teacher').find(({ id }) => !section.teachers?.includes(id)) as Rec;
  return { replica, section, other, outsider, teacher };
}

describe('changes.enroll() and unenroll()', () => {
  it('let a student join a section and leave it', async ({ sandbox }) => {
    const { section, outsider } = await cast(sandbox);
    const { changes } = sandbox.districts[0];
    const enrollment = { student: outsider.id, section: section.id };
    const { change, events } = await changeWithEvents(sandbox, () => changes.enroll(enrollment));
    expect(events.map(({ type, data }) => [type, data.previous_attributes])).toEqual([
      ['sections.updated', { students: section.students }],
    ]);
    expect(events[0]?.data.object).toEqual({
      ...section,
      students: [...(section.students ?? []), outsider.id],
      last_modified: '2026-09-15T12:00:07.250Z',
    });
    expect(change.updated.sections).toEqual([section.id]);
    const { body } = await ask(sandbox, `/v3.1/users/${outsider.id}/sections`);
    expect(body.data.map(({ data }) => data.id)).toContain(section.id);
    changes.unenroll(enrollment);
    expect((await readReplica(sandbox)).sections.get(section.id)?.students).toEqual(section.students);
  });

  it('delete the section that its last student leaves', async ({ sandbox }) => {
    const { section, other } = await cast(sandbox);
    const { changes, sections } = sandbox.districts[0];
    const [student = ''] = section.students ?? [];
    const alone = { id: 'only-section', school: section.school ?? '', students: [student], course: other.course ?? '' };
    sections.create({ ...alone, teacher: section.teacher ?? '', teachers: section.teachers ?? [] });
    const { eventIds, deleted } = changes.unenroll({ student, section: 'only-section' });
    expect(deleted.sections).toEqual(['only-section']);
    const last = (await eventsOf(sandbox)).at(-1);
    expect([last?.id, last?.type, last?.data.object.students]).toEqual([eventIds[0], 'sections.deleted', [student]]);
  });

  it('are refused, and change nothing, when they are impossible', async ({ sandbox }) => {
    const { section, outsider, teacher } = await cast(sandbox);
    const { changes } = sandbox.districts[0];
    const [student = ''] = section.students ?? [];
    const refused: [() => unknown, RegExp][] = [
      [() => changes.enroll({ student, section: section.id }), /already in this section/u],
      [() => changes.enroll({ student: 'unknown', section: section.id }), /`student` must be the id of a student/u],
      [() => changes.enroll({ student: teacher.id, section: section.id }), /this person is a teacher/u],
      [() => changes.enroll({ student: outsider.id, section: 'none' }), /`section` must be the id of a section/u],
      [() => changes.unenroll({ student: outsider.id, section: section.id }), /not in this section/u],
      [() => changes.enroll(undefined as never), /takes an object: \{ student, section \}/u],
      [() => changes.enroll({ studnet: student } as never), /no option `studnet`/u],
    ];
    for (const [change, problem] of refused) {
      expect(change).toThrow(SandboxError);
      expect(change).toThrow(problem);
      expect(change).not.toThrow(new RegExp(`${student}|${outsider.id}|${teacher.id}`, 'u'));
    }
    expect(await eventsOf(sandbox)).toEqual([]);
  });
});

describe('changes of teachers', () => {
  it('add a co-teacher and remove one', async ({ sandbox }) => {
    const { section, teacher } = await cast(sandbox);
    const { changes } = sandbox.districts[0];
    const assignment = { teacher: teacher.id, section: section.id };
    const { events } = await changeWithEvents(sandbox, () => changes.addTeacher(assignment));
    expect(events[0]?.data.object.teachers).toEqual([...(section.teachers ?? []), teacher.id]);
    expect(events[0]?.data.object.teacher).toBe(section.teacher);
    expect(() => changes.addTeacher(assignment)).toThrow(/already has this section/u);
    changes.removeTeacher(assignment);
    expect((await readReplica(sandbox)).sections.get(section.id)?.teachers).toEqual(section.teachers);
    expect(() => changes.removeTeacher(assignment)).toThrow(/does not have this section/u);
    expect(() => changes.removeTeacher({ teacher: section.teacher ?? '', section: section.id })).toThrow(
      /primary teacher.*replacePrimaryTeacher/u,
    );
  });

  it('replace the primary teacher, after whom the section is named', async ({ sandbox }) => {
    const { section, teacher, replica, outsider } = await cast(sandbox);
    const { changes } = sandbox.districts[0];
    const { events } = await changeWithEvents(sandbox, () =>
      changes.replacePrimaryTeacher({ teacher: teacher.id, section: section.id }),
    );
    const lastName = (id: string | undefined): string =>
      String((replica.users.get(id ?? '')?.name as { last?: string } | undefined)?.last);
    const now = events[0]?.data.object;
    expect([now?.teacher, now?.teachers]).toEqual([
      teacher.id,
      [teacher.id, ...(section.teachers ?? []).filter((id) => id !== section.teacher)],
    ]);
    expect(section.name).toContain(` - ${lastName(section.teacher)} - `);
    expect(now?.name).toBe(String(section.name).replace(lastName(section.teacher), lastName(teacher.id)));
    changes.replacePrimaryTeacher({ teacher: section.teacher ?? '', section: section.id, keepPrevious: true });
    const again = (await readReplica(sandbox)).sections.get(section.id);
    expect([again?.name, again?.teacher]).toEqual([section.name, section.teacher]);
    expect(again?.teachers).toContain(teacher.id);
    const refused = (id: string) => () => changes.replacePrimaryTeacher({ teacher: id, section: section.id });
    expect(refused(section.teacher ?? '')).toThrow(/already is the primary teacher of this section/u);
    expect(refused(outsider.id)).toThrow(/this person is a student/u);
  });
});

describe('changes.dissolveSection()', () => {
  it('deletes the section, and its course and term only when no section is left', async ({ sandbox }) => {
    const { replica, section } = await cast(sandbox);
    const ofCourse = [...replica.sections.values()].filter(({ course }) => course === section.course);
    const { changes } = sandbox.districts[0];
    for (const { id } of ofCourse.slice(1)) {
      expect(changes.dissolveSection({ section: id }).deleted).toMatchObject({
        sections: [id],
        courses: [],
        terms: [],
      });
    }
    const { deleted } = changes.dissolveSection({ section: ofCourse[0]?.id ?? '' });
    expect([deleted.sections, deleted.courses]).toEqual([[ofCourse[0]?.id], [section.course]]);
    const types = (await eventsOf(sandbox)).slice(-2).map(({ type }) => type);
    expect(types).toEqual(['sections.deleted', 'courses.deleted']);
    expect(() => changes.dissolveSection({ section: section.id })).toThrow(SandboxError);
  });
});

describe('the result of a change', () => {
  it('is printed as counts', async ({ sandbox }) => {
    const { section, outsider } = await cast(sandbox);
    const change = sandbox.districts[0].changes.transfer({
      student: outsider.id,
      school:
        [...(await readReplica(sandbox)).schools.keys()].find((id) => id !== outsider.roles?.['student']?.school) ?? '',
      sections: [section.id],
    });
    expect(change.updated.users).toEqual([outsider.id]);
    for (const shown of [inspect(change, { depth: 9 }), JSON.stringify(change), inspect(change.updated)]) {
      expect(shown).not.toContain(outsider.id);
      expect(shown).toMatch(/"?users"?: ?1/u);
    }
  });
});
