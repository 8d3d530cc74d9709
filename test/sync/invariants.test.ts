import { fromPglite, type SyncStore } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnyTransaction, keepOwnRecords, type TestDatabase, testDatabase } from './support/database.js';
import { failingStore } from './support/failing-store.js';
import { makeWorld, TINY, type World } from './support/world.js';

/*
 * What the sync promises, each promise with its tests.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset());

const STUDENT = 'a00000000000000000000001';
const OTHER_STUDENT = 'a00000000000000000000002';
const SECTION = '5ec000000000000000000001';
const LATER = '2026-09-01T00:00:00.000Z';

/** A world whose district was synced once. */
async function synced(options?: Parameters<World['sync']>[0]): Promise<World> {
  const world = makeWorld(database);
  await world.sync(options).run(world.district.id);
  return world;
}

async function numberOf(table: string, condition = 'true'): Promise<number> {
  const [row] = await database.ask(`select count(*)::float8 as number from clever.${table} where ${condition}`);
  return Number(row?.['number']);
}

async function districtRow(): Promise<Record<string, unknown>> {
  const [row] = await database.ask('select * from clever.sync_districts');
  return row ?? {};
}

describe('1. the mirror equals the source after any history that ends quietly', () => {
  it('after changes of every kind', async () => {
    const world = makeWorld(database, { districts: [{ seed: 7, students: 40 }] });
    const { district, sandbox } = world;
    const sync = world.sync({ guard: false, history: 'values' });
    await sync.run(district.id);
    const [student] = sandbox.people({ role: 'student', hasSections: true });
    const [contact] = sandbox.people({ role: 'contact' });
    const [section] = (await database.ask('select id from clever.sections order by id')).map(({ id }) => String(id));
    district.changes.rename({ user: student?.id ?? '', name: { last: 'Other' } });
    district.changes.recreateContact({ contact: contact?.id ?? '', changes: { phone: '555' } });
    district.changes.dissolveSection({ section: section ?? '' });
    await sync.run(district.id);
    await world.expectInStep({ hasValues: true });
    district.changes.startSchoolYear();
    await world.settle(sync);
    await world.expectInStep({ hasValues: true });
  });
});

describe('2. data, change log, effects of the hook and cursor move together or not at all', () => {
  it('rolls everything back with a hook that fails at the end of a page', async () => {
    const world = await synced();
    const before = await districtRow();
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    const failing = world.sync({
      onChanges: async (changes, context) => {
        await keepOwnRecords(changes as never, context);
        throw new Error('the app fails');
      },
    });
    await expect(failing.run(world.district.id)).rejects.toMatchObject({ code: 'sync_hook' });
    expect(await numberOf('users', `data #>> '{name,first}' = 'Renamed'`)).toBe(0);
    expect(await numberOf('changes', `op = 'updated'`)).toBe(0);
    expect((await districtRow())['cursor']).toBe(before['cursor']);
    await world.settle();
    await world.expectInStep();
  });
});

describe('3. the cursor never passes an event that was not applied', () => {
  it('stays when the second of two transactions fails', async () => {
    const district = TINY.district.id;
    const terms = Array.from({ length: 1_100 }, (_, n) => ({
      id: `7e000000000000000000${String(n).padStart(4, '0')}`,
      district,
      name: 'Term',
    }));
    const world = makeWorld(database, { districts: [{ ...TINY, terms }] });
    await world.sync().run(district);
    const { cursor } = await districtRow();
    for (const { id } of terms) {
      world.district.terms.update(id, { name: 'Renamed' });
    }
    let calls = 0;
    const failing = world.sync({
      bulkShare: 1,
      onChanges: async (changes, context) => {
        calls += 1;
        if (calls > 1) {
          throw new Error('the app fails');
        }
        await keepOwnRecords(changes as never, context);
      },
    });
    await expect(failing.run(district)).rejects.toMatchObject({ code: 'sync_hook' });
    expect(await numberOf('terms', `name = 'Renamed'`)).toBe(1_000);
    expect((await districtRow())['cursor']).toBe(cursor);
    await world.settle();
    await world.expectInStep();
  }, 60_000);

  it('is that of the last event that a full run has folded in, not that of its end', async () => {
    const world = await synced();
    world.district.terms.create({ name: 'Before' });
    let wasFolded = false;
    const sync = world.sync(
      {},
      {
        fetch: async (url, init) => {
          const answer = await world.sandbox.fetch(url, init);
          if (String(url).includes('starting_after')) {
            wasFolded = true;
          } else if (wasFolded && String(url).includes('/districts')) {
            wasFolded = false;
            world.district.terms.create({ name: 'After' });
          }
          return answer;
        },
      },
    );
    await sync.run(world.district.id, { full: true });
    await world.settle();
    expect(await numberOf('terms', `name = 'After'`)).toBe(1);
    await world.expectInStep();
  });

  it('reads again what a full run has not folded in', async () => {
    const world = await synced();
    let changed = false;
    const sync = world.sync(
      {},
      {
        fetch: async (url, init) => {
          const answer = await world.sandbox.fetch(url, init);
          if (String(url).includes('/v3.1/users') && !changed) {
            changed = true;
            world.district.users.update(STUDENT, { name: { first: 'During' } });
            world.district.terms.create({ name: 'During' });
          }
          return answer;
        },
      },
    );
    await sync.run(world.district.id, { full: true });
    await world.settle();
    await world.expectInStep();
  });
});

