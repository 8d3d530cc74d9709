import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for the databases of this run, which are started by the first that asks. */
    databases: string;
  }
}

/**
 * Keeps the databases that all test files of a run share: one PostgreSQL server, and one snapshot of an empty PGlite.
 * Neither exists before a test file asks, so that a run without them pays nothing.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-databases-'));
  const started: Record<string, ReturnType<(typeof starters)[keyof typeof starters]>> = {};
  const starters = { postgres: startPostgres, pglite: () => snapshotIn(folder) };
  const server = createServer(async ({ url = '' }, response) => {
    const name = url.slice(1) as keyof typeof starters;
    started[name] ??= starters[name]();
    response.end(JSON.stringify(await started[name].then(describe, (error: Error) => ({ failed: error.message }))));
  });
  provide('databases', await listen(server));
  return async () => {
    server.close();
    const postgres = await started['postgres']?.catch(() => undefined);
    if (postgres && 'stop' in postgres) {
      await postgres.stop();
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

/** What test files get to know. */
function describe(database: Awaited<ReturnType<typeof startPostgres>> | { readonly snapshot: string }): object {
  return 'stop' in database ? { url: database.url(''), pid: database.pid, version: database.version } : database;
}

async function snapshotIn(folder: string): Promise<{ readonly snapshot: string }> {
  const db = await PGlite.create();
  const dump = await db.dumpDataDir('none');
  await db.close();
  const snapshot = join(folder, 'pglite.tar');
  writeFileSync(snapshot, Buffer.from(await dump.arrayBuffer()));
  return { snapshot };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
