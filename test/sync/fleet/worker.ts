/*
 * A worker of its own process, as an app has one: `node --import ./scripts/resolve-sources.ts worker.ts`, with what it
 * needs in `WORKER`. It works until it is killed, or stops on SIGTERM, or when the process that started it is gone.
 */

import type pg from 'pg';
import type postgres from 'postgres';
import { createCleverClient } from '../../../src/index.js';
import {
  createRosterSync,
  fromPg,
  fromPostgresJs,
  type HookContext,
  inProcessEngine,
  type SyncChange,
  type SyncEngine,
  type SyncStore,
} from '../../../src/sync/index.js';
import type { Task, Word } from './task.js';

/** Sends a statement of the hook in the transaction of either library. */
type Tell = (text: string, values: (string | null)[]) => Promise<unknown>;

const task = JSON.parse(process.env['WORKER'] ?? '') as Task;
const connections = (task.start.concurrency ?? 4) + 2;
const database = `${task.database}?application_name=${task.name}`;

process.stdin.once('close', () => process.exit()).resume();

const sync = createRosterSync({
  ...task.sync,
  clever: createCleverClient({
    ...(task.clever as Parameters<typeof createCleverClient>[0]),
    ...(task.retries === true ? {} : { retry: false }),
  }),
  store: await openStore(),
  guard: false,
  onChanges: writeOwnRecords,
  onEvent: (event) => {
    if (event.kind === 'lease_lost') {
      say({ says: 'lease lost', districtId: event.districtId });
    }
    if (event.kind === 'run_started' && event.districtId === task.poison) {
      process.kill(process.pid, 'SIGKILL');
    }
  },
});
const { engine, stopEngine } = await openEngine();
const worker = await sync.start({ ...task.start, engine });
process.once('SIGTERM', async () => {
  const { isClean, left } = await worker.stop({ deadline: '10s' });
  await stopEngine();
  say({ says: 'stopped', isClean, left });
  process.exit();
});
say({ says: 'started' });

function say(word: Word): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

function trouble(error: unknown): void {
  say({ says: 'trouble', code: String((error as { code?: unknown }).code) });
}

// Each worker loads only what it uses, because many are started.
async function openStore(): Promise<SyncStore<never>> {
  if (task.library === 'postgres.js') {
    const { default: postgres } = await import('postgres');
    const options = { max: connections, fetch_types: false, onnotice: () => undefined };
    return fromPostgresJs(postgres(database, options)) as SyncStore<never>;
  }
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: database, max: connections });
  pool.on('error', trouble);
  return fromPg(pool) as unknown as SyncStore<never>;
}

async function openEngine(): Promise<{ readonly engine: SyncEngine; stopEngine(): Promise<void> }> {
  if (task.engine === 'in-process') {
    return { engine: inProcessEngine(), stopEngine: async () => undefined };
  }
  const { PgBoss } = await import('pg-boss');
  const { pgBossEngine } = await import('../../../src/sync/pg-boss/index.js');
  const boss = new PgBoss({
    connectionString: database,
    max: 3,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  });
  boss.on('error', trouble);
  await boss.start();
  return {
    engine: pgBossEngine(boss, { pollingIntervalSeconds: 0.5, heartbeatSeconds: 10 }),
    stopEngine: () => boss.stop({ graceful: false }),
  };
}

/** Keeps a table of the app's own in step, and writes down under whose lease that was. */
async function writeOwnRecords(
  changes: readonly SyncChange[],
  { tx, district, run }: HookContext<never>,
): Promise<void> {
  const tell: Tell =
    task.library === 'pg'
      ? (text, values) => (tx as pg.PoolClient).query(text, values)
      : (text, values) => (tx as postgres.TransactionSql).unsafe(text, values);
  await tell(
    `
insert into own_records as own (kind, id, district_id, data, is_live)
select kind, id, $2::text, record, op <> 'archived'
from jsonb_to_recordset($1::text::jsonb) as change (kind text, id text, op text, record jsonb)
on conflict (kind, id) do update set data = excluded.data, is_live = excluded.is_live`,
    [JSON.stringify(changes.map(({ kind, id, op, record }) => ({ kind, id, op, record }))), district],
  );
  await tell(
    `
insert into hook_rows (worker, district, epoch, owner, run, changes)
select $1::text, id, lease_epoch, lease_owner, $3::text::bigint, $4::text::integer
from clever.sync_districts where id = $2::text`,
    [task.name, district, String(run), String(changes.length)],
  );
}
