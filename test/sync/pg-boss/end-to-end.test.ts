import { createCleverClient } from 'clever-sdk';
import { createSandbox, type SandboxOptions } from 'clever-sdk/sandbox';
import { createRosterSync, type RosterSyncOptions, type SyncEvent, type SyncWorker } from 'clever-sdk/sync';
import { pgBossEngine } from 'clever-sdk/sync/pg-boss';
import type { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { expectInStep } from '../support/compare.js';
import { type AnyTransaction, NEVER } from '../support/database.js';
import { type Bosses, describeBosses } from './bosses.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Waits until an expectation holds: as long as a loaded machine needs. */
const until = (expectation: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(expectation, { timeout: 40_000, interval: 20 });

await describeBosses('a sync', (openBosses) => {
  let bosses: Bosses;
  const workers: SyncWorker[] = [];
  beforeAll(async () => {
    bosses = await openBosses({ isReal: true });
    await createRosterSync({ districts: [], store: bosses.store }).migrate();
  });
  afterAll(async () => {
    await bosses?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const tables = await bosses.ask(
      `select format('clever.%I', tablename) as name from pg_tables
      where schemaname = 'clever' and tablename <> 'schema_version'`,
    );
    for (const name of ['pgboss.job', ...tables.map((row) => String(row['name']))]) {
      await bosses.ask(`delete from ${name}`);
    }
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await bosses.stopOthers();
  });

  /** A Clever with some districts, and what makes the sync of one process more. */
  function makeFleet(districts: number) {
    const sandbox = createSandbox({
      districts: Array.from({ length: districts }, (_, index) => ({
        seed: index + 1,
        students: 4,
      })) as unknown as NonNullable<SandboxOptions['districts']>,
    });
    const events: SyncEvent[] = [];
    const syncOf = (options: Partial<RosterSyncOptions<AnyTransaction>> = {}) =>
      createRosterSync({
        clever: createCleverClient({ ...sandbox.clientOptions(), retry: false }),
        store: bosses.store,
        every: NEVER,
        onEvent: (event) => events.push(event),
        ...options,
      } as RosterSyncOptions<AnyTransaction>);
    const done = () =>
      events.flatMap((event) => (event.kind === 'run_ended' && event.outcome === 'done' ? [event.districtId] : []));
    const ids = sandbox.districts.map(({ id }) => id);
    const inStep = async (): Promise<void> => {
      for (const districtId of ids) {
        await expectInStep({ ask: bosses.ask, sandbox, districtId, hasOwnTable: false });
      }
    };
    return { sandbox, syncOf, events, done, ids, inStep };
  }

  const engineOf = (boss: PgBoss) => pgBossEngine(boss, { pollingIntervalSeconds: 0.5 });
  const start = async (sync: ReturnType<ReturnType<typeof makeFleet>['syncOf']>, boss = bosses.boss) => {
    const worker = await sync.start({ engine: engineOf(boss), concurrency: 2 });
    workers.push(worker);
    return worker;
  };

  it('mirrors every district, and follows a request', async () => {
    const { sandbox, syncOf, done, ids, inStep } = makeFleet(3);
    const sync = syncOf();
    await start(sync);
    await until(() => expect(done().toSorted()).toEqual(ids.toSorted()));
    await inStep();
    const [district] = sandbox.districts;
    const [student] = sandbox.people({ role: 'student', districtId: district.id });
    district.changes.rename({ user: student?.id ?? '', name: { last: 'Renamed' } });
    await sync.request(district.id);
    await until(() => expect(done()).toHaveLength(4));
    await inStep();
    const jobs = await bosses.ask("select data, output from pgboss.job where name = 'clever-sync'");
    expect(jobs).toHaveLength(4);
    expect(jobs.every(({ data }) => Object.keys(data as object).join() === 'districtId')).toBe(true);
    expect(jobs.every(({ output }) => output === null)).toBe(true);
  });

  it('follows a run under way by one more when it is requested', async () => {
    const gate = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const { sandbox, syncOf, done, ids } = makeFleet(1);
    const { fetch = globalThis.fetch, ...options } = sandbox.clientOptions();
    const clever = createCleverClient({
      ...options,
      fetch: async (...request) => {
        if (new Request(...request).url.includes('/users')) {
          began.resolve();
          await gate.promise;
        }
        return fetch(...request);
      },
    });
    const sync = syncOf({ clever });
    await start(sync);
    await began.promise;
    await sync.request(ids[0] ?? '');
    await sync.request(ids[0] ?? '');
    gate.resolve();
    await until(() => expect(done()).toHaveLength(2));
    const [row] = await bosses.ask('select asked_at from clever.sync_districts');
    expect(row).toEqual({ asked_at: null });
  });

  it('spreads districts over processes, and goes on in another when one stops', async () => {
    const { syncOf, events, done, ids, inStep } = makeFleet(4);
    const paged = syncOf({ pageSize: 1 });
    const first = await start(paged);
    await until(() => expect(events.filter(({ kind }) => kind === 'page').length).toBeGreaterThan(4));
    expect(await first.stop()).toEqual({ isClean: true, left: [] });
    expect(await bosses.ask('select from clever.sync_districts where lease_until is not null')).toEqual([]);
    const before = done();
    await start(syncOf(), await bosses.open());
    await start(syncOf(), await bosses.open());
    await until(() => expect(done().toSorted()).toEqual(ids.toSorted()));
    expect(before.length).toBeLessThan(ids.length);
    await inStep();
    const schedules = await bosses.boss.getSchedules();
    expect(schedules.map(({ name }) => name)).toEqual(['clever-sync-dispatch']);
  });

  it('tries a district that failed again, and stores the code of what happened', async () => {
    const { sandbox, syncOf, events, done, ids } = makeFleet(1);
    const [districtId = ''] = ids;
    const sync = syncOf({ backOff: { first: 1, most: 1 } });
    sandbox.faults.add({ districtId, path: '/v3.1/users', status: 500, times: 1 });
    await start(sync);
    await until(() => expect(events.filter(({ kind }) => kind === 'run_failed')).toHaveLength(1));
    await until(async () => {
      const [job] = await bosses.ask("select state::text, output from pgboss.job where name = 'clever-sync'");
      expect(job).toMatchObject({ state: 'retry', output: { name: 'CleverSyncError' } });
    });
    await sync.request(districtId);
    await until(() => expect(done()).toEqual([districtId]));
  });
});
