import type { Context } from 'hono';
import { Hono } from 'hono';
import { KNOWN_ATTENDANCE_STATUSES } from '../../values/index.js';
import { type AttendanceEntry, type AttendanceScope, keyOf } from '../attendance/attendance-book.js';
import { ATTENDANCE_SCOPE } from '../oauth/scopes.js';
import { cannot, json, Refusal } from './answers.js';
import type { Env } from './context.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { Link } from './envelopes.js';

/** Inferred: the default is documented for the Data API only. */
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

const refuse = (message: string): Refusal => new Refusal(400, message, 'message');

interface Query {
  readonly limit: number;
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly accepts: (entry: AttendanceEntry) => boolean;
}

/**
 * The Attendance API, v3.1 only, a preview: paths, parameters and records are the specification's, the texts of refusals are
 * inferred. Reached by a district-app token with the scope; to a token without it there is nothing (inferred).
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
  const entries = attendance.entries(scopeOf(id)).filter(query.accepts);
  const page = pageOf(entries, query);
  return json({ data: page, links: linksOf(url, query, entries, page) });
}

function readQuery(params: URLSearchParams): Query {
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
    accepts: ({ attendance_date: date, attendance_status }) =>
      date >= (start ?? '') && (end === undefined || date <= end) && (status === null || attendance_status === status),
  };
}

function readDate(params: URLSearchParams, name: string): string | undefined {
  const date = params.get(name) ?? undefined;
  if (date !== undefined && (!/^\d{4}-\d{2}-\d{2}$/u.test(date) || Number.isNaN(Date.parse(date)))) {
    throw refuse(`${name} must be a date in the form YYYY-MM-DD`);
  }
  return date;
}

function readCursor(params: URLSearchParams, name: string): string | undefined {
  const cursor = params.get(name);
  const parts = cursor === null ? undefined : decodeCursor(cursor);
  if (cursor !== null && parts === undefined) {
    throw refuse(`${name} is not a valid cursor`);
  }
  return parts?.join('/');
}

function positionOf(entry: AttendanceEntry): string {
  return keyOf(entry).join('/');
}

function pageOf(entries: readonly AttendanceEntry[], { limit, after, before }: Query): readonly AttendanceEntry[] {
  if (before !== undefined) {
    return entries.filter((entry) => positionOf(entry) < before).slice(-limit);
  }
  return entries.filter((entry) => after === undefined || positionOf(entry) > after).slice(0, limit);
}

function linksOf(
  url: URL,
  { after, before }: Query,
  entries: readonly AttendanceEntry[],
  page: readonly AttendanceEntry[],
): Link[] {
  const [first, last] = [page[0], page.at(-1)];
  const links: Link[] = [{ rel: 'self', uri: `${url.pathname}${url.search}` }];
  if (last !== undefined && last !== entries.at(-1)) {
    links.push({ rel: 'next', uri: withCursor(url, 'starting_after', last) });
  }
  if (first !== undefined && (after !== undefined || (before !== undefined && first !== entries[0]))) {
    links.push({ rel: 'prev', uri: withCursor(url, 'ending_before', first) });
  }
  return links;
}

function withCursor(url: URL, name: 'starting_after' | 'ending_before', entry: AttendanceEntry): string {
  const params = new URLSearchParams(url.search);
  params.delete('starting_after');
  params.delete('ending_before');
  params.append(name, encodeCursor(keyOf(entry)));
  return `${url.pathname}?${params}`;
}
