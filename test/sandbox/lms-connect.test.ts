import { createCleverClient } from 'clever-sdk';
import type { Sandbox } from 'clever-sdk/sandbox';
import { assignmentSchema, submissionSchema } from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import { readAll, small } from './support.js';

const NOW = Date.UTC(2026, 8, 15, 12);
const HOUR_MS = 3_600_000;
const given = { title: 'Chapter 4', description: '<p>Read <b>it</b>.</p>', due_date: '2026-09-20T21:59:00.000Z' };

type Json = Record<string, unknown>;

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly body: {
    readonly message?: string;
    readonly data: Json & { readonly id: string };
    readonly links?: readonly { readonly rel: string; readonly uri: string }[];
  };
}

interface Classroom {
  readonly sandbox: Sandbox;
  readonly section: string;
  readonly students: readonly string[];
  readonly base: string;
}

async function classroom(seed = 4): Promise<Classroom> {
  const sandbox = small({ districts: [{ seed, students: 60 }], clock: () => NOW });
  const sections = await readAll(sandbox, '/v3.1/sections');
  const section = sections.find(({ students, lms_status }) => {
    const { synced_in_lms: isSynced } = lms_status as { synced_in_lms: boolean };
    return isSynced && (students as string[]).length > 2;
  });
  const id = section?.id ?? '';
  return {
    sandbox,
    section: id,
    students: section?.['students'] as string[],
    base: `/v3.1/sections/${id}/assignments`,
  };
}

