import { isCleverError } from '../errors/base.js';
import { CleverSyncError } from '../errors/sync.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
import { sqlStateOf } from './store/sql-state.js';
import type { SendQuery, StoreTransaction, SyncStore } from './store/store.js';

/**
 * The same store with typed errors. What a library throws may contain a statement's parameters, and PostgreSQL's own
 * messages the values of a row, so only the SQLSTATE is kept.
 */
export function withTypedErrors<Tx>(store: SyncStore<Tx>): SyncStore<Tx> {
  const guarded =
    (query: SendQuery): SendQuery =>
    async (text, values) => {
      try {
        return await query(text, values);
      } catch (error) {
        throw databaseError(error);
      }
    };
  return {
    library: store.library,
    hasOneConnection: store.hasOneConnection,
    query: guarded(store.query),
    async transaction<Result>(work: (transaction: StoreTransaction<Tx>) => Promise<Result>): Promise<Result> {
      try {
        return await store.transaction(({ query, tx }) => work({ query: guarded(query), tx }));
      } catch (error) {
        throw isCleverError(error) || isAbort(error) ? error : databaseError(error);
      }
    },
  };
}

function databaseError(error: unknown): CleverSyncError {
  const sqlState = sqlStateOf(error);
  const cause = harmlessCause(error);
  const { code } = cause as { readonly code?: string };
  const state = sqlState === undefined ? (code ?? 'no SQLSTATE') : `SQLSTATE ${sqlState}`;
  return new CleverSyncError('sync_database', { values: { state }, sqlState, isRetryable: true, cause });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
