import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Json } from '../../../../util/types.js';
import type { SectionRecord } from '../../../roster/records.js';
import { sortedIds } from '../../../roster/store/ordered.js';
import type { Kept, KeptAssignment } from '../../../world/assignment-book.js';
import type { District } from '../../../world/district.js';
import type { Env } from '../../context.js';
import { json, Refusal } from '../answers.js';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { bearerToken } from '../gate.js';
import { readBody } from './read-body.js';
import { assignmentMembers, submissionMembers } from './request-members.js';

interface LmsRequest {
  readonly context: Context<Env>;
  readonly district: District;
  readonly section: SectionRecord;
  readonly now: number;
}

const ASSIGNMENTS = '/sections/:section_id/assignments';
const ASSIGNMENT = `${ASSIGNMENTS}/:assignment_id`;
const SUBMISSIONS = `${ASSIGNMENT}/submissions`;
const SUBMISSION = `${SUBMISSIONS}/:user_id`;

/** Source: dev.clever.com/docs/core-concepts. */
const CURSOR_LIFETIME_MS = 2 * 60 * 60 * 1_000;
const MAX_LIMIT = 100;

/**
 * Makes LMS Connect, which only v3.1 has. Its refusals are different: `message` in the place of `error`,
 * and 403 for a token of the wrong kind. Source of the texts:
 * dev.clever.com/docs/clever-lms-connect-api-errors, except where marked as inferred.
 */
export function lmsConnectApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.post(ASSIGNMENTS, (context) => createAssignment(admit(context)));
  api.get(ASSIGNMENT, (context) => {
    const request = admit(context);
    return json({ data: seeAssignment(findAssignment(request), request.now) });
  });
  api.patch(ASSIGNMENT, (context) => updateAssignment(admit(context)));
  api.delete(ASSIGNMENT, (context) => deleteAssignment(admit(context)));
  api.get(SUBMISSIONS, (context) => listSubmissions(admit(context)));
  api.get(SUBMISSION, (context) => {
    const request = admit(context);
    const { assignment, userId } = findSubmission(request);
    return json({ data: seeSubmission(request, assignment, userId) });
  });
  api.patch(SUBMISSION, (context) => updateSubmission(admit(context)));
  for (const path of [ASSIGNMENTS, ASSIGNMENT, SUBMISSIONS, SUBMISSION]) {
    api.all(path, () => {
      // Documented: 405. The text is inferred.
      throw new Refusal(405, 'Method not allowed', 'message');
    });
  }
  return api;
}

function admit(context: Context<Env>): LmsRequest {
  const header = context.req.header('authorization');
  if (header === undefined) {
    throw new Refusal(401, 'No authorization provided', 'message');
  }
  const grant = context.env.world.grants.resolve(bearerToken(header) ?? '');
  if (grant?.kind !== 'district' || grant.district.tier === 'sso') {
    throw new Refusal(403, 'Could not authorize token', 'message');
  }
  const { district } = grant;
  // Inferred: the next two refusals. Clever documents the conditions, but not what happens when they are not met.
  if (district.store.get('districts', district.id)?.['lms_state'] !== 'success') {
    throw new Refusal(403, 'The district is not connected to a learning management system', 'message');
  }
  const section = district.store.get('sections', context.req.param('section_id') ?? '');
  const { synced_in_lms: isSynced = false } = (section?.['lms_status'] ?? {}) as { synced_in_lms?: boolean };
  if (section === undefined || !isSynced) {
    throw new Refusal(404, 'Section does not exist', 'message');
  }
  return { context, district, section, now: context.env.now };
}

async function createAssignment({ context, district, section, now }: LmsRequest): Promise<Response> {
  const body = await readBody(context);
  if (body instanceof Response) {
    return body;
  }
  const members = assignmentMembers(body, now, true);
  const created = district.assignments.create(section.id, members, isoTime(now), lmsTypeOf(district));
  return json({ data: seeAssignment(created, now) });
}

async function updateAssignment(request: LmsRequest): Promise<Response> {
  const { context, district, now } = request;
  const assignment = findAssignment(request);
  const body = await readBody(context);
  if (body instanceof Response) {
    return body;
  }
  const members = assignmentMembers(body, now, false);
  const updated = district.assignments.update(assignment, members, isoTime(now), lmsTypeOf(district));
  return json({ data: seeAssignment(updated, now) });
}

