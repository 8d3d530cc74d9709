import * as current from 'pg-boss';
import * as lowest from 'pg-boss-lowest';
import { describe } from 'vitest';
import { describeOnPostgres, ownDatabase, pgliteDatabase } from '../../support/postgres/index.js';

/** The pg-boss that is tested, and the lowest one that the peer range allows. */
const VERSIONS = { 'pg-boss': current, 'pg-boss-lowest': lowest } as unknown as Readonly<
  Record<string, typeof current>
>;

type Options = current.ConstructorOptions;

/** A database with pg-boss, and a clock that only tests move: whatever happens without a tick needs no polling. */
export interface Bosses extends AsyncDisposable {
  readonly clock: current.TestClock;
  readonly boss: current.PgBoss;
  /** Makes one more pg-boss on the database, as another process would. Started, unless asked otherwise. */
  open(options?: { readonly isStarted?: boolean } & Options): Promise<current.PgBoss>;
  /** Stops all but the first. */
  stopOthers(): Promise<void>;
  /** Sends a statement to the database. */
  query(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

async function bossesOn(
  { PgBoss, TestClock }: typeof current,
  database: { readonly options: Options; close(): Promise<void> },
): Promise<Bosses> {
  const clock = new TestClock();
  const errors: unknown[] = [];
  const others: current.PgBoss[] = [];
  const open: Bosses['open'] = async ({ isStarted = true, ...options } = {}) => {
    const one = new PgBoss({ ...database.options, clock, flowIntervalSeconds: 3_600, ...options });
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
    query: async (text) => (await boss.getDb().executeSql(text)).rows,
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
export async function describeBosses(name: string, tests: (open: () => Promise<Bosses>) => void): Promise<void> {
  for (const [version, module] of Object.entries(VERSIONS)) {
    describe(`${name} on ${version} and PGlite`, () => {
      tests(async () => {
        const db = await pgliteDatabase();
        return bossesOn(module, { options: { db: module.fromPglite(db), backend: 'pglite' }, close: () => db.close() });
      });
    });
    await describeOnPostgres(`${name} on ${version} and PostgreSQL`, (postgres) => {
      tests(async () => {
        const database = await ownDatabase(postgres);
        const close = (): Promise<void> => Promise.resolve(database[Symbol.asyncDispose]());
        return bossesOn(module, { options: { connectionString: database.url }, close });
      });
    });
  }
}
