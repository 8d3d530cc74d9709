import type { DistrictReader } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import { Mirror, NOTHING_WRITTEN, type Written } from '../mirror/mirror.js';
import type { SendQuery } from '../store/store.js';
import { type Connected, connect, nameOf } from './connect.js';
import { type DistrictUpdate, growthOf, recountRecords } from './finish.js';
import type { Lease } from './lease.js';
import type { RunMode, RunOutcome, SyncReport } from './report.js';
import { beginRun, countRun, type NewRun, type RunChanges, type StoredRun, updateRun } from './run-row.js';
import type { Slice } from './slice.js';
import { clearStaging, forgetProgress } from './staging.js';

/** The run at hand: what it works with, what it is, and what its rows and its caller learn of it. */
export class CurrentRun {
  readonly context: SyncContext;
  readonly lease: Lease;
  readonly slice: Slice;
  readonly reader: DistrictReader;
  readonly mirror: Mirror;
  readonly #startedAt = performance.now();
  #number = 0;
  #mode: RunMode = 'events';
  #reason = 'not begun';
  #name: string | undefined;
  #isConnected = false;
  #knownGrowth = 0;
  #countedRequests = 0;
  /** What the ends of runs have reported so far. */
  #emitted = { ...NOTHING_WRITTEN, requests: 0, durationMs: 0 };

  constructor(context: SyncContext, lease: Lease, slice: Slice) {
    this.context = context;
    this.lease = lease;
    this.slice = slice;
    this.reader = context.source.open(lease.districtId, slice.signal);
    this.mirror = new Mirror(context);
    this.#name = lease.state.name;
  }

  get districtId(): string {
    return this.lease.districtId;
  }

  /** Its number; 0 before it has one. */
  get number(): number {
    return this.#number;
  }

  get mode(): RunMode {
    return this.#mode;
  }

  /** The name of the district, once it is known. */
  get name(): string | undefined {
    return this.#name;
  }

  /** Whether the district has answered. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** How long it has taken so far. */
  get durationMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  /** By how many records the mirror has grown, beyond what the district's row knows. */
  get newGrowth(): number {
    return growthOf(this.slice.written) - this.#knownGrowth;
  }

  /** Reads the district's own record. */
  async connect(): Promise<Connected> {
    const district = await connect(this.context, this.lease, { reader: this.reader, signal: this.slice.signal });
    this.#name = nameOf(district.record) ?? this.#name;
    this.#isConnected = true;
    return district;
  }

  /** Says how the district is read, and why. */
  becomes(mode: RunMode, reason: string): void {
    this.#mode = mode;
    this.#reason = reason;
  }

