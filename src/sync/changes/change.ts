import type { SensitiveField } from '../../index.js';
import type { SyncKind, SyncRecords } from '../kinds.js';

/** What happened to a record of the mirror. */
export type SyncOperation =
  | 'created'
  | 'updated'
  /** It is no longer shared, or gone. Its row stays, with `deleted_at`. */
  | 'archived'
  /** It was archived and is back, under the same id. */
  | 'restored';

/** A change of one kind. */
export interface SyncChangeOf<Kind extends SyncKind, Sensitive extends SensitiveField = never> {
  /** Its number. Within a district, a later change has a higher one. */
  readonly seq: number;
  readonly districtId: string;
  /** The collection of the record, such as `users`. */
  readonly kind: Kind;
  /** Clever's id of the record. */
  readonly id: string;
  readonly op: SyncOperation;
  /**
   * The record after the change; of an archived one, its last state. From `sync.changes()` without
   * `history: 'values'`, it is the record as it is now.
   */
  readonly record: SyncRecords<Sensitive>[Kind];
  /** The record before the change, where it is known: in the hook, and with `history: 'values'`. */
  readonly previous?: SyncRecords<Sensitive>[Kind];
  /** The members that an update changed, as paths: `roles.student.grade`. Empty for other operations. */
  readonly fields: readonly string[];
  /** The number of the run that stored it. */
  readonly run: number;
}

/**
 * A change of the mirror; `kind` says which record it has.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export type SyncChange<Sensitive extends SensitiveField = never> = {
  [Kind in SyncKind]: SyncChangeOf<Kind, Sensitive>;
}[SyncKind];
