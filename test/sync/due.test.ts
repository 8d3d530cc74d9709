import { createCleverClient } from 'clever-sdk';
import { type Duration, fromPglite, type SyncEvent } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SyncSource } from '../../src/sync/clever/source.js';
import type { SyncContext } from '../../src/sync/context.js';
import { resolveOptions } from '../../src/sync/options.js';
import { runDueDistrict } from '../../src/sync/run/run-district.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { watchedStore } from './support/failing-store.js';
import { makeWorld, TINY, type World } from './support/world.js';

/*
 * When a district is due: after a run, a failure and a kill, and who may run it then.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 120_000);
afterAll(() => database.close());
beforeEach(() => database.reset());

const HOUR = 3_600_000;
const SIX_HOURS = '6h' satisfies Duration;

/** What the district's row says, with times from now on in milliseconds. */
async function row(): Promise<Record<string, unknown>> {
  const [found] = await database.ask(`
select *,
  (extract(epoch from next_sync_at) * 1000)::float8 as next_ms,
  (extract(epoch from next_sync_at - clock_timestamp()) * 1000)::float8 as next_in,
  (extract(epoch from next_sync_at - last_run_at) * 1000)::float8 as back_off
from clever.sync_districts`);
  return found ?? {};
}

async function synced(): Promise<World> {
  const world = makeWorld(database);
  await world.sync().run(world.district.id);
  return world;
}

/** Expects the district to be due at a slot of its own, and returns the place of its slots within `every`. */
async function expectSlot(every = 6 * HOUR): Promise<number> {
  const { next_ms: next, next_in: nextIn } = await row();
  expect(Number(nextIn)).toBeGreaterThan(every / 2 - 60_000);
  expect(Number(nextIn)).toBeLessThanOrEqual((every * 3) / 2);
  return Math.round(Number(next) % every);
}

describe('after a run, a district is due at its next slot', () => {
  it('which is the same place of each day, whatever became of the run', async () => {
    const world = makeWorld(database);
    const sync = world.sync({ every: SIX_HOURS });
    const id = world.district.id;
    const places: number[] = [];
    const outcomes: string[] = [];
    const run = async (): Promise<void> => {
      outcomes.push((await sync.run(id)).outcome);
      places.push(await expectSlot());
      await database.ask(`update clever.sync_districts set next_sync_at = null`);
    };
    await run();
    await run();
    for (const { id: student } of world.sandbox.people({ role: 'student' })) {
      world.district.users.delete(student);
    }
    await run();
    await run();
    world.district.pause();
    await run();
    const [status] = await sync.status();
    await sync.approve(status?.held?.run ?? 0, { by: 'test' });
    await run();
    await run();
    world.district.disconnect();
    await run();
    expect(outcomes).toEqual(['done', 'done', 'held', 'held', 'held', 'done', 'paused', 'disconnected']);
    expect(new Set(places).size).toBe(1);
  });

  it('which differs from that of other districts', async () => {
    const districts = [1, 2, 3, 4, 5, 6].map((n) => ({ seed: n, students: 1 }));
    const world = makeWorld(database, { districts });
    const sync = world.sync({ every: SIX_HOURS });
    for (const { id } of world.sandbox.districts) {
      await sync.run(id);
    }
    const rows = await database.ask(
      'select (extract(epoch from next_sync_at) * 1000)::float8 as next from clever.sync_districts',
    );
    expect(new Set(rows.map(({ next }) => Math.floor(Number(next) / 1_000))).size).toBe(districts.length);
  });

  it('by the length of time that the app gives it', async () => {
    const world = makeWorld(database);
    const given: unknown[] = [];
    const sync = world.sync({
      every: (district) => {
        given.push(district);
        return district.name === 'Tiny' ? '30m' : '6h';
      },
    });
    await sync.run(world.district.id);
    await expectSlot(HOUR / 2);
    expect(given).toContainEqual({ districtId: world.district.id, name: 'Tiny' });
  });

  it('unless the app fails to say it, which is found before anything is read', async () => {
    const world = makeWorld(database);
    let requests = 0;
    const fetch: World['sandbox']['fetch'] = (url, init) => {
      requests += 1;
      return world.sandbox.fetch(url, init);
    };
    const sync = world.sync({ every: () => 'often' as never }, { fetch });
    await expect(sync.run(world.district.id)).rejects.toMatchObject({ code: 'config' });
    expect(requests).toBe(0);
    expect(await row()).toMatchObject({ failures: 1, last_error_code: 'config' });
  });

  it('but not after a plan, which moves nothing', async () => {
    const world = await synced();
    await database.ask(`update clever.sync_districts set next_sync_at = '2030-01-01T00:00:00Z', connection = 'paused'`);
    await world.sync().plan(world.district.id);
    const failing = world.sync({}, { fetch: () => Promise.reject(new TypeError('connection reset')) });
    await expect(failing.plan(world.district.id)).rejects.toThrow();
    expect(await row()).toMatchObject({
      next_sync_at: new Date('2030-01-01T00:00:00Z'),
      connection: 'paused',
      failures: 0,
      last_error_code: null,
    });
  });
});

