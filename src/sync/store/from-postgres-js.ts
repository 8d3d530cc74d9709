import { CleverConfigError } from '../../errors/config.js';
import { createStore, type Value } from './create-store.js';
import type { SyncStore } from './store.js';

/** What a store needs of a transaction of postgres.js. A `TransactionSql` has it. */
export interface PostgresJsTransaction {
  unsafe(text: string, values: Value[]): PromiseLike<readonly unknown[]>;
}

type NameTransform = ((name: string) => string) | undefined;

interface ColumnTransform {
  readonly from?: NameTransform;
  readonly to?: NameTransform;
}

/** What a store needs of postgres.js. An `Sql` has it. */
export interface PostgresJs<Tx extends PostgresJsTransaction> extends PostgresJsTransaction {
  readonly options: {
    readonly max: number;
    readonly transform: { readonly column: ColumnTransform };
  };
  begin: {
    (work: (tx: Tx) => Promise<void>): Promise<unknown>;
    (options: string, work: (tx: Tx) => Promise<void>): Promise<unknown>;
  };
}

/**
 * Keeps a sync's tables in the database of postgres.js.
 *
 * Each transaction takes one connection. The store prepares no statement, so it works through PgBouncer; the
 * statements of your own hook need `postgres(url, { prepare: false })` there. A `transform` of column names
 * (`postgres.camel`) is undone for the sync, and works in your hook.
 *
 * @returns a store whose hook is given the `TransactionSql`.
 * @throws {@link CleverConfigError} for a `transform` that cannot be undone.
 *
 * @example
 * ```ts
 * import { fromPostgresJs, type PostgresJs, type PostgresJsTransaction } from 'clever-sdk/sync';
 *
 * declare const sql: PostgresJs<PostgresJsTransaction>; // postgres(process.env.DATABASE_URL)
 * const store = fromPostgresJs(sql);
 * ```
 */
export function fromPostgresJs<Tx extends PostgresJsTransaction>(sql: PostgresJs<Tx>): SyncStore<Tx> {
  const { max, transform } = sql.options;
  const nameOf = originalName(transform.column);
  return createStore<PostgresJsTransaction, Tx>({
    name: 'postgres.js',
    hasOneConnection: max === 1,
    database: sql,
    send: async (handle, text, values) => {
      const rows = await handle.unsafe(text, values);
      return nameOf ? rows.map((row) => renamed(row as object, nameOf)) : rows;
    },
    begin: (scope) => sql.begin(scope),
  });
}

/** How a column's own name is found again, where the app has column names transformed. */
function originalName({ from, to }: ColumnTransform): ((name: string) => string) | undefined {
  if (from && !to) {
    throw new CleverConfigError(
      'fromPostgresJs(sql): its `transform.column` has a `from` without a `to`, so the sync cannot find its own columns. ' +
        'Use one with both, such as postgres.camel, or pass another handle.',
    );
  }
  return from ? to : undefined;
}

function renamed(row: object, nameOf: (name: string) => string): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [nameOf(name), value]));
}
