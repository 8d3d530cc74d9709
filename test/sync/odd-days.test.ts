import { inspect } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import { createCleverClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { createRosterSync, fromPglite, type SyncChange, type SyncStore } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pgliteDatabase } from '../support/postgres/index.js';
import { expectInStep } from './support/compare.js';
import { type AnyTransaction, type TestDatabase, testDatabase } from './support/database.js';
import { makeWorld, TINY, type World } from './support/world.js';

/*
 * Clever's odd days, the database's, and the app's own.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset());

const STUDENT = 'a00000000000000000000001';
const DAY = 86_400_000;

async function synced(options?: Parameters<World['sync']>[0]): Promise<World> {
  const world = makeWorld(database);
  await world.sync(options).run(world.district.id);
  return world;
}

/** A `fetch` that changes the JSON of answers. */
function changing(world: World, path: string, change: (body: { data: { data: never }[] }) => void) {
  return async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await world.sandbox.fetch(url, init);
    const { pathname, searchParams } = new URL(url);
    if (!answer.ok || pathname !== path || searchParams.has('count')) {
      return answer;
    }
    const body = (await answer.json()) as { data: { data: never }[] };
    change(body);
    return Response.json(body, { headers: answer.headers });
  };
}

describe("Clever's odd days", () => {
  it('reads everything when the cursor is older than events are kept', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Before' } });
    world.sandbox.advance(31 * DAY);
    expect(await world.sync().run(world.district.id)).toMatchObject({ mode: 'full', updated: 1 });
    await world.settle();
    await world.expectInStep();
  });

  it('reads everything when the district was synced twice without an event', async () => {
    const world = await synced();
    world.sandbox.events.disable();
    world.district.users.update(STUDENT, { name: { first: 'Unseen' } });
    const modes: string[] = [];
    for (const day of [1, 2]) {
      world.district.update({ last_sync: `2026-09-0${day}T00:00:00.000Z` });
      const { mode, reason } = await world.sync().run(world.district.id);
      modes.push(`${mode}: ${reason}`);
    }
    expect(modes[0]).toMatch(/^events/u);
    expect(modes[1]).toMatch(/^full: .*switched off/u);
    await world.expectInStep();
  });

  it('passes the guard with a new school year, which replaces all sections, courses and terms', async () => {
    const world = makeWorld(database, { districts: [{ seed: 4, students: 60 }] });
    const sync = world.sync();
    await sync.run(world.district.id);
    world.district.changes.startSchoolYear();
    expect((await sync.run(world.district.id)).outcome).toBe('done');
    await world.settle(sync);
    await world.expectInStep();
  });

  it('follows a contact who was recreated with another id', async () => {
    const world = await synced();
    world.district.changes.recreateContact({ contact: 'a00000000000000000000006', changes: { phone: '2' } });
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'done', created: 1, archived: 1 });
    await world.expectInStep();
  });

  it('keeps the created of the listing when that of events differs', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    const fetch = changing(world, '/v3.1/events', ({ data }) => {
      for (const { data: event } of data as unknown as { data: { data: { object: { created: string } } } }[]) {
        event.data.object.created = '1999-01-01T00:00:00.000Z';
      }
    });
    await world.sync({}, { fetch }).run(world.district.id);
    await world.expectInStep();
    world.district.users.update(STUDENT, { name: { first: 'Again' } });
    await world.sync({}, { fetch }).run(world.district.id, { full: true });
    await world.expectInStep();
    expect(await world.sync().run(world.district.id, { full: true })).toMatchObject({ updated: 0 });
  });

  it('ignores an event that is older than what is stored', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Newest' } });
    await world.sync().run(world.district.id, { full: true });
    world.district.users.update(STUDENT, { email: 'new@example.com' });
    const fetch = changing(world, '/v3.1/events', ({ data }) => {
      for (const { data: event } of data as unknown as { data: { data: { object: Record<string, unknown> } } }[]) {
        event.data.object['last_modified'] = '2025-01-01T00:00:00.000Z';
        event.data.object['email'] = 'old@example.com';
      }
    });
    await world.sync({}, { fetch }).run(world.district.id);
    expect(await database.ask(`select id from clever.users where email = 'old@example.com'`)).toEqual([]);
  });

  it('reads everything for another version of the API', async () => {
    const world = await synced();
    const sync = world.sync({}, { apiVersion: 'v3.0' as 'v3.1' });
    expect(await sync.run(world.district.id)).toMatchObject({ mode: 'full' });
    await world.expectInStep({ apiVersion: 'v3.0' });
    expect(await sync.run(world.district.id)).toMatchObject({ mode: 'events' });
  });

  it('reads everything when the kinds change, and goes on by events', async () => {
    const world = await synced({ kinds: ['users'] });
    await world.expectInStep({ kinds: ['users'] });
    expect(await world.sync().run(world.district.id)).toMatchObject({ mode: 'full' });
    expect(await world.sync().run(world.district.id)).toMatchObject({ mode: 'events', requests: 2 });
    await world.expectInStep();
  });

  it('reports wrong credentials of the app as an error, not as a disconnection', async () => {
    const world = await synced();
    await expect(world.sync({}, { clientSecret: 'wrong'.repeat(8) }).run(world.district.id)).rejects.toMatchObject({
      code: 'authentication',
    });
    expect((await world.sync().status())[0]).toMatchObject({ connection: 'connected', failures: 1 });
  });

  it('never believes that a kind is empty', async () => {
    const world = await synced();
    const fetch = changing(world, '/v3.1/terms', (body) => {
      body.data = [];
    });
    const [outcome] = await Promise.allSettled([world.sync({}, { fetch }).run(world.district.id, { full: true })]);
    expect(outcome.status === 'fulfilled' ? outcome.value.outcome : 'refused').toMatch(/held|refused/u);
    expect(await database.ask('select id from clever.terms where deleted_at is not null')).toEqual([]);
  });

  it('counts a record that comes twice once', async () => {
    const world = makeWorld(database);
    world.sandbox.faults.add({ path: '/v3.1/users', duplicateRecord: true });
    expect(await world.sync().run(world.district.id)).toMatchObject({ created: 13 });
    world.sandbox.faults.add({ path: '/v3.1/users', duplicateRecord: true });
    expect(await world.sync().run(world.district.id, { full: true })).toMatchObject({ updated: 0, archived: 0 });
    await world.expectInStep();
  });

  it('keeps an odd record beside the last good one', async () => {
    const world = await synced();
    const fetch = changing(world, '/v3.1/users', ({ data }) => {
      (data[0] as unknown as { data: { roles: unknown } }).data.roles = 7;
    });
    const events: string[] = [];
    const sync = world.sync({ onEvent: ({ kind }) => events.push(kind) }, { fetch });
    expect(await sync.run(world.district.id, { full: true })).toMatchObject({ odd: 1, updated: 0, archived: 0 });
    expect(events).toContain('odd');
    const odd = () =>
      database.ask(`select id, odd ->> 'roles' as odd, data #>> '{roles,student,grade}' as good from clever.users
      where odd is not null`);
    expect(await odd()).toEqual([{ id: STUDENT, odd: '7', good: '3' }]);
    expect((await sync.explain(STUDENT)).isOdd).toBe(true);
    await world.sync().run(world.district.id, { full: true });
    expect(await odd()).toEqual([]);
    await world.expectInStep();
  });

  it('lets odd records follow one another where there never was a good one', async () => {
    const users = TINY.users.map((user) => ({ ...user, roles: { student: { grade: '3' } } }));
    const world = makeWorld(database, { districts: [{ ...TINY, users }] });
    expect(await world.sync().run(world.district.id)).toMatchObject({ created: 13, odd: 6 });
    await world.expectInStep();
    world.district.users.update(STUDENT, { name: { first: 'By event' } });
    expect(await world.sync().run(world.district.id)).toMatchObject({ updated: 1 });
    await world.expectInStep();
    world.sandbox.events.disable();
    world.district.users.update(STUDENT, { name: { first: 'By listing' } });
    expect(await world.sync().run(world.district.id, { full: true })).toMatchObject({ updated: 1 });
    await world.expectInStep();
    expect(await world.sync().run(world.district.id, { full: true })).toMatchObject({ updated: 0, unchanged: 13 });
  });

  it('takes nothing for gone when a record has no id', async () => {
    const world = await synced();
    const fetch = changing(world, '/v3.1/users', ({ data }) => {
      (data[0] as { data: unknown }).data = { name: 'no id' };
    });
    await world
      .sync({ guard: false }, { fetch })
      .run(world.district.id, { full: true })
      .catch(() => undefined);
    expect(await database.ask('select id from clever.users where deleted_at is not null')).toEqual([]);
    await world.sync().run(world.district.id, { full: true });
    await world.expectInStep();
  });

  it('stores names with NUL and with halves of surrogate pairs', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'A\u0000B', last: '\ud800x' } });
    for (const full of [false, true, true]) {
      await world.sync().run(world.district.id, { full });
    }
    const [row] = await database.ask('select first_name, last_name from clever.users where id = $1', [STUDENT]);
    expect(row).toEqual({ first_name: 'AB', last_name: '\ufffdx' });
    expect(await database.ask(`select op from clever.changes where id = '${STUDENT}' and op = 'updated'`)).toHaveLength(
      1,
    );
  });
});

