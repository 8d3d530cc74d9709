import { createCleverClient, createMemoryRateBudget } from 'clever-sdk';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { CountingClever, pause } from '../support/counting-clever.js';
import { loadWhatReads } from '../support/load-what-reads.js';

beforeAll(loadWhatReads);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-05T12:00:00.300Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const world = fc.record({
  limit: fc.integer({ min: 1, max: 40 }),
  windowMs: fc.integer({ min: 5, max: 60 }).map((seconds) => seconds * 1_000),
  rounding: fc.constantFrom('floor', 'round', 'ceil'),
  aheadMs: fc.integer({ min: -100_000_000, max: 100_000_000 }),
  tellsTime: fc.boolean(),
  latencies: fc.array(fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 2_400 })), { minLength: 1, maxLength: 20 }),
  /** Requests of a process that has ended. */
  before: fc.nat({ max: 20 }),
  startMs: fc.nat({ max: 4_000 }),
  readers: fc.integer({ min: 0, max: 12 }),
  pages: fc.integer({ min: 1, max: 12 }),
  /** The times of interactive calls. */
  calls: fc.array(fc.nat({ max: 100_000 }), { maxLength: 20 }),
});

it('whatever the limit, the window, the latencies and the clocks: no call is refused, and every call is answered', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ latencies, before, startMs, readers, pages, calls, ...counting }) => {
      let turn = 0;
      const latencyMs = (): number => latencies[turn++ % latencies.length] ?? 0;
      const clever = new CountingClever({ ...counting, latencyMs });
      const client = createCleverClient({
        fetch: clever.fetch,
        rateBudget: createMemoryRateBudget(),
        validation: 'off',
        retry: { retries: 0 },
        totalTimeoutMs: 2 ** 31 - 1,
      });
      const { users } = client.district({ token: 'token' });
      const received = Math.min(before, counting.limit - 1);
      for (let index = 0; index < received; index += 1) {
        clever.receive(new URL('https://api.clever.com/v3.1/users/x'), 'Bearer token');
      }
      await vi.advanceTimersByTimeAsync(startMs);
      const reader = async (): Promise<number> => {
        let read = 0;
        for await (const _ of users.list({ pageSize: 1 }).pages()) {
          read += 1;
          if (read === pages) {
            break;
          }
        }
        return read;
      };
      const call = async (afterMs: number): Promise<string> => {
        await pause(afterMs);
        return (await users.get(`u${afterMs}`)).id;
      };
      const all = Promise.all([Promise.all(Array.from({ length: readers }, reader)), Promise.all(calls.map(call))]);
      all.catch(() => undefined);
      await vi.runAllTimersAsync();
      const [reading, called] = await all;
      expect(clever.refused).toBe(0);
      expect(reading).toEqual(reading.map(() => pages));
      expect(called).toEqual(calls.map((afterMs) => `u${afterMs}`));
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 40 },
  );
}, 60_000);
