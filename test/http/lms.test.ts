import {
  type CleverClientOptions,
  CleverConfigError,
  CleverNotFoundError,
  CleverPermissionError,
  type ClientEvent,
  createCleverClient,
  type LmsObstacleCode,
  type NewAssignment,
  type RequestOptions,
} from 'clever-sdk';
import { explainLms } from 'clever-sdk/values';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, double, listOf } from '../support/double.js';
import { loadWhatReads } from '../support/load-what-reads.js';

beforeAll(loadWhatReads);

const SECTION = '66a0d15c0000000000000501';
const ASSIGNMENT = '5f0c1b9e-8a51-4d5e-9a44-0d5f3b1c7e10';
const STUDENT = '66a0d15c0000000000000701';
const PATH = `/v3.1/sections/${SECTION}/assignments`;

const homework: NewAssignment = { title: 'Chapter 4', description: 'Read it.', due_date: '2030-01-31T23:59:00.000Z' };
const assignment = { ...homework, id: ASSIGNMENT, state: 'open', grading_scale: [], added_by_clever: 1 };
const submission = { assignment_id: ASSIGNMENT, user_id: STUDENT, state: 'submitted', flags: ['late'], id: '' };

function district(options: RequestOptions & Pick<CleverClientOptions, 'rateBudget'>, ...script: Answer[]) {
  const { fetch, seen } = double(...script);
  const observed: ClientEvent[] = [];
  const clever = createCleverClient({ fetch, ...options, onEvent: (event) => observed.push(event) });
  const client = clever.district({ token: 'token' });
  return { ...{ lms: client.lms, assignments: client.assignments, submissions: client.submissions }, seen, observed };
}

const quick = { retry: { retries: 2, baseDelayMs: 0 } };
const failing = (status: number): Response => Response.json({ message: 'no' }, { status });

describe('assignments', () => {
  it('are created, read, changed and deleted with the requests of the specification', async () => {
    const { assignments, seen } = district(
      {},
      { data: assignment },
      { data: assignment },
      { data: assignment },
      new Response(),
    );
    expect(await assignments.create(SECTION, homework)).toEqual(assignment);
    expect(await assignments.get(SECTION, ASSIGNMENT)).toEqual(assignment);
    expect(await assignments.update(SECTION, ASSIGNMENT, { points_possible: 5 })).toEqual(assignment);
    expect(await assignments.delete(SECTION, ASSIGNMENT)).toBeUndefined();
    expect(seen.map(({ method, url, body }) => [method, url.pathname, body])).toEqual([
      ['POST', PATH, JSON.stringify(homework)],
      ['GET', `${PATH}/${ASSIGNMENT}`, ''],
      ['PATCH', `${PATH}/${ASSIGNMENT}`, '{"points_possible":5}'],
      ['DELETE', `${PATH}/${ASSIGNMENT}`, ''],
    ]);
    expect(seen.every(({ headers }) => headers.get('authorization') === 'Bearer token')).toBe(true);
  });

  it('accept an empty or a JSON response to a deletion', async () => {
    const { assignments } = district({}, new Response(null, { status: 200 }), new Response(null, { status: 204 }), {});
    for (let times = 0; times < 3; times += 1) {
      expect(await assignments.delete(SECTION, ASSIGNMENT)).toBeUndefined();
    }
  });

  it('are delivered as sent when they are odd, with an event that names the request', async () => {
    const odd = { id: ASSIGNMENT, title: 7 };
    const { assignments, observed } = district({}, { data: odd }, { data: odd });
    expect(await assignments.update(SECTION, ASSIGNMENT, { title: 'x' })).toEqual(odd);
    expect(observed.find(({ kind }) => kind === 'validation')).toEqual({
      kind: 'validation',
      method: 'PATCH',
      pathTemplate: '/v3.1/sections/{section_id}/assignments/{assignment_id}',
      issues: [{ path: 'title', code: 'invalid_type' }],
    });
    await expect(
      assignments.update(SECTION, ASSIGNMENT, { title: 'x' }, { validation: 'strict' }),
    ).rejects.toMatchObject({ code: 'validation' });
  });

  it.each<[string, (to: ReturnType<typeof district>['assignments']) => Promise<unknown>, RegExp]>([
    ['nothing to write', (to) => to.update(SECTION, ASSIGNMENT, {}), /non-empty object/],
    ['no body', (to) => to.create(SECTION, undefined as never), /non-empty object/],
    ['a list for a body', (to) => to.create(SECTION, [homework] as never), /non-empty object/],
    ['an empty id', (to) => to.get('', ASSIGNMENT), /`section_id` must be a string/],
    ['a step in the path', (to) => to.delete(SECTION, '..'), /`assignment_id`/],
    [
      'a misspelt option',
      (to) => to.create(SECTION, homework, { safe: true } as object),
      /no option `safe`.*isSafeToRepeat/,
    ],
    [
      'an `isSafeToRepeat` that is no boolean',
      (to) => to.create(SECTION, homework, { isSafeToRepeat: 1 } as object),
      /true or false/,
    ],
    [
      '`isSafeToRepeat` on a read',
      (to) => to.get(SECTION, ASSIGNMENT, { isSafeToRepeat: true } as object),
      /no option/,
    ],
  ])('refuse %s without sending anything', async (_, call, message) => {
    const { assignments, seen } = district({});
    const outcome = (async () => call(assignments))();
    await expect(outcome).rejects.toThrow(CleverConfigError);
    await expect(outcome).rejects.toThrow(message);
    expect(seen).toHaveLength(0);
  });

  it('keep an untrusted id within its segment of the path', async () => {
    const id = '../../users?x=1';
    const { assignments, seen } = district({}, { data: { ...assignment, id } });
    await assignments.get(SECTION, id);
    expect(seen[0]?.url.pathname).toBe(`${PATH}/..%2F..%2Fusers%3Fx%3D1`);
  });
});

