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
import { setTimeout } from 'node:timers/promises';
import { inProcessEngine, type SyncEngine } from 'clever-sdk/sync';
import { type Logger, type Runner, run, type WorkerUtils } from 'graphile-worker';
import type { Pool } from 'pg';

const TASK = 'clever-sync';
/** The pause before graphile-worker is started again, so that a PostgreSQL that restarts is not flooded. */
const RESTART_MS = 1_000;

/** What the engine works with; the caller ends them after the worker has stopped. */
export interface GraphileWorkerOptions {
  readonly pgPool: Pool;
  readonly utils: WorkerUtils;
  /** Called before graphile-worker is started again, each time that it gives up or cannot start. */
  readonly onRestart?: (() => void) | undefined;
  /** Default: graphile-worker's own, on the console. */
  readonly logger?: Logger;
}

export function graphileWorkerEngine({ pgPool, utils, logger, onRestart }: GraphileWorkerOptions): SyncEngine {
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
      const { signal } = stopping;
      const begin = (): Promise<Runner> =>
        run({
          pgPool,
          concurrency,
          // The app decides what a signal ends; see worker.ts.
          noHandleSignals: true,
          ...(logger === undefined ? {} : { logger }),
          // Without batches, a connection that is lost at the end of a job is an unhandled rejection.
          preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
          taskList: {
            [TASK]: async (payload) => {
              const { districtId } = payload as { readonly districtId: string };
              if ((await handler(districtId, { signal })) === 'again') {
                await request([districtId]);
              }
            },
          },
        });
      let runner = await begin();
      // graphile-worker gives up when it loses its connection at the end of a job. The job stays locked, and the next
      // request for its district frees it.
      const restart = async (): Promise<void> => {
        await runner.promise;
        while (!signal.aborted) {
          onRestart?.();
          await setTimeout(RESTART_MS, undefined, { signal }).catch(() => undefined);
          const next = signal.aborted ? undefined : await begin().catch(() => undefined);
          if (next !== undefined) {
            runner = next;
            await (signal.aborted ? next.stop() : next.promise);
          }
        }
      };
      const restarting = restart();
      return async () => {
        stopping.abort();
        // It rejects when graphile-worker has given up already.
        await runner.stop().catch(() => undefined);
        await restarting;
      };
    },
  };
}
