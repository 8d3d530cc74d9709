import type { RosterSync, RunOptions, SyncEvent, SyncReport } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepOwnRecords, type TestDatabase, testDatabase } from './support/database.js';
import { makeWorld, TINY, type World } from './support/world.js';

/*
 * A run that is too long for one call goes on in the next: however small the slices are, they come to the same.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset());

const STUDENT = 'a00000000000000000000001';
const LATER = '2026-09-01T00:00:00.000Z';

/** Runs a district with the smallest budget until a run is not unfinished. */
async function inSlices(sync: RosterSync, districtId: string, options?: RunOptions): Promise<SyncReport[]> {
  const reports: SyncReport[] = [];
  do {
    reports.push(await sync.run(districtId, { ...options, budgetMs: 1 }));
  } while (reports.at(-1)?.outcome === 'unfinished' && reports.length < 200);
  return reports;
}

function sumOf(reports: readonly SyncReport[], operation: 'created' | 'updated' | 'archived' | 'restored'): number {
  return reports.reduce((sum, report) => sum + report[operation], 0);
}

async function synced(options?: Parameters<World['sync']>[0]): Promise<World> {
  const world = makeWorld(database);
  await world.sync(options).run(world.district.id);
  return world;
}

/** Something of everything, without events: only a full run finds it. */
function changeUnseen({ sandbox, district }: World): void {
  sandbox.events.disable();
  district.users.update(STUDENT, { name: { first: 'Renamed' } });
  district.users.delete('a00000000000000000000002');
  district.terms.create({ name: 'Spring' });
  district.sections.delete('5ec000000000000000000002');
  district.update({ last_sync: LATER });
}

describe('the smallest budget brings a district further each time', () => {
  it('on its first run', async () => {
    const world = makeWorld(database);
    const reports = await inSlices(world.sync({ pageSize: 2, history: 'values' }), world.district.id);
    expect(reports.length).toBeGreaterThan(3);
    expect(new Set(reports.map(({ run }) => run)).size).toBe(1);
    expect(reports.at(-1)).toMatchObject({ outcome: 'done', reason: 'first run' });
    expect(sumOf(reports, 'created')).toBe(13);
    await world.expectInStep({ hasValues: true });
  });

  it('on a full run with changes of every kind', async () => {
    const world = await synced();
    changeUnseen(world);
    const reports = await inSlices(world.sync({ pageSize: 2 }), world.district.id, { full: true });
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.at(-1)).toMatchObject({ outcome: 'done', mode: 'full' });
    expect([sumOf(reports, 'created'), sumOf(reports, 'archived')]).toEqual([1, 2]);
    expect(sumOf(reports, 'updated')).toBeGreaterThan(0);
    await world.expectInStep();
  });

  it('on a full run during which the district changes, with events', async () => {
    const world = await synced();
    const sync = world.sync({ pageSize: 2 });
    let slices = 0;
    for (let outcome: string | undefined; outcome !== 'done'; slices += 1) {
      expect(slices).toBeLessThan(100);
      ({ outcome } = await sync.run(world.district.id, { full: slices === 0, budgetMs: 1 }));
      if (slices < 8) {
        world.district.terms.create({ name: `During ${slices}` });
        world.district.users.update(STUDENT, { name: { first: `During ${slices}` } });
      }
    }
    expect(slices).toBeGreaterThan(10);
    await world.settle();
    await world.expectInStep();
  });

  it('on a run that is held, and on the run that applies what was approved', async () => {
    const world = await synced();
    changeUnseen(world);
    for (const { id } of world.sandbox.people({ role: 'student' })) {
      world.district.users.delete(id);
    }
    const sync = world.sync({ pageSize: 2 });
    const before = await inSlices(sync, world.district.id, { full: true });
    const held = before.at(-1);
    expect(held).toMatchObject({ outcome: 'held', archived: 0 });
    expect(before.length).toBeGreaterThan(3);
    expect(await database.ask('select id from clever.users where deleted_at is not null')).toEqual([]);
    await sync.approve(held?.run ?? 0, { by: 'test' });
    const after = await inSlices(sync, world.district.id);
    expect(after.length).toBeGreaterThan(3);
    expect(after.every(({ run }) => run === held?.run)).toBe(true);
    expect(after.at(-1)?.outcome).toBe('done');
    expect(sumOf(after, 'archived')).toBe(4);
    await world.expectInStep();
  });

  it('on a first run whose district changes without events, which is read again', async () => {
    const world = makeWorld(database);
    world.sandbox.events.disable();
    const sync = world.sync({ pageSize: 2 });
    const first = await sync.run(world.district.id, { budgetMs: 1 });
    world.district.users.update(STUDENT, { name: { first: 'During' } });
    world.district.update({ last_sync: LATER });
    const others = await inSlices(sync, world.district.id);
    expect(others.at(-1)).toMatchObject({ outcome: 'done', reason: 'the district changed during its first run' });
    expect(sumOf([first, ...others], 'created')).toBe(13);
    await world.expectInStep();
    expect((await sync.status())[0]?.records).toBe(13);
  });

  it('also where a record has an odd shape, which changes no good one', async () => {
    const world = await synced();
    const fetch: World['sandbox']['fetch'] = async (url, init) => {
      const answer = await world.sandbox.fetch(url, init);
      const { pathname, searchParams } = new URL(String(url));
      if (pathname !== '/v3.1/users' || searchParams.has('count')) {
        return answer;
      }
      const body = (await answer.json()) as { data: { data: { roles: unknown } }[] };
      for (const { data } of body.data) {
        data.roles = 7;
      }
      return Response.json(body, { headers: answer.headers });
    };
    const reports = await inSlices(world.sync({ pageSize: 2 }, { fetch }), world.district.id, { full: true });
    expect(reports.at(-1)).toMatchObject({ outcome: 'done', odd: 6 });
    expect(await database.ask('select id from clever.users where odd is not null')).toHaveLength(6);
  });

  it('and takes all events at once, because a run by events goes on to their end', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    expect(await inSlices(world.sync(), world.district.id)).toMatchObject([{ outcome: 'done', mode: 'events' }]);
    await world.expectInStep();
  });
});

