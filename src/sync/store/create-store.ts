import type { Row, SendQuery, StoreTransaction, SyncStore } from './store.js';

/** A parameter of a statement. */
export type Value = string | null;

/**
 * How a library is used.
 *
 * @typeParam Handle - What sends statements: the database and its transactions alike.
 */
interface Library<Handle, Tx extends Handle> {
  readonly name: string;
  readonly hasOneConnection: boolean;
  readonly database: Handle;
  /** Sends one statement, and answers its rows. */
  send(handle: Handle, text: string, values: Value[]): Promise<readonly unknown[]>;
  /** Opens a transaction, which ends when the promise of `scope` settles: it commits, or rolls back and rejects. */
  begin(scope: (tx: Tx) => Promise<void>): Promise<unknown>;
}

/** Makes a store of a library. */
export function createStore<Handle, Tx extends Handle>(library: Library<Handle, Tx>): SyncStore<Tx> {
  const queryOf =
    (handle: Handle): SendQuery =>
    async (text, values = []) =>
      (await library.send(handle, text, [...values])) as readonly Row[];
  return {
    library: library.name,
    hasOneConnection: library.hasOneConnection,
    query: queryOf(library.database),
    transaction: (work) => inTransaction(library, queryOf, work),
  };
}

/** What the work in a transaction came to. */
type Outcome<Result> = { readonly result: Result } | { readonly cause: unknown };

/**
 * Runs work in a transaction of a library. When the work fails, its own error is thrown, whatever the library says of
 * the rollback.
 */
async function inTransaction<Handle, Tx extends Handle, Result>(
  library: Library<Handle, Tx>,
  queryOf: (handle: Handle) => SendQuery,
  work: (transaction: StoreTransaction<Tx>) => Promise<Result>,
): Promise<Result> {
  const outcomes: Outcome<Result>[] = [];
  try {
    await library.begin(async (tx) => {
      const query = queryOf(tx);
      try {
        outcomes.push({ result: await work({ query, tx }) });
      } catch (cause) {
        outcomes.push({ cause });
        throw cause;
      }
      // Where a statement has failed and the work went on, PostgreSQL would answer a commit by a rollback without an
      // error. Any other statement fails, and so the caller learns of it.
      await query('select true as ok');
    });
  } catch (error) {
    const [outcome] = outcomes;
    throw outcome !== undefined && 'cause' in outcome ? outcome.cause : error;
  }
  return (outcomes[0] as { readonly result: Result }).result;
}
