import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCleverClient, type DistrictClient, type ListParams, type Paginated } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { cleverList } from '../support/clever-list.js';
import { it as itWithSandbox } from '../support/fixtures.js';

/* A reading that ends holds on to nothing: no listeners, timers, sockets, rejections, or delivered pages. */

const ids = Array.from({ length: 1_000 }, (_, index) => `${(0x5f000000 + index).toString(16)}0123456789abcdef`);
const PAGE_SIZE = 10;

function open(
  params: ListParams,
  onRequest?: Parameters<typeof cleverList>[0]['onRequest'],
): Paginated<{ id: string }> {
  const { fetch } = cleverList({ ids, ...(onRequest === undefined ? {} : { onRequest }) });
  const district: DistrictClient = createCleverClient({ fetch, validation: 'off' }).district({ token: 'token' });
  return district.users.list({ pageSize: PAGE_SIZE, retry: false, ...params });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const WAYS = [
  ['alone', {}],
  ['ahead', { prefetch: 3 }],
  ['in parallel', { parallel: 4 }],
] as const;

describe.each(WAYS)('read %s', (_, how) => {
  it("a caller's signal has as many listeners after a hundred pages as after a few, and none at the end", async () => {
    const { signal } = new AbortController();
    const counts: number[] = [];
    for await (const _page of open({ ...how, signal }).pages()) {
      counts.push(getEventListeners(signal, 'abort').length);
    }
    expect(counts.length).toBeGreaterThanOrEqual(100);
    // Each reader of a parallel reading has its own listener.
    expect(Math.max(...counts)).toBeLessThanOrEqual('parallel' in how ? 2 * how.parallel : 1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each(['break', 'error'] as const)('a signal has no listener after a %s', async (end) => {
    const { signal } = new AbortController();
    let asked = 0;
    const failing = async (): Promise<Response | undefined> => {
      asked += 1;
      return end === 'error' && asked > 5 ? new Response(null, { status: 500 }) : undefined;
    };
    let count = 0;
    const read = async (): Promise<void> => {
      for await (const _item of open({ ...how, signal }, failing)) {
        count += 1;
        if (end === 'break' && count === 25) {
          break;
        }
      }
    };
    const outcome = await read().then(
      () => 'break',
      () => 'error',
    );
    expect(outcome).toBe(end);
    await turn();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('a failure after a break is not an unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    let asked = 0;
    const failing = async (): Promise<Response | undefined> => {
      asked += 1;
      if (asked <= 2) {
        return undefined;
      }
      await turn();
      throw new TypeError('late');
    };
    let pages = 0;
    for await (const _page of open(how, failing).pages()) {
      pages += 1;
      if (pages === 2) {
        break;
      }
    }
    for (let turns = 0; turns < 20; turns += 1) {
      await turn();
    }
    process.off('unhandledRejection', onUnhandled);
    expect(asked).toBeGreaterThan(2);
    expect(unhandled).toEqual([]);
  });

  it('delivered pages can be garbage-collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const handedOut: WeakRef<object>[] = [];
    let alive = Number.POSITIVE_INFINITY;
    for await (const { data } of open(how).pages()) {
      handedOut.push(new WeakRef(data));
      if (handedOut.length === 80) {
        for (let turns = 0; turns < 20; turns += 1) {
          await turn();
        }
        collect();
        alive = handedOut.filter((page) => page.deref() !== undefined).length;
      }
    }
    // The current page, and pages that are still referenced from the engine's stack.
    expect(alive).toBeLessThanOrEqual(3);
  });
});

describe('a process that stops reading', () => {
  const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

  itWithSandbox.for(['break in pages', 'break in items', 'break in parallel pages', 'abort', 'abort in parallel'])(
    'by %s has no timer left and exits on its own',
    { timeout: 60_000 },
    async (how, { listening: sandbox }) => {
      const args = ['--import', file('../../scripts/resolve-sources.ts'), file('./leave.ts')];
      const [{ token }] = sandbox.districts;
      // Rejects when the process has to be killed, and when its exit code is not 0.
      const ended = promisify(execFile)(process.execPath, [...args, sandbox.url, token, how], {
        timeout: 50_000,
      });
      const left = JSON.parse((await ended).stdout) as string[];
      expect(left.filter((resource) => resource === 'Timeout')).toEqual([]);
    },
  );
});
