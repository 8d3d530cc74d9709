import { createStore, type Value } from './create-store.js';
import type { StoreConnectionOptions, SyncStore } from './store.js';

/** A statement as Kysely passes it on to a database. */
export interface KyselyStatement {
  readonly sql: string;
  readonly parameters: readonly Value[];
  readonly query: { readonly kind: 'RawNode'; readonly sqlFragments: readonly string[]; readonly parameters: [] };
  readonly queryId: { readonly queryId: string };
}

/** What a store needs to send a statement. Kysely's `Transaction` has it. */
export interface KyselyTransaction {
  /** A handle whose answers no plugin changes, such as one for names in camel case. */
  withoutPlugins(): {
    /** Sends one statement. */
    executeQuery(statement: KyselyStatement): Promise<{ readonly rows: readonly unknown[] }>;
  };
}

/** What a store needs of Kysely on PostgreSQL. A `Kysely<Database>` has it. */
export interface KyselyDatabase<Tx extends KyselyTransaction> extends KyselyTransaction {
  /** Prepares a transaction. */
  transaction(): {
    /** Opens it, and commits it when the work is done. */
    execute(work: (tx: Tx) => Promise<void>): Promise<unknown>;
  };
}

/**
 * Keeps a sync's tables in the database of Kysely, with a dialect for PostgreSQL.
 *
 * @returns a store whose hook is given Kysely's `Transaction` with the types of your database.
 *
 * @example
 * ```ts
 * import { fromKysely, type KyselyDatabase, type KyselyTransaction } from 'clever-sdk/sync';
 *
 * declare const db: KyselyDatabase<KyselyTransaction>; // new Kysely<Database>({ dialect })
 * const store = fromKysely(db);
 * ```
 */
export function fromKysely<Tx extends KyselyTransaction>(
  db: KyselyDatabase<Tx>,
  { hasOneConnection = false }: StoreConnectionOptions = {},
): SyncStore<Tx> {
  return createStore<KyselyTransaction, Tx>({
    name: 'Kysely',
    hasOneConnection,
    database: db,
    send: async (handle, text, values) => (await handle.withoutPlugins().executeQuery(statementOf(text, values))).rows,
    begin: (scope) => db.transaction().execute(scope),
  });
}

function statementOf(sql: string, parameters: readonly Value[]): KyselyStatement {
  return {
    sql,
    parameters,
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: 'clever-sdk' },
  };
}
