import { expect, it, onTestFinished } from 'vitest';
import { describeOnPostgres } from '../../support/postgres/index.js';
import { type PostgresServer, startPostgres } from '../../support/postgres/server.js';
import { databaseNow, endedRuns, waitsBetweenRuns } from './audit.js';
import { FLEET_SEED, IS_FULL, randomFrom } from './random.js';
import { makeScene, pause, type Scene, until } from './scene.js';

/*
 * The bad days of a fleet, one at a time: a queue that is emptied, a frozen process, wrong clocks, deploys, a database
 * that restarts, and districts that fail or kill their process.
 */

const MINUTES_MS = 60_000;
const ENGINES = ['in-process', 'pg-boss'] as const;
/** How often each trouble comes. */
const TIMES = IS_FULL ? 4 : 2;
/** Of the four restarts, the first is tried with each change, and all of them by `npm run test:sync`. */
const RESTARTS = [
  ['pg-boss', 'pg', 'fast'],
  ['in-process', 'pg', 'fast'],
  // postgres.js sometimes never settles a query that it sent while the server went away, so these may end unclean.
  ['in-process', 'postgres.js', 'immediate'],
  ['pg-boss', 'postgres.js', 'immediate'],
] as const;

await describeOnPostgres('a fleet', (postgres) => {
  it('loses nothing but time when the table of pg-boss is emptied', async () => {
    const scene = await makeScene(postgres, { engine: 'pg-boss', districts: 30, everyMs: 3_000 });
    await startProcesses(scene, 3);
    const random = randomFrom(FLEET_SEED);
    for (let times = 0; times < TIMES; times += 1) {
      await changeMuch(scene, random);
      const before = await databaseNow(scene.ask);
      await scene.request(random.pick(scene.districts));
      await scene.ask('truncate pgboss.job');
      await scene.untilRunAfter(before);
    }
    await scene.expectAllWell();
  }, 120_000);

  it.each(ENGINES)(
    'takes not one write of a process that was frozen past its leases, with the engine %s',
    async (engine) => {
      const scene = await makeScene(postgres, { engine, districts: 8, everyMs: 3_000, concurrency: 4 });
      const { ask, fleet } = scene;
      const frozen = fleet.start();
      await until(async () => ((await held(scene)) === 4 ? [] : ['a free place']), {
        timeoutMs: 20_000,
        what: 'waits',
      });
      await freezeBetweenTransactions(scene, frozen);
      await changeMuch(scene, randomFrom(FLEET_SEED));
      fleet.start();
      await scene.untilRunAfter(await databaseNow(ask));
      // What it had sent before it was frozen has been done by now.
      const unfinished = await unfinishedOf(scene, frozen.name);
      expect(unfinished.length).toBeGreaterThan(0);
      const thawedAt = await databaseNow(ask);
      frozen.thaw();
      await until(
        async () => {
          const lost = new Set(frozen.words.map((word) => (word.says === 'lease lost' ? word.districtId : '')));
          return unfinished.filter(({ district }) => !lost.has(String(district)));
        },
        { timeoutMs: 20_000, what: 'runs that do not know that they were replaced' },
      );
      await scene.expectAllWell();
      const late = await ask(
        `select written.* from (
          select worker, district, epoch, at from audit_writes
          union all select worker, district, epoch, at from hook_rows
          union all select worker, district, epoch, at from audit_ends
          union all select worker, district, epoch, at from audit_leases where op <> 'take'
        ) as written
        join audit_leases as lease using (district, epoch)
        where lease.op = 'take' and lease.worker = $1
          and lease.at < to_timestamp($2::float8 / 1000) and written.at > to_timestamp($2::float8 / 1000)`,
        [frozen.name, String(thawedAt)],
      );
      expect(late).toEqual([]);
    },
    120_000,
  );

  it('goes on with a district whose process was frozen in the middle of a transaction', async () => {
    const scene = await makeScene(postgres, {
      engine: 'in-process',
      districts: 8,
      everyMs: 3_000,
      hookTimeoutMs: 2_000,
    });
    const frozen = scene.fleet.start();
    await freezeWhen(frozen, async () => (await transactionsOf(scene, frozen.name)).idle > 0);
    await changeMuch(scene, randomFrom(FLEET_SEED));
    scene.fleet.start();
    await scene.untilRunAfter(await databaseNow(scene.ask));
    frozen.thaw();
    await scene.expectAllWell();
  }, 120_000);

  it.each(ENGINES)(
    'does not care that clocks of machines are wrong by five minutes, with the engine %s',
    async (engine) => {
      const everyMs = 3_000;
      const scene = await makeScene(postgres, { engine, districts: 24, everyMs, leaseMs: 20_000 });
      const { ask, fleet } = scene;
      const random = randomFrom(FLEET_SEED);
      for (const shiftMs of [5 * MINUTES_MS, -5 * MINUTES_MS]) {
        fleet.start({ retries: true }, shiftMs);
      }
      // A client that takes its own clock for Clever's waits five minutes for the end of a limit, or not at all.
      scene.fail({ path: '/v3.1/*', status: 429, retryAfterMs: 500, times: 4 });
      await scene.untilRunAfter(await databaseNow(ask));
      for (let times = 0; times < TIMES; times += 1) {
        await changeMuch(scene, random);
        const before = await databaseNow(ask);
        await scene.request(random.pick(scene.districts));
        await scene.untilRunAfter(before);
      }
      await scene.expectAllWell();
      const runs = await ask('select distinct worker from audit_ends order by worker');
      expect(runs.map(({ worker }) => worker)).toEqual(fleet.names);
      const [failed] = await ask('select max(failures)::float8 as most from audit_leases');
      expect(failed).toEqual({ most: 0 });
      const early = await ask(
        `select n from audit_leases where op = 'take' and asked_before is null and due_before > at`,
      );
      expect(early).toEqual([]);
      const wrong = await ask(
        `select id from clever.sync_districts
        where next_sync_at <= last_run_at or next_sync_at > clock_timestamp() + $1::text::interval`,
        [`${1.5 * everyMs} milliseconds`],
      );
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  it.each(ENGINES)(
    'goes on by itself when all processes are replaced at once, with the engine %s',
    async (engine) => {
      const scene = await makeScene(postgres, {
        engine,
        districts: 30,
        everyMs: 3_000,
        latencyMs: 60,
        leaseMs: 20_000,
      });
      const { ask, fleet } = scene;
      const random = randomFrom(FLEET_SEED);
      await startProcesses(scene, 3);
      for (let deploys = 0; deploys < TIMES; deploys += 1) {
        await changeMuch(scene, random);
        await until(async () => ((await held(scene)) > 2 ? [] : ['free']), { timeoutMs: 20_000, what: 'places' });
        const old = fleet.stop();
        await startProcesses(scene, 3);
        expect(await old).toEqual(Array.from({ length: 3 }, () => ({ says: 'stopped', isClean: true, left: [] })));
      }
      await scene.expectAllWell();
      const [row] = await ask('select max(failures)::float8 as most from audit_leases');
      expect(row).toEqual({ most: 0 });
    },
    120_000,
  );

  it.each(RESTARTS.slice(0, IS_FULL ? 4 : 1))(
    'goes on by itself when the database restarts, with the engine %s, %s and a shutdown that is %s',
    async (engine, library, how) => {
      // A restart that is immediate loses the commits that were not yet written to the disk, as a crash would.
      const server = (await startPostgres({ synchronous_commit: 'on' })) as PostgresServer;
      onTestFinished(() => server.stop());
      const databaseUrl = server.url('postgres');
      // So slow a Clever that runs are under way at any moment, however fast the machine is.
      const latencyMs = 60;
      const scene = await makeScene(postgres, {
        engine,
        library,
        databaseUrl,
        districts: 24,
        everyMs: 3_000,
        latencyMs,
      });
      const random = randomFrom(FLEET_SEED);
      await startProcesses(scene, 3);
      for (let times = 0; times < TIMES; times += 1) {
        await changeMuch(scene, random);
        await until(async () => ((await held(scene)) > 2 ? [] : ['free']), { timeoutMs: 20_000, what: 'places' });
        await server.restart(how);
        await scene.untilRunAfter(await databaseNow(scene.ask));
      }
      await scene.expectAllWell();
      const troubled = await scene.ask(
        `select id from clever.sync_districts where failures > 0 or connection <> 'connected' or held_run is not null`,
      );
      expect(troubled).toEqual([]);
    },
    120_000,
  );

  it('lets the others go on where a district kills its process each time, and many fail', async () => {
    const scene = await makeScene(postgres, {
      engine: 'in-process',
      districts: 30,
      everyMs: 3_000,
      backOff: { first: 500, most: '1m' },
    });
    const { ask, fleet, districts } = scene;
    const [poison, ...others] = districts as [string, ...string[]];
    const failing = others.slice(0, 10);
    const well = others.slice(10);
    scene.fail(...failing.map((districtId) => ({ districtId, status: 503, times: Number.POSITIVE_INFINITY })));
    const trouble = new AbortController();
    const lives = Promise.all(
      Array.from({ length: 3 }, async () => {
        while (!trouble.signal.aborted) {
          await fleet.start({ poison }).ended();
        }
      }),
    );
    await scene.untilRunAfter(await databaseNow(ask), well);
    const from = await databaseNow(ask);
    await pause(15_000);
    const to = await databaseNow(ask);
    trouble.abort();
    const { longest, median } = waitsBetweenRuns(await endedRuns(ask), well, [from, to]);
    expect(longest).toBeLessThan(3 * median);
    const [row] = await ask(
      'select failures::float8 as failures, last_error_code from clever.sync_districts where id = $1',
      [poison],
    );
    expect(row?.['last_error_code']).toBe('sync_lease_expired');
    expect(row?.['failures']).toBeGreaterThan(2);
    const [least] = await ask(
      'select min(failures)::float8 as failures from clever.sync_districts where id = any ($1::text[])',
      [`{${failing.join()}}`],
    );
    expect(least?.['failures']).toBeGreaterThan(2);
    const takes = await ask(
      `select district, count(*)::float8 as number from audit_leases where op = 'take' and not (district = any ($1::text[]))
      group by district having count(*) > 12`,
      [`{${well.join()}}`],
    );
    expect(takes).toEqual([]);
    await Promise.all(fleet.processes.map((worker) => worker.kill()));
    await lives;
  }, 120_000);
});

async function startProcesses({ fleet }: Scene, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => fleet.start().started()));
}