describe('the app', () => {
  it('gets an error when its hook waits for the only connection', async () => {
    const world = makeWorld(database);
    const sync = world.sync({
      hookTimeoutMs: 200,
      onChanges: async () => {
        await database.ask('select 1');
      },
    });
    await expect(sync.run(world.district.id)).rejects.toMatchObject({ code: 'sync_hook_timeout' });
    await world.settle();
    await world.expectInStep();
  });

  it('gets an error when its hook does not end', async () => {
    const world = makeWorld(database);
    const sync = world.sync({ hookTimeoutMs: 50, onChanges: () => new Promise<void>(() => undefined) });
    await expect(sync.run(world.district.id)).rejects.toMatchObject({ code: 'sync_hook_timeout' });
    await world.settle();
    await world.expectInStep();
  });

  it('asks for a run while one is under way, which is followed by one more', async () => {
    const world = await synced();
    let asked = false;
    const runs: number[] = [];
    const sync = world.sync({
      onChanges: async () => {},
      onEvent: (event) => {
        if (event.kind === 'run_ended') {
          runs.push(event.run);
        }
      },
    });
    const other = world.sync();
    const asking = world.sync(
      { onEvent: (event) => event.kind === 'run_ended' && runs.push(event.run) },
      {
        fetch: async (url, init) => {
          if (!asked && String(url).includes('/events')) {
            asked = true;
            await other.request(world.district.id);
            await expect(sync.run(world.district.id)).rejects.toMatchObject({ code: 'sync_running' });
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    await asking.run(world.district.id);
    expect(runs).toHaveLength(2);
    expect((await other.status())[0]?.askedAt).toBeUndefined();
  });

  it('plans without answering a request', async () => {
    const world = await synced();
    await world.sync().request(world.district.id);
    await world.sync().plan(world.district.id);
    expect((await world.sync().status())[0]?.askedAt).toBeInstanceOf(Date);
  });

  it('plans a first run that a run then makes', async () => {
    const world = makeWorld(database);
    const plan = await world.sync().plan(world.district.id);
    expect(plan.kinds.users).toMatchObject({ before: 0, created: 6 });
    const ids: string[] = [];
    for await (const id of plan.ids('users', 'created')) {
      ids.push(id);
    }
    expect(ids).toEqual(TINY.users.map(({ id }) => id).sort());
    expect(await database.ask('select id from clever.users')).toEqual([]);
    await world.settle();
    await world.expectInStep();
  });

  it('goes on after a plan that was killed in its reading', async () => {
    const world = makeWorld(database);
    const killed = world.sync(
      { pageSize: 2 },
      {
        fetch: async (url, init) => {
          if (String(url).includes('/sections')) {
            throw new TypeError('connection reset');
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    await expect(killed.plan(world.district.id)).rejects.toThrow();
    await world.settle();
    await world.expectInStep();
  });

  it('explains what is live, gone and unknown', async () => {
    const world = await synced();
    world.district.users.delete(STUDENT);
    await world.sync().run(world.district.id);
    const sync = world.sync();
    const gone = await sync.explain(STUDENT);
    expect(gone).toMatchObject({ state: 'archived', deletedWhy: 'deleted', kind: 'users' });
    expect(gone.history.map(({ op }) => op)).toEqual(['archived', 'created']);
    expect(await sync.explain('5ec000000000000000000001')).toMatchObject({
      state: 'live',
      missing: { users: [STUDENT] },
    });
    expect(await sync.explain('nothing')).toMatchObject({ state: 'unknown', history: [] });
  });

  it('may have a held run thrown', async () => {
    const world = await synced();
    world.district.changes.unshareSchool({ school: TINY.schools[0]?.id ?? '' });
    const sync = world.sync({ onHeld: 'throw' });
    const held = { name: 'CleverSyncError', code: 'sync_held', run: expect.any(Number) };
    await expect(sync.run(world.district.id)).rejects.toMatchObject(held);
    await expect(sync.run(world.district.id)).rejects.toMatchObject(held);
    const [status] = await sync.status();
    expect(status).toMatchObject({ failures: 0, held: { run: expect.any(Number) } });
    await sync.approve(status?.held?.run ?? 0, { by: 'test' });
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'done' });
    await world.expectInStep();
  });

  it('purges a district while it is read', async () => {
    const world = await synced();
    let purged = false;
    const sync = world.sync(
      {},
      {
        fetch: async (url, init) => {
          if (!purged && String(url).includes('/sections')) {
            purged = true;
            await world.sync().purge(world.district.id);
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    await expect(sync.run(world.district.id, { full: true })).rejects.toMatchObject({ code: 'sync_lease_lost' });
    const tables = await database.ask(`select tablename as name from pg_tables where schemaname = 'clever'`);
    for (const { name } of tables.filter((table) => table['name'] !== 'schema_version')) {
      expect(await database.ask(`select * from clever.${String(name)}`), String(name)).toEqual([]);
    }
  });
});

describe('the change log', () => {
  async function read(world: World, consumer: string, until = Number.POSITIVE_INFINITY): Promise<SyncChange[]> {
    const found: SyncChange[] = [];
    for await (const change of world.sync().changes({ consumer })) {
      found.push(change);
      if (found.length >= until) {
        break;
      }
    }
    return found;
  }

  it('gives each consumer everything, in order, and again what was not gone on from', async () => {
    const world = await synced();
    const all = await read(world, 'a');
    expect(all).toHaveLength(13);
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).sort((one, other) => one - other));
    expect(await read(world, 'a')).toEqual([]);
    const first = await read(world, 'b', 5);
    const rest = await read(world, 'b');
    // The fifth was not acknowledged, because the loop ended at it.
    expect(rest.map(({ seq }) => seq)).toEqual(all.slice(4).map(({ seq }) => seq));
    expect(first).toHaveLength(5);
  });

  it('skips nothing while many districts are written at once', async () => {
    const districts = ['1', '2', '3', '4'].map(
      (n) =>
        JSON.parse(
          JSON.stringify(TINY).replaceAll(/"([0-9a-f]{22,24})"/gu, (_all, id: string) => `"${n}${id.slice(1)}"`),
        ) as typeof TINY,
    );
    const world = makeWorld(database, { districts });
    const sync = world.sync();
    const seen: number[] = [];
    let isRunning = true;
    const consuming = (async () => {
      while (isRunning || (await read(world, 'c', 1)).length > 0) {
        for await (const { seq } of sync.changes({ consumer: 'c' })) {
          seen.push(seq);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await Promise.all(world.sandbox.districts.map(({ id }) => sync.run(id)));
    isRunning = false;
    await consuming;
    const rows = await database.ask('select seq::float8 as seq from clever.changes order by seq');
    expect([...new Set(seen)].sort((one, other) => one - other)).toEqual(rows.map(({ seq }) => seq));
  });

  it('gives each of many districts its turn, and a long log of one keeps no other waiting', async () => {
    const world = makeWorld(database);
    const names = Array.from({ length: 250 }, (_, index) => `d${String(index).padStart(3, '0')}`);
    await database.ask(
      `insert into clever.sync_districts (id) select item from jsonb_array_elements_text($1::text::jsonb) as item`,
      [JSON.stringify(names)],
    );
    await database.ask(`
      insert into clever.changes (seq, district_id, kind, id, op, run)
      select seq, case when seq <= 1200 then 'd000' else 'd' || lpad((seq - 1200)::text, 3, '0') end, 'users', 'u', 'updated', 1
      from generate_series(1, 1449) as seq`);
    const all = await read(world, 'turns');
    expect(all).toHaveLength(1_449);
    expect(all.findIndex(({ districtId }) => districtId === 'd001')).toBe(500);
    expect(all.findIndex(({ districtId }) => districtId === 'd249')).toBe(500 + 248);
    const long = all.filter(({ districtId }) => districtId === 'd000').map(({ seq }) => seq);
    expect(long).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
    expect(await read(world, 'turns')).toEqual([]);
  });
});

describe('the database', () => {
  /** A store that answers one statement with an error of PostgreSQL that has a child's name in it. */
  function refusing(part: string, code = '57014'): SyncStore<AnyTransaction> {
    const inner = fromPglite(database.db) as SyncStore<AnyTransaction>;
    return {
      ...inner,
      transaction: (work) =>
        inner.transaction(({ query, tx }) =>
          work({
            tx,
            query: (text, values) => {
              if (text.includes(part)) {
                throw Object.assign(new Error('canceling statement: CANARY'), {
                  code,
                  detail: 'Failing row contains (CANARY)',
                  parameters: ['CANARY'],
                  query: 'CANARY',
                });
              }
              return query(text, values);
            },
          }),
        ),
    };
  }

  it.each(['insert into "clever".users', 'insert into "clever".run_kinds', 'update "clever".runs'])(
    'refuses a statement: %s',
    async (part) => {
      const world = makeWorld(database);
      const error = await world
        .sync({ store: refusing(part) })
        .run(world.district.id)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'sync_database', isRetryable: true });
      expect(String(error)).toContain('57014');
      expect(inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)).not.toContain('CANARY');
      expect((await world.sync().status())[0]).toMatchObject({ failures: 1, lastErrorCode: 'sync_database' });
      await world.settle();
      await world.expectInStep();
    },
  );

  it('has a schema with an odd name', async () => {
    await using db: PGlite = await pgliteDatabase();
    const sandbox = createSandbox({ districts: [TINY] });
    for (const schema of ['Od d', `it's "x"`]) {
      const clever = createCleverClient({ ...sandbox.clientOptions() });
      const sync = createRosterSync({ clever, store: fromPglite(db), schema, history: 'values' });
      await sync.migrate();
      await sync.run(TINY.district.id);
      sandbox.districts[0].users.update(STUDENT, { name: { first: `In ${schema}` } });
      await sync.run(TINY.district.id);
      await sync.run(TINY.district.id, { full: true });
      await expectInStep({
        ask: async (text, values = []) => (await db.query(text, values)).rows as Record<string, unknown>[],
        sandbox,
        districtId: TINY.district.id,
        schema: `"${schema.replaceAll('"', '""')}"`,
        hasValues: true,
        hasOwnTable: false,
      });
      await sync.explain(STUDENT);
      await sync.purge(TINY.district.id);
    }
  });

  it('names the missing tables', async () => {
    await using db: PGlite = await pgliteDatabase();
    const clever = createCleverClient({ ...createSandbox({ students: 1 }).clientOptions() });
    await expect(createRosterSync({ clever, store: fromPglite(db) }).run('x')).rejects.toMatchObject({
      code: 'sync_schema',
    });
  });
});
