/**
 * A `SyncEngine` on graphile-worker, for an app that has its jobs in PostgreSQL already.
 *
 *     const pgPool = new Pool({ connectionString: process.env['DATABASE_URL'] });
 *     pgPool.on('error', log);
 *     pgPool.on('connect', (client) => client.on('error', log)); // both, or a lost connection ends the process
 *     const utils = await makeWorkerUtils({ pgPool });
 *     await utils.migrate();
 *     const worker = await sync.start({ engine: graphileWorkerEngine({ pgPool, utils }), concurrency: 4 });
 *
 * What it costs: two statements for each district that is due (its job is taken and deleted) and one for each look
 * that finds some; without work, one poll every two seconds and place of `concurrency`; one connection that listens.
 * The pool needs `concurrency` + 2 connections, beside those of the sync.
 */
import { inProcessEngine, type SyncEngine } from 'clever-sdk/sync';
import { type Logger, run, type WorkerUtils } from 'graphile-worker';
import type { Pool } from 'pg';

const TASK = 'clever-sync';

/** What the engine works with; the caller ends them after the worker has stopped. */
export interface GraphileWorkerOptions {
  readonly pgPool: Pool;
  readonly utils: WorkerUtils;
  /** Default: graphile-worker's own, on the console. */
  readonly logger?: Logger;
}

export function graphileWorkerEngine({ pgPool, utils, logger }: GraphileWorkerOptions): SyncEngine {
  const request = async (districtIds: readonly string[]): Promise<void> => {
    const jobs = districtIds.map((districtId) => ({
      identifier: TASK,
      payload: { districtId },
      // One job of a district waits. A request that comes while it runs takes the key from the running job, and makes
      // the one that follows; the same frees a district whose worker has died.
      jobKey: `${TASK}:${districtId}`,
      // The row of the district says when to try again.
      maxAttempts: 1,
    }));
    // `true`: a job that waits keeps its place in the queue. Jobs of one call have the same time, and no order.
    await utils.addJobs(jobs, true);
  };
  return {
    name: 'graphile-worker',
    request,
    // A timer in each process, because graphile-worker's cron knows whole minutes only. What it does is claimed in the
    // tables of the sync, by the clock of the database.
    every: inProcessEngine().every,
    async work(handler, { concurrency }) {
      const stopping = new AbortController();
      const runner = await run({
        pgPool,
        concurrency,
        // The app decides what a signal ends; see worker.ts.
        noHandleSignals: true,
        ...(logger === undefined ? {} : { logger }),
        // Batches are what graphile-worker repeats when PostgreSQL restarts at the end of a job.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        taskList: {
          [TASK]: async (payload) => {
            const { districtId } = payload as { readonly districtId: string };
            if ((await handler(districtId, { signal: stopping.signal })) === 'again') {
              await request([districtId]);
            }
          },
        },
      });
      void runner.promise.then(() => {
        if (!stopping.signal.aborted) {
          // Nothing catches it, so it ends the process, and what supervises the process starts another one.
          throw new Error('graphile-worker has given up: its log says why.');
        }
      });
      return async () => {
        stopping.abort();
        await runner.stop();
      };
    },
  };
}