  /** Stores it as a new run. */
  async begin(district: Connected, startCursor: string | null): Promise<void> {
    const { apiVersion, access, lastSync } = district;
    this.#number = await this.lease.write(({ query }) =>
      this.#store(query, { apiVersion, accessHash: access, startCursor, startLastSync: lastSync }),
    );
    this.#emitStarted();
  }

  /** Stores it as a run that is done, in the transaction of all that it writes. */
  async beginDone(
    query: SendQuery,
    { apiVersion, access, lastSync }: Connected,
    startCursor: string | null,
  ): Promise<void> {
    this.#number = await this.#store(query, {
      ...{ apiVersion, accessHash: access, startCursor, startLastSync: lastSync },
      doneWith: { requests: this.#newRequests() },
    });
    this.#emitStarted();
  }

  /** Stores it as the run of a district that is not connected, unless it has a number already. */
  async endDisconnected(query: SendQuery): Promise<void> {
    if (this.#number === 0) {
      const { apiVersion, accessHash, cursor, lastSync } = this.lease.state;
      this.#reason = 'not connected';
      this.#number = await this.#store(query, {
        apiVersion: apiVersion ?? '',
        accessHash: accessHash ?? '',
        startCursor: cursor,
        startLastSync: lastSync,
      });
      await updateRun(this.context, query, this.#number, { state: 'disconnected' });
    }
  }

  /** Goes on with a stored run. */
  take({ id, mode, reason }: StoredRun): void {
    this.#number = id;
    this.#mode = mode;
    this.#reason = reason;
    this.#emitStarted();
  }

  /** Reads a stored run again from its beginning. */
  async takeAgain({ id }: StoredRun, { lastSync }: Connected, startCursor: string): Promise<void> {
    this.#number = id;
    await this.lease.write(async ({ query }) => {
      await clearStaging(this.context, query, id);
      await forgetProgress(this.context, query, id);
      await updateRun(this.context, query, id, {
        state: 'reading',
        startCursor,
        startLastSync: lastSync,
        foldCursor: startCursor,
      });
    });
  }

  /** Gives stored runs up. */
  async drop(runs: readonly StoredRun[]): Promise<void> {
    for (const { id } of runs) {
      await this.lease.write(async ({ query }) => {
        await clearStaging(this.context, query, id);
        await forgetProgress(this.context, query, id);
        await updateRun(this.context, query, id, { state: 'dropped' });
      });
    }
  }

  /** Adds to the numbers of its row, with the requests that the row does not count yet. */
  async count(query: SendQuery, written: Written, numbers: { unchanged?: number; odd?: number } = {}): Promise<void> {
    const requests = this.#newRequests();
    await countRun(this.context, query, this.#number, written, { ...numbers, requests });
  }

  /** Changes its row. */
  async update(query: SendQuery, changes: RunChanges): Promise<void> {
    await updateRun(this.context, query, this.#number, changes);
  }

  /** What the district's row learns from a run that has read the district. */
  updateOf(district: Connected): DistrictUpdate {
    return {
      districtId: this.districtId,
      name: this.#name,
      connection: district.isPaused ? 'paused' : 'connected',
      apiVersion: district.apiVersion,
      accessHash: district.access,
      lastSync: district.lastSync,
    };
  }

  /** Counts the district's records, which a full run has changed. */
  async recount(): Promise<void> {
    await recountRecords(this.context, this.lease);
    this.#knownGrowth = growthOf(this.slice.written);
  }

  /** Reports its end to `onEvent` and to the caller. */
  report(outcome: RunOutcome, { unchanged = 0, odd = 0 } = {}): SyncReport {
    const { durationMs } = this;
    this.emitEnded(outcome, { unchanged, durationMs });
    return {
      run: this.#number,
      districtId: this.districtId,
      mode: this.#mode,
      outcome,
      reason: this.#reason,
      ...this.slice.written,
      unchanged,
      odd,
      requests: this.reader.requests,
      durationMs,
    };
  }

  /** Reports its end to `onEvent`, with what no event has counted yet: one call may end two runs. */
  emitEnded(outcome: RunOutcome | 'planned', { unchanged = 0, durationMs = this.durationMs } = {}): void {
    const { written } = this.slice;
    const { requests } = this.reader;
    this.context.emit({
      kind: 'run_ended',
      districtId: this.districtId,
      run: this.#number,
      mode: this.#mode,
      outcome,
      created: written.created - this.#emitted.created,
      updated: written.updated - this.#emitted.updated,
      archived: written.archived - this.#emitted.archived,
      restored: written.restored - this.#emitted.restored,
      unchanged,
      requests: requests - this.#emitted.requests,
      durationMs: durationMs - this.#emitted.durationMs,
    });
    this.#emitted = { ...written, requests, durationMs };
  }

  /** The requests that its row does not count yet. */
  #newRequests(): number {
    const requests = this.reader.requests - this.#countedRequests;
    this.#countedRequests = this.reader.requests;
    return requests;
  }

  #emitStarted(): void {
    const { districtId } = this;
    this.context.emit({ kind: 'run_started', districtId, run: this.#number, mode: this.#mode, reason: this.#reason });
  }

  #store(query: SendQuery, start: Omit<NewRun, 'districtId' | 'mode' | 'reason'>): Promise<number> {
    const { districtId } = this;
    return beginRun(this.context, query, { ...start, districtId, mode: this.#mode, reason: this.#reason });
  }
}
