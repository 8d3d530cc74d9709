import { CleverSyncError } from '../../errors/sync.js';
import { hasCode } from '../../index.js';
import { positionAt, secondsOf } from '../clever/position.js';
import { NOTHING_WRITTEN } from '../mirror/mirror.js';
import { changesIn, foldSince } from './by-events.js';
import { type Connected, lastSyncOf } from './connect.js';
import type { CurrentRun } from './current-run.js';
import { applyFold, judgeFold, withDistrict } from './event-run.js';
import { growthOf, hasRecords, noteHeldRun, updateDistrict } from './finish.js';
import { applyPlan, type FullRun, planRun, readAll } from './full-run.js';
import { presentPlan } from './plan.js';
import type { StoredPlan, SyncPlan } from './planned.js';
import { prune } from './prune.js';
import type { SyncReport } from './report.js';
import { findRun, type StoredRun } from './run-row.js';
import { clearStaging, forgetProgress } from './staging.js';

/*
 * The way of a full run: read, plan, and then applied or held; in as many slices as it takes.
 */

/** A cursor is given up a day before Clever forgets its event. */
export const CURSOR_AGE_MS = 29 * 24 * 60 * 60 * 1_000;

/** Reads a district in full, and brings the mirror in step. */
export async function runInFull(run: CurrentRun, district: Connected, reason: string): Promise<SyncReport> {
  const full = await beginFull(run, district, reason);
  return readFull(run, district, full, 1, full.startCursor);
}

/** Goes on with a run that was left. */
export async function resumeFull(run: CurrentRun, district: Connected, stored: StoredRun): Promise<SyncReport> {
  if (stored.state === 'reading' && run.reader.isTooOld(stored.foldCursor ?? '')) {
    await run.drop([stored]);
    return runInFull(run, district, stored.reason);
  }
  run.take(stored);
  const full = storedFullRun(run, district, stored, stored.reason === 'first run');
  return stored.state === 'applying'
    ? apply(run, { ...district, lastSync: full.startLastSync }, full, stored.foldCursor ?? full.startCursor)
    : readFull(run, district, full, stored.readings, stored.foldCursor ?? full.startCursor);
}

/** Applies a plan that was approved, if it still is that plan. */
export async function runApproved(run: CurrentRun, district: Connected, stored: StoredRun): Promise<SyncReport> {
  run.take(stored);
  const full = storedFullRun(run, district, stored);
  return (await isReleased(run, await planRun(full)))
    ? apply(run, { ...district, lastSync: full.startLastSync }, full, stored.foldCursor ?? full.startCursor)
    : readAgain(run, district, stored);
}

/**
 * A held run without approval: the same while nothing has changed at Clever, otherwise read again. The limits may
 * have changed, and what went within the last day.
 */
export async function runHeld(run: CurrentRun, district: Connected, stored: StoredRun): Promise<SyncReport> {
  run.take(stored);
  const { nowMs, records } = run.lease.state;
  const after = stored.foldCursor ?? stored.startCursor ?? '';
  const isOld = nowMs - secondsOf(after) * 1_000 > CURSOR_AGE_MS;
  const fold = isOld ? undefined : await foldSince(run, after, records);
  const full = storedFullRun(run, district, stored);
  if (fold === undefined || fold.size > 0 || district.lastSync !== full.startLastSync) {
    return readAgain(run, district, stored);
  }
  const plan = await planRun(full);
  if (await isReleased(run, plan)) {
    return apply(run, district, full, after);
  }
  await noteHeld(run, district, after);
  return heldReport(run, presentPlan(run.context, run.districtId, stored.id, plan));
}

/** Reads a district in full and makes the plan, which is not applied. */
export async function planInFull(run: CurrentRun, district: Connected, held: StoredRun | undefined): Promise<SyncPlan> {
  const { context, districtId, lease } = run;
  const full = await beginFull(run, district, 'plan', held);
  const { plan, reading } = await readAndPlan(run, { ...full, isFirst: false }, held?.readings ?? 1, full.startCursor);
  const state = held?.state === 'held' && plan.verdict.isHeld ? 'held' : 'planned';
  await lease.write(async ({ query }) => {
    await run.update(query, { state, foldCursor: reading.foldCursor });
    await noteHeldRun(context, query, districtId, state === 'held' ? run.number : null);
  });
  run.emitEnded('planned');
  return presentPlan(context, districtId, run.number, plan);
}

