import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import pg from 'pg';
import { describe, inject } from 'vitest';

/** The server that all test files of a run share. */
export interface SharedPostgres {
  /** The URL of a database of the server. Default: the one that always exists. */
  url(database?: string): string;
  readonly version: string;
}

/** A database of a test's own. */
export interface OwnDatabase extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
}

interface Answer {
  readonly url?: string;
  readonly version?: string;
  readonly snapshot?: string;
  readonly missing?: string;
  readonly failed?: string;
}

async function ask(name: 'postgres' | 'pglite'): Promise<Answer> {
  const answer = (await (await fetch(`${inject('databases')}/${name}`)).json()) as Answer;
  if (answer.failed !== undefined) {
    throw new Error(answer.failed);
  }
  return answer;
}

/**
 * The real PostgreSQL of this run, started by the first test file that asks for it.
 *
 * @returns `undefined` where none can be started; with `REQUIRE_POSTGRES=1` this is an error instead.
 */
export async function sharedPostgres(): Promise<SharedPostgres | undefined> {
  const { url, version = '', missing } = await ask('postgres');
  if (url === undefined) {
    if (process.env['REQUIRE_POSTGRES'] === '1') {
      throw new Error(`REQUIRE_POSTGRES is set, and there is no PostgreSQL: ${missing}.`);
    }
    process.stderr.write(`Skipped, because there is no PostgreSQL: ${missing}.\n`);
    return undefined;
  }
  return { url: (database = 'postgres') => url + database, version };
}

/**
 * `describe` for tests on a real PostgreSQL: `describeOnPostgres('…', (postgres) => { … })`, with an `await` before it,
 * in the top level of a file. Without a PostgreSQL the tests are skipped, and the run says why.
 */
export async function describeOnPostgres(name: string, tests: (postgres: SharedPostgres) => void): Promise<void> {
  const postgres = await sharedPostgres();
  if (postgres === undefined) {
    describe.skip(`${name} (skipped: no PostgreSQL)`, () => tests({ url: () => '', version: '' }));
  } else {
    describe(name, () => tests(postgres));
  }
}

/**
 * Waits a little for connections that are closing. To those that are left, the server would report that their database
 * is gone, and a pool that was ended listens to none of its connections any more.
 */
async function untilUnused(client: pg.Client, database: string): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    const { rows } = await client.query('select from pg_stat_activity where datname = $1', [database]);
    if (rows.length === 0) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let databases = 0;

/** Creates an empty database for one test, which is dropped with whatever still uses it: `await using db = …`. */
export async function ownDatabase(postgres: SharedPostgres): Promise<OwnDatabase> {
  databases += 1;
  const name = `test_${process.pid}_${process.env['VITEST_POOL_ID'] ?? 0}_${databases}`;
  const administer = async (work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
    const client = new pg.Client(postgres.url());
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  };
  await administer((client) => client.query(`create database ${name} template template0`));
  return {
    url: postgres.url(name),
    name,
    [Symbol.asyncDispose]: () =>
      administer(async (client) => {
        await untilUnused(client, name);
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** What every PGlite of this process is made from; compiling its program takes longer than all the rest. */
let parts: Promise<PGliteOptions> | undefined;

/**
 * An empty PGlite in memory, from a snapshot that the run makes once: a third of the time of an own `initdb`.
 * Close it at the end.
 */
export async function pgliteDatabase(): Promise<PGlite> {
  parts ??= loadParts();
  return PGlite.create(await parts);
}

async function loadParts(): Promise<PGliteOptions> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const compiled = WebAssembly.compile(readFileSync(join(folder, 'pglite.wasm')));
  const { snapshot = '' } = await ask('pglite');
  return { loadDataDir: new Blob([readFileSync(snapshot)]), pgliteWasmModule: await compiled };
}
