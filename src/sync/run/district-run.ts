import { CleverSyncError } from '../../errors/sync.js';
import { hasCode } from '../../index.js';
import { positionAt, secondsOf } from '../clever/position.js';
import type { DistrictReader } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import { Mirror, NOTHING_WRITTEN, type Written } from '../mirror/mirror.js';
import { everyMsOf } from '../schedule.js';
import { isSameAccess, noteNamedFields, removeUnnamedFields } from './access.js';
import { type Connected, connect, lastSyncOf, nameOf } from './connect.js';
import { applyFold, type Fold, judgeFold, readFold, withDistrict } from './event-run.js';
import { growthOf, hasRecords, noteHeldRun, noteUnfinished, recountRecords, updateDistrict } from './finish.js';
import { applyPlan, type FullRun, planRun, readAll } from './full-run.js';
import type { Lease } from './lease.js';
import { presentPlan } from './plan.js';
import type { StoredPlan, SyncPlan } from './planned.js';
import { prune } from './prune.js';
import type { RunMode, RunOutcome, SyncReport } from './report.js';
import { beginRun, countRun, findRun, openRuns, type StoredRun, updateRun } from './run-row.js';
import type { Slice } from './slice.js';
import { clearStaging, forgetProgress } from './staging.js';

/** A cursor is given up a day before Clever forgets its event. */
const CURSOR_AGE_MS = 29 * 24 * 60 * 60 * 1_000;
/** A reading that is older is begun again: what it holds is too far from the present. */
const RESUME_WITHIN_MS = 24 * 60 * 60 * 1_000;
/** How often `last_sync` may move without an event before events are taken to be switched off. */
const QUIET_MOVES = 2;

/** One run of a district: decides how to read it, and brings the mirror in step. */
export class DistrictRun {
  readonly #context: SyncContext;
  readonly #lease: Lease;
  readonly #reader: DistrictReader;
  readonly #mirror: Mirror;
  readonly #slice: Slice;
  readonly #startedAt = performance.now();
  /** The name of the district, once it has answered. */
  #name: string | undefined;
  #isConnected = false;
  /** By how many records the district's row knows that the mirror grew in this slice. */
  #knownGrowth = 0;
  #countedRequests = 0;
  /** What the ends of runs have reported so far. */
  #emitted = { ...NOTHING_WRITTEN, requests: 0, durationMs: 0 };
  #run = 0;
  #mode: RunMode = 'events';
  #reason = 'not begun';

  constructor(context: SyncContext, lease: Lease, slice: Slice) {
    this.#context = context;
    this.#lease = lease;
    this.#slice = slice;
    this.#name = lease.state.name;
    this.#reader = context.source.open(lease.districtId, slice.signal);
    this.#mirror = new Mirror(context);
  }

  /** The number of the run; 0 before it has one. */
  get number(): number {
    return this.#run;
  }

