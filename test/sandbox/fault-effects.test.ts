import { readFileSync } from 'node:fs';
import type { Fault, Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { type Answer, ask, idsOf, link, readAll, small } from './support.js';

const USERS = '/v3.1/users';

/** The response to a request that meets a fault; checks that the fault has happened. */
async function askWith(sandbox: Sandbox, fault: Fault, path: string): Promise<Answer> {
  const added = sandbox.faults.add(fault);
  const answer = await ask(sandbox, path);
  expect(added.happened).toBe(1);
  return answer;
}

describe('faults choose requests', () => {
  const sandbox = small({
    districts: [
      { seed: 5, students: 5 },
      { seed: 6, students: 5 },
    ],
  });

  it.each([
    ['by the query', { query: { limit: 2, role: 'student' } }, [200, 503, 200]],
    ['by a district', { districtId: sandbox.districts[1]?.id ?? '' }, [200, 200, 503]],
    ['by anything else', { when: ({ url }) => url.endsWith('users?limit=2') }, [503, 200, 200]],
  ] satisfies [string, Fault, number[]][])('%s', async (_how, fault, expected) => {
    const added = sandbox.faults.add({ ...fault, status: 503, times: Infinity });
    const answers = [
      await ask(sandbox, `${USERS}?limit=2`),
      await ask(sandbox, `${USERS}?role=student&limit=2`),
      await ask(sandbox, USERS, sandbox.districts[1]?.token),
    ];
    added.remove();
    expect(answers.map(({ status }) => status)).toEqual(expected);
  });
});

describe('an added fault', () => {
  it('reports how often it has happened, and ends when it is removed', async ({ sandbox }) => {
    const [standing, once] = [
      sandbox.faults.add({ path: USERS, status: 500, times: Infinity }),
      sandbox.faults.add({ path: '/v3.1/terms', status: 502 }),
    ];
    await ask(sandbox, USERS);
    await ask(sandbox, USERS);
    expect([standing.happened, standing.remaining]).toEqual([2, Infinity]);
    expect(sandbox.faults.list()).toEqual([standing, once]);
    standing.remove();
    await ask(sandbox, '/v3.1/terms');
    expect([standing.remaining, once.happened, once.remaining]).toEqual([0, 1, 0]);
    expect(sandbox.faults.list()).toEqual([]);
    expect((await ask(sandbox, USERS)).status).toBe(200);
  });

  it('waits for a response that it can change', async ({ sandbox }) => {
    const added = sandbox.faults.add({ missingField: 'roles' });
    for (const path of ['/v3.1/users?count=true', '/v3.1/terms', '/v3.1/users/unknown']) {
      await ask(sandbox, path);
    }
    expect([added.happened, added.remaining]).toEqual([0, 1]);
    const { body } = await ask(sandbox, `${USERS}?limit=1`);
    expect(body.data[0]?.data).not.toHaveProperty('roles');
    expect([added.happened, added.remaining]).toEqual([1, 0]);
  });
});

describe('pages', () => {
  const sandbox = small();

  it('skip or repeat records when the cursor moves', async () => {
    const all = (await readAll(sandbox, USERS)).map(({ id }) => id);
    const second = `${USERS}?limit=10&starting_after=${all[9]}`;
    const from = async (moveCursor: number): Promise<number> => {
      const answer = await askWith(sandbox, { moveCursor }, second);
      expect(idsOf(answer)).toHaveLength(10);
      expect(link(answer, 'self')).toBe(second);
      return all.indexOf(idsOf(answer)[0] ?? '');
    };
    expect([await from(3), await from(-3), await from(-10), await from(-11)]).toEqual([13, 7, 0, 0]);
    const backwards = `${USERS}?limit=10&ending_before=${all[30]}`;
    const last = async (moveCursor: number): Promise<number> =>
      all.indexOf(idsOf(await askWith(sandbox, { moveCursor }, backwards)).at(-1) ?? '');
    expect([await last(3), await last(-3), await last(-10_000)]).toEqual([26, 32, all.length - 1]);
  });

  it('cost no more of the budget when the cursor moves', async () => {
    const before = await ask(sandbox, `${USERS}?limit=1`);
    const moved = await askWith(sandbox, { moveCursor: 1 }, `${USERS}?limit=1&starting_after=0`);
    const [left, leftThen] = [before, moved].map(({ headers }) => Number(headers.get('x-ratelimit-remaining')));
    expect((left ?? 0) - (leftThen ?? 0)).toBe(1);
  });

  it('are repeated', async () => {
    const first = await ask(sandbox, `${USERS}?limit=5`);
    const again = await askWith(sandbox, { repeatPage: true }, link(first, 'next') ?? '');
    expect(idsOf(again)).toEqual(idsOf(first));
    expect(link(again, 'next')).toBe(link(first, 'next'));
  });

  it('are empty with a next link that leads to the records', async () => {
    for (const path of [`${USERS}?limit=5`, `${USERS}?limit=5&starting_after=${idsOf(await ask(sandbox, USERS))[0]}`]) {
      const plain = await ask(sandbox, path);
      const empty = await askWith(sandbox, { emptyPage: true }, path);
      expect(empty.body.data).toEqual([]);
      expect(idsOf(await ask(sandbox, link(empty, 'next') ?? ''))).toEqual(idsOf(plain));
    }
  });

  it('have no links', async () => {
    expect((await askWith(sandbox, { dropLinks: true }, USERS)).body).not.toHaveProperty('links');
  });
});

describe('records', () => {
  const sandbox = small();
  const PAGE = `${USERS}?limit=10&role=student`;
  const student = ({ body }: Answer, index = 0): Record<string, unknown> =>
    (body.data[index]?.data['roles'] as { student: Record<string, unknown> } | undefined)?.student ?? {};

  it.each([
    [{ unknownEnum: true }, 'Added by Clever later'],
    [{ unknownEnum: 'roles.student.grade' }, 'Added by Clever later'],
    [{ nullField: 'roles.student.grade' }, null],
    [{ missingField: 'roles.student.grade' }, undefined],
    [{ wrongType: 'roles.student.grade' }, 7],
  ] satisfies [Fault, unknown][])('change as requested: %j', async (fault, value) => {
    const plain = await ask(sandbox, PAGE);
    expect(student(await askWith(sandbox, fault, PAGE))['grade']).toBe(value);
    const at = await askWith(sandbox, { ...fault, record: 4 }, PAGE);
    expect([student(at)['grade'], student(at, 4)['grade']]).toEqual([student(plain)['grade'], value]);
    const everywhere = await askWith(sandbox, { ...fault, record: 'all' }, PAGE);
    expect(new Set(everywhere.body.data.map((_, index) => student(everywhere, index)['grade']))).toEqual(
      new Set([value]),
    );
  });

  it('change in nested lists, and when read by their id', async () => {
    const [id = ''] = idsOf(await ask(sandbox, PAGE));
    const fault = { wrongType: 'roles.student.schools.0' };
    expect(student(await askWith(sandbox, fault, PAGE))['schools']).toEqual([7]);
    const { body } = await askWith(sandbox, { ...fault, path: '/v3.1/users/{id}' }, `${USERS}/${id}`);
    expect(body.data['roles']).toMatchObject({ student: { schools: [7] } });
  });

  it('appear twice, or are replaced', async () => {
    const plain = idsOf(await ask(sandbox, PAGE));
    const twice = idsOf(await askWith(sandbox, { duplicateRecord: true, record: 2 }, PAGE));
    expect(twice).toEqual([...plain.slice(0, 3), ...plain.slice(2)]);
    const { body } = await askWith(sandbox, { replaceRecord: { absurd: true }, record: 9 }, PAGE);
    expect(body.data[9]).toMatchObject({ data: { absurd: true }, uri: expect.any(String) });
  });

  it('of events change as well', async ({ sandbox: changing }) => {
    changing.districts[0].users.update(changing.people({ limit: 1 })[0]?.id ?? '', { email: 'x@example.com' });
    const { body } = await askWith(changing, { unknownEnum: 'type' }, '/v3.1/events');
    expect(body.data[0]?.data).toMatchObject({ type: 'Added by Clever later' });
  });
});

describe('headers', () => {
  it('show another clock, or no rate limit', async () => {
    const now = 1_800_000_000_000;
    const sandbox = small({ clock: () => now });
    const headersOf = ({ headers }: Answer): unknown[] => [headers.get('date'), headers.get('x-ratelimit-reset')];
    expect(headersOf(await ask(sandbox, USERS))).toEqual([new Date(now).toUTCString(), '1800000060']);
    const late = await askWith(sandbox, { status: 429, retryAfterMs: 5_000, clockSkewMs: -3_600_000 }, USERS);
    expect(headersOf(late)).toEqual([new Date(now - 3_600_000).toUTCString(), '1799996405']);
    const silent = await askWith(sandbox, { status: 429, rateLimitHeaders: false }, USERS);
    expect([...silent.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    expect([silent.status, silent.text]).toEqual([429, '']);
  });
});

describe('what contradicts itself is refused', () => {
  it.for([
    [{ hang: true, resetConnection: true }, /`hang` and `resetConnection`.*one way/u],
    [{ truncateBody: true, slowBodyMs: 5 }, /do not go together/u],
    [{ status: 500, wrongType: 'name' }, /`status` and `wrongType`.*two faults/u],
    [{ body: { data: [] }, nextLink: 'self' }, /`body` and `nextLink`/u],
    [{ moveCursor: 1, repeatPage: true }, /both move/u],
    [{ record: 3 }, /also pass `wrongType`/u],
    [{ moveCursor: 0 }, /other than 0/u],
    [{ wrongType: 'name..first' }, /path of a member/u],
    [{ query: 'limit=5' }, /`query`/u],
    [{ when: true }, /a function/u],
    [{ hang: 'maybe' }, /'body'/u],
    [{ clockSkewMs: 0.5 }, /whole number/u],
  ] as const)('%j', ([fault, message], { sandbox }) => {
    expect(() => sandbox.faults.add(fault as Fault)).toThrow(message);
  });

  it('except for members that are off', ({ sandbox }) => {
    const off = { hang: false, resetConnection: false, truncateBody: true, rateLimitHeaders: true, status: 500 };
    expect(sandbox.faults.add(off).remaining).toBe(1);
  });
});

describe('the guide', () => {
  it('names every member of a fault', ({ sandbox }) => {
    const guide = readFileSync(new URL('../../docs/guides/testing.md', import.meta.url), 'utf8');
    let message = '';
    try {
      sandbox.faults.add({ fualt: true } as Fault);
    } catch (error) {
      message = (error as SandboxError).message;
    }
    const members = /Options: (.*)\.$/u.exec(message)?.[1]?.split(', ') ?? [];
    expect(members.length).toBeGreaterThan(25);
    expect(members.filter((member) => !guide.includes(`\`${member}\``))).toEqual([]);
  });
});
