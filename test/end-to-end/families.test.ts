import { CleverCursorExpiredError, createCleverClient, type DistrictClient } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { it as itWithSandbox } from '../support/fixtures.js';
import { collect } from '../support/outcomes.js';

/**
 * Events, LMS Connect, attendance and sensitive fields, through the SDK against the sandbox, under strict
 * validation.
 */
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 9, 14, 15);

const it = itWithSandbox
  .extend('time', () => ({ nowMs: START_MS }))
  .extend('sandboxOptions', ({ time }) => ({
    districts: [{ seed: 1, students: 120, sensitiveFields: ['frl_status', 'iep_status', 'home_language'] as const }],
    clock: () => time.nowMs,
  }))
  .extend('clientOptions', ({ time }) => ({ validation: 'strict' as const, now: () => time.nowMs }))
  .extend('home', ({ sandbox }) => sandbox.districts[0]);

async function someStudent(district: DistrictClient) {
  const [student] = (await district.users.list({ role: 'student', pageSize: 1 }).firstPage()).data;
  if (student === undefined) {
    throw new Error('the sandbox has no student');
  }
  return student;
}

describe('events', () => {
  it('begin at the newest one and report every later change, with the values before and after', async ({
    home,
    district,
  }) => {
    const student = await someStudent(district);
    const before = student.roles.student.grade;
    home.users.update(student.id, { roles: { student: { gender: 'X' } } });
    const cursor = await district.events.latestCursor();
    expect(cursor).toMatch(/^[0-9a-f]{24}$/u);

    home.users.update(student.id, { roles: { student: { grade: '12' } } });
    home.users.delete(student.id);
    const events = await collect(district.events.list({ after: cursor, record_type: ['users', 'sections'] }));
    expect(events.map(({ type }) => type)).toEqual(['users.updated', 'users.deleted']);
    const [updated] = events;
    if (updated?.type !== 'users.updated') {
      throw new Error('the first event is another one');
    }
    expect(updated.data.object.roles?.student?.grade).toBe('12');
    expect(updated.data.previous_attributes).toEqual({ roles: { student: { grade: before } } });
    expect((await district.events.get(updated.id)).id).toBe(updated.id);
  });

  it('refuse a cursor that Clever would silently skip over', async ({ time, home, district }) => {
    const student = await someStudent(district);
    const { eventId } = home.users.update(student.id, { roles: { student: { gender: 'X' } } });
    time.nowMs += 31 * DAY_MS;
    expect(() => district.events.list({ after: eventId })).toThrow(CleverCursorExpiredError);
    expect(await collect(district.events.list())).toEqual([]);
  });

  it('resume after a page', async ({ home, district }) => {
    const student = await someStudent(district);
    for (const grade of ['1', '2', '3', '4', '5']) {
      home.users.update(student.id, { roles: { student: { grade } } });
    }
    const first = await district.events.list({ pageSize: 2 }).firstPage();
    const rest = await collect(district.events.list({ pageSize: 2, from: first.cursor }));
    expect([...first.data, ...rest].map(({ id }) => id)).toEqual(
      (await collect(district.events.list())).map(({ id }) => id),
    );
  });
});

describe('sensitive fields', () => {
  it('are left out of records and of both states in an event unless they are named', async ({
    home,
    clever,
    district,
  }) => {
    const student = await someStudent(district);
    home.users.update(student.id, { roles: { student: { frl_status: 'Paid', iep_status: 'Y', grade: '9' } } });
    home.users.update(student.id, { roles: { student: { frl_status: 'Free', iep_status: 'N', grade: '10' } } });
    const plain = JSON.stringify([await district.users.get(student.id), await collect(district.events.list())]);
    expect(plain).not.toMatch(/frl_status|iep_status|home_language/u);

    const asked = clever.district({ token: home.token, sensitiveFields: ['frl_status'] });
    const named = await asked.users.get(student.id);
    expect(named.roles?.student?.frl_status).toBe('Free');
    expect(JSON.stringify(named)).not.toMatch(/iep_status|home_language/u);
    for await (const event of asked.events.list()) {
      if (event.type === 'users.updated') {
        expect(event.data.previous_attributes?.roles?.student).toHaveProperty('frl_status');
      }
    }
  });
});