/** Changes something in about every district. */
async function changeMuch(scene: Scene, random: ReturnType<typeof randomFrom>): Promise<void> {
  for (let n = 0; n < 2 * scene.districts.length; n += 1) {
    scene.change(random);
  }
}

interface Freezable {
  freeze(): void;
  thaw(): void;
  readonly name: string;
}

/** The leases that a process has taken, and whose runs have not ended. */
function unfinishedOf({ ask }: Scene, name: string): Promise<Record<string, unknown>[]> {
  return ask(
    `select district, epoch::text as epoch from audit_leases as lease
    where worker = $1 and op = 'take'
      and not exists (select from audit_ends as ended where (ended.district, ended.epoch) = (lease.district, lease.epoch))`,
    [name],
  );
}

/** Freezes a process that has runs, but no transaction, so that nothing that it began could be ended for it. */
async function freezeBetweenTransactions(scene: Scene, process: Freezable): Promise<void> {
  await freezeWhen(process, async () => {
    const isQuiet = async (): Promise<boolean> => (await transactionsOf(scene, process.name)).open === 0;
    // Twice, because a statement may be on its way to the server.
    return (await isQuiet()) && (await unfinishedOf(scene, process.name)).length > 0 && (await isQuiet());
  });
}

/** Freezes a process at a moment of some kind: again and again, until the moment is one. */
async function freezeWhen(process: Freezable, isTheMoment: () => Promise<boolean>): Promise<void> {
  await until(
    async () => {
      process.freeze();
      if (await isTheMoment()) {
        return [];
      }
      process.thaw();
      return ['the moment to freeze a process'];
    },
    { timeoutMs: 60_000, what: 'waits' },
  );
}

/** How many transactions a process has open, and in how many of them the server waits for it. */
async function transactionsOf(scene: Scene, name: string): Promise<{ readonly open: number; readonly idle: number }> {
  const [row] = await scene.ask(
    `select count(*) filter (where xact_start is not null or state = 'active')::float8 as open,
      count(*) filter (where state = 'idle in transaction')::float8 as idle
    from pg_stat_activity where application_name = $1`,
    [name],
  );
  return { open: Number(row?.['open']), idle: Number(row?.['idle']) };
}

/** How many districts are under way. */
async function held({ ask }: Scene): Promise<number> {
  const [row] = await ask('select count(*)::float8 as held from clever.sync_districts where lease_owner is not null');
  return Number(row?.['held']);
}
