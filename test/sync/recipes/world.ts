import { createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox, type SandboxOptions } from 'clever-sdk/sandbox';
import { createRosterSync, fromPg, type RosterSync, type SyncEngine, type SyncEvent } from 'clever-sdk/sync';
import type pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { expectInStep } from '../support/compare.js';
import type { AnyRow, Ask } from '../support/database.js';
import { TINY } from '../support/world.js';

/** Two districts: a tiny one, and one with a few pages. */
export const DISTRICTS = [TINY, { seed: 4, students: 40 }] satisfies SandboxOptions['districts'];

/** A sandbox of two districts on loopback, for one test. */
async function listeningSandbox(): Promise<ListeningSandbox> {
  const sandbox = await createSandbox({ districts: DISTRICTS }).listen();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Calls `work` when the sandbox receives its n-th request from now on. */
export function atRequest(sandbox: ListeningSandbox, n: number, work: () => void): void {
  let requests = 0;
  sandbox.faults.add({
    when: () => {
      requests += 1;
      if (requests === n) {
        work();
      }
      return false;
    },
    status: 500,
  });
}

/** A sync of a sandbox on a real PostgreSQL, and what it has reported. */
export interface RecipeWorld {
  readonly sandbox: ListeningSandbox;
  readonly sync: RosterSync;
  readonly ask: Ask;
  /** Calls `work` once, when the next page of a district was stored. */
  atPage(districtId: string, work: () => void): void;
  /** Waits until runs of a district have ended so many times. */
  untilEnded(districtId: string, times?: number): Promise<void>;
  /** Expects every district to be in step, with its lease given back. */
  expectAllInStep(): Promise<void>;
}

/** Makes one, over a database without tables. */
export async function recipeWorld(pool: pg.Pool): Promise<RecipeWorld> {
  const sandbox = await listeningSandbox();
  const ended: string[] = [];
  const waits = new Set<() => void>();
  const atPages = new Map<string, () => void>();
  const onEvent = (event: SyncEvent): void => {
    if (event.kind === 'page') {
      const work = atPages.get(event.districtId);
      atPages.delete(event.districtId);
      work?.();
    }
    if (event.kind === 'run_ended' && event.outcome !== 'unfinished') {
      ended.push(event.districtId);
      for (const look of waits) {
        look();
      }
    }
  };
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  const sync = createRosterSync({ clever, store: fromPg(pool), pageSize: 20, onEvent });
  await pool.query('drop schema if exists clever cascade');
  await sync.migrate();
  const ask: Ask = async (text, values = []) => (await pool.query(text, values)).rows as AnyRow[];
  return {
    sandbox,
    sync,
    ask,
    atPage: (districtId, work) => void atPages.set(districtId, work),
    untilEnded: (districtId, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (ended.filter((id) => id === districtId).length >= times) {
            waits.delete(look);
            resolve();
          }
        };
        waits.add(look);
        look();
      }),
    expectAllInStep: async () => {
      for (const { id } of sandbox.districts) {
        await expectInStep({ ask, sandbox, districtId: id, hasOwnTable: false });
      }
      expect(await ask('select id from clever.sync_districts where lease_owner is not null')).toEqual([]);
    },
  };
}

/** The tests of workers on an engine: `pool` is a database of the test file's own. */
export function testsOfWorkers(pool: () => pg.Pool, open: () => SyncEngine): void {
  it('brings every district in step', async () => {
    const world = await recipeWorld(pool());
    const worker = await world.sync.start({ engine: open(), concurrency: 2 });
    onTestFinished(async () => void (await worker.stop()));
    await Promise.all(world.sandbox.districts.map(({ id }) => world.untilEnded(id)));
    expect(await worker.stop()).toEqual({ isClean: true, left: [] });
    await world.expectAllInStep();
  });

  it('follows a request that comes while the district runs', async () => {
    const world = await recipeWorld(pool());
    const { sandbox, sync } = world;
    const [{ id, users }] = sandbox.districts;
    const requested = Promise.withResolvers<void>();
    world.atPage(id, () => {
      users.update('a00000000000000000000001', { name: { first: 'Meanwhile' } });
      sync.request(id).then(requested.resolve, requested.reject);
    });
    const worker = await sync.start({ engine: open(), concurrency: 2, lookEvery: '1s' });
    onTestFinished(async () => void (await worker.stop()));
    await requested.promise;
    await Promise.all([world.untilEnded(id, 2), ...sandbox.districts.map((one) => world.untilEnded(one.id))]);
    expect(await worker.stop()).toEqual({ isClean: true, left: [] });
    await world.expectAllInStep();
    expect(await world.ask('select id from clever.sync_districts where asked_at is not null')).toEqual([]);
  });

  it('gives its districts back when it stops, and the next worker goes on there', async () => {
    const world = await recipeWorld(pool());
    const { sandbox, sync } = world;
    const begun = Promise.withResolvers<void>();
    atRequest(sandbox, 12, begun.resolve);
    const first = await sync.start({ engine: open(), concurrency: 2 });
    onTestFinished(async () => void (await first.stop()));
    await begun.promise;
    expect(await first.stop()).toEqual({ isClean: true, left: [] });
    expect(await world.ask('select id from clever.sync_districts where lease_owner is not null')).toEqual([]);

    const second = await sync.start({ engine: open(), concurrency: 2 });
    onTestFinished(async () => void (await second.stop()));
    await Promise.all(sandbox.districts.map(({ id }) => world.untilEnded(id)));
    await second.stop();
    await world.expectAllInStep();
  });
}