describe('a run that is aborted', () => {
  async function districtRow(): Promise<Record<string, unknown>> {
    const [row] = await database.ask(
      `select *, next_sync_at <= clock_timestamp() as is_due from clever.sync_districts`,
    );
    return row ?? {};
  }

  it('before it begins sends nothing, and stays due', async () => {
    const world = await synced();
    let requests = 0;
    const fetch: World['sandbox']['fetch'] = (url, init) => {
      requests += 1;
      return world.sandbox.fetch(url, init);
    };
    await world.sync().request(world.district.id);
    await database.ask('update clever.sync_districts set failures = 3');
    const signal = AbortSignal.abort();
    const report = await world.sync({}, { fetch }).run(world.district.id, { signal });
    expect(report).toMatchObject({ outcome: 'unfinished', run: 0, requests: 0 });
    expect(requests).toBe(0);
    // The request is not answered, and what failed before is neither better nor worse.
    expect(await districtRow()).toMatchObject({ is_due: true, failures: 3, lease_owner: null });
    expect((await world.sync().status())[0]?.askedAt).toBeInstanceOf(Date);
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'done' });
  });

  it('after its first reading was stored goes on by events, and the run keeps its end', async () => {
    const world = makeWorld(database);
    const controller = new AbortController();
    let looks = 0;
    const fetch: World['sandbox']['fetch'] = (url, init) => {
      looks += new URL(String(url)).pathname.endsWith('/districts') ? 1 : 0;
      if (looks === 3) {
        controller.abort();
      }
      return world.sandbox.fetch(url, init);
    };
    const report = await world.sync({}, { fetch }).run(world.district.id, { signal: controller.signal });
    expect(report).toMatchObject({ outcome: 'unfinished', created: 13 });
    expect(await database.ask('select state, ended_at is not null as has_ended from clever.runs')).toEqual([
      { state: 'done', has_ended: true },
    ]);
    expect((await world.sync().status())[0]).toMatchObject({ records: 13, connection: 'connected', name: 'Tiny' });
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'done', mode: 'events' });
    await world.expectInStep();
  });

  it('while the client waits to repeat a request does not wait any longer', async () => {
    const world = await synced();
    const controller = new AbortController();
    world.sandbox.faults.add({ path: '/v3.1/users', status: 429, headers: { 'retry-after': '30' } });
    const sync = world.sync(
      {},
      {
        retry: { retries: 2 },
        onEvent: ({ kind }) => {
          if (kind === 'retry') {
            controller.abort();
          }
        },
      },
    );
    const report = await sync.run(world.district.id, { full: true, signal: controller.signal });
    expect(report).toMatchObject({ outcome: 'unfinished', mode: 'full' });
    // Clever's answer still holds for the next run, which would wait as well.
    world.sandbox.advance(31_000);
    await world.settle();
    await world.expectInStep();
  });

  it('in a run by events ends between two chunks, and the cursor stays', async () => {
    const district = TINY.district.id;
    const terms = Array.from({ length: 1_100 }, (_, n) => ({
      id: `7e000000000000000000${String(n).padStart(4, '0')}`,
      district,
      name: 'Term',
    }));
    const world = makeWorld(database, { districts: [{ ...TINY, terms }] });
    await world.sync().run(district);
    const { cursor } = await districtRow();
    for (const { id } of terms) {
      world.district.terms.update(id, { name: 'Renamed' });
    }
    const controller = new AbortController();
    const aborting = world.sync({
      bulkShare: 1,
      onChanges: async (changes, context) => {
        controller.abort();
        await keepOwnRecords(changes as never, context);
      },
    });
    const report = await aborting.run(district, { signal: controller.signal });
    expect(report).toMatchObject({ outcome: 'unfinished', mode: 'events', updated: 1_000 });
    expect((await districtRow())['cursor']).toBe(cursor);
    expect(await world.sync({ bulkShare: 1 }).run(district)).toMatchObject({ outcome: 'done', updated: 100 });
    await world.expectInStep();
  }, 60_000);

  it('by a hook that heeds the same signal is no failure', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    const controller = new AbortController();
    const sync = world.sync({
      onChanges: () => {
        controller.abort();
        controller.signal.throwIfAborted();
      },
    });
    const report = await sync.run(world.district.id, { signal: controller.signal });
    expect(report).toMatchObject({ outcome: 'unfinished', updated: 0 });
    expect(await districtRow()).toMatchObject({ is_due: true, failures: 0, last_error_code: null });
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'done', updated: 1 });
    await world.expectInStep();
  });

  it('while sensitive fields are removed goes on removing them', async () => {
    const users = TINY.users.map((user) =>
      user.id === STUDENT ? { ...user, roles: { student: { grade: '3', gifted_status: 'Y' } } } : user,
    );
    const world = makeWorld(database, { districts: [{ ...TINY, sensitiveFields: 'all', users }] });
    await world.sync({ sensitiveFields: 'all' }).run(world.district.id);
    const withField = `select id from clever.users where data::text like '%gifted_status%'`;
    expect(await database.ask(withField)).toHaveLength(1);
    const controller = new AbortController();
    const narrow = world.sync({
      onChanges: async (changes, context) => {
        controller.abort();
        await keepOwnRecords(changes as never, context);
      },
    });
    const { outcome } = await narrow.run(world.district.id, { signal: controller.signal });
    expect(outcome).toBe('unfinished');
    await world.settle();
    expect(await database.ask(withField)).toEqual([]);
    await world.expectInStep();
  });

  it.each([
    [{ budgetMs: 0 }, '`budgetMs` must be a whole number'],
    [{ budgetMs: 1.5 }, '`budgetMs` must be a whole number'],
    [{ signal: 'stop' }, '`signal` must be an AbortSignal'],
    [{ budget: 1 }, 'sync.run() has no option `budget`'],
  ])('is refused with %j', async (options, message) => {
    const world = makeWorld(database);
    await expect(world.sync().run(world.district.id, options as never)).rejects.toThrow(message);
    expect(await database.ask('select id from clever.sync_districts')).toEqual([]);
  });
});

