import { createCleverClient } from 'clever-sdk';
import { createRosterSync, fromKysely, fromPg, fromPostgresJs, postgresRateBudget } from 'clever-sdk/sync';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import createPostgresJs from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnPostgres, type OwnDatabase, ownDatabase } from '../support/postgres/index.js';

const SCHEMA = 'Od d';
interface Tally {
  readonly count: number;
}

await describeOnPostgres('a rate budget on PostgreSQL', (postgres) => {
  let database: OwnDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await ownDatabase(postgres);
    pool = new Pool({ connectionString: database.url });
    const store = fromPg(pool);
    await createRosterSync({ districts: [], store, schema: SCHEMA }).migrate();
  });
  afterAll(async () => {
    await pool?.end();
    await database?.[Symbol.asyncDispose]();
  });

  const open = (timeoutMs?: number) =>
    postgresRateBudget(fromPg(pool), { schema: SCHEMA, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const count = (key: string, keepMs = 60_000, store = open()) =>
    store.update(key, (state) => {
      const tally = { count: ((state as Tally | undefined)?.count ?? 0) + 1 };
      return { state: tally, keepMs, result: tally.count };
    });

  it('begins empty, keeps keys apart, and returns a state as it was written', async () => {
    expect(await count('a')).toBe(1);
    expect(await count('b')).toBe(1);
    expect(await count('a')).toBe(2);
    const state = { version: 1, at: 1_767_614_400_300.25, isOpen: true, none: null };
    await open().update('c', () => ({ state, keepMs: 60_000, result: undefined }));
    expect(await open().update('c', (found) => ({ state: {}, keepMs: 1, result: found }))).toEqual(state);
  });

  it('forgets a state after its time', async () => {
    expect(await count('forgotten', -1)).toBe(1);
    expect(await count('forgotten', 60_000)).toBe(1);
    expect(await count('forgotten', 60_000)).toBe(2);
  });

  it("has the database's clock", async () => {
    const now = await open().update('clock', (_, nowMs) => ({ state: {}, keepMs: 1, result: nowMs }));
    const { rows } = await pool.query('select extract(epoch from clock_timestamp())::float8 * 1000 as now');
    expect(rows[0].now - now).toBeGreaterThanOrEqual(0);
    expect(rows[0].now - now).toBeLessThan(60_000);
  });

  it('loses no change of several processes and libraries', async () => {
    const sql = createPostgresJs(database.url, { max: 3 });
    const kysely = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: database.url }) }) });
    const stores = [fromPg(pool), fromPostgresJs(sql), fromKysely(kysely)];
    const budgets = stores.map((store) => postgresRateBudget(store, { schema: SCHEMA, timeoutMs: 60_000 }));
    const counts = await Promise.all(
      Array.from({ length: 45 }, (_, index) => count('shared', 60_000, budgets[index % budgets.length])),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    await Promise.all([sql.end(), kysely.destroy()]);
  });

  it('does not wait for a process that is stopped between reading and writing', async () => {
    const read = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    // A store that stops after its first answer, as a process does that is stopped there.
    const store = fromPg(pool);
    let answers = 0;
    const stopped = postgresRateBudget(
      {
        ...store,
        query: async (text, values) => {
          const rows = await store.query(text, values);
          answers += 1;
          if (answers === 1) {
            read.resolve();
            await goOn.promise;
          }
          return rows;
        },
      },
      { schema: SCHEMA },
    );
    const late = count('stopped', 60_000, stopped);
    await read.promise;
    expect(await count('stopped')).toBe(1);
    expect(await count('stopped')).toBe(2);
    goOn.resolve();
    expect(await late).toBe(3);
  });

  it('names the store when its table is locked, and when it does not exist', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await client.query(`lock table "${SCHEMA}".rate_budget in access exclusive mode`);
    const locked = count('locked', 60_000, open(50));
    await expect(locked).rejects.toMatchObject({
      name: 'CleverSyncError',
      code: 'sync_rate_budget',
      message: expect.stringMatching(/postgresRateBudget\(\) on pg, .* 50 ms/u),
    });
    await client.query('rollback');
    client.release();
    expect(await count('locked')).toBe(1);
    await expect(count('a', 1, postgresRateBudget(fromPg(pool)))).rejects.toMatchObject({
      code: 'sync_rate_budget',
      message: expect.stringContaining('SQLSTATE 42P01'),
    });
  });

  it('is where a client takes its permits from, and what it throws reaches the call', async () => {
    const fetch = async (): Promise<Response> => Response.json({ data: [], links: [] });
    const read = async (schema: string): Promise<unknown> => {
      const client = createCleverClient({ fetch, rateBudget: postgresRateBudget(fromPg(pool), { schema }) });
      return client.district({ token: 'token' }).users.list().toArray({ maxItems: 1 });
    };
    const before = await pool.query(`select count(*)::int as count from "${SCHEMA}".rate_budget`);
    expect(await read(SCHEMA)).toEqual([]);
    const after = await pool.query(`select count(*)::int as count from "${SCHEMA}".rate_budget`);
    expect(after.rows[0].count).toBe(before.rows[0].count + 1);
    await expect(read('nowhere')).rejects.toMatchObject({ code: 'sync_rate_budget' });
  });

  it('checks what it is given', () => {
    expect(() => postgresRateBudget(undefined as never)).toThrow(/pass a store/u);
    expect(() => postgresRateBudget(fromPg(pool), { schma: 'x' } as never)).toThrow(/has no option `schma`/u);
    expect(() => postgresRateBudget(fromPg(pool), { schema: '' })).toThrow(/`schema`/u);
    expect(() => postgresRateBudget(fromPg(pool), { timeoutMs: 0 })).toThrow(/`timeoutMs`/u);
  });
});
