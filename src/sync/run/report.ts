import type { SyncPlan } from './planned.js';
import type { RunMode } from './run-row.js';

/** How a run ended. */
export type RunOutcome =
  | 'done'
  /** The guard holds the plan; the mirror is as it was. */
  | 'held'
  /** The district has paused its data at Clever, and nothing changed. */
  | 'paused'
  /** The district is not connected to the app. Its records stay. */
  | 'disconnected';

/** What a run did. */
export interface SyncReport {
  /** The number of the run. */
  readonly run: number;
  readonly districtId: string;
  readonly mode: RunMode;
  readonly outcome: RunOutcome;
  /** Why it was a run of this mode, in a few words. */
  readonly reason: string;
  readonly created: number;
  readonly updated: number;
  readonly archived: number;
  readonly restored: number;
  /** Records that were read and equal to their rows. */
  readonly unchanged: number;
  /** Records without their documented shape. */
  readonly odd: number;
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
}
