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
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle as drizzleOnPg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleOnPglite } from 'drizzle-orm/pglite';
import { drizzle as drizzleOnPostgresJs } from 'drizzle-orm/postgres-js';
import createKnex from 'knex';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import createPostgresJs from 'postgres';
import { ownDatabase, pgliteDatabase, type SharedPostgres } from '../support/postgres/index.js';
import { prismaClient } from './prisma.js';

/** A store of a library, connected to a database of its own. */
export interface Connected {
  readonly store: SyncStore<unknown>;
  /** Writes a row with this id into `"Od d".people` by the library's own means, as a hook does. */
  writeBy(tx: unknown, id: string): Promise<unknown>;
  close(): Promise<unknown>;
}

interface Library {
  /** The packages that an app installs for it, but for plugins of them. */
  readonly packages: readonly string[];
  readonly needsPostgres: boolean;
  /** Whether a connection that is lost in a transaction leaves the process running. */
  readonly survivesLoss: boolean;
  open(postgres: SharedPostgres | undefined): Promise<Connected>;
}

interface People {
  readonly 'Od d.people': { readonly id: string };
}

/** Makes a {@link Connected} of a store whose transactions have the type `Tx`. */
function connected<Tx>(
  store: SyncStore<Tx>,
  parts: {
    readonly write: (tx: Tx, id: string) => PromiseLike<unknown>;
    readonly close: () => Promise<unknown>;
  },
): Connected {
  const { write, close } = parts;
  return {
    store: store as SyncStore<unknown>,
    writeBy: async (tx, id) => await write(tx as Tx, id),
    close,
  };
}

/** A library that needs a PostgreSQL server. */
const onPostgres = (
  packages: readonly string[],
  connect: (url: string) => Promise<Connected> | Connected,
  survivesLoss = true,
): Library => ({
  packages,
  needsPostgres: true,
  survivesLoss,
  async open(postgres) {
    if (postgres === undefined) {
      throw new Error('There is no PostgreSQL.');
    }
    const database = await ownDatabase(postgres);
    const it = await connect(database.url);
    return { ...it, close: () => it.close().then(() => database[Symbol.asyncDispose]()) };
  },
});

/** A pool as an app has it: with a listener for connections that break while idle. */
function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString });
  pool.on('error', () => undefined);
  return pool;
}

/** Query builders leave it to the app to listen to the connections that they take from a pool of `pg`. */
function guardedPoolOf(connectionString: string): Pool {
  const pool = poolOf(connectionString);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const INSERT = 'insert into "Od d".people (id) values';

// After a lost connection, postgres.js's `end` waits for ever without a limit.
export const libraries = {
  pg: onPostgres(['pg'], (url) => {
    const pool = poolOf(url);
    return connected(fromPg(pool), {
      write: (tx, id) => tx.query(`${INSERT} ($1)`, [id]),
      close: () => pool.end(),
    });
  }),
  'postgres.js': onPostgres(['postgres'], (url) => {
    const sql = createPostgresJs(url, { onnotice: () => undefined });
    return connected(fromPostgresJs(sql), {
      write: (tx, id) => tx`insert into "Od d".people (id) values (${id})`,
      close: () => sql.end({ timeout: 1 }),
    });
  }),
  'postgres.js with names in camel case': onPostgres(['postgres'], (url) => {
    const sql = createPostgresJs(url, { transform: createPostgresJs.camel, onnotice: () => undefined });
    return connected(fromPostgresJs(sql), {
      write: (tx, id) => tx`insert into "Od d".people (id) values (${id})`,
      close: () => sql.end({ timeout: 1 }),
    });
  }),
  PGlite: {
    packages: ['@electric-sql/pglite'],
    needsPostgres: false,
    survivesLoss: false,
    async open() {
      const db = await pgliteDatabase();
      return connected(fromPglite(db), {
        write: (tx, id) => tx.query(`${INSERT} ($1)`, [id]),
        close: () => db.close(),
      });
    },
  },
  Kysely: onPostgres(['kysely', 'pg'], (url) => {
    const db = new Kysely<People>({ dialect: new PostgresDialect({ pool: guardedPoolOf(url) }) });
    return connected(fromKysely(db), {
      write: (tx, id) =>
        tx
          .withSchema('Od d')
          .insertInto('people' as never)
          .values({ id } as never)
          .execute(),
      close: () => db.destroy(),
    });
  }),
  'Kysely with names in camel case': onPostgres(['kysely', 'pg'], (url) => {
    const plugins = [new CamelCasePlugin()];
    const db = new Kysely<People>({ dialect: new PostgresDialect({ pool: guardedPoolOf(url) }), plugins });
    return connected(fromKysely(db), {
      write: (tx, id) =>
        tx
          .withoutPlugins()
          .withSchema('Od d')
          .insertInto('people' as never)
          .values({ id } as never)
          .execute(),
      close: () => db.destroy(),
    });
  }),
  'Drizzle on pg': onPostgres(['drizzle-orm', 'pg'], (url) => {
    const pool = guardedPoolOf(url);
    return connected(fromDrizzle(drizzleOnPg(pool)), {
      write: (tx, id) => tx.execute(drizzleSql`insert into "Od d".people (id) values (${id})`),
      close: () => pool.end(),
    });
  }),
  // Drizzle hides postgres.js's own transaction, and so its crash with a lost connection: porsager/postgres#1208.
  'Drizzle on postgres.js': onPostgres(
    ['drizzle-orm', 'postgres'],
    (url) => {
      const sql = createPostgresJs(url, { onnotice: () => undefined });
      return connected(fromDrizzle(drizzleOnPostgresJs(sql)), {
        write: (tx, id) => tx.execute(drizzleSql`insert into "Od d".people (id) values (${id})`),
        close: () => sql.end({ timeout: 1 }),
      });
    },
    false,
  ),
  'Drizzle on PGlite': {
    packages: ['drizzle-orm', '@electric-sql/pglite'],
    needsPostgres: false,
    survivesLoss: false,
    async open() {
      const db = await pgliteDatabase();
      return connected(fromDrizzle(drizzleOnPglite(db), { hasOneConnection: true }), {
        write: (tx, id) => tx.execute(drizzleSql`insert into "Od d".people (id) values (${id})`),
        close: () => db.close(),
      });
    },
  },
  Prisma: onPostgres(['@prisma/client', '@prisma/adapter-pg'], async (url) => {
    const prisma = await prismaClient(url);
    return connected(fromPrisma(prisma), {
      write: (tx, id) => tx.people.create({ data: { id } }),
      close: () => prisma.$disconnect(),
    });
  }),
  Knex: onPostgres(['knex', 'pg'], (url) => {
    const knex = createKnex({ client: 'pg', connection: url, log: { error: () => undefined } });
    return connected(fromKnex(knex), {
      write: (tx, id) => tx.withSchema('Od d').insert({ id }).into('people'),
      close: () => knex.destroy(),
    });
  }),
} satisfies Record<string, Library>;

export type LibraryName = keyof typeof libraries;
