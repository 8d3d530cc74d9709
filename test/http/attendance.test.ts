import { type AttendanceListParams, CleverConfigError, createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { type Answer, double } from '../support/double.js';

const SCHOOL = '66a0d15c0000000000000301';
const PATH = `/v3.1/attendance/schools/${SCHOOL}`;

const record = {
  attendance_date: '2026-09-14',
  attendance_status: 'tardy',
  attendance_type: 'daily',
  student_id: '66a0d15c0000000000000701',
  school_id: SCHOOL,
  district_id: '66a0d15c0000000000000101',
  created: '2026-09-14T12:00:00.000Z',
  last_modified: '2026-09-14T12:00:00.000Z',
};

function district(...script: Answer[]) {
  const { fetch, seen } = double(...script);
  const { attendance } = createCleverClient({ fetch, retry: false, validation: 'strict' }).district({ token: 'token' });
  return { attendance, seen };
}

describe('attendance', () => {
  it('of a school is listed with Clever’s own cursor, without a wrapper around each record', async () => {
    const next = `${PATH}?limit=1000&starting_after=eyJkIjoiMjAyNi0wOS0xNCJ9`;
    const later = { ...record, attendance_date: '2026-09-15', clever_id: 'c', added_by_clever: true };
    const { attendance, seen } = district(
      {
        data: [record],
        links: [
          { rel: 'self', uri: PATH },
          { rel: 'next', uri: next },
        ],
      },
      { data: [later] },
    );
    const pages = [];
    for await (const page of attendance.listForSchool(SCHOOL).pages()) {
      pages.push(page);
    }
    expect(pages.map(({ data }) => data)).toEqual([[record], [later]]);
    expect(seen.map(({ url }) => url.pathname + url.search)).toEqual([`${PATH}?limit=1000`, next]);
    expect(pages.map(({ cursor }) => cursor)).toEqual([next, next]);
  });

  it('of a section sends its filters under Clever’s names', async () => {
    const { attendance, seen } = district({ data: [] });
    const params = { date_range_start: '2026-09-01', date_range_end: '2026-09-30', attendance_status: 'absent' };
    expect(await attendance.listForSection('some-id', { ...params, pageSize: 50 }).toArray({ maxItems: 9 })).toEqual(
      [],
    );
    expect(seen[0]?.url.pathname).toBe('/v3.1/attendance/sections/some-id');
    expect(Object.fromEntries(seen[0]?.url.searchParams ?? [])).toEqual({ limit: '50', ...params });
  });

  it('never derives a cursor from a record', async () => {
    const { attendance } = district({ data: [{ ...record, id: 'not-a-position' }] });
    expect((await attendance.listForSchool(SCHOOL).firstPage()).cursor).toBe(`${PATH}?limit=1000`);
  });

  it('resumes only with the same filters', async () => {
    const from = `${PATH}?limit=1000&attendance_status=absent&starting_after=b3Bh`;
    const { attendance, seen } = district({ data: [record] });
    await attendance.listForSchool(SCHOOL, { attendance_status: 'absent', from }).firstPage();
    expect(seen[0]?.url.search).toBe('?limit=1000&attendance_status=absent&starting_after=b3Bh');
    expect(() => attendance.listForSchool(SCHOOL, { from })).toThrow(/different `attendance_status` filter/);
  });

  it.each<[string, AttendanceListParams, RegExp]>([
    ['more than 1000 per page', { pageSize: 1_001 }, /`pageSize`.*1 to 1000\./],
    ['a date in another form', { date_range_start: '9/1/2026' }, /`date_range_start` must be a day/],
    ['a time instead of a day', { date_range_end: '2026-09-01T00:00:00Z' }, /`date_range_end` must be a day/],
    ['a day that does not exist', { date_range_start: '2026-02-30' }, /`date_range_start` must be a day/],
    ['a Date', { date_range_start: new Date() as never }, /`date_range_start` must be a day/],
    [
      'an end before its start',
      { date_range_start: '2026-09-02', date_range_end: '2026-09-01' },
      /must not come before/,
    ],
    ['an empty status', { attendance_status: '' }, /`attendance_status` must not be empty/],
    ['a misspelt filter', { status: 'absent' } as AttendanceListParams, /no option `status`.*attendance_status/],
  ])('refuses %s without sending anything', (_, params, message) => {
    const { attendance, seen } = district();
    for (const list of [
      () => attendance.listForSchool(SCHOOL, params),
      () => attendance.listForSection('some-id', params),
    ]) {
      expect(list).toThrow(CleverConfigError);
      expect(list).toThrow(message);
    }
    expect(seen).toHaveLength(0);
  });

  it.each([403, 404])('says after a %d that it is a preview and what it needs', async (status) => {
    const { attendance } = district(new Response('', { status }));
    await expect(attendance.listForSchool(SCHOOL).firstPage()).rejects.toThrow(/preview.*scope.*SFTP/);
  });
});

describe('API v3.0', () => {
  it.each(['lms', 'assignments', 'submissions', 'attendance'])(
    'has no `%s`, and says so when it is touched',
    (name) => {
      const client = createCleverClient({ apiVersion: 'v3.0' }).district({ token: 'token' });
      expect(() => client[name as keyof typeof client]).toThrow(CleverConfigError);
      expect(() => client[name as keyof typeof client]).toThrow(/needs API v3\.1/);
      expect(Object.keys(client)).not.toContain(name);
    },
  );

  it('still works after its client is copied or printed', () => {
    const client = createCleverClient({ apiVersion: 'v3.0' }).district({ token: 'token' });
    expect(Object.keys({ ...client })).toContain('events');
    expect(JSON.parse(JSON.stringify(client))).toMatchObject({ client: 'district', apiVersion: 'v3.0' });
    expect(Object.isFrozen(client)).toBe(true);
  });
});