  /** How long it has taken so far. */
  get durationMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  /** Brings the mirror in step, as far as the slice allows. */
  async start({ full = false }: { readonly full?: boolean }): Promise<SyncReport> {
    try {
      this.#slice.endIfAborted();
      // A function of the app's that fails is found before everything is read.
      everyMsOf(this.#context.options.schedule, { districtId: this.#lease.districtId, name: this.#name });
      const open = await openRuns(this.#context, this.#context.store.query, this.#lease.districtId);
      return await this.#choose(await this.#connect(), open, full);
    } catch (error) {
      if (this.#slice.isEndedBy(error)) {
        return this.#unfinished();
      }
      if (this.#isDisconnection(error)) {
        return this.#disconnected();
      }
      throw error;
    }
  }

  async plan(): Promise<SyncPlan> {
    const { districtId, state: known } = this.#lease;
    const district = await this.#connect();
    await noteNamedFields(this.#context, this.#lease, known.sensitiveFields);
    const open = await openRuns(this.#context, this.#context.store.query, districtId);
    const held = open.find(({ state }) => state === 'held' || state === 'planned');
    await this.#drop(open.filter((run) => run !== held));
    const full = await this.#beginFull(district, 'plan', held);
    const { plan, reading } = await this.#readAndPlan({ ...full, isFirst: false }, held?.readings ?? 1);
    const state = held?.state === 'held' && plan.verdict.isHeld ? 'held' : 'planned';
    await this.#lease.write(async ({ query }) => {
      await updateRun(this.#context, query, this.#run, { state, foldCursor: reading.foldCursor });
      await noteHeldRun(this.#context, query, districtId, state === 'held' ? this.#run : null);
    });
    this.#emitEnded('planned');
    return presentPlan(this.#context, districtId, this.#run, plan);
  }

  async #connect(): Promise<Connected> {
    const district = await connect(this.#context, this.#lease, { reader: this.#reader, signal: this.#slice.signal });
    this.#name = nameOf(district.record) ?? this.#name;
    this.#isConnected = true;
    return district;
  }

  async #choose(district: Connected, open: readonly StoredRun[], full: boolean): Promise<SyncReport> {
    const { state } = this.#lease;
    await noteNamedFields(this.#context, this.#lease, state.sensitiveFields);
    await removeUnnamedFields(this.#context, this.#lease, { mirror: this.#mirror, slice: this.#slice });
    const [newest] = open;
    const isUsable = (run: StoredRun): boolean =>
      run.apiVersion === district.apiVersion && run.accessHash === district.access && run.mode === 'full';
    const approved = open.find((run) => run.isApproved && (run.state === 'held' || run.state === 'planned'));
    if (approved !== undefined && isUsable(approved)) {
      await this.#drop(open.filter((run) => run !== approved));
      return this.#approved(district, approved);
    }
    const held = open.find((run) => run.state === 'held');
    if (held !== undefined && isUsable(held)) {
      await this.#drop(open.filter((run) => run !== held));
      return this.#stillHeld(district, held);
    }
    const isUnderWay = newest?.state === 'reading' || newest?.state === 'applying';
    if (newest !== undefined && isUnderWay && isUsable(newest) && newest.ageMs < RESUME_WITHIN_MS) {
      await this.#drop(open.slice(1));
      return this.#resume(district, newest);
    }
    await this.#drop(open);
    const reason = full ? 'asked for' : this.#reasonForFull(district);
    return reason === undefined ? this.#events(district) : this.#full(district, reason);
  }

  /** Why the whole district must be read; `undefined` when its events tell all. */
  #reasonForFull({ access, isPaused: paused }: Connected): string | undefined {
    const { accessHash, cursor, fullAgeMs, isDisconnected, nowMs } = this.#lease.state;
    if (fullAgeMs === undefined || cursor === null) {
      return 'first run';
    }
    if (isDisconnected) {
      return 'connected again: events may not report what changed meanwhile';
    }
    if (!isSameAccess(accessHash, access)) {
      return 'another API version, or other fields or kinds';
    }
    if (nowMs - secondsOf(cursor) * 1_000 > CURSOR_AGE_MS) {
      return 'events since the last run are no longer kept';
    }
    return !paused && fullAgeMs > this.#context.options.fullEveryMs ? 'regular full run' : undefined;
  }

  async #events(district: Connected): Promise<SyncReport> {
    const { districtId, state } = this.#lease;
    this.#mode = 'events';
    this.#reason = 'events since the last run';
    const after = state.cursor as string;
    const fold = await this.#foldSince(after);
    if (fold === undefined) {
      return this.#full(district, 'so many events that a full run is faster, or some of them are no longer kept');
    }
    const quietMoves = fold.events > 0 ? 0 : state.quietMoves + (district.hasMoved ? 1 : 0);
    if (quietMoves >= QUIET_MOVES && !district.isPaused) {
      return this.#full(district, 'the district was synced twice without an event: events may be switched off');
    }
    if ((await judgeFold(this.#context, districtId, fold)).isHeld) {
      return this.#full(district, 'events take away more than the guard allows');
    }
    await this.#begin(district, after);
    const all = withDistrict(fold, district.record);
    const written = await applyFold(
      this.#context,
      this.#lease,
      this.#mirror,
      { run: this.#run, fold: all, slice: this.#slice },
      async ({ query }, sum) => {
        await countRun(this.#context, query, this.#run, sum, {
          unchanged: fold.size - changesIn(sum),
          odd: fold.odd,
          requests: this.#newRequests(),
        });
        await updateRun(this.#context, query, this.#run, { state: 'done' });
        await updateDistrict(this.#context, query, {
          ...this.#known(district),
          cursor: fold.lastId,
          quietMoves,
          heldRun: null,
          growth: growthOf(sum),
        });
      },
    );
    const outcome = district.isPaused && changesIn(written) === 0 ? 'paused' : 'done';
    return this.#report(outcome, { unchanged: Math.max(fold.size - changesIn(written), 0), odd: fold.odd });
  }

  /** The events after a position, folded; `undefined` when a full run is faster, or some are no longer kept. */
  async #foldSince(after: string, records = this.#lease.state.records): Promise<Fold | undefined> {
    if (this.#reader.isTooOld(after)) {
      return undefined;
    }
    try {
      return await readFold(this.#context, this.#reader, { after, records });
    } catch (error) {
      if (hasCode(error, 'cursor_expired')) {
        return undefined;
      }
      throw error;
    }
  }

  async #full(district: Connected, reason: string): Promise<SyncReport> {
    const full = await this.#beginFull(district, reason);
    return this.#readFull(district, full, 1, full.startCursor);
  }

  async #resume(district: Connected, stored: StoredRun): Promise<SyncReport> {
    if (stored.state === 'reading' && this.#reader.isTooOld(stored.foldCursor ?? '')) {
      await this.#drop([stored]);
      return this.#full(district, stored.reason);
    }
    this.#take(stored);
    const full = this.#storedFullRun(district, stored, stored.reason === 'first run');
    return stored.state === 'applying'
      ? this.#apply({ ...district, lastSync: full.startLastSync }, full, stored.foldCursor ?? full.startCursor)
      : this.#readFull(district, full, stored.readings, stored.foldCursor ?? full.startCursor);
  }

  async #readFull(district: Connected, full: FullRun, readings: number, foldCursor: string): Promise<SyncReport> {
    if (full.isFirst) {
      await readAll(full, readings, foldCursor);
      return this.#finishFirst(district, full);
    }
    const { plan, reading } = await this.#readAndPlan(full, readings, foldCursor);
    const now = { ...district, record: reading.district, lastSync: reading.lastSync };
    return (await this.#isReleased(plan))
      ? this.#apply(now, full, reading.foldCursor)
      : this.#hold(now, plan, reading.foldCursor);
  }

  /** Whether a plan may be applied: the guard lets it pass, or someone has approved this very one. */
  async #isReleased({ verdict }: StoredPlan): Promise<boolean> {
    return !verdict.isHeld || (await findRun(this.#context, this.#context.store.query, this.#run))?.isApproved === true;
  }

  async #readAndPlan(full: FullRun, readings: number, foldCursor = full.startCursor) {
    const reading = await readAll(full, readings, foldCursor);
    this.#slice.endIfOver();
    return { reading, plan: await planRun(full) };
  }

  /** Ends a first reading: from here on, the events since it began bring the mirror in step. */
  async #finishFirst(district: Connected, full: FullRun): Promise<SyncReport> {
    await this.#lease.write(async ({ query }) => {
      await countRun(this.#context, query, this.#run, NOTHING_WRITTEN, { requests: this.#newRequests() });
      await updateRun(this.#context, query, this.#run, { state: 'done' });
      await forgetProgress(this.#context, query, this.#run);
      await updateDistrict(this.#context, query, {
        ...this.#known(district),
        cursor: full.startCursor,
        quietMoves: 0,
        isFull: true,
        heldRun: null,
        lastSync: full.startLastSync,
      });
    });
    await this.#recount();
    const { odd = 0 } = (await findRun(this.#context, this.#context.store.query, this.#run)) ?? {};
    const after = await this.#reader.district();
    const fold = await this.#foldSince(full.startCursor, Number.MAX_SAFE_INTEGER);
    const record = after.record ?? district.record;
    const hasMoved = lastSyncOf(record) !== full.startLastSync;
    const isUnclear = fold === undefined || (fold.events === 0 && hasMoved);
    if (!isUnclear && fold.size === 0) {
      return this.#report('done', { odd });
    }
    const now: Connected = {
      ...district,
      record,
      lastSync: lastSyncOf(record),
    };
    if (isUnclear || (await judgeFold(this.#context, this.#lease.districtId, fold)).isHeld) {
      this.#emitEnded('done');
      return this.#full(now, 'the district changed during its first run');
    }
    await applyFold(
      this.#context,
      this.#lease,
      this.#mirror,
      { run: this.#run, fold: withDistrict(fold, now.record), slice: this.#slice },
      async ({ query }, sum) => {
        await countRun(this.#context, query, this.#run, sum, { odd: fold.odd });
        await updateDistrict(this.#context, query, {
          ...this.#known(now),
          cursor: fold.lastId,
          growth: growthOf(sum),
        });
      },
    );
    return this.#report('done', { odd: odd + fold.odd });
  }

  async #apply(district: Connected, full: FullRun, foldCursor: string): Promise<SyncReport> {
    await this.#lease.write(({ query }) => updateRun(this.#context, query, this.#run, { state: 'applying' }));
    await applyPlan(full);
    const stored = await findRun(this.#context, this.#context.store.query, this.#run);
    const unchanged = Object.values(stored?.plan?.kinds ?? {}).reduce((sum, kind) => sum + kind.unchanged, 0);
    const odd = Object.values(stored?.plan?.kinds ?? {}).reduce((sum, kind) => sum + kind.odd, 0);
    await this.#lease.write(async ({ query }) => {
      await countRun(this.#context, query, this.#run, NOTHING_WRITTEN, {
        unchanged,
        requests: this.#newRequests(),
      });
      await updateRun(this.#context, query, this.#run, { state: 'done' });
      await clearStaging(this.#context, query, this.#run);
      await forgetProgress(this.#context, query, this.#run);
      await updateDistrict(this.#context, query, {
        ...this.#known(district),
        cursor: foldCursor,
        quietMoves: 0,
        isFull: true,
        heldRun: null,
      });
    });
    await this.#recount();
    await prune(this.#context, this.#lease);
    const isQuiet = changesIn(this.#slice.written) === 0;
    return this.#report(district.isPaused && isQuiet ? 'paused' : 'done', { unchanged, odd });
  }

  async #hold(district: Connected, plan: StoredPlan, foldCursor: string): Promise<SyncReport> {
    const { districtId } = this.#lease;
    await this.#noteHeld(district, foldCursor);
    const shown = presentPlan(this.#context, districtId, this.#run, plan);
    this.#context.emit({ kind: 'held', districtId, run: this.#run, verdict: plan.verdict });
    const { onHeld } = this.#context.options;
    if (typeof onHeld === 'function') {
      await onHeld({ run: this.#run, districtId, plan: shown });
    }
    return this.#heldReport(shown);
  }

  /** Notes that the run is held, and when it is looked at again. */
  async #noteHeld(district: Connected, foldCursor: string): Promise<void> {
    await this.#lease.write(async ({ query }) => {
      await countRun(this.#context, query, this.#run, NOTHING_WRITTEN, { requests: this.#newRequests() });
      await updateRun(this.#context, query, this.#run, { state: 'held', foldCursor });
      await updateDistrict(this.#context, query, {
        districtId: this.#lease.districtId,
        name: this.#name,
        connection: district.isPaused ? 'paused' : 'connected',
        heldRun: this.#run,
      });
    });
  }

  /** Applies a plan that was approved, if it still is that plan. */
  async #approved(district: Connected, stored: StoredRun): Promise<SyncReport> {
    this.#take(stored);
    const full = this.#storedFullRun(district, stored);
    return (await this.#isReleased(await planRun(full)))
      ? this.#apply({ ...district, lastSync: full.startLastSync }, full, stored.foldCursor ?? full.startCursor)
      : this.#readAgain(district, stored);
  }

  /**
   * A held run without approval: the same while nothing has changed at Clever, otherwise read again. The limits may
   * have changed, and what went within the last day.
   */
  async #stillHeld(district: Connected, stored: StoredRun): Promise<SyncReport> {
    this.#take(stored);
    const after = stored.foldCursor ?? stored.startCursor ?? '';
    const isOld = this.#lease.state.nowMs - secondsOf(after) * 1_000 > CURSOR_AGE_MS;
    const fold = isOld ? undefined : await this.#foldSince(after);
    const full = this.#storedFullRun(district, stored);
    if (fold === undefined || fold.size > 0 || district.lastSync !== full.startLastSync) {
      return this.#readAgain(district, stored);
    }
    const plan = await planRun(full);
    if (await this.#isReleased(plan)) {
      return this.#apply(district, full, after);
    }
    await this.#noteHeld(district, after);
    return this.#heldReport(presentPlan(this.#context, this.#lease.districtId, stored.id, plan));
  }

  /** Reports a held run, or throws where the app wants that. */
  #heldReport(plan: SyncPlan): SyncReport {
    const report = { ...this.#report('held'), plan };
    if (this.#context.options.onHeld === 'throw') {
      throw new CleverSyncError('sync_held', { run: this.#run });
    }
    return report;
  }

  async #readAgain(district: Connected, stored: StoredRun): Promise<SyncReport> {
    const full = await this.#beginFull(district, stored.reason, stored);
    return this.#readFull(district, full, 1, full.startCursor);
  }

  async #disconnected(): Promise<SyncReport> {
    const { districtId, state } = this.#lease;
    await this.#lease.write(async ({ query }) => {
      if (this.#run === 0) {
        this.#reason = 'not connected';
        this.#run = await beginRun(this.#context, query, {
          districtId,
          mode: this.#mode,
          reason: this.#reason,
          apiVersion: state.apiVersion ?? '',
          accessHash: state.accessHash ?? '',
          startCursor: state.cursor,
          startLastSync: state.lastSync,
        });
        await updateRun(this.#context, query, this.#run, { state: 'disconnected' });
      }
      await updateDistrict(this.#context, query, { districtId, name: this.#name, connection: 'disconnected' });
    });
    return this.#report('disconnected');
  }

  /** Leaves the rest of the run to the next slice. */
  async #unfinished(): Promise<SyncReport> {
    const { written } = this.#slice;
    await this.#lease.write(async ({ query }) => {
      if (this.#run !== 0) {
        // A full run counts what it writes in each transaction. One by events is begun again from the same cursor.
        const isByEvents = this.#mode === 'events';
        const requests = this.#newRequests();
        await countRun(this.#context, query, this.#run, isByEvents ? written : NOTHING_WRITTEN, { requests });
        await updateRun(this.#context, query, this.#run, isByEvents ? { state: 'dropped' } : {});
      }
      await noteUnfinished(this.#context, query, this.#lease, {
        name: this.#name,
        growth: growthOf(written) - this.#knownGrowth,
        isConnected: this.#isConnected,
      });
    });
    return this.#report('unfinished');
  }

  async #begin(district: Connected, startCursor: string | null): Promise<void> {
    const { districtId } = this.#lease;
    this.#run = await this.#lease.write(({ query }) =>
      beginRun(this.#context, query, {
        districtId,
        mode: this.#mode,
        reason: this.#reason,
        apiVersion: district.apiVersion,
        accessHash: district.access,
        startCursor,
        startLastSync: district.lastSync,
      }),
    );
    this.#emitStarted();
  }

  /** Begins a full run: first the position in the feed of events, so that no change is missed. */
  async #beginFull(district: Connected, reason: string, again?: StoredRun): Promise<FullRun> {
    this.#mode = 'full';
    this.#reason = reason;
    const startCursor = (await this.#newestEvent()) ?? positionAt(this.#lease.state.nowMs);
    if (again === undefined) {
      const isFirst = reason !== 'plan' && !(await hasRecords(this.#context, this.#lease.districtId));
      // The reason also says how a later process goes on: a first run stores its pages as they come.
      this.#reason = isFirst ? 'first run' : reason === 'first run' ? 'first run, begun again' : reason;
      await this.#begin(district, startCursor);
      return this.#fullRun(district, { startCursor, isFirst });
    }
    this.#run = again.id;
    await this.#lease.write(async ({ query }) => {
      await clearStaging(this.#context, query, again.id);
      await forgetProgress(this.#context, query, again.id);
      await updateRun(this.#context, query, again.id, {
        state: 'reading',
        startCursor,
        startLastSync: district.lastSync,
        foldCursor: startCursor,
      });
    });
    return this.#fullRun(district, { startCursor, isFirst: false });
  }

  async #newestEvent(): Promise<string | undefined> {
    try {
      return await this.#reader.latestEventId();
    } catch (error) {
      if (hasCode(error, 'not_found')) {
        return undefined;
      }
      throw error;
    }
  }

  #storedFullRun(district: Connected, stored: StoredRun, isFirst = false): FullRun {
    const { startCursor, startLastSync } = stored;
    return this.#fullRun(district, { startCursor: startCursor ?? '', startLastSync: startLastSync ?? '', isFirst });
  }

