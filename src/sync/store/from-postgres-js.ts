import { CleverConfigError } from '../../errors/config.js';
import { createStore, type Value } from './create-store.js';
import type { SyncStore } from './store.js';

/** What a store needs of a transaction of postgres.js. A `TransactionSql` has it. */
export interface PostgresJsTransaction {
  /** Sends one statement that is given as text. */
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
  /** Opens a transaction, and commits it when the work is done. */
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
 * Pass `fetch_types: false`, unless your hook needs arrays: postgres.js asks for types when it connects, and a server
 * that restarts at that moment ends the process by an unhandled rejection (observed with 3.4.9).
 *
 * @returns a store whose hook is given the `TransactionSql`.
 * @throws `CleverConfigError` for a `transform` that cannot be undone.
 *
 * @example
 * ```ts
 * import { fromPostgresJs, type PostgresJs, type PostgresJsTransaction } from 'clever-sdk/sync';
 *
 * declare const sql: PostgresJs<PostgresJsTransaction>; // postgres(process.env.DATABASE_URL, { fetch_types: false })
 * const store = fromPostgresJs(sql);
 * ```
 */
export function fromPostgresJs<Tx extends PostgresJsTransaction>(sql: PostgresJs<Tx>): SyncStore<Tx> {
  const { max, transform } = sql.options;
  const nameOf = originalName(transform.column);
  const lost: LostTransactions = new WeakMap();
  return createStore<PostgresJsTransaction, Tx>({
    name: 'postgres.js',
    hasOneConnection: max === 1,
    database: sql,
    send: async (handle, text, values) => {
      const rows = await (handle === sql ? sql.unsafe(text, values) : sendUnlessLost(handle, text, values, lost));
      return nameOf ? rows.map((row) => renamed(row as object, nameOf)) : rows;
    },
    begin: (scope) => beginUnlessLost(sql, scope, lost),
  });
}

/** The transactions that have lost their connection, and how. */
type LostTransactions = WeakMap<PostgresJsTransaction, unknown>;

async function sendUnlessLost(
  tx: PostgresJsTransaction,
  text: string,
  values: Value[],
  lost: LostTransactions,
): Promise<readonly unknown[]> {
  if (lost.has(tx)) {
    throw lost.get(tx);
  }
  try {
    return await tx.unsafe(text, values);
  } catch (error) {
    if (isLoss(error)) {
      lost.set(tx, error);
    }
    throw error;
  }
}

/**
 * Opens a transaction that sends nothing once its connection is lost. postgres.js would write to the closed connection,
 * which ends the process, or to the one that replaces it (porsager/postgres#1208 and #1216). Its own `rollback` would
 * do so as well, so the work's failure is kept from it: the closed connection makes it reject.
 */
async function beginUnlessLost<Tx extends PostgresJsTransaction>(
  sql: PostgresJs<Tx>,
  scope: (tx: Tx) => Promise<void>,
  lost: LostTransactions,
): Promise<void> {
  let opened: Tx | undefined;
  try {
    await sql.begin(async (tx) => {
      opened = tx;
      try {
        await scope(tx);
      } catch (error) {
        await (lost.has(tx) || isLoss(error) ? new Promise<never>(() => undefined) : Promise.reject(error));
      }
    });
  } catch (error) {
    if (opened !== undefined) {
      lost.set(opened, error);
    }
    throw error;
  }
}

/** Whether an error says that the connection is closed, or that the server is about to close it. */
function isLoss(error: unknown): boolean {
  const { code, severity, syscall } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return (
    String(code).startsWith('CONNECTION_') || severity === 'FATAL' || severity === 'PANIC' || syscall !== undefined
  );
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
