import { isCleverError } from '../../errors/base.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { checkInteger, LONGEST_TIMER_MS } from '../../options/values.js';
import { keysOf } from '../../util/keys-of.js';
import type { SyncContext } from '../context.js';
import { milliseconds } from '../duration.js';
import { checkEngine } from '../engine/check-engine.js';
import type { StopEngine, SyncEngine } from '../engine/engine.js';
import { resolveSchedule } from '../schedule.js';
import { discover } from './discover.js';
import { dueDistricts } from './dispatch.js';
import { districtHandler, HandlerState } from './handler.js';
import { claimTask, lastDone } from './tasks.js';
import type { StartOptions, StopOptions, StopReport, SyncWorker, WorkerHealth } from './worker.js';

/** How long the database may take to answer a health check, in milliseconds. */
const HEALTH_MS = 5_000;
/** How long a look may wait for the list of tokens before it goes on with the districts that are known. */
const DISCOVER_MS = 30_000;

const START_KEYS = keysOf<StartOptions>()({
  engine: true,
  concurrency: true,
  every: true,
  quietHours: true,
  slice: true,
  lookEvery: true,
  discoverEvery: true,
});
const STOP_KEYS = keysOf<StopOptions>()({ deadline: true });

/** Starts a worker: it looks for due districts, hands them to the engine, and runs those that the engine hands back. */
export async function startWorker(
  syncContext: SyncContext,
  options: StartOptions,
  { engine, onStop }: { readonly engine: SyncEngine; readonly onStop: () => void },
): Promise<SyncWorker> {
  const { concurrency, schedule, sliceMs, lookEveryMs, discoverEveryMs } = resolveStart(syncContext, options);
  const context: SyncContext = { ...syncContext, options: { ...syncContext.options, schedule } };
  const state = new HandlerState();
  const failed = (error: unknown): void => {
    state.lookErrorCode = isCleverError(error) ? error.code : 'unknown';
    context.emit({ kind: 'look_failed', code: state.lookErrorCode });
  };
  const look = async (): Promise<void> => {
    state.lookErrorCode = undefined;
    try {
      const limit = AbortSignal.timeout(DISCOVER_MS);
      await discover(context, discoverEveryMs, AbortSignal.any([state.stopping, limit]));
    } catch (error) {
      if (state.stopping.aborted) {
        return;
      }
      // Known districts are looked at even while Clever's list of tokens cannot be read.
      failed(error);
    }
    try {
      await claimTask(context, 'look', 0);
      const due = await dueDistricts(context, { schedule });
      await engine.request(due);
      context.emit({ kind: 'looked', due: due.length });
    } catch (error) {
      failed(error);
      throw error;
    }
  };
  const stopWork = await engine.work(districtHandler(context, { sliceMs, state }), { concurrency });
  let stopLooking: StopEngine;
  try {
    stopLooking = await engine.every(lookEveryMs, look);
  } catch (error) {
    await stopWork();
    throw error;
  }
  context.emit({ kind: 'worker_started', engine: engine.name, concurrency });
  return new Worker(context, {
    engine,
    state,
    onStop,
    stopEngine: async () => void (await Promise.all([stopLooking(), stopWork()])),
  });
}

interface WorkerParts {
  readonly engine: SyncEngine;
  readonly state: HandlerState;
  readonly stopEngine: StopEngine;
  /** Called once, when the worker begins to stop. */
  readonly onStop: () => void;
}

class Worker implements SyncWorker {
  readonly #context: SyncContext;
  readonly #parts: WorkerParts;
  #stopping: Promise<StopReport> | undefined;
  #hasStopped = false;

  constructor(context: SyncContext, parts: WorkerParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async health(): Promise<WorkerHealth> {
    const { running, lookErrorCode, runErrorCode } = this.#parts.state;
    const begin = performance.now();
    const answer = await within(HEALTH_MS, async () => ({ lastLookAt: await lastDone(this.#context, 'look') }));
    const state = this.#hasStopped ? 'stopped' : this.#stopping === undefined ? 'working' : 'stopping';
    return {
      isHealthy: answer !== undefined && state !== 'stopped',
      state,
      running,
      lastLookAt: answer?.lastLookAt,
      databaseMs: answer === undefined ? undefined : Math.round(performance.now() - begin),
      lastErrorCode: lookErrorCode ?? runErrorCode,
    };
  }

  async stop(options: StopOptions = {}): Promise<StopReport> {
    assertKnownKeys('worker.stop()', options, STOP_KEYS);
    const deadlineMs = milliseconds('deadline', options.deadline ?? '25s', LONGEST_TIMER_MS);
    this.#stopping ??= this.#stop(deadlineMs);
    return this.#stopping;
  }

  async #stop(deadlineMs: number): Promise<StopReport> {
    const { engine, state, stopEngine, onStop } = this.#parts;
    onStop();
    const ended = await within(deadlineMs, async () => {
      await Promise.all([stopEngine(), state.stop()]);
      return true;
    });
    this.#hasStopped = true;
    const report = { isClean: ended === true && state.running.length === 0, left: state.running };
    this.#context.emit({ kind: 'worker_stopped', engine: engine.name, isClean: report.isClean });
    return report;
  }
}

/** Does work within a time; `undefined` when it fails or takes longer. What takes longer goes on unobserved. */
async function within<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitMs, undefined);
  });
  try {
    return await Promise.race([work().catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

function resolveStart({ options: { schedule } }: SyncContext, options: StartOptions) {
  assertKnownKeys('sync.start()', options, START_KEYS);
  const { engine, concurrency = 4 } = options;
  checkEngine('sync.start()', engine);
  checkInteger('concurrency', concurrency, 1, 100);
  return {
    concurrency,
    schedule: resolveSchedule(options, schedule),
    sliceMs: milliseconds('slice', options.slice ?? '1m'),
    lookEveryMs: milliseconds('lookEvery', options.lookEvery ?? '1m', LONGEST_TIMER_MS),
    discoverEveryMs: milliseconds('discoverEvery', options.discoverEvery ?? '15m'),
  };
}