/** Inferred: the specification describes no body of the 200. */
function deleteAssignment(request: LmsRequest): Response {
  request.district.assignments.delete(findAssignment(request));
  return new Response(null, { status: 200 });
}

function listSubmissions(request: LmsRequest): Response {
  const { context, section, now } = request;
  const assignment = findAssignment(request);
  const { limit = String(MAX_LIMIT), cursor } = context.req.query();
  if (!/^[1-9]\d*$/u.test(limit) || Number(limit) > MAX_LIMIT) {
    throw new Refusal(400, `limit must be an integer from 1 to ${MAX_LIMIT}`, 'message');
  }
  const [issuedAt = '', after = ''] = cursor === undefined ? [] : (decodeCursor(cursor) ?? []);
  if (cursor !== undefined && !(now - Number(issuedAt === '' ? Number.NaN : issuedAt) <= CURSOR_LIFETIME_MS)) {
    throw new Refusal(400, 'cursor is invalid or has expired', 'message');
  }
  const left = assigneesOf(section, assignment).filter((id) => id > after);
  const page = left.slice(0, Number(limit));
  const next = `${context.req.path}?limit=${limit}&cursor=${encodeURIComponent(encodeCursor([String(now), page.at(-1) ?? '']))}`;
  return json({
    data: page.map((userId) => seeSubmission(request, assignment, userId)),
    // Absent on the last page. Source: the official v3.1 specification.
    ...(left.length > page.length ? { links: [{ rel: 'next', uri: next }] } : {}),
  });
}

async function updateSubmission(request: LmsRequest): Promise<Response> {
  const { context, district, now } = request;
  const { assignment, userId } = findSubmission(request);
  const body = await readBody(context);
  if (body instanceof Response) {
    return body;
  }
  district.assignments.updateSubmission(assignment, userId, submissionMembers(body), isoTime(now));
  return json({ data: seeSubmission(request, assignment, userId) });
}

function findAssignment({ context, district, section }: LmsRequest): KeptAssignment {
  const assignment = district.assignments.get(section.id, context.req.param('assignment_id') ?? '');
  if (assignment === undefined) {
    throw new Refusal(404, 'Assignment does not exist', 'message');
  }
  return assignment;
}

function findSubmission(request: LmsRequest): { readonly assignment: KeptAssignment; readonly userId: string } {
  const assignment = findAssignment(request);
  const userId = request.context.req.param('user_id') ?? '';
  if (!assigneesOf(request.section, assignment).includes(userId)) {
    throw new Refusal(404, 'User not found', 'message');
  }
  return { assignment, userId };
}

function assigneesOf({ students = [] }: SectionRecord, { members }: Kept): string[] {
  const chosen = members['assignee_mode'] === 'individuals' ? ((members['assignee_ids'] ?? []) as string[]) : students;
  return sortedIds(students.filter((id) => chosen.includes(id)));
}

/** Ends at the next `<` as well, or a description of nothing but `<` would be read to its end for each of them. */
const TAG = /<[^<>]*>/gu;

/** The `state` of an assignment follows from its dates (inferred). */
function seeAssignment({ id, created, last_modified, members }: Kept, now: number): Json {
  const at = (member: string): number => Date.parse(String(members[member]));
  const state = at('start_date') > now ? 'scheduled' : at('end_date') <= now ? 'locked' : 'open';
  const plain = String(members['description']).replace(TAG, '');
  return { id, description_plaintext: plain, state, ...members, created, last_modified };
}

/** Submissions in Google Classroom have no id. Source: the official v3.1 specification. */
function seeSubmission({ district }: LmsRequest, assignment: KeptAssignment, userId: string): Json {
  const { id, created, last_modified, members } = district.assignments.submission(assignment, userId);
  return {
    id: lmsTypeOf(district) === 'google_classroom' ? '' : id,
    assignment_id: assignment.id,
    user_id: userId,
    state: 'created',
    flags: [],
    ...members,
    created,
    last_modified,
  };
}

function lmsTypeOf({ id, store }: District): unknown {
  return store.get('districts', id)?.['lms_type'];
}

function isoTime(now: number): string {
  return new Date(now).toISOString();
}
