import type { Context } from 'hono';
import { Hono } from 'hono';
import { KNOWN_ATTENDANCE_STATUSES } from '../../../values/index.js';
import { ATTENDANCE_SCOPE } from '../../world/access/scopes.js';
import type { AttendancePage, AttendanceQuery } from '../../world/attendance/attendance-book.js';
import { type AttendancePosition, positionOf } from '../../world/attendance/attendance-entry.js';
import type { AttendanceScope } from '../../world/attendance/class-list.js';
import type { Env } from '../context.js';
import { cannot, json, Refusal } from './answers.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { type PageEnds, pageLinks } from './envelopes.js';

/** Inferred, because the default is documented for the Data API only. */
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

const refuse = (message: string): Refusal => new Refusal(400, message, 'message');

/**
 * Makes the Attendance API, a preview that only v3.1 has. Paths, parameters and records follow the
 * specification; the texts of refusals are inferred. It needs a district-app token with the scope; for
 * other tokens its paths do not exist (inferred).
 */
export function attendanceApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/attendance/schools/:id', (context) => list(context, 'schools', (school) => ({ school })));
  api.get('/attendance/sections/:id', (context) => list(context, 'sections', (section) => ({ section })));
  return api;
}

function list(context: Context<Env>, kind: 'schools' | 'sections', scopeOf: (id: string) => AttendanceScope): Response {
  const grant = context.get('grant');
  if (grant.kind !== 'district') {
    return cannot(context.req.method, context.req.path);
  }
  const { store, attendance } = grant.district;
  const id = context.req.param('id') ?? '';
  if (!grant.scopes.includes(ATTENDANCE_SCOPE) || store.get(kind, id) === undefined) {
    throw new Refusal(404, 'Resource not found', 'message');
  }
  const url = new URL(context.req.url);
  const query = readQuery(url.searchParams);
  const page = attendance.page(scopeOf(id), query);
  return json({ data: page.entries, links: pageLinks(url, query, endsOfAttendance(page)) });
}

function readQuery(params: URLSearchParams): AttendanceQuery {
  const limit = params.get('limit') ?? String(DEFAULT_LIMIT);
  if (!/^[1-9]\d*$/u.test(limit) || Number(limit) > MAX_LIMIT) {
    throw refuse(`limit must be an integer from 1 to ${MAX_LIMIT}`);
  }
  const [start, end] = ['date_range_start', 'date_range_end'].map((name) => readDate(params, name));
  const status = params.get('attendance_status');
  if (status !== null && !KNOWN_ATTENDANCE_STATUSES.some((known) => known === status)) {
    throw refuse(`attendance_status must be one of ${KNOWN_ATTENDANCE_STATUSES.join(', ')}`);
  }
  const [after, before] = ['starting_after', 'ending_before'].map((name) => readCursor(params, name));
  if (after !== undefined && before !== undefined) {
    throw refuse('starting_after and ending_before cannot be combined');
  }
  return {
    limit: Number(limit),
    after,
    before,
    days: [start, end],
    status: status ?? undefined,
  };
}

function readDate(params: URLSearchParams, name: string): string | undefined {
  const date = params.get(name) ?? undefined;
  if (date !== undefined && (!/^\d{4}-\d{2}-\d{2}$/u.test(date) || Number.isNaN(Date.parse(date)))) {
    throw refuse(`${name} must be a date in the form YYYY-MM-DD`);
  }
  return date;
}

function readCursor(params: URLSearchParams, name: string): AttendancePosition | undefined {
  const cursor = params.get(name);
  const parts = cursor === null ? undefined : decodeCursor(cursor);
  if (cursor !== null && parts === undefined) {
    throw refuse(`${name} is not a valid cursor`);
  }
  if (parts === undefined) {
    return undefined;
  }
  const [date = '', student = '', section = '', school = ''] = parts;
  return [date, student, section, school];
}

function endsOfAttendance({ entries, hasMore, hasEarlier }: AttendancePage): PageEnds {
  const [first, last] = [entries[0], entries.at(-1)].map((entry) => entry && encodeCursor(positionOf(entry)));
  return { first, last, hasMore, hasEarlier };
}
