/** A row of an answer. The statements of this part select text, double precision and boolean columns only. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Sends one SQL statement.
 *
 * @param text - The statement, with parameters `$1`, `$2` …; each is cast where it is used: `$1::text::jsonb`.
 * @param values - Texts or nulls. Nothing else, because every library sends other types in its own way: `pg` makes
 * PostgreSQL's arrays of JavaScript's, Prisma its own integers.
 */
export type SendQuery = (text: string, values?: readonly (string | null)[]) => Promise<readonly Row[]>;

/** An open transaction. */
export interface StoreTransaction<Tx = unknown> {
  readonly query: SendQuery;
  /** The library's own transaction, for the app's hook. */
  readonly tx: Tx;
}

/**
 * Where a sync keeps its tables: a PostgreSQL, reached through the library that the app has. Made by `fromPg`,
 * `fromPostgresJs`, `fromPglite`, `fromKysely`, `fromDrizzle`, `fromPrisma` or `fromKnex`.
 *
 * @typeParam Tx - What the library calls a transaction.
 */
export interface SyncStore<Tx = unknown> {
  /** The name of the library, for messages. */
  readonly library: string;
  /**
   * Whether all statements go through one connection, as with PGlite: a statement outside an open transaction
   * then waits for the transaction to end.
   */
  readonly hasOneConnection: boolean;
  readonly query: SendQuery;
  /** Runs `work` in a transaction: commits when it resolves, rolls back and rejects with its error when it rejects. */
  transaction<Result>(work: (transaction: StoreTransaction<Tx>) => Promise<Result>): Promise<Result>;
}

/** How the database of a query builder is connected. */
export interface StoreConnectionOptions {
  /**
   * Whether all statements go through one connection: PGlite's, or that of a pool with a `max` of 1. A statement
   * outside an open transaction then waits for the transaction to end. Default `false`.
   */
  readonly hasOneConnection?: boolean;
}
