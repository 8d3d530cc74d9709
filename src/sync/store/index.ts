export { type DrizzleDatabase, type DrizzleStatement, type DrizzleTransaction, fromDrizzle } from './from-drizzle.js';
export { fromKnex, type KnexDatabase, type KnexTransaction } from './from-knex.js';
export {
  fromKysely,
  type KyselyDatabase,
  type KyselyStatement,
  type KyselyTransaction,
} from './from-kysely.js';
export { fromPg, type PgClient, type PgPool } from './from-pg.js';
export { fromPglite, type Pglite, type PgliteTransaction } from './from-pglite.js';
export { fromPostgresJs, type PostgresJs, type PostgresJsTransaction } from './from-postgres-js.js';
export { fromPrisma, type PrismaDatabase, type PrismaStoreOptions, type PrismaTransaction } from './from-prisma.js';
export { type EmbeddedDatabase, type EmbeddedTransaction, openPglite } from './open-pglite.js';
export { type PostgresRateBudgetOptions, postgresRateBudget } from './rate-budget.js';
export type { Row, SendQuery, StoreConnectionOptions, StoreTransaction, SyncStore } from './store.js';
