import type { SandboxState } from 'clever-sdk/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectConsistent } from '../support/compare.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { failingStore, savepointStore, watchedStore } from '../support/failing-store.js';
import { makeWorld, TINY, type World } from '../support/world.js';

/** What a worker does while it dies. */
export interface Scenario {
  readonly name: string;
  /** What was before. */
  prepare(world: World): Promise<void>;
  /** Whether the worker reads the district in full. Default `false`. */
  readonly isFull?: boolean;
}

/**
 * Every place takes minutes on a small machine, so that by default each run of the tests takes some of them, beginning
 * with another one each time. `EVERY_PLACE=1`, or `npm run test:sync`, takes all of them.
 */
const DYING_STEP = process.env['EVERY_PLACE'] === '1' ? 1 : 3;
const ABORTING_STEP = DYING_STEP === 1 ? 1 : 7;
const FIRST_PLACE = Number(process.env['PROPERTY_SEED'] || Date.now());

/** Small pages, so that the reading has many steps. */
const OPTIONS = { pageSize: 3, history: 'values', kinds: ['terms', 'users', 'sections'] } as const;

/** Something of everything: created, updated, gone, and back. */
export function changeSomeOfAll({ district }: World): void {
  district.users.delete('a00000000000000000000002');
  district.users.update('a00000000000000000000001', { name: { first: 'Renamed' } });
  district.users.create({
    name: { first: 'New', last: 'One' },
    roles: { student: { grade: '4', sis_id: 'new', enrollments: [] } },
  });
  district.sections.update('5ec000000000000000000001', { students: ['a00000000000000000000003'] });
  district.terms.create({ name: 'Spring' });
  district.changes.dissolveSection({ section: '5ec000000000000000000002' });
}

/**
 * Crash enumeration: a worker dies at the first place, the next time at the second, and so on: before each statement,
 * after it, at each commit and after it; then the same with each answer of Clever; then it is aborted at each of these
 * places, and ends by itself. Whenever it ends, the tables must agree with one another; and once another worker came
 * through, with Clever.
 */
export function enumerateCrashes({ name, prepare, isFull = false }: Scenario): void {
  let database: TestDatabase;
  let state: SandboxState;

  /** The world as it was prepared, with nothing of the tests before. */
  async function again(): Promise<World> {
    await database.ask('rollback to savepoint prepared');
    return worldOf(state);
  }

  function worldOf(of?: SandboxState): World {
    const world = makeWorld(database, { districts: [TINY], ...(of === undefined ? {} : { state: of }) });
    const store = savepointStore(database.db);
    return { ...world, sync: (options, client) => world.sync({ store, ...OPTIONS, ...options }, client) };
  }

  async function expectRecovery(world: World, { isLeaseFree = false } = {}): Promise<void> {
    const comparison = { ask: database.ask, districtId: world.district.id, hasValues: true, kinds: OPTIONS.kinds };
    await expectConsistent(comparison);
    if (!isLeaseFree) {
      await database.expireLeases();
    }
    const sync = world.sync();
    const { odd } = await sync.run(world.district.id, { full: isFull });
    expect(odd).toBe(0);
    await world.settle(sync);
    await world.expectInStep(comparison);
  }

  describe(name, () => {
    beforeAll(async () => {
      database = await testDatabase();
      await database.ask('begin');
      const world = worldOf();
      await prepare(world);
      state = world.sandbox.snapshot();
      await database.ask('savepoint prepared');
    }, 120_000);
    afterAll(() => database.close());
    beforeEach(() => {
      expect.hasAssertions();
    });

    it.each([
      ['dies', DYING_STEP],
      ['fails once', 4 * DYING_STEP],
    ] as const)(
      'recovers from a store that %s at any place',
      async (mode, step) => {
        const moments = new Set<string>();
        for (let place = 1 + (FIRST_PLACE % step); ; place += step) {
          const world = await again();
          const failing = failingStore(savepointStore(database.db), place, mode);
          const run = world.sync({ store: failing.store }).run(world.district.id, { full: isFull });
          const [{ status }] = await Promise.allSettled([run]);
          if (failing.failedAt === undefined) {
            expect(status).toBe('fulfilled');
            break;
          }
          moments.add(failing.failedAt);
          await expectRecovery(world);
        }
        expect(moments.size).toBeGreaterThan(0);
      },
      400_000,
    );

    it.each([
      ['statement', ABORTING_STEP],
      ['request', 1],
    ] as const)(
      'ends when it is aborted at any %s, and leaves the rest to the next run',
      async (what, step) => {
        const outcomes = new Set<string>();
        for (let place = 1 + (FIRST_PLACE % step); ; place += step) {
          const world = await again();
          const controller = new AbortController();
          let passed = 0;
          const pass = (): void => {
            passed += 1;
            if (passed === place) {
              controller.abort();
            }
          };
          const store = savepointStore(database.db);
          const sync =
            what === 'statement'
              ? world.sync({ store: watchedStore(store, pass) })
              : world.sync(
                  { store },
                  {
                    fetch: (url, init) => {
                      pass();
                      return world.sandbox.fetch(url, init);
                    },
                  },
                );
          const { outcome } = await sync.run(world.district.id, { full: isFull, signal: controller.signal });
          if (passed < place) {
            break;
          }
          outcomes.add(outcome);
          if (outcome === 'unfinished') {
            const [row] = await database.ask(`select next_sync_at <= clock_timestamp() as is_due, lease_owner, failures
              from clever.sync_districts`);
            expect(row).toEqual({ is_due: true, lease_owner: null, failures: 0 });
          }
          await expectRecovery(world, { isLeaseFree: true });
        }
        expect(outcomes).toContain('unfinished');
      },
      400_000,
    );

    it('recovers from any answer that does not come', async () => {
      for (let failing = 1; ; failing += 1) {
        const world = await again();
        let requests = 0;
        const sync = world.sync(
          {},
          {
            fetch: async (url, init) => {
              requests += 1;
              if (requests === failing) {
                throw new TypeError('connection reset');
              }
              return world.sandbox.fetch(url, init);
            },
          },
        );
        const [{ status }] = await Promise.allSettled([sync.run(world.district.id, { full: isFull })]);
        if (requests < failing) {
          expect(status).toBe('fulfilled');
          break;
        }
        await expectRecovery(world);
      }
    }, 400_000);
  });
}
