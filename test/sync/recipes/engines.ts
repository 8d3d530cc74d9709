import type { DistrictHandler, Handled, StopEngine, SyncEngine } from 'clever-sdk/sync';
import { expect, it, onTestFinished } from 'vitest';

/*
 * What every engine does, whatever it is made of. Its queue is empty when a test begins.
 */

/** Ends when the work it waits for has happened. */
class Gate {
  readonly #resolvers = Promise.withResolvers<void>();
  readonly opened = this.#resolvers.promise;

  open(): void {
    this.#resolvers.resolve();
  }
}

/** A handler that is called with one district after another, and remembers them. */
interface Recorder {
  readonly handled: string[];
  readonly handler: DistrictHandler;
  /** Waits until a district was handled so many times. */
  until(districtId: string, times?: number): Promise<void>;
}

function recorder(answer: (districtId: string, signal: AbortSignal) => Handled | Promise<Handled>): Recorder {
  const handled: string[] = [];
  const waits = new Set<() => void>();
  return {
    handled,
    handler: async (districtId, { signal }) => {
      try {
        return await answer(districtId, signal);
      } finally {
        handled.push(districtId);
        for (const look of waits) {
          look();
        }
      }
    },
    until: (districtId, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (handled.filter((id) => id === districtId).length >= times) {
            waits.delete(look);
            resolve();
          }
        };
        waits.add(look);
        look();
      }),
  };
}

async function working(engine: SyncEngine, handler: DistrictHandler, concurrency = 1): Promise<StopEngine> {
  const stop = await engine.work(handler, { concurrency });
  let stopped: Promise<void> | undefined;
  const once: StopEngine = () => {
    stopped ??= stop();
    return stopped;
  };
  onTestFinished(once);
  return once;
}

/** The tests that an engine has to pass. */
export function testsOfEngines(open: () => SyncEngine): void {
  it('handles districts in the order in which they were requested', async () => {
    const engine = open();
    const { handled, handler, until } = recorder(() => 'done');
    await engine.request(['a']);
    await engine.request(['b']);
    await engine.request(['c']);
    await working(engine, handler);
    await until('c');
    expect(handled).toEqual(['a', 'b', 'c']);
  });

  it('queues a district that waits once, and keeps its place', async () => {
    const engine = open();
    const { handled, handler, until } = recorder(() => 'done');
    for (const districtIds of [['a'], ['b'], ['c'], ['a', 'b'], ['last']]) {
      await engine.request(districtIds);
    }
    await working(engine, handler);
    await until('last');
    expect(handled).toEqual(['a', 'b', 'c', 'last']);
  });

  it('follows a request that comes while the district runs', async () => {
    const engine = open();
    const begun = new Gate();
    const requested = new Gate();
    const { handled, handler, until } = recorder(async (districtId): Promise<Handled> => {
      if (districtId === 'a') {
        begun.open();
        await requested.opened;
      }
      return 'done';
    });
    await working(engine, handler);
    await engine.request(['a']);
    await begun.opened;
    await engine.request(['a']);
    await engine.request(['a']);
    requested.open();
    await until('a', 2);
    await engine.request(['last']);
    await until('last');
    expect(handled).toEqual(['a', 'a', 'last']);
  });

  it('queues a district again that has work left, after those that wait', async () => {
    const engine = open();
    let slices = 0;
    const { handled, handler, until } = recorder((districtId) => {
      slices += districtId === 'large' ? 1 : 0;
      return districtId === 'large' && slices < 3 ? 'again' : 'done';
    });
    for (const districtId of ['large', 'a', 'b']) {
      await engine.request([districtId]);
    }
    await working(engine, handler);
    await until('large', 3);
    expect(handled).toEqual(['large', 'a', 'b', 'large', 'large']);
  });

  it('goes on after a handler has failed, and takes the district when it is requested again', async () => {
    const engine = open();
    let tries = 0;
    const { handled, handler, until } = recorder((districtId) => {
      if (districtId === 'a') {
        tries += 1;
        if (tries === 1) {
          throw new Error('a later try can cure it');
        }
      }
      return 'done';
    });
    await working(engine, handler);
    await engine.request(['a']);
    await engine.request(['b']);
    await until('b');
    await engine.request(['a']);
    await until('a', 2);
    expect(handled).toEqual(['a', 'b', 'a']);
  });

  it('handles as many districts at once as it may', async () => {
    const engine = open();
    const both = new Gate();
    let running = 0;
    const { handler, until } = recorder(async (): Promise<Handled> => {
      running += 1;
      if (running === 2) {
        both.open();
      }
      await both.opened;
      return 'done';
    });
    await working(engine, handler, 2);
    await engine.request(['a', 'b']);
    await until('b');
  });

  it('aborts what runs when it stops, and waits for its end; the next one goes on', async () => {
    const engine = open();
    const begun = new Gate();
    const { handled, handler } = recorder(
      (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve('again'));
          begun.open();
        }),
    );
    const stop = await working(engine, handler);
    await engine.request(['a']);
    await begun.opened;
    await stop();
    expect(handled).toEqual(['a']);

    const next = recorder(() => 'done');
    await working(engine, next.handler);
    await next.until('a');
  });
}