describe('4. absence is believed only from a complete kind of the same run', () => {
  it('takes nothing for gone when a listing ends early without a next link', async () => {
    const world = await synced();
    const fault = world.sandbox.faults.add({
      path: '/v3.1/users',
      dropLinks: true,
      times: Number.POSITIVE_INFINITY,
      query: { limit: 2 },
    });
    const sync = world.sync({ pageSize: 2, guard: false });
    await sync.run(world.district.id, { full: true }).catch(() => undefined);
    expect(fault.happened).toBeGreaterThan(0);
    expect(await numberOf('users', 'deleted_at is not null')).toBe(0);
    world.sandbox.faults.clear();
    await sync.run(world.district.id, { full: true });
    await world.expectInStep();
  });

  it('refuses a listing that disagrees with its count, and reads it again in the next run', async () => {
    const world = await synced();
    const [user] = (await database.ask('select data::text as data from clever.users order by id limit 1')) as {
      data: string;
    }[];
    const short = { data: [{ data: JSON.parse(user?.data ?? ''), uri: '/v3.1/users/x' }], links: [] };
    const isListing = (request: Request): boolean => !new URL(request.url).searchParams.has('count');
    const fault = world.sandbox.faults.add({
      path: '/v3.1/users',
      when: isListing,
      body: short,
      times: Number.POSITIVE_INFINITY,
    });
    const sync = world.sync({ guard: false });
    await expect(sync.run(world.district.id, { full: true })).rejects.toMatchObject({ code: 'sync_incomplete' });
    expect(fault.happened).toBeGreaterThan(2);
    expect(await numberOf('users', 'deleted_at is not null')).toBe(0);
    world.sandbox.faults.clear();
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'done', archived: 0 });
    await world.expectInStep();
  });

  it('ignores what another run has staged', async () => {
    const world = await synced();
    world.sandbox.events.disable();
    world.district.users.delete(STUDENT);
    await database.ask(`insert into clever.staging (run, kind, id) values (999, 'users', '${STUDENT}')`);
    expect(await world.sync().run(world.district.id, { full: true })).toMatchObject({ archived: 1 });
  });

  it('finishes a first run during which records came and went', async () => {
    const world = makeWorld(database);
    let changed = false;
    const sync = world.sync(
      { pageSize: 2 },
      {
        fetch: async (url, init) => {
          const answer = await world.sandbox.fetch(url, init);
          if (/\/v3\.1\/users\?(?!.*count)/.test(String(url)) && !changed) {
            changed = true;
            world.district.users.delete(STUDENT);
            world.district.users.delete(OTHER_STUDENT);
          }
          return answer;
        },
      },
    );
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'done', reason: 'first run' });
    expect(changed).toBe(true);
    await world.settle();
    await world.expectInStep();
  });

  it('reads again when the district moved between a killed reading and the one that goes on', async () => {
    const world = await synced();
    world.sandbox.events.disable();
    const full = world.sync({ pageSize: 2 }, { fetch: failingAt(world, '/v3.1/sections') });
    await expect(full.run(world.district.id, { full: true })).rejects.toThrow();
    // This record was read already, and no event reports what happens to it.
    world.district.users.update(STUDENT, { name: { first: 'Between' } });
    world.district.update({ last_sync: LATER });
    await world.sync({ pageSize: 2 }).run(world.district.id);
    await world.settle();
    await world.expectInStep();
  });
});

