import type { SyncOperation } from '../changes/change.js';
import type { SyncKind } from '../kinds.js';
import type { GuardVerdict } from './guard-limits.js';

/** What a plan would do to one kind. */
export interface KindCounts {
  /** How many records of the kind are in the mirror and not archived. */
  readonly before: number;
  readonly created: number;
  readonly updated: number;
  readonly archived: number;
  readonly restored: number;
  readonly unchanged: number;
  /** Records without their documented shape; those in the mirror stay as they are. */
  readonly odd: number;
}

/** What a full run would do: what `sync.plan()` returns, and what `onHeld` is given. */
export interface SyncPlan {
  /** The number of the run, for `sync.approve()`. */
  readonly run: number;
  readonly districtId: string;
  readonly kinds: Readonly<Partial<Record<SyncKind, KindCounts>>>;
  readonly verdict: GuardVerdict;
  /** One line for a person: `users: 4,000 of 9,812 would be archived …`. Without a name or an id. */
  readonly summary: string;
  /** What the approval is for: another plan has another one. */
  readonly hash: string;
  /** The ids of the records of one kind that an operation is planned for, ascending. */
  ids(kind: SyncKind, operation: SyncOperation): AsyncIterable<string>;
}

/** A plan as it is stored with its run. */
export type StoredPlan = Pick<SyncPlan, 'kinds' | 'verdict' | 'hash'>;
