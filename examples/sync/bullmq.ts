/**
 * A `SyncEngine` on BullMQ, for an app that has Redis already.
 *
 *     const queue = new Queue('clever-sync', { connection: { host: '127.0.0.1', port: 6379 } });
 *     const worker = await sync.start({ engine: bullmqEngine({ queue }), concurrency: 4 });
 *
 * What it costs: two calls of Redis for each district that is due, two calls every five seconds without work, and three
 * connections to Redis for each worker. Redis may lose it all: due times and leases are in PostgreSQL, and a district
 * that was queued is found due again at the next look.
 */
import { type Queue, Worker } from 'bullmq';
import { inProcessEngine, type SyncEngine } from 'clever-sdk/sync';

/** What the engine works with; the caller closes the queue after the worker has stopped. */
export interface BullmqOptions {
  readonly queue: Queue<DistrictJob>;
  /** Called when Redis cannot be reached, or has lost a job. BullMQ connects again by itself. */
  readonly onError?: (error: Error) => void;
}

/** The payload of a job: an id of a district, and nothing else. */
export interface DistrictJob {
  readonly districtId: string;
}

export function bullmqEngine({ queue, onError = () => undefined }: BullmqOptions): SyncEngine {
  const request = async (districtIds: readonly string[]): Promise<void> => {
    await queue.addBulk(
      districtIds.map((districtId) => ({
        name: 'district',
        data: { districtId },
        opts: {
          // One job of a district waits. A request that comes while it runs is kept, and follows at its end. A job's id
          // would refuse it instead.
          deduplication: { id: districtId, keepLastIfActive: true },
          // The row of the district says when to try again.
          attempts: 1,
          removeOnComplete: true,
          removeOnFail: { age: 7 * 24 * 3_600, count: 1_000 },
        },
      })),
    );
  };
  return {
    name: 'bullmq',
    request,
    // A timer in each process, because a job scheduler of BullMQ is lost for good with the data of Redis. What the
    // timer does is claimed in the tables of the sync.
    every: inProcessEngine().every,
    async work(handler, { concurrency }) {
      const stopping = new AbortController();
      const worker = new Worker<DistrictJob>(
        queue.name,
        async ({ data: { districtId } }) => {
          if ((await handler(districtId, { signal: stopping.signal })) === 'again') {
            await request([districtId]);
          }
        },
        // A worker has connections of its own, because it waits on one of them.
        { ...queue.opts, concurrency },
      );
      // Without a listener, an error of the connection would end the process.
      worker.on('error', onError);
      return async () => {
        stopping.abort();
        await worker.close();
      };
    },
  };
}
