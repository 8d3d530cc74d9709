import { CleverValidationError, type ClientEvent, createCleverClient } from 'clever-sdk';
import { describe, expect, it, vi } from 'vitest';
import { fixtures } from '../fixtures/records.js';
import { type Answer, callsOf, open, outcomeOf } from '../privacy/calls.js';
import { reachable } from '../privacy/marks.js';
import { goodAnswer } from '../privacy/world.js';
import { double, listOf } from '../support/double.js';

/** A record that fits no kind, apart from its id: `null` for guaranteed members, lists in place of objects. */
const ODD = {
  name: [null],
  roles: ['student'],
  ext: 'text',
  data: 7,
  title: 3,
  type: {},
  created: false,
  attendance_date: 0,
  assignment_id: null,
  'odd.name': { value: 'zzvalue' },
};
const odd: Answer = (url, method) => goodAnswer(url, method, [{ ...ODD, id: 'odd' }]);

/** Calls that return no records, or that combine several records into a result. */
const NO_RECORDS = /^(login|oauth)|\.(count|check|delete|latestCursor|me|userinfo|classroom)$|district by id/u;
const reads = (client: ReturnType<typeof open>) => callsOf(client).filter(([name]) => !NO_RECORDS.test(name));

describe('a record without its documented shape', () => {
  it.each(reads(open(odd, 'lenient')).map(([name]) => name))('of %s is treated as `validation` says', async (name) => {
    const call = async (validation: 'lenient' | 'strict' | 'off') => {
      const client = open(odd, validation);
      const outcome = await outcomeOf(new Map(reads(client)).get(name) ?? (() => undefined));
      const reported = client.events.filter(({ kind }) => kind === 'validation');
      return { outcome, reported };
    };
    const found = ([outcome]: unknown[]): unknown => {
      const records = (outcome as { data?: unknown }).data;
      return Array.isArray(records) ? records.at(-1) : outcome;
    };

    const lenient = await call('lenient');
    expect(found([lenient.outcome].flat())).toMatchObject(ODD);
    expect(lenient.reported.length).toBeGreaterThan(0);
    for (const event of lenient.reported) {
      expect(Object.keys(event).sort()).toEqual(['issues', 'kind', 'method', 'pathTemplate']);
      expect(event).toMatchObject({ issues: expect.arrayContaining([expect.anything()]) });
      for (const issue of 'issues' in event ? event.issues : []) {
        expect(Object.keys(issue).sort()).toEqual(['code', 'path']);
        expect(Object.values(issue)).toEqual([expect.any(String), expect.any(String)]);
      }
    }
    expect(reachable(lenient.reported)).not.toContain('zzvalue');

    const strict = await call('strict');
    expect(strict.outcome).toBeInstanceOf(CleverValidationError);
    expect((strict.outcome as CleverValidationError).received).toMatchObject(ODD);
    expect((strict.outcome as CleverValidationError).message).not.toContain('zzvalue');

    const off = await call('off');
    expect(found([off.outcome].flat())).toMatchObject(ODD);
    expect(off.reported).toEqual([]);
  });

  it('without an id does not prevent the others from being read', async () => {
    const records = [{ name: 'first' }, { id: 'b' }, {}];
    for (const validation of ['lenient', 'off'] as const) {
      const { fetch } = double(listOf(records));
      const { schools } = createCleverClient({ fetch, validation }).district({ token: 'token' });
      expect(await schools.list().toArray({ maxItems: 9 })).toEqual(records);
    }
  });

  it('is checked completely by strict validation, sensitive fields included, and shown without them', async () => {
    const record = { id: 'x', roles: { student: { ell_status: 7, grade: '9' } } };
    const { fetch } = double({ data: record });
    const { users } = createCleverClient({ fetch, validation: 'strict' }).district({ token: 'token' });
    const error = (await users.get('x').catch((thrown: unknown) => thrown)) as CleverValidationError;
    expect(error.issues).toContainEqual({ path: 'roles.student.ell_status', code: 'invalid_type' });
    expect(error.received).toEqual({ id: 'x', roles: { student: { grade: '9' } } });
  });

  it('can be validated differently by a single call', async () => {
    const { fetch } = double({ data: { id: 'x' } }, { data: { id: 'x' } });
    const { users } = createCleverClient({ fetch }).district({ token: 'token' });
    await expect(users.get('x', { validation: 'strict' })).rejects.toThrow(CleverValidationError);
    await expect(users.get('x')).resolves.toEqual({ id: 'x' });
  });
});

describe('what is wrong with a page', () => {
  const page = [{ id: 'a' }, { ...fixtures().school, id: 'b' }, { id: 7 }, { ...fixtures().school, id: 'd' }];

  it('is reported record by record, in their order, before the page', async () => {
    const events: ClientEvent[] = [];
    const { fetch } = double(listOf(page));
    const { schools } = createCleverClient({ fetch, onEvent: (event) => events.push(event) }).district({ token: 't' });
    expect(await schools.list().toArray({ maxItems: 9 })).toEqual(page);
    expect(events.map(({ kind }) => kind).slice(2)).toEqual(['validation', 'validation', 'page']);
    const [first, second] = events.filter((event) => event.kind === 'validation');
    expect(first?.issues.map(({ path }) => path)).not.toContain('id');
    expect(second?.issues).toContainEqual({ path: 'id', code: 'invalid_type' });
  });

  it('is thrown for the first record under strict validation, with the cursor to resume from', async () => {
    const { fetch } = double(listOf(page));
    const { schools } = createCleverClient({ fetch, validation: 'strict' }).district({ token: 't' });
    const error = await outcomeOf(() => schools.list().toArray({ maxItems: 9 }));
    expect(error).toBeInstanceOf(CleverValidationError);
    expect((error as CleverValidationError).received).toEqual({ id: 'a' });
    expect((error as CleverValidationError).cursor).toMatch(/^\/v3\.1\/schools\?/u);
  });

  it('is still reported, though without the reason, by an app that was deployed without zod', async () => {
    vi.doMock('../../src/schemas/record.js', () => {
      throw new Error('Cannot find module');
    });
    const issues = [{ path: '', code: 'unexplained' }];
    const events: ClientEvent[] = [];
    const { fetch } = double(listOf(page), listOf(page));
    const onEvent = (event: ClientEvent) => events.push(event);
    const { schools } = createCleverClient({ fetch, onEvent }).district({ token: 't' });
    expect(await schools.list().toArray({ maxItems: 9 })).toEqual(page);
    expect(events.filter(({ kind }) => kind === 'validation')).toMatchObject([{ issues }, { issues }]);
    expect(await outcomeOf(() => schools.list({ validation: 'strict' }).firstPage())).toMatchObject({ issues });
    vi.doUnmock('../../src/schemas/record.js');
  });
});
