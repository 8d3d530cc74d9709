import { createStore, type Value } from './create-store.js';
import type { SyncStore } from './store.js';

/** What a store needs of a transaction of PGlite. Its `Transaction` has it. */
export interface PgliteTransaction {
  /** Sends one statement. */
  query(text: string, values: Value[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** What a store needs of PGlite. A `PGlite` has it, and so has what `openPglite` returns. */
export interface Pglite<Tx extends PgliteTransaction> extends PgliteTransaction {
  /** Opens a transaction, and commits it when the work is done. */
  transaction(work: (tx: Tx) => Promise<void>): Promise<unknown>;
}

/**
 * Keeps a sync's tables in PGlite, a PostgreSQL inside this process: for development, tests and apps of one process.
 *
 * PGlite has one connection. A hook must use the `tx` that it is given: a statement through the outer handle would wait
 * for the transaction to end, which waits for the hook.
 *
 * @param db - From `openPglite('./roster')`, which guards the folder, or `new PGlite()` in memory.
 * @returns a store whose hook is given PGlite's `Transaction`.
 *
 * @example
 * ```ts
 * import { fromPglite, openPglite } from 'clever-sdk/sync';
 *
 * const store = fromPglite(await openPglite('./roster'));
 * ```
 */
export function fromPglite<Tx extends PgliteTransaction>(db: Pglite<Tx>): SyncStore<Tx> {
  return createStore<PgliteTransaction, Tx>({
    name: 'PGlite',
    hasOneConnection: true,
    database: db,
    send: async (handle, text, values) => (await handle.query(text, values)).rows,
    begin: (scope) => db.transaction(scope),
  });
}