describe('after a failure', () => {
  const backOff = { first: '10s', most: '1m' } as const;

  it('a district is due later with each one in a row', async () => {
    const world = makeWorld(database);
    const failing = world.sync({ backOff }, { fetch: () => Promise.reject(new TypeError('connection reset')) });
    const waits: number[] = [];
    for (let failures = 1; failures <= 4; failures += 1) {
      await expect(failing.run(world.district.id)).rejects.toThrow();
      expect((await row())['failures']).toBe(failures);
      waits.push(Math.round(Number((await row())['next_in']) / 1_000));
    }
    expect(waits).toEqual([10, 20, 40, 60]);
    await world.sync().run(world.district.id);
    expect(await row()).toMatchObject({ failures: 0, last_error_code: null });
  });

  it('a district whose runs are killed is due later each time as well, and says why', async () => {
    const world = await synced();
    const waits: number[] = [];
    for (let killed = 0; killed < 5; killed += 1) {
      // A process that dies after it has taken the lease: nothing of it reaches the database any more.
      let isDead = false;
      const store = watchedStore(fromPglite(database.db), () => {
        if (isDead) {
          throw new Error('dead');
        }
      });
      const fetch: World['sandbox']['fetch'] = () => {
        isDead = true;
        return Promise.reject(new TypeError('dead'));
      };
      await expect(world.sync({ backOff, store: store as never }, { fetch }).run(world.district.id)).rejects.toThrow();
      const { back_off: wait, failures, last_error_code: code } = await row();
      waits.push(Math.round(Number(wait) / 1_000));
      expect([failures, code]).toEqual([killed, killed === 0 ? null : 'sync_lease_expired']);
      await database.ask(`update clever.sync_districts set lease_until = clock_timestamp() - interval '1 second'`);
    }
    // Due again soon after the first.
    expect(waits).toEqual([10, 20, 40, 60, 60]);
    // The next holder of the lease counts that the last one was killed, also when it makes a plan.
    const due = (await row())['next_sync_at'];
    await world.sync().plan(world.district.id);
    expect(await row()).toMatchObject({ failures: 5, last_error_code: 'sync_lease_expired', next_sync_at: due });
    await world.settle();
    expect(await row()).toMatchObject({ failures: 0, last_error_code: null });
  });
});

describe('a run that another process replaced', () => {
  it('reports it although it failed for another reason', async () => {
    const world = await synced();
    const events: SyncEvent[] = [];
    const sync = world.sync(
      { onEvent: (event) => events.push(event) },
      {
        fetch: async () => {
          await database.ask(`update clever.sync_districts set lease_epoch = lease_epoch + 1`);
          throw new TypeError('connection reset');
        },
      },
    );
    await expect(sync.run(world.district.id)).rejects.toMatchObject({ code: 'connection' });
    expect(events.map(({ kind }) => kind).slice(-2)).toEqual(['lease_lost', 'run_failed']);
  });

  it('reports it', async () => {
    const world = await synced();
    const events: SyncEvent[] = [];
    const sync = world.sync(
      { onEvent: (event) => events.push(event) },
      {
        fetch: async (url, init) => {
          if (String(url).includes('/sections')) {
            await database.ask(`update clever.sync_districts set lease_epoch = lease_epoch + 1`);
          }
          return world.sandbox.fetch(url, init);
        },
      },
    );
    await expect(sync.run(world.district.id, { full: true })).rejects.toMatchObject({ code: 'sync_lease_lost' });
    const [lost, failed] = events.slice(-2);
    expect(lost).toEqual({ kind: 'lease_lost', districtId: world.district.id, run: expect.any(Number) });
    expect(failed).toMatchObject({ kind: 'run_failed', code: 'sync_lease_lost' });
  });
});

