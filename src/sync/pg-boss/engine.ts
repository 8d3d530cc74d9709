import { CleverConfigError } from '../../errors/config.js';
import { checkOptions } from '../../options/known-keys.js';
import { checkInteger } from '../../options/values.js';
import { keysOf } from '../../util/keys-of.js';
import type { DistrictHandler, StopEngine, SyncEngine, WorkOptions } from '../engine/engine.js';
import type { PgBossJob, PgBossLike } from './boss.js';
import { cronOf } from './cron.js';
import { storableFailure, typedFailure } from './failures.js';
import { prepareQueues, type QueueNames, queueNames } from './queues.js';

/** Options of `pgBossEngine`. */
export interface PgBossEngineOptions {
  /**
   * The name of the queue of districts, and the beginning of the names of the other two: `<queue>-dispatch` and
   * `<queue>-dead-letter`. Syncs that share a pg-boss need a name each. Default `'clever-sync'`.
   */
  readonly queue?: string;
  /**
   * How long a worker without a job waits before it looks for one, in seconds, 0.5 to 3600. It does not wait after a
   * job, nor when this process queues one. Default 2.
   */
  readonly pollingIntervalSeconds?: number;
  /**
   * How long a process may be silent before pg-boss gives its districts to others, in whole seconds, 10 to 3600. A
   * district that was given to another process is run by it once the lease of its last run has ended, too: see
   * `leaseMs` of the sync. All processes need the same value. Default 60.
   */
  readonly heartbeatSeconds?: number;
}

const KEYS = keysOf<PgBossEngineOptions>()({ queue: true, pollingIntervalSeconds: true, heartbeatSeconds: true });

const SHORTEST_POLL = 0.5;
const LONGEST_POLL = 3_600;
/** pg-boss accepts no shorter one. */
const SHORTEST_HEARTBEAT = 10;
const LONGEST_HEARTBEAT = 3_600;

/** Of how many districts that are in the queue already, at each request, a retry is brought forward. */
const MOST_HASTENED = 100;

/** What the job of a district contains: nothing else may get into it. */
interface DistrictJob {
  readonly districtId: string;
}

/**
 * Spreads the districts of a sync over all processes that use the same pg-boss: an engine for `sync.start()`.
 *
 * Its queues and its one schedule are made at the first use. A job has a district's id and nothing else; of one that
 * fails, pg-boss keeps the code and the sentence of the error. The pg-boss is yours: start it before, listen to its
 * `error` events, and stop it after the worker. At least one process needs its `schedule` and `supervise`, which are on
 * by default: by these, due districts are looked for, and a district of a process that died is given to another one.
 *
 * @param boss - A `PgBoss` of version 12.38 or later, on PostgreSQL or PGlite.
 * @throws `CleverConfigError` for an unknown option or an unusable value. What the engine does rejects with
 * `CleverConfigError` when pg-boss is not running, when a queue exists with another policy, or when cron cannot repeat
 * `lookEvery`; and with `CleverSyncError` of code `sync_engine` when pg-boss fails.
 *
 * @example
 * ```ts
 * import type { RosterSync } from 'clever-sdk/sync';
 * import { pgBossEngine } from 'clever-sdk/sync/pg-boss';
 * import { PgBoss } from 'pg-boss';
 *
 * declare const sync: RosterSync;
 * const boss = new PgBoss(process.env.DATABASE_URL ?? '');
 * boss.on('error', (error) => console.error(error.message));
 * await boss.start();
 *
 * const worker = await sync.start({ engine: pgBossEngine(boss), concurrency: 4 });
 * process.once('SIGTERM', async () => {
 *   await worker.stop();
 *   await boss.stop();
 * });
 * ```
 */
