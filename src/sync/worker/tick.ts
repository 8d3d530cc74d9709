import { CleverConfigError } from '../../errors/config.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { checkInteger } from '../../options/values.js';
import { keysOf } from '../../util/keys-of.js';
import type { SyncContext } from '../context.js';
import { runDueDistrict } from '../run/run-district.js';
import { discover } from './discover.js';
import { countDue, dueDistricts } from './dispatch.js';
import { claimTask } from './tasks.js';

/** How much one call may do. */
export interface TickOptions {
  /** How long it may take, in milliseconds, 1000 to 86400000. A run that takes longer goes on at the next call. */
  readonly budgetMs: number;
  /** How many districts run at once, 1 to 100. Default 1. */
  readonly concurrency?: number;
  /** Ends it early, at the next safe place of each run. */
  readonly signal?: AbortSignal;
}

/** What one call has done. */
export interface TickReport {
  /** Runs that reached their end, whatever it was. */
  readonly ended: number;
  /** Runs of these that the guard holds. */
  readonly held: number;
  /** Runs that will go on at the next call. */
  readonly unfinished: number;
  /** Runs that failed; `sync.status()` says why. */
  readonly failed: number;
  /** Districts that are still due. */
  readonly due: number;
  readonly durationMs: number;
}

/** How often the list of tokens is read, in milliseconds. */
const DISCOVER_EVERY_MS = 15 * 60 * 1_000;
/** The list of tokens, and each district, get this share of the time before others that wait get theirs. */
const SLICES = 4;
/** The share of the time that is kept for runs to reach a safe place. */
const MARGIN = 0.1;

const KEYS = keysOf<TickOptions>()({ budgetMs: true, concurrency: true, signal: true });

/** Runs due districts for a while. */
export async function tick(context: SyncContext, options: TickOptions): Promise<TickReport> {
  assertKnownKeys('sync.tick()', (options ?? {}) as object, KEYS);
  const { budgetMs, concurrency = 1 } = options ?? {};
  if (budgetMs === undefined) {
    throw new CleverConfigError('sync.tick() needs `budgetMs`: how long it may take, in milliseconds.');
  }
  checkInteger('budgetMs', budgetMs, 1_000, 86_400_000);
  checkInteger('concurrency', concurrency, 1, 100);
  const begin = performance.now();
  const late = AbortSignal.timeout(budgetMs);
  const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
  /** How much time is left before runs have to reach a safe place. */
  const left = (): number => budgetMs * (1 - MARGIN) - (performance.now() - begin);
  try {
    // Where Clever asks to wait, the list is read at a later call, and known districts get the time.
    const reading = AbortSignal.timeout(Math.floor(budgetMs / SLICES));
    await discover(context, DISCOVER_EVERY_MS, AbortSignal.any([signal, reading]));
  } catch {
    // Known districts are run even while Clever's list of tokens cannot be read; the next call reads it again.
  }
  await claimTask(context, 'look', 0);
  const { schedule } = context.options;
  const ends = { ended: 0, held: 0, failed: 0 };
  const unfinished = new Set<string>();
  const running = new Set<string>();
  const taken = new Set<string>();
  const pick = oneAtATime(async () => {
    const [districtId] = await dueDistricts(context, { schedule, limit: 1, except: [...running, ...taken] });
    if (districtId !== undefined) {
      running.add(districtId);
    }
    return districtId;
  });
  const lane = async (): Promise<void> => {
    while (left() > 0 && !signal.aborted) {
      const districtId = await pick();
      if (districtId === undefined) {
        return;
      }
      try {
        const sliceMs = Math.max(1, Math.floor(Math.min(left(), budgetMs / SLICES)));
        const report = await runDueDistrict(context, districtId, { signal, budgetMs: sliceMs });
        if (report === undefined) {
          taken.add(districtId);
        } else if (report.outcome === 'unfinished') {
          unfinished.add(districtId);
        } else {
          unfinished.delete(districtId);
          ends.ended += 1;
          ends.held += report.outcome === 'held' ? 1 : 0;
        }
      } catch {
        // The row of the district has the code, and says when it is due again.
        ends.failed += 1;
      } finally {
        running.delete(districtId);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return {
    ...ends,
    unfinished: unfinished.size,
    due: await countDue(context),
    durationMs: Math.round(performance.now() - begin),
  };
}

/** Does work once after another, so that no two calls of it see the same state. */
function oneAtATime<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
