import { CleverError, type CleverErrorInit } from './base.js';
import type { MessageValues } from './catalogue/entry.js';
import { SYNC } from './catalogue/sync.js';
import type { SyncErrorCode } from './codes.js';
import { messageOf } from './message.js';

/** @internal What a {@link CleverSyncError} is made from, beside its code. */
export interface SyncFailure extends CleverErrorInit {
  /** Numbers and names that the message has: never a value of a record. */
  readonly values?: MessageValues;
  /** What the hook threw. */
  readonly hookError?: unknown;
  /** PostgreSQL's code for what it refused. */
  readonly sqlState?: string | undefined;
  /** The run that failed. */
  readonly run?: number | undefined;
}

/**
 * A run of a sync ended before its time. `code` says why, and the message what to do.
 *
 * Whatever was not committed is repeated by the next run. The message has no value of a record, no id of a person
 * and nothing of a statement's parameters.
 */
export class CleverSyncError extends CleverError<SyncErrorCode> {
  override get name(): string {
    return 'CleverSyncError';
  }

  /** The number of the run; `undefined` when none had begun. */
  readonly run: number | undefined;
  /** PostgreSQL's code for what it refused, such as `53100` for a full disk; for `sync_database`. */
  readonly sqlState: string | undefined;
  readonly #hookError: unknown;

  /** @internal Only the sync makes one. */
  constructor(code: SyncErrorCode, { values, hookError, run, sqlState, ...init }: SyncFailure = {}) {
    super(code, messageOf(SYNC[code], values), init);
    this.run = run;
    this.sqlState = sqlState;
    this.#hookError = hookError;
  }

  /** What the hook threw, for `sync_hook`. Not enumerable, because it may contain a record's values. */
  get hookError(): unknown {
    return this.#hookError;
  }
}