export function pgBossEngine(boss: PgBossLike, options: PgBossEngineOptions = {}): SyncEngine {
  if (typeof boss?.notifyWorker !== 'function') {
    throw new CleverConfigError('pgBossEngine(): pass a PgBoss of pg-boss 12.38 or later.');
  }
  checkOptions('pgBossEngine()', options, KEYS);
  const { queue = 'clever-sync', pollingIntervalSeconds = 2, heartbeatSeconds = 60 } = options;
  if (typeof pollingIntervalSeconds !== 'number' || !isBetween(pollingIntervalSeconds, SHORTEST_POLL, LONGEST_POLL)) {
    throw new CleverConfigError(
      `\`pollingIntervalSeconds\` must be a number of seconds from ${SHORTEST_POLL} to ${LONGEST_POLL}.`,
    );
  }
  checkInteger('heartbeatSeconds', heartbeatSeconds, SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT);
  return new PgBossEngine(boss, queueNames(queue), { pollingIntervalSeconds, heartbeatSeconds });
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

class PgBossEngine implements SyncEngine {
  readonly name = 'pg-boss';
  readonly #boss: PgBossLike;
  readonly #names: QueueNames;
  readonly #polling: { readonly batchSize: 1; readonly pollingIntervalSeconds: number };
  readonly #heartbeatSeconds: number;
  /** The ids of pg-boss's workers for districts in this process. */
  readonly #workers = new Set<string>();
  #queues: Promise<void> | undefined;

  constructor(
    boss: PgBossLike,
    names: QueueNames,
    { pollingIntervalSeconds, heartbeatSeconds }: Required<Omit<PgBossEngineOptions, 'queue'>>,
  ) {
    this.#boss = boss;
    this.#names = names;
    this.#polling = { batchSize: 1, pollingIntervalSeconds };
    this.#heartbeatSeconds = heartbeatSeconds;
  }

  async request(districtIds: readonly string[]): Promise<void> {
    if (districtIds.length === 0) {
      return;
    }
    await this.#withQueues(async () => {
      const { districts } = this.#names;
      const jobs = districtIds.map((districtId) => ({ id: crypto.randomUUID(), ...jobOf(districtId) }));
      const queued = new Set(await this.#boss.insert(districts, jobs, { returnId: true }));
      const refused = jobs.filter(({ id }) => !queued.has(id));
      // A job that waits for its retry would keep a request waiting for up to an hour.
      for (const { singletonKey } of refused.slice(0, MOST_HASTENED)) {
        await this.#boss.update(districts, undefined, { singletonKey, startAfter: 0 });
      }
    });
    for (const id of this.#workers) {
      this.#boss.notifyWorker(id);
    }
  }

  async work(handler: DistrictHandler, { concurrency }: WorkOptions): Promise<StopEngine> {
    const districts = new RunningDistricts(handler, (job, districtId) => this.#queueAgain(job, districtId));
    const ids: string[] = [];
    // One call for each, and not one with `localConcurrency`, which returns the id of the first worker only.
    for (let index = 0; index < concurrency; index += 1) {
      ids.push(await this.#startWorker(districts));
    }
    return async () => {
      const stopped = ids.map((id) => this.#boss.offWork(this.#names.districts, { id, wait: true }));
      districts.stop();
      await Promise.all(stopped);
      for (const id of ids) {
        this.#workers.delete(id);
      }
    };
  }

  async every(intervalMs: number, task: () => Promise<void>): Promise<StopEngine> {
    const cron = cronOf(intervalMs);
    const { dispatch } = this.#names;
    const id = await this.#withQueues(async () => {
      // By name, so all processes have this one schedule. It stays when they stop: others may go on.
      await this.#boss.schedule(dispatch, cron, null, { missed: 'once' });
      await this.#boss.send(dispatch, null, {});
      return this.#boss.work(dispatch, this.#polling, async () => {
        try {
          await task();
        } catch (error) {
          throw storableFailure(error);
        }
      });
    });
    return () => this.#boss.offWork(dispatch, { id, wait: true });
  }

  async #startWorker(districts: RunningDistricts): Promise<string> {
    let worker: string | undefined;
    const id = await this.#withQueues(() =>
      this.#boss.work(this.#names.districts, this.#polling, async ([job]) => {
        try {
          await districts.handle(job as PgBossJob);
        } catch (error) {
          throw storableFailure(error);
        } finally {
          // Otherwise it would wait for its polling interval before it takes the next job.
          if (worker !== undefined) {
            this.#boss.notifyWorker(worker);
          }
        }
      }),
    );
    worker = id;
    this.#workers.add(id);
    return id;
  }

  /**
   * Queues a district whose job runs. pg-boss refuses its key until the job has ended, so the job is completed here
   * first; when pg-boss completes it after the handler, it finds it so and changes nothing. A retry would count as a
   * failure, and keep the place of the first job before all that wait. If the process dies between the two statements,
   * the district is still due in its own row, and the next look sends it.
   */
  async #queueAgain({ id, retryCount }: PgBossJob, districtId: string): Promise<void> {
    const { districts } = this.#names;
    await this.#boss.complete(districts, { id, retryCount });
    const { data, ...options } = jobOf(districtId);
    await this.#boss.send(districts, data, options);
  }

  /** Does something with pg-boss once the queues exist. */
  async #withQueues<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      this.#queues ??= prepareQueues(this.#boss, this.#names, this.#heartbeatSeconds);
      await this.#queues;
      return await action();
    } catch (error) {
      this.#queues = undefined; // someone may have deleted them
      throw typedFailure(error);
    }
  }
}

function jobOf(districtId: string): { readonly data: DistrictJob; readonly singletonKey: string } {
  return { data: { districtId }, singletonKey: districtId };
}

/** The districts that one call of `work` handles at the moment. */
class RunningDistricts {
  readonly #handler: DistrictHandler;
  readonly #queueAgain: (job: PgBossJob, districtId: string) => Promise<void>;
  readonly #running = new Set<AbortController>();
  #hasStopped = false;

  constructor(handler: DistrictHandler, queueAgain: (job: PgBossJob, districtId: string) => Promise<void>) {
    this.#handler = handler;
    this.#queueAgain = queueAgain;
  }

  async handle(job: PgBossJob): Promise<void> {
    const { districtId } = job.data as DistrictJob;
    // A job that a worker had just asked for when it was stopped is for another process.
    if (this.#hasStopped || (await this.#handled(job, districtId)) === 'again') {
      await this.#queueAgain(job, districtId);
    }
  }

  /** Has the handlers end at their next safe place. */
  stop(): void {
    this.#hasStopped = true;
    for (const running of this.#running) {
      running.abort();
    }
  }

  async #handled({ signal }: PgBossJob, districtId: string): ReturnType<DistrictHandler> {
    const running = new AbortController();
    signal.addEventListener('abort', () => running.abort(signal.reason), { once: true });
    this.#running.add(running);
    try {
      return await this.#handler(districtId, { signal: running.signal });
    } finally {
      this.#running.delete(running);
    }
  }
}