async function send(sandbox: Sandbox, method: string, path: string, body?: unknown, token?: string): Promise<Reply> {
  const response = await sandbox.fetch(`https://api.clever.com${path}`, {
    method,
    headers: token === '' ? {} : { authorization: `Bearer ${token ?? sandbox.districts[0].token}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, text, body: isJson ? JSON.parse(text) : {} };
}

function messageOf({ status, body }: Reply): [number, string | undefined] {
  return [status, body.message];
}

describe('an assignment', () => {
  it('is created, read back, changed and deleted', async () => {
    const { sandbox, base } = await classroom();
    const created = await send(sandbox, 'POST', base, { ...given, points_possible: 10, state: 'draft', id: 'mine' });
    expect(created.status).toBe(200);
    expect(created.body.data).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u),
      ...given,
      description_plaintext: 'Read it.',
      points_possible: 10,
      grading_type: 'points',
      assignee_mode: 'all',
      state: 'open',
      created: '2026-09-15T12:00:00.000Z',
      last_modified: '2026-09-15T12:00:00.000Z',
    });
    expect(assignmentSchema.parse(created.body.data)).toEqual(created.body.data);
    const one = `${base}/${created.body.data.id}`;
    expect((await send(sandbox, 'GET', one)).body).toEqual(created.body);
    sandbox.advance(HOUR_MS);
    const changed = await send(sandbox, 'PATCH', one, { title: 'Chapter 5', points_possible: null });
    expect(changed.body.data).toEqual({
      ...created.body.data,
      title: 'Chapter 5',
      last_modified: '2026-09-15T13:00:00.000Z',
    });
    expect((await send(sandbox, 'GET', one)).body).toEqual(changed.body);
    expect((await send(sandbox, 'DELETE', one)).status).toBe(200);
    expect(messageOf(await send(sandbox, 'GET', one))).toEqual([404, 'Assignment does not exist']);
    expect(messageOf(await send(sandbox, 'DELETE', one))).toEqual([404, 'Assignment does not exist']);
  });

  it('belongs to its section', async () => {
    const { sandbox, base, section } = await classroom();
    const { id } = (await send(sandbox, 'POST', base, given)).body.data;
    const sections = await readAll(sandbox, '/v3.1/sections');
    const other = sections.find((one) => one.id !== section && JSON.stringify(one['lms_status']).includes('true'));
    const answer = await send(sandbox, 'GET', `/v3.1/sections/${other?.id}/assignments/${id}`);
    expect(messageOf(answer)).toEqual([404, 'Assignment does not exist']);
  });

  it('is scheduled before its start and locked after its end', async () => {
    const { sandbox, base } = await classroom();
    const dates = { start_date: '2026-09-16T00:00:00.000Z', end_date: '2026-09-18T00:00:00.000Z' };
    const { id } = (await send(sandbox, 'POST', base, { ...given, ...dates })).body.data;
    const state = async () => (await send(sandbox, 'GET', `${base}/${id}`)).body.data['state'];
    const states = [await state()];
    sandbox.advance(24 * HOUR_MS);
    states.push(await state());
    sandbox.advance(48 * HOUR_MS);
    states.push(await state());
    expect(states).toEqual(['scheduled', 'open', 'locked']);
  });

  it('loses the members that Canvas ignores, in Canvas', async () => {
    const { sandbox, base } = await classroom(3);
    const extra = { start_date: '2026-09-16T00:00:00.000Z', term_id: 'a' };
    const { data } = (await send(sandbox, 'POST', base, { ...given, ...extra })).body;
    expect(Object.keys(data).filter((member) => member in extra)).toEqual([]);
  });

  it.each([
    ['without members', {}, 'missing required field(s): title, description, due_date'],
    ['without a due date', { title: 'A', description: 'B' }, 'missing required field(s): due_date'],
    ['without a body', undefined, 'request body is required, but was empty'],
    ['due in the past', { ...given, due_date: '2026-09-15T11:59:59.000Z' }, 'due_date must be in the future'],
    ['of broken JSON', '{"title": ,}', "invalid character ',' looking for beginning of value"],
    ['of half a JSON', '{"title"', 'unexpected end of JSON input'],
    ['that is a list', [], 'request body must be a JSON object'],
    ['with points that are text', { ...given, points_possible: '10' }, 'invalid value for field: points_possible'],
  ])('%s is refused', async (_, body, message) => {
    const { sandbox, base } = await classroom();
    const answer = await send(sandbox, 'POST', base, body);
    expect([answer.status, answer.text]).toEqual([400, JSON.stringify({ message })]);
  });

  it('with an invalid escape is refused in plain text', async () => {
    const { sandbox, base } = await classroom();
    const answer = await send(sandbox, 'POST', base, '{"title": "a\\ b"}');
    expect([answer.status, answer.text]).toEqual([400, "Invalid character ' ' in string escape code"]);
  });
});

describe('submissions', () => {
  it('exist for every student, in pages without wrapping', async () => {
    const { sandbox, base, students } = await classroom();
    const { id } = (await send(sandbox, 'POST', base, given)).body.data;
    const seen: Json[] = [];
    let path: string | undefined = `${base}/${id}/submissions?limit=2`;
    while (path !== undefined) {
      const { body }: Reply = await send(sandbox, 'GET', path);
      const data = body.data as unknown as Json[];
      expect(data.every((item) => submissionSchema.parse(item) !== undefined)).toBe(true);
      seen.push(...data);
      expect((body.links ?? []).every(({ rel }) => rel === 'next')).toBe(true);
      path = body.links?.[0]?.uri;
    }
    expect(seen.map((item) => item['user_id'])).toEqual([...students].sort());
    expect(new Set(seen.map(({ state, assignment_id }) => `${state} ${assignment_id}`))).toEqual(
      new Set([`created ${id}`]),
    );
  });

  it('exist only for chosen students', async () => {
    const { sandbox, base, students } = await classroom();
    const chosen = { assignee_mode: 'individuals', assignee_ids: students.slice(0, 1) };
    const { id } = (await send(sandbox, 'POST', base, { ...given, ...chosen })).body.data;
    const { data } = (await send(sandbox, 'GET', `${base}/${id}/submissions`)).body as unknown as { data: Json[] };
    expect(data.map((item) => item['user_id'])).toEqual([students[0]]);
    expect(messageOf(await send(sandbox, 'GET', `${base}/${id}/submissions/${students[1]}`))).toEqual([
      404,
      'User not found',
    ]);
  });

  it('are graded and read back', async () => {
    const { sandbox, base, students } = await classroom();
    const { id } = (await send(sandbox, 'POST', base, given)).body.data;
    const one = `${base}/${id}/submissions/${students[0]}`;
    const grade = { grade: 'A', grade_points: 9.5, state: 'returned', flags: ['late'] };
    const graded = await send(sandbox, 'PATCH', one, { ...grade, user_id: 'other' });
    expect(graded.body.data).toMatchObject({ ...grade, user_id: students[0], assignment_id: id });
    expect((await send(sandbox, 'GET', one)).body).toEqual(graded.body);
    const { data } = (await send(sandbox, 'GET', `${base}/${id}/submissions`)).body as unknown as { data: Json[] };
    expect(data.filter((item) => item['grade'] === 'A')).toEqual([graded.body.data]);
    expect(messageOf(await send(sandbox, 'PATCH', one, { flags: ['early'] }))).toEqual([
      400,
      'invalid value for field: flags',
    ]);
  });

  it('have no id in Google Classroom', async () => {
    const ids = await Promise.all(
      [4, 5].map(async (seed) => {
        const { sandbox, base, students } = await classroom(seed);
        const { id } = (await send(sandbox, 'POST', base, given)).body.data;
        return (await send(sandbox, 'GET', `${base}/${id}/submissions/${students[0]}`)).body.data.id;
      }),
    );
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/u), '']);
  });

  it('accept limits from 1 to 100 and cursors of the last two hours', async () => {
    const { sandbox, base } = await classroom();
    const { id } = (await send(sandbox, 'POST', base, given)).body.data;
    const list = `${base}/${id}/submissions`;
    const next = (await send(sandbox, 'GET', `${list}?limit=1`)).body.links?.[0]?.uri ?? '';
    for (const limit of ['0', '101', 'many']) {
      expect((await send(sandbox, 'GET', `${list}?limit=${limit}`)).status).toBe(400);
    }
    expect((await send(sandbox, 'GET', `${list}?limit=100`)).status).toBe(200);
    expect((await send(sandbox, 'GET', `${list}?cursor=nonsense`)).status).toBe(400);
    sandbox.advance(2 * HOUR_MS);
    expect((await send(sandbox, 'GET', next)).status).toBe(200);
    sandbox.advance(1);
    expect((await send(sandbox, 'GET', next)).status).toBe(400);
  });
});

describe('LMS Connect', () => {
  it('refuses in its own way', async () => {
    const { sandbox, base } = await classroom();
    const [teacher] = sandbox.people({ role: 'teacher' });
    const person = sandbox.userToken({ user: teacher?.id ?? '' });
    expect(messageOf(await send(sandbox, 'POST', base, given, ''))).toEqual([401, 'No authorization provided']);
    expect(messageOf(await send(sandbox, 'POST', base, given, 'nonsense'))).toEqual([403, 'Could not authorize token']);
    expect(messageOf(await send(sandbox, 'POST', base, given, person))).toEqual([403, 'Could not authorize token']);
    expect((await send(sandbox, 'GET', base)).status).toBe(405);
    expect((await send(sandbox, 'PUT', `${base}/x`, given)).status).toBe(405);
  });

  it('does not exist in v3.0', async () => {
    const { sandbox, base } = await classroom();
    const answer = await send(sandbox, 'POST', base.replace('v3.1', 'v3.0'), given);
    expect([answer.status, answer.text.startsWith('<!DOCTYPE html>')]).toEqual([404, true]);
  });

  it('requires a connected system and a section that the system knows', async () => {
    const { sandbox, base, section } = await classroom();
    const district = sandbox.districts[0];
    district.sections.update(section, { lms_status: { synced_in_lms: false } });
    expect((await send(sandbox, 'POST', base, given)).status).toBe(404);
    district.sections.update(section, { lms_status: { synced_in_lms: true } });
    district.update({ lms_state: 'disconnected' });
    expect((await send(sandbox, 'POST', base, given)).status).toBe(403);
    district.update({ lms_state: 'success' });
    expect((await send(sandbox, 'POST', base, given)).status).toBe(200);
  });

  it.each(['in the process', 'over a socket'])('is read and written by the client %s', async (how) => {
    const { sandbox, section } = await classroom();
    if (how === 'over a socket') {
      await sandbox.listen();
    }
    const client = createCleverClient({ ...sandbox.clientOptions() });
    const district = client.district({ token: sandbox.districts[0].token });
    const { id } = await district.assignments.create(section, given);
    expect((await district.assignments.get(section, id)).title).toBe(given.title);
    await district.assignments.delete(section, id);
    await expect(district.assignments.get(section, id)).rejects.toMatchObject({ code: 'not_found' });
    await sandbox.close();
  });
});
