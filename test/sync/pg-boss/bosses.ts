import { fromPg, fromPglite, type SyncStore } from 'clever-sdk/sync';
import { Pool } from 'pg';
import * as current from 'pg-boss';
import * as lowest from 'pg-boss-lowest';
import { describe } from 'vitest';
import { describesRow, majorOf, versionOf } from '../../support/evidence.js';
import { describeOnPostgres, ownDatabase, pgliteDatabase } from '../../support/postgres/index.js';
import type { AnyRow, AnyTransaction, Ask } from '../support/database.js';

/** The pg-boss that is tested, and the lowest one that the peer range allows. */
const VERSIONS = { 'pg-boss': current, 'pg-boss-lowest': lowest } as unknown as Readonly<
  Record<string, typeof current>
>;

type Options = current.ConstructorOptions;

/** A database with pg-boss. */
export interface Bosses extends AsyncDisposable {
  /** Moves by tests alone: whatever happens without a tick needs no polling. */
  readonly clock: current.TestClock;
  readonly boss: current.PgBoss;
  /** Makes one more pg-boss on the database, as another process would. Started, unless asked otherwise. */
  open(options?: { readonly isStarted?: boolean } & Options): Promise<current.PgBoss>;
  /** Stops all but the first. */
  stopOthers(): Promise<void>;
  readonly ask: Ask;
  readonly store: SyncStore<AnyTransaction>;
}

interface Database {
  readonly options: Options;
  readonly store: SyncStore<AnyTransaction>;
  close(): Promise<void>;
}

/** What makes the databases of a version. */
type Opener = (clocks?: { readonly isReal: boolean }) => Promise<Bosses>;

async function bossesOn({ PgBoss, TestClock }: typeof current, database: Database, isReal: boolean): Promise<Bosses> {
  const clock = new TestClock();
  const errors: unknown[] = [];
  const others: current.PgBoss[] = [];
  const open: Bosses['open'] = async ({ isStarted = true, ...options } = {}) => {
    const own = { flowIntervalSeconds: 3_600, ...(isReal ? {} : { clock }) };
    const one = new PgBoss({ ...database.options, ...own, ...options });
    one.on('error', (error) => errors.push(error));
    others.push(one);
    return isStarted ? one.start() : one;
  };
  const boss = await open();
  others.pop();
  const stopOthers = async (): Promise<void> => {
    await Promise.all(others.splice(0).map((one) => one.stop()));
  };
  return {
    clock,
    boss,
    open,
    stopOthers,
    ask: async (text, values) => (await boss.getDb().executeSql(text, values)).rows as AnyRow[],
    store: database.store,
    [Symbol.asyncDispose]: async () => {
      await stopOthers();
      await boss.stop();
      await database.close();
      if (errors.length > 0) {
        throw new AggregateError(errors, 'pg-boss has reported errors.');
      }
    },
  };
}

/** Describes tests for every version of pg-boss, on PostgreSQL and on PGlite. */
export async function describeBosses(name: string, tests: (open: Opener) => void): Promise<void> {
  for (const [version, module] of Object.entries(VERSIONS)) {
    describe(`${name} on ${version} and PGlite`, () => {
      describesRow(() => ({
        part: 'pgBoss',
        name: `pg-boss on PGlite ${versionOf('@electric-sql/pglite')}`,
        version: versionOf(version),
      }));
      tests(async ({ isReal } = { isReal: false }) => {
        const db = await pgliteDatabase();
        const options: Options = { db: module.fromPglite(db), backend: 'pglite' };
        return bossesOn(module, { options, store: fromPglite(db), close: () => db.close() }, isReal);
      });
    });
    await describeOnPostgres(`${name} on ${version} and PostgreSQL`, (postgres) => {
      describesRow(() => ({
        ...{ part: 'pgBoss', name: 'pg-boss on PostgreSQL', version: versionOf(version) },
        on: [majorOf(postgres.version)],
      }));
      tests(async ({ isReal } = { isReal: false }) => {
        const { url, [Symbol.asyncDispose]: drop } = await ownDatabase(postgres);
        const pool = new Pool({ connectionString: url });
        const close = async (): Promise<void> => {
          await pool.end();
          await drop();
        };
        return bossesOn(module, { options: { connectionString: url }, store: fromPg(pool), close }, isReal);
      });
    });
  }
}
