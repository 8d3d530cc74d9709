import { isCleverError } from '../errors/base.js';
import { CleverSyncError } from '../errors/sync.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
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
  const state = stateOf(error) ?? 'unknown';
  return new CleverSyncError('sync_database', { values: { state }, isRetryable: true, cause: harmlessCause(error) });
}

/** The SQLSTATE of a library's error, wherever the library keeps it. */
function stateOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 3) {
    return undefined;
  }
  const { code, cause, meta } = error as { code?: unknown; cause?: unknown; meta?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/u.test(code)
    ? code
    : (stateOf(cause, depth + 1) ?? stateOf(meta, depth + 1));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
