import { inspect } from 'node:util';
import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../../support/fixtures.js';
import { eventsOf, flatten, follow, type Rec, readReplica } from './replica.js';

it.override('sandboxOptions', {
  districts: [{ seed: 5, students: 120 }],
  clock: () => Date.UTC(2027, 7, 20, 6),
});

function gradeOf(user: Rec | undefined): unknown {
  return user?.roles?.['student']?.['grade'];
}

describe('changes.startSchoolYear()', () => {
  it('gives new ids to sections, courses and terms, and to no other record', async ({ sandbox }) => {
    const before = await readReplica(sandbox);
    const { sections, courses, terms } = sandbox.districts[0].changes.startSchoolYear();
    const after = await readReplica(sandbox);
    for (const kind of ['sections', 'courses', 'terms'] as const) {
      const kept = [...after[kind].keys()].filter((id) => before[kind].has(id));
      // The previous year's term had no sections left, so nothing is built from it and it is not renewed.
      expect(kept).toEqual(kind === 'terms' ? [[...before.terms.keys()][0]] : []);
    }
    expect(new Set(after.sections.keys())).toEqual(new Set(Object.values(sections)));
    expect([...after.schools.keys()]).toEqual([...before.schools.keys()]);
    expect([...after.users.keys()].every((id) => before.users.has(id))).toBe(true);
    for (const [old, renewed] of Object.entries(sections)) {
      const [was, is] = [before.sections.get(old), after.sections.get(renewed)];
      expect([is?.name, is?.school, is?.teachers]).toEqual([was?.name, was?.school, was?.teachers]);
      expect([is?.course, is?.term_id]).toEqual([courses[was?.course ?? ''], terms[was?.term_id ?? '']]);
      expect(is?.['sis_id']).not.toBe(was?.['sis_id']);
    }
    const term = after.terms.get(Object.values(terms)[0] ?? '');
    expect([term?.['start_date'], term?.['end_date']].every((date) => String(date) > '2027-08')).toBe(true);
  });

  it('lets students advance by a grade, move to a school that has the grade, and graduate', async ({ sandbox }) => {
    const before = await readReplica(sandbox);
    const { deleted } = sandbox.districts[0].changes.startSchoolYear();
    const after = await readReplica(sandbox);
    const students = [...before.users.values()].filter(({ roles }) => roles?.['student'] !== undefined);
    const next: Record<string, string> = { Kindergarten: '1' };
    for (const student of students) {
      const now = after.users.get(student.id);
      const grade = String(gradeOf(student));
      expect(gradeOf(now)).toBe(grade === '12' ? undefined : (next[grade] ?? String(Number(grade) + 1)));
      const school = after.schools.get(now?.roles?.['student']?.school ?? '');
      const hasGrade = now === undefined || Number(school?.['high_grade']) >= Number(gradeOf(now));
      expect(
        hasGrade && (now === undefined || (now.roles?.['student']?.schools ?? []).includes(school?.id ?? '')),
      ).toBe(true);
    }
    const graduates = students.filter((student) => gradeOf(student) === '12').map(({ id }) => id);
    expect(graduates.length).toBeGreaterThan(0);
    expect(deleted.users).toEqual(expect.arrayContaining(graduates));
    const others = deleted.users.filter((id) => !graduates.includes(id));
    expect(others.length).toBeGreaterThan(0);
    for (const id of others) {
      const relationships = before.users.get(id)?.roles?.['contact']?.student_relationships ?? [];
      expect(relationships.length > 0 && relationships.every(({ student }) => graduates.includes(student))).toBe(true);
    }
  });

  it('puts students into the sections of their new grade', async ({ sandbox }) => {
    sandbox.districts[0].changes.startSchoolYear();
    const { sections, users } = await readReplica(sandbox);
    for (const section of sections.values()) {
      expect(section.students?.length).toBeGreaterThan(0);
      for (const id of section.students ?? []) {
        const student = users.get(id);
        expect(['', gradeOf(student)]).toContain(section['grade']);
        expect(student?.roles?.['student']?.school).toBe(section.school);
      }
    }
    // Only the students of the first grade have no predecessors.
    const enrolled = new Set([...sections.values()].flatMap(({ students = [] }) => students));
    const without = [...users.values()].filter(
      ({ id, roles }) => roles?.['student'] !== undefined && !enrolled.has(id),
    );
    expect(without).toEqual([]);
  });

  it('is reported so that a copy can follow, year after year', async ({ sandbox }) => {
    const copy = await readReplica(sandbox);
    const change = sandbox.districts[0].changes.startSchoolYear();
    sandbox.districts[0].changes.startSchoolYear();
    const events = await eventsOf(sandbox);
    expect(follow(copy, events)).toEqual([]);
    expect(flatten(copy)).toEqual(flatten(await readReplica(sandbox)));
    expect(events.slice(0, change.eventIds.length).map(({ id }) => id)).toEqual(change.eventIds);
    expect(inspect(change, { depth: 9 })).not.toMatch(new RegExp([...copy.users.keys()].join('|'), 'u'));
  });

  it('does not change what it does not know', async () => {
    const student = (id: string, grade?: string) => ({
      id,
      roles: { student: { school: 'a', schools: ['a'], ...(grade === undefined ? {} : { grade }) } },
    });
    const sandbox = createSandbox({
      districts: [
        {
          district: { id: 'd' },
          schools: [{ id: 'a' }],
          users: [
            student('u1', 'Ungraded'),
            student('u2'),
            student('u3', '3'),
            student('u4', 'TransitionalKindergarten'),
          ],
          courses: [{ id: 'c' }],
          terms: [{ id: 't', name: '2026-2027 Fall', start_date: '2026-09-01' }],
          sections: [{ id: 's', school: 'a', students: ['u1', 'u3'], term_id: 't' }],
        },
      ],
    });
    const { terms } = sandbox.districts[0].changes.startSchoolYear();
    const after = await readReplica(sandbox);
    expect([...after.users.values()].map(gradeOf)).toEqual(['Ungraded', undefined, '4', 'Kindergarten']);
    expect(after.users.get('u2')).toEqual((await readReplica(sandbox)).users.get('u2'));
    expect([...after.courses.keys()]).toEqual(['c']);
    expect(after.terms.get(terms['t'] ?? '')).toMatchObject({ name: '2027-2028 Fall', start_date: '2027-09-01' });
    expect([...after.sections.values()].map(({ students }) => students)).toEqual([['u1']]);
  });
});
