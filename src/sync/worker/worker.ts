import type { Duration } from '../duration.js';
import type { SyncEngine } from '../engine/engine.js';
import type { EveryOption, QuietHoursOption } from '../schedule.js';

/** How a worker works. */
export interface StartOptions {
  /** What spreads the districts over processes. Default: that of the sync, or else this process alone. */
  readonly engine?: SyncEngine;
  /** How many districts run at once in this process, 1 to 100. Default 4. */
  readonly concurrency?: number;
  /** When a district is due again. Default: the sync's `every`. */
  readonly every?: EveryOption;
  /** When no regular run begins. Default: the sync's `quietHours`. */
  readonly quietHours?: QuietHoursOption;
  /**
   * How long one district may keep its place before those that wait get theirs. Its run goes on where it was when its
   * turn comes again. Default `'1m'`.
   */
  readonly slice?: Duration;
  /** How often due districts are looked for, at most every 24 days. Default `'1m'`. */
  readonly lookEvery?: Duration;
  /** How often the app's list of tokens is read for new and vanished districts. Default `'15m'`. */
  readonly discoverEvery?: Duration;
}

/** How a worker is stopped. */
export interface StopOptions {
  /**
   * How long to wait for runs to reach their next safe place. Those that take longer are left: their leases end by
   * themselves, and nothing that they write later is taken once another process has the district. Default `'25s'`,
   * which ends before Kubernetes kills a process.
   */
  readonly deadline?: Duration;
}

/** How a worker has stopped. */
export interface StopReport {
  /** Whether every run has ended, and its lease was given back. */
  readonly isClean: boolean;
  /** The districts whose runs were left. */
  readonly left: readonly string[];
}

/** Whether a worker can do its work. */
export interface WorkerHealth {
  /** Whether the database answers and the worker has not stopped: what a health check returns. */
  readonly isHealthy: boolean;
  readonly state: 'working' | 'stopping' | 'stopped';
  /** The districts that run in this process. */
  readonly running: readonly string[];
  /** When any process has last looked for due districts, by the database's clock. */
  readonly lastLookAt: Date | undefined;
  /** How long the database took to answer; `undefined` when it did not. In milliseconds. */
  readonly databaseMs: number | undefined;
  /** The code of the error of the last look of this process, or else of its last run, if that one failed. */
  readonly lastErrorCode: string | undefined;
}

/** A worker that `sync.start()` has started. */
export interface SyncWorker {
  /** Says whether the worker can do its work. Never rejects; answers within 5 seconds. */
  health(): Promise<WorkerHealth>;
  /**
   * Begins no other run, has those under way stop at their next safe place, and gives their leases back. Their
   * districts stay due, and any worker goes on with them. Safe to call twice.
   */
  stop(options?: StopOptions): Promise<StopReport>;
}