  #fullRun(
    district: Connected,
    {
      startCursor,
      startLastSync = district.lastSync,
      isFirst,
    }: { readonly startCursor: string; readonly startLastSync?: string; readonly isFirst: boolean },
  ): FullRun {
    return {
      context: this.#context,
      lease: this.#lease,
      reader: this.#reader,
      mirror: this.#mirror,
      slice: this.#slice,
      run: this.#run,
      isFirst,
      startCursor,
      startLastSync,
      district: district.record,
    };
  }

  #take(stored: StoredRun): void {
    this.#run = stored.id;
    this.#mode = stored.mode;
    this.#reason = stored.reason;
    this.#emitStarted();
  }

  async #drop(runs: readonly StoredRun[]): Promise<void> {
    for (const { id } of runs) {
      await this.#lease.write(async ({ query }) => {
        await clearStaging(this.#context, query, id);
        await forgetProgress(this.#context, query, id);
        await updateRun(this.#context, query, id, { state: 'dropped' });
      });
    }
  }

  /**
   * Clever's ways to say that a district is not connected. The client knows them when it has the app's credentials,
   * where a 401 of its own means that those are wrong.
   */
  #isDisconnection(error: unknown): boolean {
    const hasTokensOnly = this.#context.options.districts !== undefined;
    return (
      hasCode(error, 'district_disconnected') ||
      (hasTokensOnly && (hasCode(error, 'authentication') || hasCode(error, 'not_found')))
    );
  }

  #known(district: Connected) {
    return {
      districtId: this.#lease.districtId,
      name: this.#name,
      connection: district.isPaused ? ('paused' as const) : ('connected' as const),
      apiVersion: district.apiVersion,
      accessHash: district.access,
      lastSync: district.lastSync,
    };
  }

  /** Counts the district's records, which a full run has changed. */
  async #recount(): Promise<void> {
    await recountRecords(this.#context, this.#lease);
    this.#knownGrowth = growthOf(this.#slice.written);
  }

  /** The requests that the run's row does not count yet. */
  #newRequests(): number {
    const requests = this.#reader.requests - this.#countedRequests;
    this.#countedRequests = this.#reader.requests;
    return requests;
  }

  #report(outcome: RunOutcome, { unchanged = 0, odd = 0 } = {}): SyncReport {
    const { districtId } = this.#lease;
    const run = this.#run;
    const mode = this.#mode;
    this.#emitEnded(outcome, unchanged);
    const numbers = { ...this.#slice.written, unchanged, requests: this.#reader.requests };
    return { run, districtId, mode, outcome, reason: this.#reason, ...numbers, odd, durationMs: this.durationMs };
  }

  #emitStarted(): void {
    const { districtId } = this.#lease;
    this.#context.emit({ kind: 'run_started', districtId, run: this.#run, mode: this.#mode, reason: this.#reason });
  }

  /** Reports the end of the run, with what no event has counted yet: one call may end two runs. */
  #emitEnded(outcome: RunOutcome | 'planned', unchanged = 0): void {
    const { written } = this.#slice;
    const { requests } = this.#reader;
    this.#context.emit({
      kind: 'run_ended',
      districtId: this.#lease.districtId,
      run: this.#run,
      mode: this.#mode,
      outcome,
      created: written.created - this.#emitted.created,
      updated: written.updated - this.#emitted.updated,
      archived: written.archived - this.#emitted.archived,
      restored: written.restored - this.#emitted.restored,
      unchanged,
      requests: requests - this.#emitted.requests,
      durationMs: this.durationMs - this.#emitted.durationMs,
    });
    this.#emitted = { ...written, requests, durationMs: this.durationMs };
  }
}

function changesIn({ created, updated, archived, restored }: Written): number {
  return created + updated + archived + restored;
}
