import { isCleverError } from '../../../index.js';
import { type Duration, inProcessEngine, type SyncEngine, type SyncWorker } from '../../../sync/index.js';
import { EXIT, type Finish } from '../../session/exit-codes.js';
import { reportFailure } from '../../session/failure.js';
import { type LocalServer, serveLocally } from '../../session/local-server.js';
import type { CommandIo } from '../../terminal/io.js';
import { untilStopped } from '../../terminal/stopped.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { healthChecks } from './health.js';
import { type OpenSync, withSync } from './open.js';
import type { SyncOptions } from './options.js';
import { watchReports } from './watch-reports.js';

/** Options of `sync watch`. */
export interface WatchOptions extends SyncOptions {
  readonly every: Duration;
  /** Seconds between looks for due districts. */
  readonly interval: number;
  readonly concurrency: number;
  readonly healthPort?: number;
  readonly healthHost: string;
}

/** `sync watch`: a worker in this process, until it is stopped. */
export async function runWatch(io: CommandIo, options: WatchOptions, finish: Finish): Promise<void> {
  const reports = watchReports(io, options);
  await withSync(
    io,
    options,
    async (opened) => {
      await checkAccess(io, options, opened);
      const { interval, concurrency, district } = options;
      const worker = await opened.sync.start({ engine: engineFor(district), concurrency, lookEvery: `${interval}s` });
      let health: LocalServer | undefined;
      try {
        health = await openHealth(io, options, worker);
        await Promise.race([untilStopped(io.signal), reports.failed]);
      } finally {
        const { isClean, left } = await worker.stop();
        await health?.close();
        if (!isClean) {
          io.err(`${left.length} of the runs did not stop in time. The next worker goes on where they are.\n`);
          finish(EXIT.failure);
        }
        await reports.printed();
      }
    },
    { observer: reports, concurrency: options.concurrency },
  );
}

/**
 * Reads the list of tokens once: with wrong credentials the command ends here. A failure that time may cure is
 * reported, and the worker tries again.
 */
async function checkAccess(io: CommandIo, options: WatchOptions, { districtIds }: OpenSync): Promise<void> {
  try {
    await Promise.race([districtIds(), untilStopped(io.signal)]);
  } catch (error) {
    if (!isCleverError(error) || !error.isRetryable) {
      throw error;
    }
    await reportFailure(error, io, options);
  }
}

/** The engine of this process; with `--district`, for that one alone. */
function engineFor(district: string | undefined): SyncEngine {
  const engine = inProcessEngine();
  return district === undefined
    ? engine
    : { ...engine, request: (districtIds) => engine.request(districtIds.filter((id) => id === district)) };
}

async function openHealth(
  io: CommandIo,
  { healthPort: port, healthHost: hostname, json }: WatchOptions,
  worker: SyncWorker,
): Promise<LocalServer | undefined> {
  if (port === undefined) {
    return undefined;
  }
  const server = await serveLocally(healthChecks(worker), {
    port,
    hostname,
    origin: 'http://localhost',
    ifTaken: 'choose another with --health-port',
  });
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  const url = `http://${host}:${server.port}/healthz`;
  io.err(json === true ? `${visibleJson({ health: url })}\n` : `health check: ${visible(url)}\n`);
  return server;
}
