/**
 * A worker as a process of its own, for Kubernetes (kubernetes.yaml), systemd (clever-sync.service) or a container.
 *
 *     node --env-file=.env worker.ts
 *
 * Reads `CLEVER_CLIENT_ID`, `CLEVER_CLIENT_SECRET`, `DATABASE_URL`, `HEALTH_PORT` (8080) and `HEALTH_HOST`. Ends with
 * 0 when SIGTERM or SIGINT has stopped it and each lease was given back, with 1 otherwise. Start as many as you like:
 * each district has one worker at a time, and a shared queue (graphile-worker.ts, bullmq.ts, pg-boss) is needed by
 * many only.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { createRosterSync, type Duration, fromPg, type SyncWorker } from 'clever-sdk/sync';
import { Pool } from 'pg';

/** Less than the supervisor waits before it kills the process: `terminationGracePeriodSeconds`, `TimeoutStopSec`. */
export const STOP_DEADLINE = '25s' satisfies Duration;

async function main(): Promise<void> {
  const { DATABASE_URL, HEALTH_PORT = '8080', HEALTH_HOST = '127.0.0.1' } = process.env;
  const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });
  pool.on('error', (error) => console.error(error.message));
  const sync = createRosterSync({
    clever: createCleverClient(() => cleverOptionsFromEnv(process.env)),
    store: fromPg(pool),
    onEvent: (event) => {
      if (event.kind === 'run_ended' || event.kind === 'run_failed') {
        console.log(JSON.stringify(event));
      }
    },
  });
  const signal = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await sync.migrate();
  const worker = await sync.start({ concurrency: 4 });
  // Only this machine can ask, unless HEALTH_HOST says otherwise. In a container that is 0.0.0.0, because probes come
  // from outside. The answers have numbers and codes only.
  const server = healthServer(worker).listen(Number(HEALTH_PORT), HEALTH_HOST);
  await signal;
  const { isClean } = await worker.stop({ deadline: STOP_DEADLINE });
  server.close();
  // What did not stop in time ends with the process. Its leases end by themselves, and the next worker goes on there.
  process.exit(isClean ? 0 : 1);
}

/**
 * `/livez`: whether this process works, for what restarts it; a database that is away is no reason, because a restart
 * does not bring it back. `/healthz`: whether the worker can do its work, for what routes, deploys and alarms.
 */
function healthServer(worker: SyncWorker): Server {
  return createServer(async (request, response) => {
    const { isHealthy, running, ...health } = await worker.health();
    const checks: Readonly<Record<string, boolean>> = { '/livez': health.state !== 'stopped', '/healthz': isHealthy };
    const isFine = checks[request.url ?? ''];
    response.writeHead(isFine === undefined ? 404 : isFine ? 200 : 503, { 'content-type': 'application/json' });
    response.end(isFine === undefined ? '{}' : JSON.stringify({ isHealthy, running: running.length, ...health }));
  });
}

if (import.meta.main) {
  await main();
}