async function readFull(
  run: CurrentRun,
  district: Connected,
  full: FullRun,
  readings: number,
  foldCursor: string,
): Promise<SyncReport> {
  if (full.isFirst) {
    await readAll(full, readings, foldCursor);
    return finishFirst(run, district, full);
  }
  const { plan, reading } = await readAndPlan(run, full, readings, foldCursor);
  const now = { ...district, record: reading.district, lastSync: reading.lastSync };
  return (await isReleased(run, plan))
    ? apply(run, now, full, reading.foldCursor)
    : hold(run, now, plan, reading.foldCursor);
}

async function readAndPlan({ slice }: CurrentRun, full: FullRun, readings: number, foldCursor: string) {
  const reading = await readAll(full, readings, foldCursor);
  slice.endIfOver();
  return { reading, plan: await planRun(full) };
}

/** Whether a plan may be applied: the guard lets it pass, or someone has approved this very one. */
async function isReleased({ context, number }: CurrentRun, { verdict }: StoredPlan): Promise<boolean> {
  return !verdict.isHeld || (await findRun(context, context.store.query, number))?.isApproved === true;
}

/** Ends a first reading: from here on, the events since it began bring the mirror in step. */
async function finishFirst(run: CurrentRun, district: Connected, full: FullRun): Promise<SyncReport> {
  const { context, lease, mirror, reader, slice } = run;
  await lease.write(async ({ query }) => {
    await run.count(query, NOTHING_WRITTEN);
    await run.update(query, { state: 'done' });
    await forgetProgress(context, query, run.number);
    await updateDistrict(context, query, {
      ...run.updateOf(district),
      cursor: full.startCursor,
      quietMoves: 0,
      isFull: true,
      heldRun: null,
      lastSync: full.startLastSync,
    });
  });
  await run.recount();
  const { odd = 0 } = (await findRun(context, context.store.query, run.number)) ?? {};
  const after = await reader.district();
  const fold = await foldSince(run, full.startCursor, Number.MAX_SAFE_INTEGER);
  const record = after.record ?? district.record;
  const hasMoved = lastSyncOf(record) !== full.startLastSync;
  const isUnclear = fold === undefined || (fold.events === 0 && hasMoved);
  if (!isUnclear && fold.size === 0) {
    return run.report('done', { odd });
  }
  const now: Connected = { ...district, record, lastSync: lastSyncOf(record) };
  if (isUnclear || (await judgeFold(context, run.districtId, fold)).isHeld) {
    run.emitEnded('done');
    return runInFull(run, now, 'the district changed during its first run');
  }
  const all = withDistrict(fold, now.record);
  await applyFold(context, lease, mirror, { run: run.number, fold: all, slice }, async ({ query }, sum) => {
    await run.count(query, sum, { odd: fold.odd });
    await updateDistrict(context, query, { ...run.updateOf(now), cursor: fold.lastId, growth: growthOf(sum) });
  });
  return run.report('done', { odd: odd + fold.odd });
}

async function apply(run: CurrentRun, district: Connected, full: FullRun, foldCursor: string): Promise<SyncReport> {
  const { context, lease, slice } = run;
  await lease.write(({ query }) => run.update(query, { state: 'applying' }));
  await applyPlan(full);
  const stored = await findRun(context, context.store.query, run.number);
  const kinds = Object.values(stored?.plan?.kinds ?? {});
  const unchanged = kinds.reduce((sum, kind) => sum + kind.unchanged, 0);
  const odd = kinds.reduce((sum, kind) => sum + kind.odd, 0);
  await lease.write(async ({ query }) => {
    await run.count(query, NOTHING_WRITTEN, { unchanged });
    await run.update(query, { state: 'done' });
    await clearStaging(context, query, run.number);
    await forgetProgress(context, query, run.number);
    await updateDistrict(context, query, {
      ...run.updateOf(district),
      cursor: foldCursor,
      quietMoves: 0,
      isFull: true,
      heldRun: null,
    });
  });
  await run.recount();
  await prune(context, lease);
  const isQuiet = changesIn(slice.written) === 0;
  return run.report(district.isPaused && isQuiet ? 'paused' : 'done', { unchanged, odd });
}

