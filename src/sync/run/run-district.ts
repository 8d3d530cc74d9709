import { isCleverError } from '../../errors/base.js';
import { CleverSyncError } from '../../errors/sync.js';
import { randomValue } from '../../util/random.js';
import type { SyncContext } from '../context.js';
import { DistrictRun } from './district-run.js';
import { noteFailure } from './finish.js';
import { Lease } from './lease.js';
import type { SyncPlan } from './planned.js';
import type { RunOptions, SyncReport } from './report.js';
import { Slice } from './slice.js';

/**
 * Runs a district once, and once more when it was asked for meanwhile.
 *
 * @throws {@link CleverSyncError} with code `sync_running` while another run of the district is under way.
 */
export async function runDistrict(context: SyncContext, districtId: string, options: RunOptions): Promise<SyncReport> {
  return (await runWhileAsked(context, districtId, options, false)) ?? anotherRuns();
}

/**
 * Runs a district as {@link runDistrict} does, for a worker.
 *
 * @returns `undefined` when the district is not due, or another run of it is under way.
 */
export async function runDueDistrict(
  context: SyncContext,
  districtId: string,
  options: RunOptions,
): Promise<SyncReport | undefined> {
  return runWhileAsked(context, districtId, options, true);
}

/** Reads a district in full and says what a run would do, without doing it. */
export async function planDistrict(context: SyncContext, districtId: string): Promise<SyncPlan> {
  const lease = (await Lease.take(context, districtId, { owner: ownerName(), answersRequest: false })) ?? anotherRuns();
  return (await underLease(context, lease, Slice.of({}), (run) => run.plan())).result;
}

async function runWhileAsked(
  context: SyncContext,
  districtId: string,
  options: RunOptions,
  onlyIfDue: boolean,
): Promise<SyncReport | undefined> {
  let last: SyncReport | undefined;
  for (let slice = Slice.of(options); ; slice = slice.rest()) {
    const lease = await Lease.take(context, districtId, { owner: ownerName(), answersRequest: true, onlyIfDue });
    if (lease === undefined) {
      return last;
    }
    const { result, isAskedFor } = await underLease(context, lease, slice, (run) => run.start(options), {
      notesFailure: true,
    });
    last = result;
    const isOver = last.outcome === 'held' || last.outcome === 'unfinished' || slice.isUsedUp;
    if (isOver || !isAskedFor) {
      return last;
    }
  }
}

async function underLease<Result>(
  context: SyncContext,
  lease: Lease,
  slice: Slice,
  work: (run: DistrictRun) => Promise<Result>,
  { notesFailure = false } = {},
): Promise<{ readonly result: Result; readonly isAskedFor: boolean }> {
  const { districtId } = lease;
  const run = new DistrictRun(context, lease, slice);
  let result: Result;
  let isAskedFor: boolean | undefined;
  try {
    result = await work(run);
  } catch (error) {
    const code = codeOf(error);
    const isNoted = notesFailure && code !== 'sync_held' && code !== 'sync_lease_lost';
    // A run that failed for another reason may learn only now that it was replaced.
    const last = isNoted ? await codeThrownBy(() => noteFailure(context, lease, code)) : code;
    if (last === 'sync_lease_lost') {
      context.emit({ kind: 'lease_lost', districtId, run: run.number });
    }
    if (code !== 'sync_held') {
      context.emit({ kind: 'run_failed', districtId, run: run.number, code, durationMs: run.durationMs });
    }
    throw error;
  } finally {
    // A database that is gone cannot take the lease back: it ends by itself.
    isAskedFor = await ignoringErrors(() => lease.release());
  }
  return { result, isAskedFor: isAskedFor === true };
}

function ownerName(): string {
  return randomValue().slice(0, 12);
}

function anotherRuns(): never {
  throw new CleverSyncError('sync_running', { isRetryable: true });
}

function codeOf(error: unknown): string {
  return isCleverError(error) ? error.code : 'unknown';
}

async function codeThrownBy(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

async function ignoringErrors<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch {
    // What failed before is what the caller learns.
    return undefined;
  }
}
