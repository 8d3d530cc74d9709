/** Runs one contender in its own process: `contend.ts <case> <place as JSON>`. Prints what it took. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCleverClient } from 'clever-sdk';
import { createRosterSync, fromPg, type RosterSync, type SyncEvent, type SyncReport } from 'clever-sdk/sync';
import { pgBossEngine } from 'clever-sdk/sync/pg-boss';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { FleetAddress } from './clever.ts';
import { ownCpuMs, serverCpuMs, tableBytes, walBytes } from './usage.ts';

/** Where a contender works. */
export interface Place extends FleetAddress {
  readonly database: string;
  /** The first process of the PostgreSQL. */
  readonly postmaster: number;
  readonly concurrency: number;
  readonly pageSize?: number;
}

/** What a fleet of idle districts took. */
export interface FleetTaken {
  readonly districts: number;
  /** From the end of the first run to that of the last. */
  readonly ms: number;
  /** From the call to the end of the first run. */
  readonly startMs: number;
  readonly statements: number;
  /** The most at once, of this process. */
  readonly connections: number;
  readonly cpuMs: number;
  readonly serverCpuMs: number;
  readonly walBytes: number;
  readonly rssMb: number;
}

/** What a run of the large district took. */
export interface RunTaken {
  readonly report: Pick<SyncReport, 'mode' | 'created' | 'updated' | 'unchanged' | 'requests' | 'durationMs'>;
  readonly cpuMs: number;
  readonly serverCpuMs: number;
  readonly walBytes: number;
  readonly peakRssMb: number;
}

const [, , name = '', json = '{}'] = process.argv;
const { client, ids, database, postmaster, concurrency, pageSize } = JSON.parse(json) as Place;

let statements = 0;
let connections = 0;
// Every statement of this process: those of the sync, and those of pg-boss.
const connection = pg.Client.prototype as { query(...parameters: unknown[]): unknown };
const send = connection.query;
connection.query = function counted(...parameters) {
  statements += 1;
  return send.apply(this, parameters);
};

const pool = new pg.Pool({ connectionString: database, max: concurrency + 2 });
pool.on('error', () => undefined);
/** Looks on, uncounted. */
const looker = new pg.Pool({ connectionString: database, max: 1 });

const makeSync = (onEvent?: (event: SyncEvent) => void): RosterSync =>
  createRosterSync({
    clever: createCleverClient({ ...client, redirectUri: 'http://localhost/callback' }),
    store: fromPg(pool),
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(pageSize === undefined ? {} : { pageSize }),
  });

/** Runs some of the districts with `sync.run`, as many at once as a worker does. */
async function runAll(sync: RosterSync, districts: readonly string[]): Promise<void> {
  const rest = [...districts];
  const one = async (): Promise<void> => {
    for (let id = rest.shift(); id !== undefined; id = rest.shift()) {
      await sync.run(id);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
}

/** Has all districts due, and measures until each has run once. */
async function fleet(begin: (sync: RosterSync) => Promise<() => Promise<void>>): Promise<FleetTaken> {
  const ends: number[] = [];
  let finish: () => void;
  const allEnded = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const sync = makeSync(({ kind }) => {
    if (kind === 'run_ended') {
      ends.push(performance.now());
      if (ends.length === ids.length) {
        finish();
      }
    }
  });
  await looker.query(`update clever.sync_districts set next_sync_at = now() - interval '1 second'`);
  const before = { wal: await walBytes(looker), server: serverCpuMs(postmaster), own: ownCpuMs() };
  statements = 0;
  const begun = performance.now();
  const watching = setInterval(async () => {
    const { rows } = await looker.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    statements -= 1;
    connections = Math.max(connections, rows[0].n as number);
  }, 200);
  const stop = await begin(sync);
  await allEnded;
  clearInterval(watching);
  const [first = 0, last = 0] = [ends[0], ends.at(-1)];
  const taken = {
    districts: ids.length,
    ms: last - first,
    startMs: first - begun,
    statements,
    connections,
    cpuMs: ownCpuMs() - before.own,
    serverCpuMs: serverCpuMs(postmaster) - before.server,
    walBytes: (await walBytes(looker)) - before.wal,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  };
  await stop();
  return taken;
}

/** Measures one run of the first district. */
async function oneRun(options: { readonly full?: boolean }): Promise<RunTaken> {
  const sync = makeSync();
  await looker.query('checkpoint');
  const before = { wal: await walBytes(looker), server: serverCpuMs(postmaster), own: ownCpuMs() };
  const { mode, created, updated, unchanged, requests, durationMs } = await sync.run(ids[0] ?? '', options);
  return {
    report: { mode, created, updated, unchanged, requests, durationMs },
    cpuMs: ownCpuMs() - before.own,
    serverCpuMs: serverCpuMs(postmaster) - before.server,
    walBytes: (await walBytes(looker)) - before.wal,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
  };
}

const CASES: Readonly<Record<string, () => Promise<object>>> = {
  /** Makes the tables, and brings every district to rest. */
  prepare: async () => {
    const sync = makeSync();
    await sync.migrate();
    await runAll(sync, ids);
    await runAll(sync, ids);
    await looker.query('vacuum analyze');
    return {};
  },
  loop: () =>
    fleet(async (sync) => {
      const running = runAll(sync, ids);
      return () => running;
    }),
  'in-process': () =>
    fleet(async (sync) => {
      const worker = await sync.start({ concurrency });
      return async () => void (await worker.stop());
    }),
  'pg-boss': async () => {
    const boss = new PgBoss({ connectionString: database, max: concurrency + 2 });
    boss.on('error', (error) => console.error(error.message));
    await boss.start();
    const taken = await fleet(async (sync) => {
      const worker = await sync.start({ engine: pgBossEngine(boss), concurrency });
      return async () => void (await worker.stop());
    });
    await boss.stop({ graceful: false });
    return taken;
  },
  migrate: async () => makeSync().migrate(),
  run: () => oneRun({}),
  'full run': () => oneRun({ full: true }),
  sizes: async () => {
    await looker.query('vacuum analyze');
    const { rows } = await looker.query(
      `select 'users' as kind, count(*)::int as n from clever.users
       union all select 'sections', count(*)::int from clever.sections
       union all select 'schools', count(*)::int from clever.schools
       union all select 'courses', count(*)::int from clever.courses
       union all select 'terms', count(*)::int from clever.terms
       union all select 'enrollments', count(*)::int from clever.enrollments
       union all select 'user_schools', count(*)::int from clever.user_schools
       union all select 'user_roles', count(*)::int from clever.user_roles
       union all select 'contact_students', count(*)::int from clever.contact_students
       union all select 'changes', count(*)::int from clever.changes
       union all select 'runs', count(*)::int from clever.runs`,
    );
    return {
      rows: Object.fromEntries(rows.map(({ kind, n }) => [kind, n])),
      bytes: await tableBytes(looker, 'clever'),
    };
  },
  'sizes of pg-boss': async () => {
    const { rows } = await looker.query('select count(*)::int as n from pgboss.job');
    return { jobs: rows[0].n, bytes: await tableBytes(looker, 'pgboss') };
  },
};

const taken = await CASES[name]?.();
process.stdout.write(JSON.stringify(taken));
await sleep(1);
process.exit(0);
