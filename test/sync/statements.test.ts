import { fromPglite, type SyncStore } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnyTransaction, type TestDatabase, testDatabase } from './support/database.js';
import { makeWorld } from './support/world.js';

/*
 * How many statements a run sends. Most runs of most districts find nothing new, so what these send is what a fleet
 * costs.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
beforeEach(() => database.reset());
afterAll(() => database.close());

/** A store that keeps the statements that it was given, each transaction with its beginning. */
function countingStore() {
  const inner = fromPglite(database.db) as SyncStore<AnyTransaction>;
  const statements: string[] = [];
  const store: SyncStore<AnyTransaction> = {
    ...inner,
    query: (text, values) => {
      statements.push(text);
      return inner.query(text, values);
    },
    transaction: (work) => {
      statements.push('begin');
      return inner.transaction(({ query, tx }) =>
        work({
          tx,
          query: (text, values) => {
            statements.push(text);
            return query(text, values);
          },
        }),
      );
    },
  };
  return { store, taken: () => statements.splice(0) };
}

describe('a run without news', () => {
  it('is one transaction, and eight statements in all', async () => {
    const world = makeWorld(database);
    const { store, taken } = countingStore();
    const sync = world.sync({ store });
    await sync.run(world.district.id);
    await sync.run(world.district.id);
    taken();
    const { outcome, mode, requests, run } = await sync.run(world.district.id);
    const statements = taken();
    expect({ outcome, mode, requests }).toEqual({ outcome: 'done', mode: 'events', requests: 2 });
    expect(statements.filter((text) => text === 'begin')).toHaveLength(1);
    expect(statements.filter((text) => text !== 'begin')).toHaveLength(8);
    expect(await sync.runs({ run })).toMatchObject([{ state: 'done', requests: 2, endedAt: expect.any(Date) }]);
  });

  it("stores the district's own record when that has changed, and calls the hook", async () => {
    const world = makeWorld(database);
    const { store } = countingStore();
    const sync = world.sync({ store });
    await sync.run(world.district.id);
    await database.ask(`update clever.districts set data = data || '{"name": "Old"}'`);
    const { updated, run } = await sync.run(world.district.id);
    expect(updated).toBe(1);
    expect(await sync.runs({ run })).toMatchObject([{ state: 'done', updated: 1 }]);
    await world.expectInStep();
  });
});

it('a full run of a small district among many is compared by its own rows, and a large one by whole tables', async () => {
  const world = makeWorld(database);
  const inner = fromPglite(database.db) as SyncStore<AnyTransaction>;
  const isWhole: boolean[] = [];
  const store: SyncStore<AnyTransaction> = {
    ...inner,
    transaction: (work) =>
      inner.transaction(({ query, tx }) =>
        work({
          tx,
          query: async (text, values) => {
            const rows = await query(text, values);
            if (text.includes('enable_nestloop')) {
              isWhole.push(rows.length > 0);
            }
            return rows;
          },
        }),
      ),
  };
  const sync = world.sync({ store });
  await sync.run(world.district.id);
  await sync.run(world.district.id, { full: true });
  await database.ask(`update pg_class set reltuples = 1e6 where oid = 'clever.users'::regclass`);
  await sync.run(world.district.id, { full: true });
  await database.ask('vacuum analyze clever.users');
  expect(isWhole).toEqual([true, false]);
  await world.expectInStep();
});

it('the states of runs that did not end have an index of their own', async () => {
  await database.ask('set enable_seqscan = off');
  const world = makeWorld(database);
  const { store, taken } = countingStore();
  await world.sync({ store }).run(world.district.id);
  taken();
  await world.sync({ store }).run(world.district.id);
  const text =
    taken().find((statement) => statement.includes('.runs\nwhere district_id = $1::text and state in')) ?? '';
  const plan = await database.ask(`explain ${text}`, [world.district.id]);
  await database.ask('reset enable_seqscan');
  expect(JSON.stringify(plan)).toContain('runs_open');
});
