/**
 * A worker of the sync on Temporal; see workflows.ts. Needs `CLEVER_CLIENT_ID`, `CLEVER_CLIENT_SECRET` and
 * `DATABASE_URL`.
 *
 *     TEMPORAL_ADDRESS=127.0.0.1:7233 node --env-file=.env examples/sync/temporal/worker.ts
 */
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { type CleverClient, cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { createRosterSync, fromPg } from 'clever-sdk/sync';
import { Pool } from 'pg';
import { syncActivities } from './activities.ts';
import { keepInStep, requested } from './workflows.ts';

const TASK_QUEUE = 'clever-sync';
const EVERY_MS = 6 * 3_600_000;
const DISCOVER_MS = 15 * 60_000;

/** How a district's workflow is started. One that is open already stays, and is not started twice. */
function workflowOf(districtId: string) {
  return {
    taskQueue: TASK_QUEUE,
    workflowId: `clever-sync-${districtId}`,
    args: [districtId, EVERY_MS] as [string, number],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
  } as const;
}

/** Asks for a run of a district now, from any process of the app. */
export async function requestDistrict(client: Client, districtId: string): Promise<void> {
  await client.workflow.signalWithStart(keepInStep, { ...workflowOf(districtId), signal: requested });
}

/** Starts a workflow for each connected district that has none. */
async function startDistricts(client: Client, clever: CleverClient): Promise<void> {
  for (const { owner } of await clever.oauth.districtTokens()) {
    await client.workflow.start(keepInStep, workflowOf(owner.id));
  }
}

async function main(): Promise<void> {
  const clever = createCleverClient(() => cleverOptionsFromEnv(process.env));
  const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
  pool.on('error', (error) => console.error(error.message));
  const sync = createRosterSync({ clever, store: fromPg(pool) });
  await sync.migrate();

  const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233' });
  const client = new Client({ connection });
  const worker = await Worker.create({
    connection,
    taskQueue: TASK_QUEUE,
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
    activities: syncActivities(sync),
    maxConcurrentActivityTaskExecutions: 4,
    // SIGTERM and SIGINT shut the worker down: its runs are aborted at once, and end at their next safe place.
    shutdownGraceTime: 0,
    shutdownForceTime: '25 seconds',
  });
  const discover = (): void => {
    startDistricts(client, clever).catch((error: Error) => console.error(error.message));
  };
  discover();
  const timer = setInterval(discover, DISCOVER_MS);
  try {
    await worker.run();
  } finally {
    clearInterval(timer);
    await connection.close();
    await pool.end();
  }
}

if (import.meta.main) {
  await main();
}
