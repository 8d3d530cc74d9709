import { createStore, type Value } from './create-store.js';
import type { StoreConnectionOptions, SyncStore } from './store.js';

/** What a store needs to send a statement. Prisma's `TransactionClient` has it. */
export interface PrismaTransaction {
  /** Sends one statement that is given as text. */
  $queryRawUnsafe(text: string, ...values: Value[]): PromiseLike<unknown>;
}

/** What a store needs of Prisma on PostgreSQL. A `PrismaClient` has it. */
export interface PrismaDatabase<Tx extends PrismaTransaction> extends PrismaTransaction {
  /** Opens a transaction, and commits it when the work is done. */
  $transaction(
    work: (tx: Tx) => Promise<void>,
    options: { readonly timeout: number; readonly maxWait: number },
  ): Promise<unknown>;
}

/** How long Prisma's transactions may take. */
export interface PrismaStoreOptions extends StoreConnectionOptions {
  /**
   * How long one transaction of the sync may take, hook included, in milliseconds. Prisma's own default is 5 s, which
   * a chunk of a large district exceeds. Default 300,000 (5 minutes).
   */
  readonly timeoutMs?: number;
  /** How long to wait for a connection, in milliseconds. Prisma's own default is 2 s. Default 30,000. */
  readonly maxWaitMs?: number;
}

/**
 * Keeps a sync's tables in the database of Prisma, with PostgreSQL as its provider.
 *
 * The sync's tables need not be in `schema.prisma`; they are in a PostgreSQL schema of their own, which Prisma's
 * migrations leave alone.
 *
 * @returns a store whose hook is given Prisma's `TransactionClient`.
 *
 * @example
 * ```ts
 * import { fromPrisma, type PrismaDatabase, type PrismaTransaction } from 'clever-sdk/sync';
 *
 * declare const prisma: PrismaDatabase<PrismaTransaction>; // new PrismaClient({ adapter })
 * const store = fromPrisma(prisma, { timeoutMs: 600_000 });
 * ```
 */
export function fromPrisma<Tx extends PrismaTransaction>(
  prisma: PrismaDatabase<Tx>,
  { timeoutMs = 300_000, maxWaitMs = 30_000, hasOneConnection = false }: PrismaStoreOptions = {},
): SyncStore<Tx> {
  return createStore<PrismaTransaction, Tx>({
    name: 'Prisma',
    hasOneConnection,
    database: prisma,
    send: async (handle, text, values) => (await handle.$queryRawUnsafe(text, ...values)) as readonly unknown[],
    begin: (scope) => prisma.$transaction(scope, { timeout: timeoutMs, maxWait: maxWaitMs }),
  });
}
