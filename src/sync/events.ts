import type { SyncKind } from './kinds.js';
import type { GuardVerdict } from './run/guard-limits.js';

/** What every event of a sync has. */
interface SyncEventBase {
  readonly districtId: string;
  readonly run: number;
}

/**
 * What a sync reports to `onEvent`, as it happens: numbers and names of kinds, never a record's value or a person's
 * id.
 */
export type SyncEvent =
  | (SyncEventBase & { readonly kind: 'run_started'; readonly mode: 'events' | 'full'; readonly reason: string })
  /** A page was read and stored. `read`: of the kind so far, in this run. */
  | (SyncEventBase & { readonly kind: 'page'; readonly of: SyncKind | 'events'; readonly read: number })
  /** Records without their documented shape were kept beside the last good ones. */
  | (SyncEventBase & { readonly kind: 'odd'; readonly of: SyncKind; readonly records: number })
  | (SyncEventBase & { readonly kind: 'held'; readonly verdict: GuardVerdict })
  /** A chunk of changes was committed. */
  | (SyncEventBase & { readonly kind: 'applied'; readonly of: SyncKind; readonly changes: number })
  | (SyncEventBase & { readonly kind: 'run_ended'; readonly outcome: string; readonly durationMs: number })
  | (SyncEventBase & { readonly kind: 'run_failed'; readonly code: string });
