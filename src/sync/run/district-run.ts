import { hasCode } from '../../index.js';
import { secondsOf } from '../clever/position.js';
import type { SyncContext } from '../context.js';
import { NOTHING_WRITTEN } from '../mirror/mirror.js';
import { everyMsOf } from '../schedule.js';
import { isSameAccess, noteNamedFields, removeUnnamedFields } from './access.js';
import { runByEvents } from './by-events.js';
import type { Connected } from './connect.js';
import { CurrentRun } from './current-run.js';
import { noteUnfinished, updateDistrict } from './finish.js';
import { CURSOR_AGE_MS, planInFull, resumeFull, runApproved, runHeld, runInFull } from './in-full.js';
import type { Lease } from './lease.js';
import type { SyncPlan } from './planned.js';
import type { SyncReport } from './report.js';
import { openRuns, type StoredRun } from './run-row.js';
import type { Slice } from './slice.js';

/** A reading that is older is begun again: what it holds is too far from the present. */
const RESUME_WITHIN_MS = 24 * 60 * 60 * 1_000;

/** Runs a district under its lease: decides how to read it, and how the run ends when that is not possible. */
export class DistrictRun {
  readonly #context: SyncContext;
  readonly #lease: Lease;
  readonly #slice: Slice;
  readonly #run: CurrentRun;

  constructor(context: SyncContext, lease: Lease, slice: Slice) {
    this.#context = context;
    this.#lease = lease;
    this.#slice = slice;
    this.#run = new CurrentRun(context, lease, slice);
  }

  /** The number of the run; 0 before it has one. */
  get number(): number {
    return this.#run.number;
  }

  /** How long it has taken so far. */
  get durationMs(): number {
    return this.#run.durationMs;
  }

  /** Brings the mirror in step, as far as the slice allows. */
  async start({ full = false }: { readonly full?: boolean }): Promise<SyncReport> {
    try {
      this.#slice.endIfAborted();
      // A function of the app's that fails is found before everything is read.
      everyMsOf(this.#context.options.schedule, { districtId: this.#lease.districtId, name: this.#run.name });
      const open = await this.#openRuns();
      return await this.#choose(await this.#run.connect(), open, full);
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

  /** Says what {@link DistrictRun.start} would do. */
  async plan(): Promise<SyncPlan> {
    const district = await this.#run.connect();
    await noteNamedFields(this.#context, this.#lease, this.#lease.state.sensitiveFields);
    const open = await this.#openRuns();
    const held = open.find(({ state }) => state === 'held' || state === 'planned');
    await this.#run.drop(open.filter((run) => run !== held));
    return planInFull(this.#run, district, held);
  }

  #openRuns(): Promise<readonly StoredRun[]> {
    return openRuns(this.#context, this.#context.store.query, this.#lease.districtId);
  }

  async #choose(district: Connected, open: readonly StoredRun[], isAskedFor: boolean): Promise<SyncReport> {
    const run = this.#run;
    await noteNamedFields(this.#context, this.#lease, this.#lease.state.sensitiveFields);
    await removeUnnamedFields(this.#context, this.#lease, run);
    const isUsable = (stored: StoredRun | undefined): stored is StoredRun =>
      stored?.apiVersion === district.apiVersion && stored.accessHash === district.access && stored.mode === 'full';
    const approved = open.find(({ isApproved, state }) => isApproved && (state === 'held' || state === 'planned'));
    if (isUsable(approved)) {
      await run.drop(open.filter((other) => other !== approved));
      return runApproved(run, district, approved);
    }
    const held = open.find(({ state }) => state === 'held');
    if (isUsable(held)) {
      await run.drop(open.filter((other) => other !== held));
      return runHeld(run, district, held);
    }
    const [newest, ...others] = open;
    const isUnderWay = newest?.state === 'reading' || newest?.state === 'applying';
    if (isUnderWay && isUsable(newest) && newest.ageMs < RESUME_WITHIN_MS) {
      await run.drop(others);
      return resumeFull(run, district, newest);
    }
    await run.drop(open);
    const reason = isAskedFor ? 'asked for' : this.#reasonForFull(district);
    if (reason !== undefined) {
      return runInFull(run, district, reason);
    }
    const report = await runByEvents(run, district);
    return 'reasonForFull' in report ? runInFull(run, district, report.reasonForFull) : report;
  }

  /** Why the whole district must be read; `undefined` when its events tell all. */
  #reasonForFull({ access, isPaused }: Connected): string | undefined {
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
    return !isPaused && fullAgeMs > this.#context.options.fullEveryMs ? 'regular full run' : undefined;
  }

  async #disconnected(): Promise<SyncReport> {
    const run = this.#run;
    await this.#lease.write(async ({ query }) => {
      await run.endDisconnected(query);
      const { districtId, name } = run;
      await updateDistrict(this.#context, query, { districtId, name, connection: 'disconnected' });
    });
    return run.report('disconnected');
  }

  /** Leaves the rest of the run to the next slice. */
  async #unfinished(): Promise<SyncReport> {
    const run = this.#run;
    await this.#lease.write(async ({ query }) => {
      if (run.number > 0 && run.mode === 'events') {
        // Its changes are counted at its end, and the next run begins again from the same cursor.
        await run.count(query, this.#slice.written);
        await run.update(query, { state: 'dropped' });
      } else if (run.number > 0) {
        await run.count(query, NOTHING_WRITTEN);
      }
      await noteUnfinished(this.#context, query, this.#lease, run);
    });
    return run.report('unfinished');
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
}