/** A `fetch` that fails for one path. */
function failingAt(world: World, path: string): World['sandbox']['fetch'] {
  return async (url, init) => {
    if (String(url).includes(path)) {
      throw new TypeError('connection reset');
    }
    return world.sandbox.fetch(url, init);
  };
}

describe('5. nothing above the guard without approval of that very plan', () => {
  /** Takes all students away, which is more than the guard allows. */
  async function held(): Promise<{ world: World; run: number }> {
    const world = await synced();
    for (const { id } of world.sandbox.people({ role: 'student' })) {
      world.district.users.delete(id);
    }
    const report = await world.sync().run(world.district.id);
    expect(report).toMatchObject({ outcome: 'held', archived: 0 });
    return { world, run: report.run };
  }

  it('holds, stays held, and applies what was approved', async () => {
    const { world, run } = await held();
    const sync = world.sync();
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'held', run });
    expect(await numberOf('users', 'deleted_at is not null')).toBe(0);
    await sync.approve(run, { by: 'ops' });
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'done', archived: 3 });
    await world.expectInStep();
  });

  it('does not apply an approved run whose plan has changed since', async () => {
    const { world, run } = await held();
    const sync = world.sync();
    await sync.approve(run, { by: 'ops' });
    await database.ask(`update clever.staging set data = '{"id": "x"}' where kind = 'terms'`);
    world.district.users.delete('a00000000000000000000004');
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'held' });
    expect(await numberOf('users', 'deleted_at is not null')).toBe(0);
  });

  it('needs another approval for a plan that was read again', async () => {
    const { world, run } = await held();
    world.district.users.delete('a00000000000000000000004');
    const sync = world.sync();
    const again = await sync.run(world.district.id);
    expect(again).toMatchObject({ outcome: 'held' });
    expect(again.plan?.kinds.users?.archived).toBe(4);
    expect(await numberOf('users', 'deleted_at is not null')).toBe(0);
    await sync.approve(again.run, { by: 'ops' });
    expect(await sync.run(world.district.id)).toMatchObject({ outcome: 'done', archived: 4 });
    expect(run).toBe(again.run);
  });

  it('releases by itself when a later plan is below the limit', async () => {
    const { world } = await held();
    for (const { id, ...user } of TINY.users.slice(0, 3)) {
      world.district.users.create({ id, ...user } as never);
    }
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'done', archived: 0 });
    await world.settle();
    await world.expectInStep();
  });

  it('releases by itself when the limits have changed', async () => {
    const { world } = await held();
    expect(await world.sync({ guard: false }).run(world.district.id)).toMatchObject({ outcome: 'done', archived: 3 });
  });

  it('refuses a run that does not wait for approval', async () => {
    const world = await synced();
    for (const run of [1, 999]) {
      await expect(world.sync().approve(run, { by: 'ops' })).rejects.toMatchObject({ code: 'sync_unknown_run' });
    }
  });

  it('adds up the deletions of a day', async () => {
    const world = makeWorld(database, { districts: [{ seed: 3, students: 200 }] });
    const sync = world.sync({ guard: { school_people: false, contacts: false } });
    await sync.run(world.district.id);
    const students = world.sandbox.people({ role: 'student' });
    const outcomes: string[] = [];
    for (let day = 0; day < 5; day += 1) {
      for (const { id } of students.slice(day * 15, (day + 1) * 15)) {
        world.district.users.delete(id);
      }
      outcomes.push((await sync.run(world.district.id)).outcome);
    }
    // 20 % of 200: the third fifteen are above it, and the district is held from there on.
    expect(outcomes).toEqual(['done', 'done', 'held', 'held', 'held']);
    await database.ask(
      `update clever.users set deleted_at = deleted_at - interval '2 days' where deleted_at is not null`,
    );
    world.district.users.create({ id: students[74]?.id, name: { first: 'Back', last: 'Again' } } as never);
  }, 60_000);
});

