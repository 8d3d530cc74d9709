import type { SyncEngine } from 'clever-sdk/sync';
import { Logger, makeWorkerUtils } from 'graphile-worker';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GraphileWorkerOptions, graphileWorkerEngine } from '../../../examples/sync/graphile-worker.js';
import { describesRow, majorOf, versionOf } from '../../support/evidence.js';
import { describeOnPostgres, ownDatabase, type SharedPostgres } from '../../support/postgres/index.js';
import { testsOfEngines } from './engines.js';
import { testsOfWorkers } from './world.js';

// On a machine that does much at once, a first sync takes its time.
vi.setConfig({ testTimeout: 30_000 });

await describeOnPostgres('the engine on graphile-worker', (postgres) => {
  describesRow(() => ({
    ...{ part: 'graphileWorker', name: 'graphile-worker', version: versionOf('graphile-worker') },
    on: [majorOf(postgres.version)],
  }));
  let place: Place;
  beforeAll(async () => {
    place = await openPlace(postgres);
  });
  afterAll(() => place[Symbol.asyncDispose]());
  beforeEach(() => place.pgPool.query('delete from graphile_worker._private_jobs'));

  const opened = (): SyncEngine => graphileWorkerEngine(place);

  it('takes a district whose worker has died, once it is requested again', async () => {
    const engine = opened();
    await engine.request(['a']);
    await place.pgPool.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-dead'");
    await engine.request(['a']);
    const handled = Promise.withResolvers<string>();
    const stop = await engine.work(
      async (districtId) => {
        handled.resolve(districtId);
        return 'done';
      },
      { concurrency: 1 },
    );
    expect(await handled.promise).toBe('a');
    await stop();
  });

  it('goes on after its connections were lost while a district ran', async () => {
    await using other = await openPlace(postgres);
    const engine = graphileWorkerEngine(other);
    const begun = Promise.withResolvers<void>();
    const lost = Promise.withResolvers<void>();
    const handled = Promise.withResolvers<void>();
    const stop = await engine.work(
      async (districtId) => {
        begun.resolve();
        await lost.promise;
        if (districtId === 'b') {
          handled.resolve();
        }
        return 'done';
      },
      { concurrency: 1 },
    );
    try {
      await engine.request(['a']);
      await begun.promise;
      await loseConnections(other.name, postgres);
      lost.resolve();
      // The pool may not have noticed yet. A worker asks again at its next look.
      while (
        !(await engine.request(['b']).then(
          () => true,
          () => false,
        ))
      ) {}
      await handled.promise;
    } finally {
      await stop();
    }
    // Whether the first job was deleted depends on what the pool noticed first. No job waits.
    const { rows } = await other.pgPool.query('select from graphile_worker._private_jobs where locked_at is null');
    expect(rows).toEqual([]);
  });

  it('starts graphile-worker again after it has given up', async () => {
    await using other = await openPlace(postgres);
    const { pgPool } = other;
    const restarting = Promise.withResolvers<void>();
    const onRestart = (): void => {
      vi.mocked(pgPool.connect).mockRestore();
      restarting.resolve();
    };
    const engine = graphileWorkerEngine({ ...other, onRestart });
    let handled = 0;
    const again = Promise.withResolvers<void>();
    const stop = await engine.work(
      async () => {
        handled += 1;
        if (handled === 1) {
          // As when PostgreSQL goes away at the end of a job, before the pool has noticed.
          vi.spyOn(pgPool, 'connect').mockImplementation(() => Promise.reject(new Error('Connection terminated')));
        } else {
          again.resolve();
        }
        return 'done';
      },
      { concurrency: 1 },
    );
    try {
      await engine.request(['a']);
      await restarting.promise;
      // As the sync does, which requests every district that is due.
      await engine.request(['a']);
      await again.promise;
    } finally {
      await stop();
    }
    expect(handled).toBe(2);
  });

  describe('as an engine', () => testsOfEngines(opened));

  describe('with workers', () => testsOfWorkers(() => place.pgPool, opened));
});

/** A database of a test's own with graphile-worker's tables. */
interface Place extends GraphileWorkerOptions, AsyncDisposable {
  readonly pgPool: pg.Pool;
  /** Of the database. */
  readonly name: string;
}

async function openPlace(postgres: SharedPostgres): Promise<Place> {
  const own = await ownDatabase(postgres);
  const pgPool = new pg.Pool({ connectionString: own.url });
  pgPool.on('error', () => undefined);
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ pgPool, logger });
  await utils.migrate();
  return {
    pgPool,
    utils,
    logger,
    name: own.name,
    [Symbol.asyncDispose]: async () => {
      await utils.release();
      await pgPool.end();
      await own[Symbol.asyncDispose]();
    },
  };
}

/** Closes the connections of a database from the server's side, as a restart does. */
async function loseConnections(database: string, postgres: SharedPostgres): Promise<void> {
  const client = new pg.Client(postgres.url());
  await client.connect();
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
  await client.end();
}
