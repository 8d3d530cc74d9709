import type { SyncPlan } from './planned.js';

/** How a run reads: what changed, or everything. */
export type RunMode = 'events' | 'full';

/** How a run ended. */
export type RunOutcome =
  | 'done'
  /**
   * It was ended by its `signal` or its `budgetMs`. What it had stored so far is kept, the district is due at once, and
   * its next run goes on from there.
   */
  | 'unfinished'
  /** The guard holds the plan; the mirror is as it was. */
  | 'held'
  /** The district has paused its data at Clever, and nothing changed. */
  | 'paused'
  /** The district is not connected to the app. Its records stay. */
  | 'disconnected';

/** How many records a run has changed, and found unchanged. */
export interface RunCounts {
  readonly created: number;
  readonly updated: number;
  readonly archived: number;
  readonly restored: number;
  /** Records that were read and equal to their rows. */
  readonly unchanged: number;
  /** Records without their documented shape. */
  readonly odd: number;
}

/** What a run did. */
export interface SyncReport extends RunCounts {
  /** The number of the run; 0 for an unfinished one that ended before it had one. */
  readonly run: number;
  readonly districtId: string;
  readonly mode: RunMode;
  readonly outcome: RunOutcome;
  /** Why it was a run of this mode, in a few words. */
  readonly reason: string;
  /** How many answers of Clever were used; a search for the newest event and the fetch of a token count as one. */
  readonly requests: number;
  readonly durationMs: number;
  /** The plan of a held run. */
  readonly plan?: SyncPlan;
}

/** How a district is to be run. */
export interface RunOptions {
  /** Whether to read the whole district, whatever events tell. Default `false`. */
  readonly full?: boolean;
  /**
   * Ends the run early, at its next safe place: requests to Clever are aborted, with their waits, and what is being
   * written is finished first. The outcome is then `unfinished`.
   */
  readonly signal?: AbortSignal;
  /**
   * How long a full run may take before it ends with the outcome `unfinished`, in milliseconds, 1 to 86400000. It is
   * looked at whenever something new was stored, so that any budget brings the district further each time. A run by
   * events is not cut, because it takes the events up to the end. Default: no limit.
   */
  readonly budgetMs?: number;
}
