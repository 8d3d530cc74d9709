import { createStore, type Value } from './create-store.js';
import type { StoreConnectionOptions, SyncStore } from './store.js';

/** A finished statement in the shape of Drizzle's `sql` template. */
export interface DrizzleStatement {
  /** Itself. `never`, because its type would be that of Drizzle's class, and no class of another library fits it. */
  getSQL(): never;
}

/** What a store needs to send a statement. Drizzle's transaction has it. */
export interface DrizzleTransaction {
  /** Sends one statement. */
  execute(statement: DrizzleStatement): PromiseLike<unknown>;
}

/** What a store needs of Drizzle: a `NodePgDatabase`, a `PostgresJsDatabase` or a `PgliteDatabase`. */
export interface DrizzleDatabase<Tx extends DrizzleTransaction> extends DrizzleTransaction {
  /** Opens a transaction, and commits it when the work is done. */
  transaction(work: (tx: Tx) => Promise<void>): Promise<unknown>;
}

/**
 * Keeps a sync's tables in the database of Drizzle: on `pg` (with a pool), postgres.js or PGlite.
 *
 * @param options - `hasOneConnection: true` for PGlite.
 * @returns a store whose hook is given Drizzle's transaction with the types of your schema.
 *
 * @example
 * ```ts
 * import { type DrizzleDatabase, type DrizzleTransaction, fromDrizzle } from 'clever-sdk/sync';
 *
 * declare const db: DrizzleDatabase<DrizzleTransaction>; // drizzle(pool)
 * const store = fromDrizzle(db);
 * ```
 */
export function fromDrizzle<Tx extends DrizzleTransaction>(
  db: DrizzleDatabase<Tx>,
  { hasOneConnection = false }: StoreConnectionOptions = {},
): SyncStore<Tx> {
  return createStore<DrizzleTransaction, Tx>({
    name: 'Drizzle',
    hasOneConnection,
    database: db,
    send: async (handle, text, values) => rowsOf(await handle.execute(statementOf(text, values))),
    begin: (scope) => db.transaction(scope),
  });
}

/** Drizzle asks its template for the finished statement: this one has been finished from the start. */
function statementOf(sql: string, params: readonly Value[]): DrizzleStatement {
  const statement = { getSQL: () => statement as never, toQuery: () => ({ sql, params, typings: [] }) };
  return statement;
}

/** Drizzle hands back what its driver answers: an array from postgres.js, an object with rows from the others. */
function rowsOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : (answer as { readonly rows: readonly unknown[] }).rows;
}