describe('a write that fails', () => {
  it.each<[string, () => Answer]>([
    ['a failure on Clever’s side', () => failing(503)],
    ['a spent budget', () => failing(429)],
    ['a lost connection', () => new TypeError('fetch failed')],
    ['an answer that is cut off', () => new Response('{"data": {"id"')],
  ])('with %s is sent once', async (_, answer) => {
    const { assignments, submissions, seen } = district(quick, answer(), answer(), answer(), answer());
    const outcomes = await Promise.allSettled([
      assignments.create(SECTION, homework),
      assignments.update(SECTION, ASSIGNMENT, { title: 'x' }),
      assignments.delete(SECTION, ASSIGNMENT),
      submissions.update(SECTION, ASSIGNMENT, STUDENT, { grade: 'A' }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect(seen).toHaveLength(4);
  });

  it('says by `isRetryable` whether sending it again is harmless', async () => {
    const { assignments } = district({ retry: false }, failing(500), failing(500), new TypeError('gone'));
    await expect(assignments.create(SECTION, homework)).rejects.toMatchObject({ code: 'server', isRetryable: false });
    const safe = { isSafeToRepeat: true };
    await expect(assignments.create(SECTION, homework, safe)).rejects.toMatchObject({ isRetryable: true });
    await expect(assignments.create(SECTION, homework)).rejects.toMatchObject({ isRetryable: false });
  });

  it('is repeated when the caller says that this is safe', async () => {
    const safe = { isSafeToRepeat: true };
    const script = () => [failing(503), new TypeError('gone'), { data: assignment }];
    const { assignments, submissions, seen, observed } = district(
      quick,
      ...[...script(), ...script(), failing(502), new Response(), failing(500), { data: submission }],
    );
    await assignments.create(SECTION, homework, safe);
    await assignments.update(SECTION, ASSIGNMENT, { title: 'x' }, safe);
    await assignments.delete(SECTION, ASSIGNMENT, safe);
    await submissions.update(SECTION, ASSIGNMENT, STUDENT, { grade: 'A' }, safe);
    expect(seen.map(({ method }) => method)).toEqual([
      ...['POST', 'POST', 'POST', 'PATCH', 'PATCH', 'PATCH', 'DELETE', 'DELETE', 'PATCH', 'PATCH'],
    ]);
    expect(observed.filter(({ kind }) => kind === 'retry')).toHaveLength(6);
  });
});

describe('the timeout of LMS Connect', () => {
  const limits: [string, RequestOptions, RequestOptions, number][] = [
    ['a minute by default', {}, {}, 60_000],
    ['the client’s limit, when it sets one', { timeoutMs: 45_000 }, {}, 45_000],
    ['the call’s limit before all others', { timeoutMs: 45_000 }, { timeoutMs: 90_000 }, 90_000],
  ];

  it.each(limits)('is %s', async (_, client, call, timeoutMs) => {
    vi.useFakeTimers();
    try {
      const never = () => new Promise<Response>(() => undefined);
      const { assignments, submissions } = district(
        { ...client, retry: false, rateBudget: false },
        never,
        never,
        never,
      );
      const outcomes = Promise.allSettled([
        assignments.create(SECTION, homework, call),
        assignments.get(SECTION, ASSIGNMENT, call),
        submissions.list(SECTION, ASSIGNMENT, call).firstPage(),
      ]);
      await vi.advanceTimersByTimeAsync(timeoutMs);
      const reasons = (await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason);
      expect(reasons).toMatchObject(Array(3).fill({ code: 'timeout', limit: 'attempt', timeoutMs }));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('submissions', () => {
  it('are listed with Clever’s own cursor, 100 at a time, without a wrapper around each', async () => {
    const next = `${PATH}/${ASSIGNMENT}/submissions?cursor=b3Bh&limit=100`;
    const { submissions, seen } = district(
      {},
      { data: [submission], links: [{ rel: 'next', uri: next }] },
      { data: [{ ...submission, id: 'old' }] },
    );
    const pages = [];
    for await (const page of submissions.list(SECTION, ASSIGNMENT).pages()) {
      pages.push(page);
    }
    expect(pages.map(({ data }) => data)).toEqual([[submission], [{ ...submission, id: 'old' }]]);
    expect(seen.map(({ url }) => url.pathname + url.search)).toEqual([
      `${PATH}/${ASSIGNMENT}/submissions?limit=100`,
      next,
    ]);
    // Only Clever could name a position after the last page, so that page's cursor reads it again and loses nothing.
    expect(pages.map(({ cursor }) => cursor)).toEqual([next, next]);
  });

  it('resume after a page', async () => {
    const from = `${PATH}/${ASSIGNMENT}/submissions?cursor=b3Bh&limit=7`;
    const { submissions, seen } = district({}, { data: [submission] }, { data: [submission] });
    await submissions.list(SECTION, ASSIGNMENT, { from }).firstPage();
    await submissions.list(SECTION, ASSIGNMENT, { from, pageSize: 9 }).firstPage();
    expect(seen.map(({ url }) => url.search)).toEqual(['?cursor=b3Bh&limit=7', '?cursor=b3Bh&limit=9']);
    expect(() => submissions.list(SECTION, 'another', { from })).toThrow(/not a cursor of this listing/);
  });

  it.each([0, 101, 1.5])('refuse %d per page', (pageSize) => {
    const { submissions } = district({});
    expect(() => submissions.list(SECTION, ASSIGNMENT, { pageSize })).toThrow(/`pageSize`.*1 to 100\./);
  });

  it('use a client’s smaller page size', async () => {
    const { fetch, seen } = double({ data: [] });
    const { submissions } = createCleverClient({ fetch, pageSize: 20 }).district({ token: 'token' });
    await submissions.list(SECTION, ASSIGNMENT).firstPage();
    expect(seen[0]?.url.search).toBe('?limit=20');
  });

  it('are read and graded by the student', async () => {
    const { submissions, seen } = district({}, { data: submission }, { data: { ...submission, grade: 'A' } });
    expect(await submissions.get(SECTION, ASSIGNMENT, STUDENT)).toEqual(submission);
    const graded = await submissions.update(SECTION, ASSIGNMENT, STUDENT, { grade: 'A', flags: ['excused'] });
    expect(graded.grade).toBe('A');
    expect(seen.map(({ method, url, body }) => [method, url.pathname, body])).toEqual([
      ['GET', `${PATH}/${ASSIGNMENT}/submissions/${STUDENT}`, ''],
      ['PATCH', `${PATH}/${ASSIGNMENT}/submissions/${STUDENT}`, '{"grade":"A","flags":["excused"]}'],
    ]);
  });
});

describe('errors of LMS Connect explain', () => {
  it.each([
    [400, 'missing required field(s): title, description, due_date', /`title`, `description` and `due_date`.*future/],
    [403, 'Could not authorize token', /district-app token.*district\.lms\.check\(\)/],
    [404, 'Assignment does not exist', /cannot be listed/],
    [405, 'Method not allowed', /does not offer this/],
  ])('what to do about %d', async (status, message, advice) => {
    const { assignments } = district({}, Response.json({ message }, { status }));
    await expect(assignments.create(SECTION, homework)).rejects.toThrow(advice);
  });

  it('with the error class of the status', async () => {
    const { assignments } = district({}, failing(403), failing(404));
    await expect(assignments.get(SECTION, ASSIGNMENT)).rejects.toThrow(CleverPermissionError);
    await expect(assignments.get(SECTION, ASSIGNMENT)).rejects.toThrow(CleverNotFoundError);
  });
});

describe('lms.check()', () => {
  const record = { id: 'd', name: 'Fennick', lms_state: 'success', lms_type: 'canvas' };
  const section = { id: SECTION, lms_status: { synced_in_lms: true } };

  it('reads the district, and the section when it is named', async () => {
    const answers = ({ url }: { url: URL }) =>
      url.pathname.includes('sections') ? { data: section } : listOf([record]);
    const { lms, seen } = district({}, answers, answers, answers);
    const ready = { isReady: true, lmsType: 'canvas', lmsState: 'success', obstacles: [] };
    expect(await lms.check()).toEqual({ ...ready, isSectionSynced: undefined });
    expect(await lms.check({ sectionId: SECTION, validation: 'off' })).toEqual({ ...ready, isSectionSynced: true });
    expect(seen.map(({ url }) => url.pathname).sort()).toEqual([
      ...['/v3.1/districts', '/v3.1/districts', `/v3.1/sections/${SECTION}`],
    ]);
  });

  it('refuses an unknown option', async () => {
    await expect(district({}).lms.check({ section: SECTION } as object)).rejects.toThrow(
      /no option `section`.*sectionId/,
    );
  });
});

describe('explainLms()', () => {
  const synced = { lms_status: { synced_in_lms: true } };

  it.each<[string, Parameters<typeof explainLms>, LmsObstacleCode[]]>([
    ['everything in place', [{ lms_state: 'success' }, synced], []],
    ['no section requested', [{ lms_state: 'success' }], []],
    ['no system', [{}], ['not_connected']],
    ['an empty state', [{ lms_state: '', lms_type: '' }], ['not_connected']],
    ['a null state', [{ lms_state: null }, synced], ['not_connected']],
    ['a state that is not known yet', [{ lms_state: 'constructor' }], ['unknown_state']],
    [
      'a section that is not matched',
      [{ lms_state: 'success' }, { lms_status: { synced_in_lms: false } }],
      ['section_not_synced'],
    ],
    ['a section that does not say', [{ lms_state: 'success' }, {}], ['section_status_missing']],
    ['a section with a null status', [{ lms_state: 'success' }, { lms_status: null }], ['section_status_missing']],
    ['two things missing', [{ lms_state: 'error' }, {}], ['error', 'section_status_missing']],
    ...(
      ['pending_authorization', 'initial_sync_processing', 'matching_in_progress', 'error', 'disconnected'] as const
    ).map((state): [string, Parameters<typeof explainLms>, LmsObstacleCode[]] => [
      state,
      [{ lms_state: state }],
      [state],
    ]),
  ])('of %s', (_, given, codes) => {
    const { obstacles, isReady } = explainLms(...given);
    expect(obstacles.map(({ code }) => code)).toEqual(codes);
    expect(isReady).toBe(codes.length === 0);
    expect(obstacles.every(({ message }) => /\.$/u.test(message))).toBe(true);
  });

  it('names the system by its product name', () => {
    const [obstacle] = explainLms({ lms_state: 'disconnected', lms_type: 'google_classroom' }).obstacles;
    expect(obstacle?.message).toContain('Google Classroom');
  });
});
