import { createCleverClient } from 'clever-sdk';
import { createSandbox, type SandboxOptions } from 'clever-sdk/sandbox';
import {
  createRosterSync,
  type DistrictHandler,
  fromPglite,
  inProcessEngine,
  type RosterSync,
  type RosterSyncOptions,
  type StartOptions,
  type StopOptions,
  type SyncEngine,
  type SyncEvent,
  type SyncWorker,
} from 'clever-sdk/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectInStep } from '../support/compare.js';
import { type AnyTransaction, NEVER, type TestDatabase, testDatabase } from '../support/database.js';

/*
 * A worker of one process: which districts it runs, when, and how it ends.
 */

let database: TestDatabase;
const workers: SyncWorker[] = [];
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset());
vi.setConfig({ testTimeout: 60_000 });
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** Waits until an expectation holds: as long as a loaded machine needs. */
const until = <Result>(expectation: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(expectation, { timeout: 50_000, interval: 10 });

/** Looks so often that a test need not wait. */
const SOON = { lookEvery: 20, discoverEvery: 20 } satisfies StartOptions;

/** A Clever with some districts, and a sync with what it reports. */
function makeFleet(districts: number, options: Partial<RosterSyncOptions<AnyTransaction>> = {}, students = 4) {
  const sandbox = createSandbox({
    districts: Array.from({ length: districts }, (_, index) => ({
      seed: index + 1,
      students,
    })) as unknown as NonNullable<SandboxOptions['districts']>,
  });
  const events: SyncEvent[] = [];
  const sync = createRosterSync({
    clever: createCleverClient({ ...sandbox.clientOptions(), retry: false }),
    store: fromPglite(database.db),
    fullEvery: NEVER,
    every: NEVER,
    onEvent: (event) => events.push(event),
    ...options,
  } as RosterSyncOptions<AnyTransaction>);
  const ended = () => events.filter((event) => event.kind === 'run_ended');
  return { sandbox, sync, events, ended, ids: sandbox.districts.map(({ id }) => id) };
}

async function start(sync: RosterSync, options: StartOptions = SOON): Promise<SyncWorker> {
  const worker = await sync.start(options);
  workers.push(worker);
  return worker;
}

async function rowOf(districtId: string): Promise<Record<string, unknown>> {
  const [row] = await database.ask('select * from clever.sync_districts where id = $1', [districtId]);
  return row ?? {};
}

describe('a worker', () => {
  it('runs every district of the list of tokens, and those that connect later', async () => {
    const { sandbox, sync, ended, ids, events } = makeFleet(3);
    const [, , late] = sandbox.districts;
    late?.disconnect();
    await start(sync);
    await until(() => expect(ended()).toHaveLength(2));
    late?.connect();
    await until(() => expect(ended()).toHaveLength(3));
    for (const districtId of ids) {
      await expectInStep({ ask: database.ask, sandbox, districtId, hasOwnTable: false });
      expect(events).toContainEqual({ kind: 'district_found', districtId });
    }
  });

  it('looks for new districts in place of a process that died while it did', async () => {
    const { sandbox, sync, ids, ended } = makeFleet(2);
    const asked = Promise.withResolvers<void>();
    const dying = createRosterSync({
      clever: createCleverClient({
        ...sandbox.clientOptions(),
        fetch: async (_url, { signal }) => {
          asked.resolve();
          return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        },
      }),
      store: fromPglite(database.db),
    });
    await dying.start({ lookEvery: '1h' });
    await asked.promise;
    await start(sync, { lookEvery: 20 });
    expect(await sync.status()).toEqual([]);
    await database.ask(`update clever.sync_tasks set at = at - interval '2 minutes' where name = 'discover'`);
    await until(() => expect(ended()).toHaveLength(ids.length));
  });

  it('looks for new districts again where the database failed it', async () => {
    const { sandbox, ids } = makeFleet(2);
    const inner = fromPglite(database.db);
    let failures = 1;
    const store: typeof inner = {
      ...inner,
      query: async (text, values) => {
        if (text.includes('with listed as') && failures > 0) {
          failures -= 1;
          throw new Error('The connection is gone.');
        }
        return inner.query(text, values);
      },
    };
    const sync = createRosterSync({ clever: createCleverClient({ ...sandbox.clientOptions() }), store, every: NEVER });
    await start(sync, { lookEvery: 20, discoverEvery: '1h' });
    await until(async () => expect(await sync.status()).toHaveLength(ids.length));
  });

  it('marks a district that has vanished from the list, keeps its records, and reads it in full when it is back', async () => {
    const { sandbox, sync, ended, events } = makeFleet(2, { every: 100 });
    const [district] = sandbox.districts;
    await start(sync);
    await until(() => expect(ended().length).toBeGreaterThan(1));
    district.disconnect();
    await until(() => expect(events).toContainEqual({ kind: 'district_vanished', districtId: district.id }));
    expect(await rowOf(district.id)).toMatchObject({ connection: 'disconnected', vanished_at: expect.any(Date) });
    expect(
      await database.ask(`select from clever.users where district_id = $1 and deleted_at is not null`, [district.id]),
    ).toEqual([]);
    district.connect();
    await until(() => expect(events).toContainEqual({ kind: 'district_returned', districtId: district.id }));
    await until(async () =>
      expect(await rowOf(district.id)).toMatchObject({ connection: 'connected', vanished_at: null }),
    );
  });

  it('believes a list without most of its districts only after many looks', async () => {
    const { sandbox, sync, events } = makeFleet(12, {}, 1);
    await sync.tick({ budgetMs: 60_000 });
    sandbox.faults.add({ path: '/oauth/tokens', status: 200, body: { data: [] }, times: Number.POSITIVE_INFINITY });
    const look = async (): Promise<void> => {
      await database.ask("update clever.sync_tasks set at = null where name = 'discover'");
      await sync.tick({ budgetMs: 60_000 });
    };
    const vanished = () => events.filter(({ kind }) => kind === 'district_vanished');
    for (let looks = 0; looks < 11; looks += 1) {
      await look();
      expect(vanished()).toEqual([]);
    }
    await look();
    expect(vanished()).toHaveLength(12);
    expect(await database.ask('select from clever.districts where deleted_at is not null')).toEqual([]);
  });

  it('follows a run that is under way by one more when it is requested', async () => {
    const gate = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const { sync, ended, ids } = makeFleet(1, {
      onChanges: async () => {
        began.resolve();
        await gate.promise;
      },
    });
    await start(sync);
    await began.promise;
    const [districtId = ''] = ids;
    const request = sync.request(districtId);
    gate.resolve();
    await request;
    await until(() => expect(ended()).toHaveLength(2));
    expect(await rowOf(districtId)).toMatchObject({ asked_at: null, failures: 0 });
  });

  it('finds a request of another process when it looks', async () => {
    const { sync, ended, ids, sandbox } = makeFleet(1);
    await start(sync);
    await until(() => expect(ended()).toHaveLength(1));
    const elsewhere = createRosterSync({
      clever: createCleverClient({ ...sandbox.clientOptions() }),
      store: fromPglite(database.db),
    });
    await elsewhere.request(ids[0] ?? '');
    await until(() => expect(ended()).toHaveLength(2));
  });

  it('queues requests and approvals at once where the sync has an engine', async () => {
    const engine = inProcessEngine();
    const requested = vi.spyOn(engine, 'request');
    const { sync, ids } = makeFleet(1, { engine });
    const [districtId = ''] = ids;
    await sync.request(districtId);
    expect(requested).toHaveBeenLastCalledWith([districtId]);
    const { run } = await sync.plan(districtId);
    await sync.approve(run, { by: 'ops' });
    expect(requested).toHaveBeenCalledTimes(2);
    await start(sync, { lookEvery: '1h' });
    await until(async () => expect((await sync.status())[0]).toMatchObject({ connection: 'connected' }));
  });

  it('keeps a request that its engine refuses', async () => {
    const engine = { ...inProcessEngine(), request: () => Promise.reject(new Error('the queue is down')) };
    const { sync, ids } = makeFleet(1, { engine });
    await sync.request(ids[0] ?? '');
    expect(await rowOf(ids[0] ?? '')).toMatchObject({ asked_at: expect.any(Date) });
  });

  it('queues requests as long as one of the workers of an engine works', async () => {
    const engine = inProcessEngine();
    const { sync, ids } = makeFleet(1);
    const [one, other] = [await start(sync, { engine }), await start(sync, { engine })];
    await expect(one.stop({ deadline: 'soon' } as unknown as StopOptions)).rejects.toThrow('`deadline`');
    await one.stop();
    await one.stop();
    const requested = vi.spyOn(engine, 'request');
    const given = ids[0] ?? '';
    await sync.request(given);
    expect(requested).toHaveBeenCalledWith([given]);
    await other.stop();
    requested.mockClear();
    await sync.request(given);
    expect(requested).not.toHaveBeenCalled();
  });

  it('lets a district that fails hinder no other', async () => {
    const { sandbox, sync, ended, events, ids } = makeFleet(4, { backOff: { first: 50, most: 200 } });
    const [bad, ...good] = ids;
    sandbox.faults.add({ districtId: bad ?? '', path: '/v3.1/users', status: 500, times: 1_000 });
    await start(sync, { ...SOON, concurrency: 1 });
    await until(() => {
      expect(
        ended()
          .map((event) => event.districtId)
          .sort(),
      ).toEqual([...good].sort());
      expect(events.filter(({ kind }) => kind === 'run_failed').length).toBeGreaterThan(2);
    });
    const row = await rowOf(bad ?? '');
    expect(row).toMatchObject({ last_error_code: 'server' });
    expect(row['failures']).toBeGreaterThan(2);
  });

  it('gives every district a turn before a large one is ready', async () => {
    const { sandbox, ids } = makeFleet(3, {}, 1);
    const [large, ...small] = ids;
    const ends: string[] = [];
    const sync = createRosterSync({
      clever: createCleverClient({ ...sandbox.clientOptions(), retry: false }),
      store: fromPglite(database.db),
      every: NEVER,
      pageSize: 4,
      onEvent: (event) => event.kind === 'run_ended' && ends.push(`${event.districtId} ${event.outcome}`),
    });
    await sync.request(large ?? '');
    // One look alone: the rest comes from what is unfinished.
    await start(sync, { concurrency: 1, slice: 1, lookEvery: '1h' });
    await until(() => expect(ends.filter((end) => end.endsWith('done'))).toHaveLength(3));
    expect(ends[0]).toBe(`${large} unfinished`);
    expect(ends.indexOf(`${large} done`)).toBeGreaterThan(ends.indexOf(`${small[0]} unfinished`));
    for (const districtId of ids) {
      await expectInStep({ ask: database.ask, sandbox, districtId, hasOwnTable: false });
    }
  });

  it('stops: runs end at their next safe place, leases are given back, and another worker goes on', async () => {
    const { sandbox, sync, events, ids } = makeFleet(2, { pageSize: 1 });
    const worker = await start(sync, { ...SOON, concurrency: 2 });
    await until(() => expect(events.filter(({ kind }) => kind === 'page').length).toBeGreaterThan(4));
    expect(await worker.stop()).toEqual({ isClean: true, left: [] });
    const seen = events.length;
    expect(await database.ask('select from clever.sync_districts where lease_until is not null')).toEqual([]);
    expect(await database.ask('select from clever.sync_districts where failures > 0')).toEqual([]);
    expect(events.at(-1)).toEqual({ kind: 'worker_stopped', engine: 'in-process', isClean: true });
    await start(sync);
    await until(() => {
      const done = events.slice(seen).filter((event) => event.kind === 'run_ended' && event.outcome === 'done');
      expect(done).toHaveLength(2);
    });
    for (const districtId of ids) {
      await expectInStep({ ask: database.ask, sandbox, districtId, hasOwnTable: false });
    }
  });

  it('stops although Clever has asked to wait before its list of tokens is read', async () => {
    const { sandbox } = makeFleet(1);
    const asked = Promise.withResolvers<void>();
    sandbox.faults.add({ path: '/oauth/tokens', status: 429, retryAfterMs: 30_000, times: 100 });
    const clever = createCleverClient({
      ...sandbox.clientOptions(),
      onEvent: ({ kind }) => kind === 'retry' && asked.resolve(),
    });
    const sync = createRosterSync({ clever, store: fromPglite(database.db) });
    const worker = await start(sync);
    await asked.promise;
    expect(await worker.stop({ deadline: '10s' })).toEqual({ isClean: true, left: [] });
  });

  it('holds what it promises with an engine that calls twice at once, does not stop, and calls after its end', async () => {
    let handler: DistrictHandler | undefined;
    const engine: SyncEngine = {
      name: 'odd',
      request: async () => undefined,
      work: async (given) => {
        handler = given;
        return async () => undefined;
      },
      every: async () => async () => undefined,
    };
    const asked = Promise.withResolvers<void>();
    const { sync, ids, ended, events, sandbox } = makeFleet(1, {
      onEvent: (event) => {
        events.push(event);
        if (event.kind === 'run_started') {
          asked.resolve();
        }
      },
    });
    sandbox.faults.add({ path: '/v3.1/users', delayMs: 60_000 });
    const [districtId = ''] = ids;
    await sync.request(districtId);
    const worker = await start(sync, { engine });
    const { signal } = new AbortController();
    const first = handler?.(districtId, { signal });
    await asked.promise;
    expect(await handler?.(districtId, { signal })).toBe('done');
    expect((await worker.health()).running).toEqual(ids);
    expect(await worker.stop()).toEqual({ isClean: true, left: [] });
    expect(await first).toBe('again');
    expect(await handler?.(districtId, { signal })).toBe('again');
    expect(ended()).toMatchObject([{ outcome: 'unfinished' }]);
    expect(events.filter(({ kind }) => kind === 'run_started')).toHaveLength(1);
  });

  it('leaves what does not stop within the deadline, and says so', async () => {
    const gate = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const { sync, ids, events } = makeFleet(1, {
      onChanges: async () => {
        began.resolve();
        await gate.promise;
      },
    });
    const worker = await start(sync);
    await began.promise;
    expect(await worker.stop({ deadline: 10 })).toEqual({ isClean: false, left: ids });
    expect(await worker.stop()).toEqual({ isClean: false, left: ids });
    gate.resolve();
    await until(() => expect(events.at(-1)?.kind).toBe('run_ended'));
  });

  it('puts a regular run off until its quiet hours end, and follows a request in them', async () => {
    const now = new Date();
    const hour = (offset: number): string => new Date(now.getTime() + offset * 3_600_000).toISOString().slice(11, 16);
    const { sync, ended, ids } = makeFleet(1, { quietHours: { from: hour(-1), to: hour(2), timeZone: 'UTC' } });
    const [districtId = ''] = ids;
    await start(sync);
    await until(async () => expect(await rowOf(districtId)).toMatchObject({ next_sync_at: expect.any(Date) }));
    expect(((await rowOf(districtId))['next_sync_at'] as Date).getTime()).toBeGreaterThan(now.getTime() + 3_600_000);
    expect(ended()).toEqual([]);
    await sync.request(districtId);
    await until(() => expect(ended()).toHaveLength(1));
  });

  it('goes on in quiet hours with a run that began before them', async () => {
    const now = new Date();
    const hour = (offset: number): string => new Date(now.getTime() + offset * 3_600_000).toISOString().slice(11, 16);
    const quietHours = { from: hour(-1), to: hour(2), timeZone: 'UTC' };
    const { sync, ended, ids } = makeFleet(1, { quietHours, pageSize: 2 });
    const [districtId = ''] = ids;
    expect(await sync.run(districtId, { budgetMs: 1 })).toMatchObject({ outcome: 'unfinished' });
    await start(sync, { slice: 1 });
    await until(() => expect(ended().at(-1)).toMatchObject({ outcome: 'done', mode: 'full' }));
    expect(ended().length).toBeGreaterThan(3);
  });

  it("lets a district for which the app's own function fails hinder no other", async () => {
    const { sync, ended, ids } = makeFleet(2, {
      backOff: { first: '1h' },
      quietHours: ({ districtId }) => {
        if (districtId === ids[0]) {
          throw new Error('no time zone is known');
        }
        return undefined;
      },
    });
    await start(sync);
    await until(() => expect(ended().map(({ districtId }) => districtId)).toEqual([ids[1]]));
    await until(async () =>
      expect(await rowOf(ids[0] ?? '')).toMatchObject({ failures: 1, last_error_code: 'config' }),
    );
  });

  it('runs the districts that the app names itself, and touches no other row', async () => {
    const { sandbox, sync, ids } = makeFleet(3);
    await start(sync);
    await until(async () =>
      expect(await database.ask('select from clever.sync_districts where last_full_at is not null')).toHaveLength(3),
    );
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    const [one] = sandbox.districts;
    const ended: string[] = [];
    const own = createRosterSync({
      clever: createCleverClient(sandbox.clientOptions()),
      districts: [{ districtId: one.id, token: one.token ?? '' }],
      store: fromPglite(database.db),
      onEvent: (event) => event.kind === 'run_ended' && ended.push(event.districtId),
    });
    await database.ask(`update clever.sync_districts set next_sync_at = now()`);
    await start(own);
    await until(() => expect(ended).toEqual([one.id]));
    expect(await database.ask('select from clever.sync_districts where missing_looks > 0')).toEqual([]);
    expect(ids).toHaveLength(3);
  });

  it('says whether it can do its work', async () => {
    const { sync, ended } = makeFleet(1);
    const worker = await start(sync);
    await until(() => expect(ended()).toHaveLength(1));
    expect(await worker.health()).toEqual({
      isHealthy: true,
      state: 'working',
      running: [],
      lastLookAt: expect.any(Date),
      databaseMs: expect.any(Number),
      lastErrorCode: undefined,
    });
    await worker.stop();
    expect(await worker.health()).toMatchObject({ isHealthy: false, state: 'stopped' });
  });

  it('is not healthy while its database does not answer', async () => {
    const { sandbox } = makeFleet(1);
    const events: SyncEvent[] = [];
    const store = fromPglite(database.db);
    let isBroken = false;
    const sync = createRosterSync({
      clever: createCleverClient(sandbox.clientOptions()),
      store: {
        ...store,
        query: (...statement) => (isBroken ? Promise.reject(new Error('gone')) : store.query(...statement)),
      },
      onEvent: (event) => events.push(event),
      every: NEVER,
    });
    const worker = await start(sync);
    isBroken = true;
    expect(await worker.health()).toMatchObject({ isHealthy: false, state: 'working', databaseMs: undefined });
    await until(async () => expect((await worker.health()).lastErrorCode).toBe('sync_database'));
    expect(events).toContainEqual({ kind: 'look_failed', code: 'sync_database' });
    isBroken = false;
    await until(async () => expect(await worker.health()).toMatchObject({ isHealthy: true, lastErrorCode: undefined }));
  });

  it.each([
    [{ concurrency: 0 }, '`concurrency`'],
    [{ slice: 'soon' }, '`slice`'],
    [{ lookEvery: 0 }, '`lookEvery`'],
    [{ lookEvery: '25d' }, '`lookEvery` must be at most 24 days'],
    [{ every: '40000d' }, '`every` must be at most 36525 days'],
    [{ discoverEvery: -1 }, '`discoverEvery`'],
    [{ every: 'daily' }, '`every`'],
    [{ engine: {} }, '`engine`'],
    [{ interval: 5 }, '`interval`'],
  ])('refuses %j', async (options, named) => {
    const { sync } = makeFleet(1);
    await expect(sync.start(options as StartOptions)).rejects.toMatchObject({
      name: 'CleverConfigError',
      message: expect.stringContaining(named),
    });
  });
});

describe('sync.tick()', () => {
  it('runs what is due, and says what is left', async () => {
    const { sandbox, sync, ids } = makeFleet(3);
    expect(await sync.tick({ budgetMs: 60_000, concurrency: 2 })).toEqual({
      ended: 3,
      held: 0,
      unfinished: 0,
      failed: 0,
      due: 0,
      durationMs: expect.any(Number),
    });
    for (const districtId of ids) {
      await expectInStep({ ask: database.ask, sandbox, districtId, hasOwnTable: false });
    }
    expect(await sync.tick({ budgetMs: 1_000 })).toMatchObject({ ended: 0, due: 0 });
  });

  it('goes on at the next call where its time or its signal ended it', async () => {
    const { sandbox, ids } = makeFleet(2);
    const controller = new AbortController();
    let pages = 0;
    const sync = createRosterSync({
      clever: createCleverClient(sandbox.clientOptions()),
      store: fromPglite(database.db),
      every: NEVER,
      pageSize: 1,
      onEvent: ({ kind }) => {
        pages += kind === 'page' ? 1 : 0;
        if (pages === 5) {
          controller.abort();
        }
      },
    });
    const first = await sync.tick({ budgetMs: 60_000, signal: controller.signal });
    expect(first).toMatchObject({ ended: 0, unfinished: 1, due: 2 });
    expect(await sync.tick({ budgetMs: 60_000 })).toMatchObject({ ended: 2, unfinished: 0, due: 0 });
    for (const districtId of ids) {
      await expectInStep({ ask: database.ask, sandbox, districtId, hasOwnTable: false });
    }
  });

  it('twice at once runs each district once', async () => {
    const { sync, ended } = makeFleet(4);
    const reports = await Promise.all([sync.tick({ budgetMs: 60_000 }), sync.tick({ budgetMs: 60_000 })]);
    expect(reports.reduce((sum, { ended: number }) => sum + number, 0)).toBe(4);
    expect(ended()).toHaveLength(4);
  });

  it('spends the time that is left on a district that is unfinished, with places for more', async () => {
    const { ended, events, ids, sync } = makeFleet(1, { pageSize: 1 }, 40);
    const report = await sync.tick({ budgetMs: 1_000, concurrency: 4 });
    expect(report.ended + report.unfinished).toBe(1);
    expect(ended().length).toBeGreaterThan(2);
    expect(events).toContainEqual({ kind: 'district_found', districtId: ids[0] });
  });

  it('looks at thousands of districts in quiet hours by a few statements', async () => {
    const { sandbox } = makeFleet(1);
    const now = Date.now();
    const hour = (offset: number): string => new Date(now + offset * 3_600_000).toISOString().slice(11, 16);
    const store = fromPglite(database.db);
    let statements = 0;
    const sync = createRosterSync({
      clever: createCleverClient(sandbox.clientOptions()),
      store: {
        ...store,
        query: (...statement) => {
          statements += 1;
          return store.query(...statement);
        },
      },
      quietHours: { from: hour(-1), to: hour(2), timeZone: 'UTC' },
    });
    await database.ask(`insert into clever.sync_districts (id) select 'd' || n from generate_series(1, 3000) as n`);
    expect(await sync.tick({ budgetMs: 60_000 })).toMatchObject({ ended: 0, failed: 0, due: 0 });
    expect(statements).toBeLessThan(20);
  });

  it('gives its time to known districts where Clever has asked to wait before its list of tokens is read', async () => {
    const { sandbox } = makeFleet(1);
    const patient = createRosterSync({
      clever: createCleverClient(sandbox.clientOptions()),
      store: fromPglite(database.db),
      every: NEVER,
    });
    expect(await patient.tick({ budgetMs: 60_000 })).toMatchObject({ ended: 1 });
    sandbox.faults.add({ path: '/oauth/tokens', status: 429, retryAfterMs: 60_000, times: 100 });
    await database.ask('update clever.sync_districts set next_sync_at = now()');
    await database.ask('delete from clever.sync_tasks');
    expect(await patient.tick({ budgetMs: 4_000 })).toMatchObject({ ended: 1, failed: 0 });
  });

  it('counts a run that failed, and ends', async () => {
    const { sandbox, sync, ids } = makeFleet(2);
    sandbox.faults.add({ districtId: ids[0] ?? '', path: '/v3.1/users', status: 500, times: 100 });
    expect(await sync.tick({ budgetMs: 60_000 })).toMatchObject({ ended: 1, failed: 1, due: 0 });
  });

  it.each([{ budgetMs: 10 }, { budgetMs: 5_000, concurrency: 0 }, { budgetMs: 5_000, every: '6h' }, {}])(
    'refuses %j',
    async (options) => {
      const { sync } = makeFleet(1);
      await expect(sync.tick(options as { budgetMs: number })).rejects.toMatchObject({ name: 'CleverConfigError' });
    },
  );
});
