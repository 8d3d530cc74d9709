import type { PGlite, Transaction as PgliteTransaction } from '@electric-sql/pglite';
import {
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromPg,
  fromPglite,
  fromPostgresJs,
  fromPrisma,
  type SyncStore,
} from 'clever-sdk/sync';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Knex } from 'knex';
import type { Kysely, Transaction as KyselyTransaction } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Sql, TransactionSql } from 'postgres';
import { describe, expectTypeOf, it } from 'vitest';

interface Database {
  readonly students: { readonly id: string };
}
type Schema = Record<string, never>;
interface PrismaPromise<Result> extends Promise<Result> {
  readonly [Symbol.toStringTag]: 'PrismaPromise';
}
/** The part of a client that matters here, as `prisma generate` writes it. */
interface PrismaClient {
  $connect(): Promise<void>;
  $queryRawUnsafe<Result = unknown>(query: string, ...values: unknown[]): PrismaPromise<Result>;
  $transaction<All extends PrismaPromise<unknown>[]>(all: [...All], options?: { timeout?: number }): Promise<unknown[]>;
  $transaction<Result>(
    work: (prisma: PrismaTransactionClient) => Promise<Result>,
    options?: { maxWait?: number; timeout?: number; isolationLevel?: 'Serializable' },
  ): Promise<Result>;
  readonly students: { create(row: { data: { id: string } }): Promise<unknown> };
}
type PrismaTransactionClient = Omit<PrismaClient, '$connect' | '$transaction'>;
/** What a library calls a transaction. */
type TxOf<Store> = Store extends SyncStore<infer Tx> ? Tx : never;
/** The argument of the function that a method of Drizzle's or Prisma's is given. */
type WorkOf<Method> = Method extends (work: (tx: infer Tx) => Promise<unknown>, ...rest: never[]) => unknown
  ? Tx
  : never;

/** Never called: the calls below are only compiled. */
const stores = (given: {
  pool: Pool;
  sql: Sql;
  typedSql: Sql<{ bigint: bigint }>;
  pglite: PGlite;
  kysely: Kysely<Database>;
  nodePg: NodePgDatabase<Schema>;
  postgresJs: PostgresJsDatabase<Schema>;
  drizzlePglite: PgliteDatabase<Schema>;
  prisma: PrismaClient;
  knex: Knex;
}) => ({
  pg: fromPg(given.pool),
  postgresJs: fromPostgresJs(given.sql),
  typedPostgresJs: fromPostgresJs(given.typedSql),
  pglite: fromPglite(given.pglite),
  kysely: fromKysely(given.kysely),
  drizzleOnPg: fromDrizzle(given.nodePg),
  drizzleOnPostgresJs: fromDrizzle(given.postgresJs),
  drizzleOnPglite: fromDrizzle(given.drizzlePglite, { hasOneConnection: true }),
  prisma: fromPrisma(given.prisma),
  knex: fromKnex(given.knex),
});
type Stores = ReturnType<typeof stores>;

describe('types of the stores', () => {
  it("give the hook the library's own transaction", () => {
    expectTypeOf<TxOf<Stores['pg']>>().toEqualTypeOf<PoolClient>();
    expectTypeOf<TxOf<Stores['postgresJs']>>().toEqualTypeOf<TransactionSql>();
    expectTypeOf<TxOf<Stores['typedPostgresJs']>>().toEqualTypeOf<TransactionSql<{ bigint: bigint }>>();
    expectTypeOf<TxOf<Stores['pglite']>>().toEqualTypeOf<PgliteTransaction>();
    expectTypeOf<TxOf<Stores['kysely']>>().toEqualTypeOf<KyselyTransaction<Database>>();
    expectTypeOf<TxOf<Stores['drizzleOnPg']>>().toEqualTypeOf<WorkOf<NodePgDatabase<Schema>['transaction']>>();
    expectTypeOf<TxOf<Stores['drizzleOnPostgresJs']>>().toEqualTypeOf<
      WorkOf<PostgresJsDatabase<Schema>['transaction']>
    >();
    expectTypeOf<TxOf<Stores['drizzleOnPglite']>>().toEqualTypeOf<WorkOf<PgliteDatabase<Schema>['transaction']>>();
    expectTypeOf<TxOf<Stores['prisma']>>().toEqualTypeOf<PrismaTransactionClient>();
    expectTypeOf<TxOf<Stores['knex']>>().toEqualTypeOf<Knex.Transaction>();
  });

  it('refuse what is no database', () => {
    const wrong = (given: { client: PoolClient; knex: Knex }) => [
      // @ts-expect-error one connection is no pool
      fromPg(given.client),
      // @ts-expect-error another library's handle
      fromKysely(given.knex),
    ];
    expectTypeOf(wrong).toBeFunction();
    expectTypeOf<TxOf<Stores['drizzleOnPg']>>().not.toBeAny();
    expectTypeOf<TxOf<Stores['knex']>>().not.toBeAny();
  });
});
