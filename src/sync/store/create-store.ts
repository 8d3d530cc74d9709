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
  let outcome: Promise<Outcome<Result>> | undefined;
  const failure = await library
    .begin(async (tx) => {
      const query = queryOf(tx);
      outcome = outcomeOf(work({ query, tx }));
      const ended = await outcome;
      if ('cause' in ended) {
        throw ended.cause;
      }
      // Where a statement has failed and the work went on, PostgreSQL answers a commit by a rollback, without an error.
      // Any other statement fails there, and so the caller learns of it.
      await query('select true as ok');
    })
    .then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  // Libraries reject as soon as a connection is lost. The work is waited for, so that it never goes on after its end.
  const ended = await outcome;
  if (ended !== undefined && 'cause' in ended) {
    throw ended.cause;
  }
  if (failure !== undefined) {
    throw failure.error;
  }
  return (ended as { readonly result: Result }).result;
}

function outcomeOf<Result>(work: Promise<Result>): Promise<Outcome<Result>> {
  return work.then(
    (result) => ({ result }),
    (cause: unknown) => ({ cause }),
  );
}
