import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bullmqEngine, type DistrictJob } from '../../../examples/sync/bullmq.js';
import { describeOnPostgres, type OwnDatabase, ownDatabase } from '../../support/postgres/index.js';
import { testsOfEngines } from './engines.js';
import { describeOnRedis, type OwnRedis } from './redis.js';
import { testsOfWorkers } from './world.js';

// On a machine that does much at once, a first sync takes its time.
vi.setConfig({ testTimeout: 30_000 });

/** A queue of a `describe`, empty before each of its tests. */
function ownQueue(redis: () => OwnRedis): () => Queue<DistrictJob> {
  let queue: Queue<DistrictJob>;
  beforeAll(() => {
    queue = new Queue('clever-sync', { connection: redis() });
  });
  afterAll(() => queue.close());
  beforeEach(() => queue.obliterate({ force: true }));
  return () => queue;
}

describeOnRedis('the engine on BullMQ', (redis) => {
  const queue = ownQueue(redis);

  it('goes on after Redis was emptied while a district ran', async () => {
    const errors: Error[] = [];
    const engine = bullmqEngine({ queue: queue(), onError: (error) => errors.push(error) });
    const begun = Promise.withResolvers<void>();
    const emptied = Promise.withResolvers<void>();
    const handled = Promise.withResolvers<void>();
    const stop = await engine.work(
      async (districtId) => {
        begun.resolve();
        await emptied.promise;
        if (districtId === 'b') {
          handled.resolve();
        }
        return 'done';
      },
      { concurrency: 1 },
    );
    await engine.request(['a']);
    await begun.promise;
    const client = new Redis(redis().path);
    await client.flushall();
    client.disconnect();
    await engine.request(['b']);
    emptied.resolve();
    await handled.promise;
    await stop();
    expect(errors).not.toEqual([]);
    for (const { message } of errors) {
      expect(message).toMatch(/^Missing (?:key|lock) for job/u);
    }
  });

  describe('as an engine', () => testsOfEngines(() => bullmqEngine({ queue: queue() })));
});

await describeOnPostgres('workers on BullMQ', (postgres) => {
  let own: OwnDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    own = await ownDatabase(postgres);
    pool = new pg.Pool({ connectionString: own.url });
    pool.on('error', () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await own[Symbol.asyncDispose]();
  });

  describeOnRedis('with Redis', (redis) => {
    const queue = ownQueue(redis);
    testsOfWorkers(
      () => pool,
      () => bullmqEngine({ queue: queue() }),
    );
  });
});