describe('a run that was asked for once more', () => {
  it.each([
    ['when the budget is used up', { budgetMs: 1 }, 1],
    ['with time left', { budgetMs: 60_000 }, 2],
  ])('is left to the next call %s', async (_, options, runs) => {
    const world = await synced();
    let asked = false;
    const ended: string[] = [];
    const sync = world.sync(
      { onEvent: ({ kind }) => kind === 'run_ended' && ended.push(kind) },
      {
        fetch: async (url, init) => {
          if (!asked && String(url).includes('/events')) {
            asked = true;
            await world.sync().request(world.district.id);
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    expect(await sync.run(world.district.id, options)).toMatchObject({ outcome: 'done' });
    expect(ended).toHaveLength(runs);
    expect((await sync.status())[0]?.askedAt instanceof Date).toBe(runs === 1);
  });
});

describe('events of runs', () => {
  it('have the numbers of the report, and no value or id of a record', async () => {
    const events: SyncEvent[] = [];
    const world = makeWorld(database);
    const sync = world.sync({ pageSize: 2, onEvent: (event) => events.push(event) });
    const reports = await inSlices(sync, world.district.id);
    changeUnseen(world);
    reports.push(...(await inSlices(sync, world.district.id, { full: true })));
    world.district.disconnect();
    reports.push(await sync.run(world.district.id));
    const ended = events.flatMap((event) => (event.kind === 'run_ended' ? [event] : []));
    expect(ended).toEqual(
      reports.map(({ reason: _reason, odd: _odd, ...numbers }) => ({ kind: 'run_ended', ...numbers })),
    );
    expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(new Set(['unfinished', 'done', 'disconnected']));
    const text = JSON.stringify(events);
    for (const { id, email } of TINY.users) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(email);
    }
    expect(text).not.toMatch(/First|Last|Renamed|Spring/u);
  });
});
