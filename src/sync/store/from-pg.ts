import { createStore, type Value } from './create-store.js';
import type { SyncStore } from './store.js';

/** What a store needs of a connection of `pg`. A `PoolClient` has it. */
export interface PgClient {
  /** Sends one statement. */
  query(text: string, values: Value[]): Promise<{ readonly rows: readonly unknown[] }>;
  /** Gives the connection back to its pool, which drops it after an error. */
  release(error?: Error): void;
  /** Listens to a connection that breaks. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Ends that. */
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

/** What a store needs of a pool of `pg`. A `Pool` has it. */
export interface PgPool<Client extends PgClient> {
  /** The options of the pool. */
  readonly options?: { readonly max?: number | undefined };
  /** Sends one statement. */
  query(text: string, values: Value[]): Promise<{ readonly rows: readonly unknown[] }>;
  /** Takes a connection. */
  connect: { (): Promise<Client>; (callback: never): void };
}

/**
 * Keeps a sync's tables in the database of a pool of `pg`.
 *
 * Each transaction takes one connection of the pool. A connection that breaks is removed from the pool, and the error
 * reaches the caller. No statement is prepared under a name, so it works through PgBouncer in each of its modes.
 *
 * @param pool - A `Pool`, with an `error` listener, as `pg` wishes: it reports connections that break while idle.
 * @returns a store whose hook is given the `PoolClient` of the transaction.
 *
 * @example
 * ```ts
 * import { fromPg, type PgClient, type PgPool } from 'clever-sdk/sync';
 *
 * declare const pool: PgPool<PgClient>; // new Pool({ connectionString: process.env.DATABASE_URL })
 * const store = fromPg(pool);
 * ```
 */
export function fromPg<Client extends PgClient>(pool: PgPool<Client>): SyncStore<Client> {
  return createStore<Pick<PgClient, 'query'>, Client>({
    name: 'pg',
    hasOneConnection: pool.options?.max === 1,
    database: pool,
    send: async (handle, text, values) => (await handle.query(text, values)).rows,
    begin: (scope) => withClient(pool, scope),
  });
}

async function withClient<Client extends PgClient>(
  pool: PgPool<Client>,
  scope: (client: Client) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on('error', onError);
  try {
    await client.query('begin', []);
    await scope(client);
    await client.query('commit', []);
  } catch (error) {
    await client.query('rollback', []).catch(onError);
    // A hook that did not end in time may still use the connection, so no one else may get it.
    broken ??= error instanceof Error ? error : new Error('The transaction failed.');
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}
