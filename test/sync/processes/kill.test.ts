import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, fromPg, fromPglite, openPglite, type RosterSync } from 'clever-sdk/sync';
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeOnPostgres, ownDatabase } from '../../support/postgres/index.js';
import { expectInStep } from '../support/compare.js';
import type { Ask } from '../support/database.js';
import { settle, TINY } from '../support/world.js';

/*
 * Real processes, killed with signal 9 or frozen at a request, on a real PostgreSQL and on a folder.
 */

/** The requests at which workers are killed. `PROPERTY_SEED` repeats them, and the names of the tests say them. */
const MOMENTS = fc.sample(fc.integer({ min: 3, max: 19 }), 3);

interface Worker {
  readonly process: ChildProcess;
  /** What it wrote; empty for one that was killed. */
  readonly ended: Promise<string>;
}

type AnyOptions = Readonly<Record<'fetch' | 'now' | 'rateBudget', unknown>> & object;

function startWorker(database: string, sandbox: ListeningSandbox, full = false): Worker {
  // What is a function stays here: the worker has the global fetch, and a clock of its own.
  const { fetch: _fetch, now: _now, rateBudget: _budget, ...clever } = sandbox.clientOptions() as unknown as AnyOptions;
  const task = {
    database,
    clever,
    districtId: TINY.district.id,
    full,
  };
  const child = spawn(process.execPath, ['--import', './scripts/resolve-sources.ts', 'test/sync/processes/worker.ts'], {
    env: { ...process.env, WORKER: JSON.stringify(task) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (part: Buffer) => {
    output += part.toString();
  });
  return { process: child, ended: new Promise((resolve) => child.once('close', () => resolve(output))) };
}

/** Calls `work` when the sandbox receives its n-th request from now on. */
function atRequest(sandbox: ListeningSandbox, n: number, work: () => void): void {
  let requests = 0;
  sandbox.faults.add({
    when: () => {
      requests += 1;
      if (requests === n) {
        work();
      }
      return false;
    },
    status: 500,
  });
}

async function sandboxForTest(): Promise<ListeningSandbox> {
  const sandbox = await createSandbox({ districts: [TINY] }).listen();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const EXPIRE = 'update clever.sync_districts set lease_until = null';

async function expectRecovery(sync: RosterSync, ask: Ask, sandbox: ListeningSandbox): Promise<void> {
  sandbox.faults.clear();
  await sync.migrate();
  await ask(EXPIRE);
  await settle(sync, TINY.district.id);
  await expectInStep({ ask, sandbox, districtId: TINY.district.id, hasValues: true, hasOwnTable: false });
}

await describeOnPostgres('workers on PostgreSQL', (postgres) => {
  async function opened(sandbox: ListeningSandbox) {
    const database = await ownDatabase(postgres);
    const pool = new pg.Pool({ connectionString: database.url });
    pool.on('error', () => undefined);
    onTestFinished(async () => {
      await pool.end();
      await database[Symbol.asyncDispose]();
    });
    const sync = createRosterSync({
      clever: createCleverClient({ ...sandbox.clientOptions() }),
      store: fromPg(pool),
      pageSize: 2,
      history: 'values',
    });
    const ask: Ask = async (text, values = []) => (await pool.query(text, values)).rows as Record<string, unknown>[];
    return { url: database.url, sync, ask };
  }

  it.each(MOMENTS)(
    'goes on where a worker was killed at request %i',
    async (moment) => {
      const sandbox = await sandboxForTest();
      const { url, sync, ask } = await opened(sandbox);
      const worker = startWorker(url, sandbox);
      atRequest(sandbox, moment, () => worker.process.kill('SIGKILL'));
      expect(await worker.ended).toBe('');
      await expectRecovery(sync, ask, sandbox);
    },
    60_000,
  );

  it('lets a worker that was frozen past its lease write nothing', async () => {
    const sandbox = await sandboxForTest();
    const { url, sync, ask } = await opened(sandbox);
    await sync.migrate();
    await sync.run(TINY.district.id);
    const worker = startWorker(url, sandbox, true);
    await new Promise<void>((resolve) => {
      atRequest(sandbox, 12, () => {
        worker.process.kill('SIGSTOP');
        resolve();
      });
    });
    sandbox.faults.clear();
    sandbox.districts[0].users.update('a00000000000000000000001', { name: { first: 'Meanwhile' } });
    await ask(EXPIRE);
    await settle(sync, TINY.district.id);
    const rows = () =>
      ask('select xmin::text, id from clever.users union all select xmin::text, id from clever.sync_districts');
    const before = await rows();
    worker.process.kill('SIGCONT');
    expect(await worker.ended).toBe('sync_lease_lost');
    expect(await rows()).toEqual(before);
    await expectRecovery(sync, ask, sandbox);
  }, 60_000);
});

describe('workers on a folder', () => {
  it.each(MOMENTS.slice(0, 2))(
    'goes on where a worker was killed at request %i',
    async (moment) => {
      const sandbox = await sandboxForTest();
      const folder = join(mkdtempSync(join(tmpdir(), 'sync-')), 'roster');
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const worker = startWorker(folder, sandbox);
      atRequest(sandbox, moment, () => worker.process.kill('SIGKILL'));
      expect(await worker.ended).toBe('');
      const db = await openPglite(folder);
      onTestFinished(() => db.close());
      const sync = createRosterSync({
        clever: createCleverClient({ ...sandbox.clientOptions() }),
        store: fromPglite(db),
        pageSize: 2,
        history: 'values',
      });
      const ask: Ask = async (text, values = []) => (await db.query(text, values)).rows as Record<string, unknown>[];
      await expectRecovery(sync, ask, sandbox);
    },
    90_000,
  );
});
