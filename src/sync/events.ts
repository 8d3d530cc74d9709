import type { SyncKind } from './kinds.js';
import type { GuardVerdict } from './run/guard-limits.js';
import type { RunMode, RunOutcome } from './run/report.js';

/** What every event of a district has. */
interface OfDistrict {
  readonly districtId: string;
}

/** What every event of a run has. */
interface OfRun extends OfDistrict {
  /** Its number; 0 when it ended before it had one. */
  readonly run: number;
}

/** What happens in a run. */
export type RunEvent =
  /** A run begins, or a run that was left goes on. Each is followed by one `run_ended` or `run_failed`. */
  | (OfRun & { readonly kind: 'run_started'; readonly mode: RunMode; readonly reason: string })
  /** A page was read and stored. `read`: of the kind so far, in this run. */
  | (OfRun & { readonly kind: 'page'; readonly of: SyncKind | 'events'; readonly read: number })
  /** Records without their documented shape were kept beside the last good ones. */
  | (OfRun & { readonly kind: 'odd'; readonly of: SyncKind; readonly records: number })
  | (OfRun & { readonly kind: 'held'; readonly verdict: GuardVerdict })
  /** A chunk of changes was committed. */
  | (OfRun & { readonly kind: 'applied'; readonly of: SyncKind; readonly changes: number })
  /** A run ended. The numbers are of this part of it, as in its report. `planned`: it was made by `sync.plan()`. */
  | (OfRun & {
      readonly kind: 'run_ended';
      readonly mode: RunMode;
      readonly outcome: RunOutcome | 'planned';
      readonly created: number;
      readonly updated: number;
      readonly archived: number;
      readonly restored: number;
      readonly unchanged: number;
      readonly requests: number;
      readonly durationMs: number;
    })
  | (OfRun & { readonly kind: 'run_failed'; readonly code: string; readonly durationMs: number })
  /** Another process has taken the district over while this one was silent: the run ends and writes nothing more. */
  | (OfRun & { readonly kind: 'lease_lost' });

/** What becomes of a district, by the app's list of tokens. */
export type DistrictEvent =
  /** The list has a district that the tables have not. */
  | (OfDistrict & { readonly kind: 'district_found' })
  /** The list has lacked a district twice in a row. Its records stay. */
  | (OfDistrict & { readonly kind: 'district_vanished' })
  /** A district that had vanished is on the list again. */
  | (OfDistrict & { readonly kind: 'district_returned' });

/** What the workers of a sync do. */
export type WorkerEvent =
  /** Due districts were looked for. `due`: how many there were, which the engine was given. */
  | { readonly kind: 'looked'; readonly due: number }
  /** Due districts, or the app's list of tokens, could not be read. `code`: of the error. The next look tries again. */
  | { readonly kind: 'look_failed'; readonly code: string }
  | { readonly kind: 'worker_started'; readonly engine: string; readonly concurrency: number }
  /** `isClean`: whether every run of the process has ended and given its lease back. */
  | { readonly kind: 'worker_stopped'; readonly engine: string; readonly isClean: boolean };

/**
 * What a sync reports to `onEvent`, as it happens: numbers and names of kinds, never a record's value or a person's
 * id. `kind` says which it is, and so what it has.
 */
export type SyncEvent = RunEvent | DistrictEvent | WorkerEvent;