describe('a worker', () => {
  /** What the parts of a sync share, with a count of what is sent. */
  function contextOf(world: World): { context: SyncContext; sent: { statements: number; requests: number } } {
    const sent = { statements: 0, requests: 0 };
    const clever = createCleverClient({
      ...world.sandbox.clientOptions(),
      fetch: (url, init) => {
        sent.requests += 1;
        return world.sandbox.fetch(url, init);
      },
    });
    const store = watchedStore(fromPglite(database.db), (moment) => {
      sent.statements += moment === 'before statement' ? 1 : 0;
    });
    const options = resolveOptions({ clever, store });
    const { sensitiveFields, schema, districts, pageSize } = options;
    const source = new SyncSource({ clever, districts, sensitiveFields, pageSize });
    return { context: { store, schema, options, source, sensitiveFields, emit: () => undefined }, sent };
  }

  it.each([
    ['is due', `next_sync_at = clock_timestamp() - interval '1 second'`, true],
    ['was never due', 'next_sync_at = null', true],
    ['someone asked for', `next_sync_at = clock_timestamp() + interval '1 hour', asked_at = clock_timestamp()`, true],
    ['is not due', `next_sync_at = clock_timestamp() + interval '1 hour'`, false],
    [
      'another one runs',
      `next_sync_at = null, lease_owner = 'another', lease_until = clock_timestamp() + interval '1 minute'`,
      false,
    ],
    [
      'another one ran when it died',
      `next_sync_at = null, lease_owner = 'another', lease_until = clock_timestamp() - interval '1 minute'`,
      true,
    ],
  ])('finds a district that %s', async (_, state, isRun) => {
    const world = await synced();
    await database.ask(`update clever.sync_districts set ${state}`);
    const { context, sent } = contextOf(world);
    const report = await runDueDistrict(context, world.district.id, {});
    if (isRun) {
      expect(report).toMatchObject({ outcome: 'done', mode: 'events' });
      // It is due no more: a second job of the same district costs one statement.
      const { statements, requests } = sent;
      expect(await runDueDistrict(context, world.district.id, {})).toBeUndefined();
      expect(sent).toEqual({ statements: statements + 1, requests });
    } else {
      expect(report).toBeUndefined();
      expect(sent).toEqual({ statements: 1, requests: 0 });
    }
  });

  it('leaves a district alone that the tables do not have', async () => {
    const world = makeWorld(database);
    const { context, sent } = contextOf(world);
    expect(await runDueDistrict(context, TINY.district.id, {})).toBeUndefined();
    expect(sent).toEqual({ statements: 1, requests: 0 });
    expect(await database.ask('select id from clever.sync_districts')).toEqual([]);
  });

  it('runs once more what was asked for meanwhile, unless the slice is over', async () => {
    const world = await synced();
    await world.sync().request(world.district.id);
    const controller = new AbortController();
    const { context } = contextOf(world);
    const ended: string[] = [];
    const emit = (event: SyncEvent): void => {
      if (event.kind === 'run_ended') {
        ended.push(event.outcome);
        if (ended.length === 2) {
          controller.abort();
        }
        void database.ask('update clever.sync_districts set asked_at = clock_timestamp()');
      }
    };
    const { signal } = controller;
    const report = await runDueDistrict({ ...context, emit }, world.district.id, { signal });
    expect(report?.outcome).toBe('done');
    expect(ended).toEqual(['done', 'done']);
    expect((await row())['asked_at']).not.toBeNull();
  });
});

describe('an engine', () => {
  it.each([{}, { request: () => undefined, work: () => undefined }, 'pg-boss', null])(
    'is refused as an option: %j',
    (engine) => {
      expect(() => makeWorld(database).sync({ engine: engine as never })).toThrow(
        expect.objectContaining({ code: 'config' }),
      );
    },
  );
});
