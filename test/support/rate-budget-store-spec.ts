import { createCleverClient, type RateBudgetStore } from 'clever-sdk';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CountingClever } from './counting-clever.js';
import { loadWhatReads } from './load-what-reads.js';

/** The state that a test's own change writes into a store. */
interface Tally {
  readonly count: number;
}

/**
 * What every {@link RateBudgetStore} must do.
 *
 * @param open - Returns one store for each of several processes, all with the same empty budget.
 */
export function rateBudgetStoreSpec(name: string, open: (processes: number) => readonly RateBudgetStore[]): void {
  const count = (store: RateBudgetStore, key: string, keepMs = 60_000) =>
    store.update(key, (state) => {
      const tally = { count: ((state as Tally | undefined)?.count ?? 0) + 1 };
      return { state: tally, keepMs, result: tally.count };
    });
  const settled = async <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => undefined);
    await vi.runAllTimersAsync();
    return work;
  };

  describe(`a rate budget in ${name}`, () => {
    beforeAll(loadWhatReads);
    beforeEach(() => {
      vi.useFakeTimers({ now: new Date('2026-01-05T12:00:00.300Z') });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('begins empty, and returns the result of a change', async () => {
      const [store] = open(1) as [RateBudgetStore];
      const found = store.update('a', (state) => ({ state: { count: 1 }, keepMs: 1_000, result: state ?? 'nothing' }));
      expect(await settled(Promise.resolve(found))).toBe('nothing');
      expect(await settled(Promise.resolve(count(store, 'a')))).toBe(2);
    });

    it('keeps keys separate', async () => {
      const [store] = open(1) as [RateBudgetStore];
      const counts = ['a', 'b', 'a'].map((key) => count(store, key));
      expect(await settled(Promise.all(counts))).toEqual([1, 1, 2]);
    });

    it('loses no change when several processes change the same key', async () => {
      const stores = open(3);
      const counts = Array.from({ length: 60 }, (_, index) => count(stores[index % 3] as RateBudgetStore, 'a'));
      const seen = await settled(Promise.all(counts));
      expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    });

    it('returns a state as it was written', async () => {
      const [store, other] = open(2) as [RateBudgetStore, RateBudgetStore];
      const state = { version: 1, count: 3, at: 1_767_614_400_300.25, isOpen: true };
      await settled(Promise.resolve(store.update('a', () => ({ state, keepMs: 60_000, result: undefined }))));
      const found = other.update('a', (seen) => ({ state: seen ?? {}, keepMs: 1, result: seen }));
      expect(await settled(Promise.resolve(found))).toEqual(state);
    });

    it('keeps a state as long as requested', async () => {
      const [store] = open(1) as [RateBudgetStore];
      const first = count(store, 'a', 60_000);
      await vi.advanceTimersByTimeAsync(59_000);
      expect(await first).toBe(1);
      expect(await settled(Promise.resolve(count(store, 'a', 60_000)))).toBe(2);
    });

    it('has one clock, in milliseconds', async () => {
      const [store, other] = open(2) as [RateBudgetStore, RateBudgetStore];
      const time = (of: RateBudgetStore) => of.update('a', (_, nowMs) => ({ state: {}, keepMs: 1, result: nowMs }));
      const before = await settled(Promise.resolve(time(store)));
      await vi.advanceTimersByTimeAsync(5_000);
      const after = await settled(Promise.resolve(time(other)));
      expect(after - before).toBeGreaterThanOrEqual(5_000);
      expect(after - before).toBeLessThan(6_000);
    });

    it.each([
      { readers: [4, 4, 4, 4], limit: 150 },
      { readers: [16, 16, 16, 16], limit: 400 },
      { readers: [2, 4, 8, 16], limit: 200 },
    ])(
      'gives processes with $readers readers equal shares of $limit requests',
      async ({ readers, limit }) => {
        const clever = new CountingClever({ limit });
        const counts = readers.map(() => 0);
        const stores = open(readers.length);
        const users = readers.map((_, index) => {
          const fetch: typeof clever.fetch = async (url, init) => {
            counts[index] = (counts[index] ?? 0) + 1;
            return clever.fetch(url, init);
          };
          const rateBudget = stores[index] as RateBudgetStore;
          return createCleverClient({ fetch, rateBudget, validation: 'off' }).district({ token: 'token' }).users;
        });
        // Computes the key of the token, which takes real time.
        await settled(Promise.all(users.map((of) => of.get('first'))));
        const end = Date.now() + 120_000;
        const read = async (index: number): Promise<void> => {
          for await (const _ of users[index]?.list({ pageSize: 1 }).pages() ?? []) {
            if (Date.now() >= end) {
              break;
            }
          }
        };
        const reading = Promise.all(readers.flatMap((many, index) => Array.from({ length: many }, () => read(index))));
        reading.catch(() => undefined);
        await vi.advanceTimersByTimeAsync(120_000);
        expect(clever.refused).toBe(0);
        expect(clever.served).toBeGreaterThanOrEqual(0.95 * 2 * limit);
        if (new Set(stores).size > 1) {
          expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.5);
        }
        await settled(reading);
      },
      30_000,
    );

    it('does not keep the share of a process that has ended', async () => {
      const clever = new CountingClever({ limit: 100 });
      const [store, ended] = open(2) as [RateBudgetStore, RateBudgetStore];
      const usersOf = (rateBudget: RateBudgetStore) =>
        createCleverClient({ fetch: clever.fetch, rateBudget, validation: 'off' }).district({ token: 'token' }).users;
      await settled(usersOf(ended).list({ pageSize: 1 }).firstPage());
      const end = Date.now() + 120_000;
      const read = async (): Promise<void> => {
        for await (const _ of usersOf(store).list({ pageSize: 1 }).pages()) {
          if (Date.now() >= end) {
            break;
          }
        }
      };
      const reading = Promise.all([read(), read(), read(), read()]);
      reading.catch(() => undefined);
      await vi.advanceTimersByTimeAsync(120_000);
      expect(clever.served).toBeGreaterThanOrEqual(0.98 * 2 * 100);
      expect(clever.refused).toBe(0);
      await settled(reading);
    }, 30_000);

    it('is shared by all processes, and never overspent', async () => {
      const clever = new CountingClever({ limit: 150 });
      const end = Date.now() + 180_000;
      const read = async (rateBudget: RateBudgetStore): Promise<void> => {
        const client = createCleverClient({ fetch: clever.fetch, rateBudget, validation: 'off' });
        const users = client.district({ token: 'token' }).users;
        for await (const _ of users.list({ pageSize: 1 }).pages()) {
          if (Date.now() >= end) {
            break;
          }
        }
      };
      const reading = Promise.all(open(3).flatMap((store) => [read(store), read(store), read(store)]));
      reading.catch(() => undefined);
      await vi.advanceTimersByTimeAsync(180_000);
      expect(clever.refused).toBe(0);
      expect(clever.served).toBeGreaterThanOrEqual(0.98 * 3 * 150);
      await settled(reading);
    });
  });
}