async function hold(run: CurrentRun, district: Connected, plan: StoredPlan, foldCursor: string): Promise<SyncReport> {
  const { context, districtId, number } = run;
  await noteHeld(run, district, foldCursor);
  const shown = presentPlan(context, districtId, number, plan);
  context.emit({ kind: 'held', districtId, run: number, verdict: plan.verdict });
  const { onHeld } = context.options;
  if (typeof onHeld === 'function') {
    await onHeld({ run: number, districtId, plan: shown });
  }
  return heldReport(run, shown);
}

/** Notes that the run is held, and when it is looked at again. */
async function noteHeld(run: CurrentRun, { isPaused }: Connected, foldCursor: string): Promise<void> {
  await run.lease.write(async ({ query }) => {
    await run.count(query, NOTHING_WRITTEN);
    await run.update(query, { state: 'held', foldCursor });
    await updateDistrict(run.context, query, {
      districtId: run.districtId,
      name: run.name,
      connection: isPaused ? 'paused' : 'connected',
      heldRun: run.number,
    });
  });
}

/** Reports a held run, or throws where the app wants that. */
function heldReport(run: CurrentRun, plan: SyncPlan): SyncReport {
  const report = { ...run.report('held'), plan };
  if (run.context.options.onHeld === 'throw') {
    throw new CleverSyncError('sync_held', { run: run.number });
  }
  return report;
}

async function readAgain(run: CurrentRun, district: Connected, stored: StoredRun): Promise<SyncReport> {
  const full = await beginFull(run, district, stored.reason, stored);
  return readFull(run, district, full, 1, full.startCursor);
}

/** Begins a full run: first the position in the feed of events, so that no change is missed. */
async function beginFull(run: CurrentRun, district: Connected, reason: string, again?: StoredRun): Promise<FullRun> {
  run.becomes('full', reason);
  const startCursor = (await newestEvent(run)) ?? positionAt(run.lease.state.nowMs);
  if (again !== undefined) {
    await run.takeAgain(again, district, startCursor);
    return fullRun(run, district, { startCursor, isFirst: false });
  }
  const isFirst = reason !== 'plan' && !(await hasRecords(run.context, run.districtId));
  // The reason also says how a later process goes on: a first run stores its pages as they come.
  run.becomes('full', isFirst ? 'first run' : reason === 'first run' ? 'first run, begun again' : reason);
  await run.begin(district, startCursor);
  return fullRun(run, district, { startCursor, isFirst });
}

async function newestEvent({ reader }: CurrentRun): Promise<string | undefined> {
  try {
    return await reader.latestEventId();
  } catch (error) {
    if (hasCode(error, 'not_found')) {
      return undefined;
    }
    throw error;
  }
}

function storedFullRun(run: CurrentRun, district: Connected, stored: StoredRun, isFirst = false): FullRun {
  const { startCursor, startLastSync } = stored;
  return fullRun(run, district, { startCursor: startCursor ?? '', startLastSync: startLastSync ?? '', isFirst });
}

function fullRun(
  { context, lease, reader, mirror, slice, number }: CurrentRun,
  { record, lastSync }: Connected,
  {
    startCursor,
    startLastSync = lastSync,
    isFirst,
  }: { readonly startCursor: string; readonly startLastSync?: string; readonly isFirst: boolean },
): FullRun {
  return {
    ...{ context, lease, reader, mirror, slice },
    run: number,
    isFirst,
    startCursor,
    startLastSync,
    district: record,
  };
}