describe('6. a superseded worker writes nothing', () => {
  /** Freezes a worker at a request, lets `meanwhile` happen, and lets it go on. */
  async function frozen(world: World, path: string, meanwhile: () => Promise<unknown>): Promise<unknown> {
    let isFirst = true;
    const sync = world.sync(
      { pageSize: 2 },
      {
        fetch: async (url, init) => {
          if (String(url).includes(path) && isFirst) {
            isFirst = false;
            await database.ask(
              "update clever.sync_districts set lease_until = clock_timestamp() - interval '1 second'",
            );
            await meanwhile();
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    return sync.run(world.district.id, { full: true }).catch((error: unknown) => error);
  }

  it('after another one took over', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    let atTakeover: unknown[] = [];
    const error = await frozen(world, '/v3.1/sections', async () => {
      await world.settle();
      atTakeover = await database.ask('select * from clever.sync_districts');
    });
    expect(error).toMatchObject({ code: 'sync_lease_lost' });
    expect(await database.ask('select * from clever.sync_districts')).toEqual(atTakeover);
    await world.settle();
    await world.expectInStep();
  });

  it('after a purge and a new first run, whose epoch begins again', async () => {
    const world = await synced();
    const error = await frozen(world, '/v3.1/sections', async () => {
      await world.sync().purge(world.district.id);
      await database.ask('delete from own_records');
      const other = world.sync({}, { fetch: failingAt(world, '/v3.1/sections') });
      await expect(other.run(world.district.id)).rejects.toThrow();
      await database.ask(`update clever.sync_districts set lease_owner = 'another', lease_until = now() + interval '1 hour',
        lease_epoch = 2`);
    });
    expect(error).toMatchObject({ code: 'sync_lease_lost' });
    await database.expireLeases();
    await world.settle();
    await world.expectInStep();
  });

  it('also not that it failed', async () => {
    const world = await synced();
    let isFirst = true;
    const sync = world.sync(
      {},
      {
        fetch: async (url, init) => {
          if (String(url).includes('/v3.1/sections') && isFirst) {
            isFirst = false;
            await database.expireLeases();
            await world.settle();
            throw new TypeError('connection reset');
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    await expect(sync.run(world.district.id, { full: true })).rejects.toThrow();
    expect(await districtRow()).toMatchObject({ failures: 0, last_error_code: null });
  });
});

describe('7. repeating any page, event or run makes no change row', () => {
  it('as when a cursor is set back', async () => {
    const world = await synced();
    const { cursor } = await districtRow();
    world.district.users.update(STUDENT, { name: { first: 'One' } });
    world.district.users.update(STUDENT, { name: { first: 'Two' } });
    world.district.terms.create({ name: 'Spring' });
    world.district.users.delete(OTHER_STUDENT);
    await world.settle();
    const before = await numberOf('changes');
    const versions = () => database.ask('select id, xmin::text as version from clever.users order by id');
    const written = await versions();
    await database.ask('update clever.sync_districts set cursor = $1', [String(cursor)]);
    await world.sync().run(world.district.id);
    expect(await versions()).toEqual(written);
    await world.sync().run(world.district.id, { full: true });
    await world.sync({ pageSize: 1 }).run(world.district.id, { full: true });
    expect(await numberOf('changes')).toBe(before);
    await world.expectInStep();
  });
});

describe('8. folding the change log gives the live ids of the mirror, and with values its records', () => {
  it.each(['fields', 'values'] as const)('with history: %s', async (history) => {
    const world = await synced({ history });
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    world.district.sections.delete(SECTION);
    await world.sync({ history }).run(world.district.id);
    world.district.sections.create(TINY.sections[0] as never);
    await world.settle(world.sync({ history }));
    await world.expectInStep({ hasValues: history === 'values' });
  });
});

describe('9. a returning id is the same row', () => {
  it.each([true, false])('whether a full run finds it: %s', async (full) => {
    const world = await synced();
    const sync = world.sync({ guard: false });
    world.district.users.delete(STUDENT);
    await sync.run(world.district.id, { full });
    const [gone] = await database.ask('select first_seen_at, deleted_why from clever.users where id = $1', [STUDENT]);
    expect(gone?.['deleted_why']).toBe(full ? 'absent' : 'deleted');
    world.district.users.create(TINY.users[0] as never);
    expect(await sync.run(world.district.id, { full })).toMatchObject({ restored: 1, created: 0 });
    const [back] = await database.ask('select first_seen_at, deleted_at, deleted_why from clever.users where id = $1', [
      STUDENT,
    ]);
    expect(back).toEqual({ first_seen_at: gone?.['first_seen_at'], deleted_at: null, deleted_why: null });
    await world.expectInStep();
  });
});

describe('10. trouble at Clever archives nothing', () => {
  it.each([401, 404, 500, 503])('not even %i', async (status) => {
    const world = await synced();
    world.sandbox.faults.add({ path: '/v3.1/*', status, times: Number.POSITIVE_INFINITY });
    for (const full of [false, true]) {
      await world
        .sync({ guard: false })
        .run(world.district.id, { full })
        .catch(() => undefined);
    }
    world.sandbox.faults.clear();
    await world.expectInStep();
  });

  it.each([401, 404, 500])('not even %i in the middle of a reading', async (status) => {
    const world = await synced();
    world.sandbox.faults.add({ path: '/v3.1/users', status, times: Number.POSITIVE_INFINITY });
    await world
      .sync({ guard: false })
      .run(world.district.id, { full: true })
      .catch(() => undefined);
    world.sandbox.faults.clear();
    await world.expectInStep();
    await world.settle();
    await world.expectInStep();
  });

  it('nor a disconnection, after which everything goes on', async () => {
    const world = await synced();
    world.district.disconnect();
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'disconnected', archived: 0 });
    expect(await numberOf('users', 'deleted_at is not null')).toBe(0);
    expect((await world.sync().status())[0]).toMatchObject({ connection: 'disconnected' });
    // No event reports what changes while the district is not connected.
    world.district.users.update(STUDENT, { name: { first: 'Meanwhile' } });
    world.district.connect();
    expect(await world.sync().run(world.district.id)).toMatchObject({ mode: 'full', outcome: 'done' });
    await world.settle();
    await world.expectInStep();
    expect((await world.sync().status())[0]).toMatchObject({ connection: 'connected' });
  });

  it('nor a pause', async () => {
    const world = await synced();
    world.district.pause();
    world.district.users.delete(STUDENT);
    await world.sync().run(world.district.id);
    expect(await world.sync().run(world.district.id)).toMatchObject({ outcome: 'paused', archived: 0 });
    world.district.resume();
    await world.settle();
    await world.expectInStep();
  });
});

describe('11. no record under two districts', () => {
  const OTHER = {
    ...TINY,
    district: { ...TINY.district, id: 'd00000000000000000000002' },
  };

  it('refuses a record that the mirror has under another district, also when it is equal', async () => {
    const world = makeWorld(database, { districts: [TINY, OTHER] });
    await world.sync().run(TINY.district.id);
    const before = await database.ask('select id, district_id, data::text from clever.users order by id');
    for (const full of [false, true]) {
      await expect(world.sync({ guard: false }).run(OTHER.district.id, { full })).rejects.toMatchObject({
        code: 'sync_foreign_record',
      });
    }
    expect(await database.ask('select id, district_id, data::text from clever.users order by id')).toEqual(before);
    expect(await numberOf('changes', `district_id = '${OTHER.district.id}' and kind = 'users'`)).toBe(0);
  });

  it('refuses the token of another district', async () => {
    const world = makeWorld(database, { districts: [TINY, OTHER] });
    const [one, other] = world.sandbox.districts;
    const sync = world.sync({
      districts: [{ districtId: one.id, token: other?.token ?? '' }],
    } as never);
    await expect(sync.run(one.id)).rejects.toMatchObject({ code: 'sync_foreign_district' });
    expect(await numberOf('districts')).toBe(0);
  });
});

describe('12. no unnamed sensitive field in any table', () => {
  /** A district whose first student has every sensitive field, with values that are found wherever they are. */
  const SENSITIVE = {
    ...TINY,
    sensitiveFields: 'all' as const,
    users: TINY.users.map((user, at) =>
      at > 0
        ? user
        : {
            ...user,
            roles: {
              student: {
                ...(user.roles as { student: object }).student,
                home_language: 'CANARY-1',
                gifted_status: 'CANARY-2',
              },
            },
          },
    ),
  };

  /** Everything that the database has, as text. */
  async function everything(): Promise<string> {
    const tables = await database.ask(`select tablename as name from pg_tables where schemaname = 'clever'`);
    const texts = await Promise.all(
      tables.map(({ name }) =>
        database.ask(`select coalesce(json_agg(t)::text, '') as text from clever.${String(name)} t`),
      ),
    );
    return texts.map(([row]) => row?.['text']).join();
  }

  it('by default, and again after the choice was narrowed', async () => {
    const world = makeWorld(database, { districts: [SENSITIVE] });
    const id = world.district.id;
    await world.sync({ history: 'values' }).run(id);
    expect(await everything()).not.toContain('CANARY');
    const wide = world.sync({ history: 'values', sensitiveFields: ['home_language', 'gifted_status'] });
    await wide.run(id);
    expect(await everything()).toContain('CANARY-1');
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    world.district.users.delete(OTHER_STUDENT);
    await wide.run(id);
    await world.sync({ history: 'values', sensitiveFields: ['home_language'], kinds: ['schools'] }).run(id);
    expect(await everything()).not.toContain('CANARY-2');
    expect(await everything()).toContain('CANARY-1');
    await world.sync({ history: 'values' }).run(id);
    expect(await everything()).not.toContain('CANARY');
    await world.settle(world.sync({ history: 'values' }));
    await world.expectInStep({ hasValues: false });
  });

  it('also when the run that stored them was killed', async () => {
    for (const isFirst of [true, false]) {
      await database.reset();
      const world = makeWorld(database, { districts: [SENSITIVE] });
      const id = world.district.id;
      if (!isFirst) {
        await world.sync({ history: 'values' }).run(id);
      }
      const killed = world.sync(
        { history: 'values', sensitiveFields: ['home_language', 'gifted_status'] },
        { fetch: failingAt(world, '/v3.1/sections') },
      );
      await expect(killed.run(id)).rejects.toThrow();
      expect(await everything()).toContain('CANARY');
      await world.sync({ history: 'values' }).run(id);
      expect(await everything()).not.toContain('CANARY');
    }
  });

  it('also when a plan read them', async () => {
    const world = makeWorld(database, { districts: [SENSITIVE] });
    await world.sync({ sensitiveFields: 'all' }).plan(world.district.id);
    expect(await everything()).toContain('CANARY');
    await world.sync().run(world.district.id);
    expect(await everything()).not.toContain('CANARY');
  });
});

describe('13. an unchanged full pull writes no row of the mirror', () => {
  it('nor after events', async () => {
    const world = await synced();
    world.district.users.update(STUDENT, { name: { first: 'Renamed' } });
    await world.settle();
    const versions = async () =>
      database.ask(
        ['districts', 'schools', 'terms', 'courses', 'users', 'sections']
          .map((kind) => `select id, xmin::text as version from clever.${kind}`)
          .concat(`select section_id || user_id || role, xmin::text from clever.enrollments`)
          .concat(`select user_id || school_id, xmin::text from clever.user_schools`)
          .join(' union all ')
          .concat(' order by 1'),
      );
    const before = await versions();
    const report = await world.sync({ pageSize: 2 }).run(world.district.id, { full: true });
    expect(report).toMatchObject({ mode: 'full', created: 0, updated: 0, archived: 0, restored: 0 });
    expect(report.unchanged).toBe(
      before.length - 5 - (await numberOf('enrollments')) + 5 - (await numberOf('user_schools')),
    );
    expect(await versions()).toEqual(before);
  });
});

describe('14. memory does not grow with the district', () => {
  it('holds no more than a page and a chunk, whatever comes', async () => {
    const world = makeWorld(database, { districts: [{ seed: 2, students: 400 }] });
    let most = 0;
    const inner = fromPglite(database.db) as SyncStore<AnyTransaction>;
    const measuring: SyncStore<AnyTransaction> = {
      ...inner,
      transaction: (work) =>
        inner.transaction(({ query, tx }) =>
          work({
            tx,
            query: async (text, values) => {
              const rows = await query(text, values);
              for (const value of values ?? []) {
                most = Math.max(
                  most,
                  (value ?? '').startsWith('[{') ? (JSON.parse(value ?? '') as unknown[]).length : 0,
                );
              }
              most = Math.max(most, rows.length);
              return rows;
            },
          }),
        ),
    };
    const sync = world.sync({ pageSize: 50, store: measuring, guard: false });
    await sync.run(world.district.id);
    world.district.changes.startSchoolYear();
    await sync.run(world.district.id, { full: true });
    expect(await numberOf('users')).toBeGreaterThan(400);
    // A chunk of a plan has a thousand ids, and a page fifty records.
    expect(most).toBeLessThanOrEqual(1_000);
  }, 60_000);
});

it('the tests of this file fail with a store that loses a commit', async () => {
  const world = makeWorld(database);
  const failing = failingStore(fromPglite(database.db) as SyncStore<AnyTransaction>, 40);
  await expect(world.sync({ store: failing.store }).run(world.district.id)).rejects.toThrow();
  await expect(world.expectInStep()).rejects.toThrow();
});