describe('an event with flattened or shouted names', () => {
  it('loses its sensitive fields, and keeps the rest', async () => {
    const previous_attributes = { 'roles.student.frl_status': 'canary', FRL_STATUS: 'canary', grade: '9' };
    const data = { object: { id: 'a-student' }, previous_attributes };
    const event = { id: '6a0000000000000000000001', type: 'users.updated', data };
    const fetch = async (): Promise<Response> => Response.json({ data: [{ data: event }] });
    const odd = createCleverClient({ fetch }).district({ token: 'token' });
    const [received] = await collect(odd.events.list());
    expect(received?.data).toEqual({ object: { id: 'a-student' }, previous_attributes: { grade: '9' } });
  });
});

describe('an event with `previous_attributes` in both places', () => {
  it('delivers the one that has values when the other is empty', async () => {
    const data = { object: { id: 'a-student' }, previous_attributes: {} };
    const event = {
      id: '6a0000000000000000000001',
      type: 'users.updated',
      data,
      previous_attributes: { email: 'old' },
    };
    const fetch = async (): Promise<Response> => Response.json({ data: [{ data: event }] });
    const [received] = await collect(createCleverClient({ fetch }).district({ token: 'token' }).events.list());
    expect(received?.data).toMatchObject({ previous_attributes: { email: 'old' } });
  });
});

describe('LMS Connect', () => {
  it('writes an assignment, reads it back, grades a submission and deletes it', async ({ time, district }) => {
    const [section] = (await district.sections.list({ pageSize: 1 }).firstPage()).data;
    const sectionId = section?.id ?? '';
    expect(await district.lms.check({ sectionId })).toMatchObject({ isReady: true, obstacles: [] });

    const due = new Date(time.nowMs + 7 * DAY_MS).toISOString();
    const body = { title: 'Read chapter 3', description: 'All of it', due_date: due, points_possible: 10 };
    const { id } = await district.assignments.create(sectionId, body);
    expect(await district.assignments.get(sectionId, id)).toMatchObject({ title: body.title });
    await district.assignments.update(sectionId, id, { title: 'Read chapter 4' });
    const submissions = await district.submissions.list(sectionId, id).toArray({ maxItems: 100 });
    expect(submissions.map(({ user_id }) => user_id).sort()).toEqual([...(section?.students ?? [])].sort());

    const [first] = submissions;
    await district.submissions.update(sectionId, id, first?.user_id ?? '', { grade_points: 9 });
    expect(await district.submissions.get(sectionId, id, first?.user_id ?? '')).toMatchObject({
      grade_points: 9,
    });
    await district.assignments.delete(sectionId, id);
    await expect(district.assignments.get(sectionId, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says what is missing before anything is written', async ({ home, district }) => {
    home.update({ lms_state: 'pending_authorization' });
    const readiness = await district.lms.check();
    expect(readiness.isReady).toBe(false);
    expect(readiness.obstacles).toHaveLength(1);
  });

  it('does not exist in API v3.0', ({ sandbox, home }) => {
    const old = createCleverClient({ ...sandbox.clientOptions(), apiVersion: 'v3.0' }).district({ token: home.token });
    expect(() => (old as unknown as DistrictClient).assignments).toThrow(/v3\.1/u);
  });
});

describe('attendance', () => {
  it('lists a school by date and status, page by page', async ({ home, district }) => {
    const student = await someStudent(district);
    home.markAttendance({ student_id: student.id, attendance_date: '2026-10-13', attendance_status: 'tardy' });
    const range = { date_range_start: '2026-10-13', date_range_end: '2026-10-13' };
    const school = student.roles.student.school;
    const all = await district.attendance.listForSchool(school, { ...range, pageSize: 7 }).toArray({ maxItems: 5_000 });
    expect(all.length).toBeGreaterThan(7);
    const tardy = district.attendance.listForSchool(school, { ...range, attendance_status: 'tardy' });
    expect((await tardy.toArray({ maxItems: 500 })).map(({ student_id }) => student_id)).toContain(student.id);
  });
});
