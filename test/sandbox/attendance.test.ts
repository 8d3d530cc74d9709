import { createSandbox, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { attendanceRecordSchema } from 'clever-sdk/schemas';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../support/fixtures.js';
import { ask, firstId, link, readAll, small } from './support.js';

const NOW = Date.UTC(2026, 8, 15, 12);
const DAY_MS = 86_400_000;

type Entry = Record<string, string>;

it.override('sandboxOptions', { ...SMALL, clock: () => NOW });

async function list(sandbox: Sandbox, path: string, query = '?limit=1000'): Promise<Entry[]> {
  return (await ask(sandbox, `/v3.1/attendance/${path}${query}`)).body.data as unknown as Entry[];
}

function positionOf({ attendance_date, student_id, section_id = '', school_id }: Entry): string {
  return [attendance_date, student_id, section_id, school_id].join('/');
}

describe('attendance', () => {
  it('of a school covers its students and sections, unwrapped and sorted', async ({ sandbox }) => {
    const school = await firstId(sandbox, 'schools');
    const entries = await list(sandbox, `schools/${school}`);
    expect(entries.length).toBeGreaterThan(200);
    expect(entries.every((entry) => attendanceRecordSchema.parse(entry) !== undefined)).toBe(true);
    expect(entries.map(positionOf)).toEqual(entries.map(positionOf).sort());
    expect(new Set(entries.map((entry) => entry['school_id']))).toEqual(new Set([school]));
    expect(new Set(entries.map((entry) => entry['attendance_type']))).toEqual(new Set(['daily', 'section']));
    expect(new Set(entries.map((entry) => entry['attendance_status']))).toEqual(
      new Set(['present', 'absent', 'tardy']),
    );
    const dates = [...new Set(entries.map((entry) => entry['attendance_date']))];
    expect([dates[0], dates.at(-1), dates.length]).toEqual(['2026-09-02', '2026-09-15', 10]);
  });

  it('of a section covers its students', async ({ sandbox }) => {
    const [section] = await readAll(sandbox, '/v3.1/sections');
    const entries = await list(sandbox, `sections/${section?.id}`);
    expect(new Set(entries.map((entry) => entry['student_id']))).toEqual(new Set(section?.['students'] as string[]));
    expect(new Set(entries.map((entry) => entry['section_id']))).toEqual(new Set([section?.id]));
  });

  it('is the same for the same day', async ({ sandbox, sandboxOptions }) => {
    const twin = createSandbox(sandboxOptions);
    const school = await firstId(sandbox, 'schools');
    expect(await list(sandbox, `schools/${school}`)).toEqual(await list(twin, `schools/${school}`));
  });

  it('is filtered by days and status', async ({ sandbox }) => {
    const path = `schools/${await firstId(sandbox, 'schools')}`;
    const all = await list(sandbox, path);
    const range = await list(sandbox, path, '?limit=1000&date_range_start=2026-09-07&date_range_end=2026-09-08');
    const isInRange = ({ attendance_date: date = '' }: Entry): boolean => date >= '2026-09-07' && date <= '2026-09-08';
    expect(range).toEqual(all.filter(isInRange));
    const late = await list(sandbox, path, '?limit=1000&attendance_status=tardy');
    expect(late).toEqual(all.filter((entry) => entry['attendance_status'] === 'tardy'));
    expect(range.length * late.length).toBeGreaterThan(0);
  });

  it('is paged by opaque cursors, in both directions', async ({ sandbox }) => {
    const [section] = await readAll(sandbox, '/v3.1/sections');
    const base = `/v3.1/attendance/sections/${section?.id}`;
    const all = await list(sandbox, `sections/${section?.id}`);
    const seen: Entry[] = [];
    let path: string | undefined = `${base}?limit=7`;
    let last = '';
    while (path !== undefined) {
      last = path;
      const answer = await ask(sandbox, path);
      seen.push(...(answer.body.data as unknown as Entry[]));
      path = link(answer, 'next');
    }
    expect(seen).toEqual(all);
    const cursor = new URL(last, 'https://api.clever.com').searchParams.get('starting_after') ?? '';
    expect(cursor).toMatch(/^[A-Za-z0-9+/]+=*$/u);
    const back = link(await ask(sandbox, last), 'prev') ?? '';
    const before = (await ask(sandbox, back)).body.data as unknown as Entry[];
    const lastPage = all.length % 7 === 0 ? 7 : all.length % 7;
    expect(before).toEqual(all.slice(-lastPage - 7, -lastPage));
  });

  it.for([
    'limit=0',
    'limit=1001',
    'date_range_start=2026-13-01',
    'date_range_end=yesterday',
    'attendance_status=late',
    'starting_after=nonsense',
  ])('refuses %s', async (query, { sandbox }) => {
    const answer = await ask(sandbox, `/v3.1/attendance/schools/${await firstId(sandbox, 'schools')}?${query}`);
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['message']]);
  });

  it('is marked and read back, for six months', async ({ sandbox }) => {
    const [section] = await readAll(sandbox, '/v3.1/sections');
    const students = section?.['students'] as string[];
    const [student = ''] = students;
    const district = sandbox.districts[0];
    const mark = { student_id: student, attendance_date: '2026-09-15', attendance_status: 'absent' } as const;
    district.markAttendance({ ...mark, section_id: section?.id ?? '', excuse_code: 'TRIP' });
    district.markAttendance({ ...mark, attendance_date: '2026-06-01' });
    const of = async (path: string, date: string): Promise<Entry[]> => {
      const query = `?limit=1000&date_range_start=${date}&date_range_end=${date}`;
      return (await list(sandbox, path, query)).filter((entry) => entry['student_id'] === student);
    };
    const today = await of(`sections/${section?.id}`, '2026-09-15');
    expect(today).toMatchObject([{ attendance_status: 'absent', excuse_code: 'TRIP', attendance_type: 'section' }]);
    const school = `schools/${section?.['school']}`;
    expect(await of(school, '2026-06-01')).toMatchObject([{ attendance_status: 'absent', attendance_type: 'daily' }]);
    sandbox.advance(90 * DAY_MS);
    expect(await of(school, '2026-06-01')).toEqual([]);
    expect(() => district.markAttendance({ ...mark, student_id: 'unknown' })).toThrow(SandboxError);
    expect(() => district.markAttendance({ ...mark, section_id: 'none' })).toThrow(SandboxError);
    expect(() => district.markAttendance({ ...mark, attendance_date: 'today' })).toThrow(SandboxError);
  });

  it('requires a district-app token with the scope, and v3.1', async ({ sandbox }) => {
    const without = small({ districts: [{ seed: 5, students: 60, attendance: false }], clock: () => NOW });
    const path = `/v3.1/attendance/schools/${await firstId(without, 'schools')}`;
    const [teacher] = without.people({ role: 'teacher' });
    const person = await ask(sandbox, path, without.userToken({ user: teacher?.id ?? '' }));
    expect(person.status).toBe(401);
    const own = await ask(sandbox, path, sandbox.userToken({ user: teacher?.id ?? '' }));
    expect([own.status, own.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await ask(without, path)).status).toBe(404);
    expect((await ask(sandbox, path)).status).toBe(200);
    expect((await ask(sandbox, path.replace('v3.1', 'v3.0'))).headers.get('content-type')).toContain('text/html');
    expect((await ask(sandbox, '/v3.1/attendance/schools/none')).status).toBe(404);
  });

  it('can be read by the client', async ({ sandbox, district }) => {
    const school = await firstId(sandbox, 'schools');
    const records = await district.attendance.listForSchool(school, { pageSize: 100 }).toArray({ maxItems: 100_000 });
    expect(records).toHaveLength((await list(sandbox, `schools/${school}`)).length);
  });
});
