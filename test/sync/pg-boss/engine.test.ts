import { CleverConfigError } from 'clever-sdk';
import { CleverSyncError, type DistrictHandler, type StopEngine } from 'clever-sdk/sync';
import { pgBossEngine } from 'clever-sdk/sync/pg-boss';
import type { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bosses, describeBosses } from './bosses.js';

const SECRET = 'Canary-7f3a';
/** How often an idle worker looks, in milliseconds. */
const POLLING_MS = 2_000;

/** A handler that records its calls, and does what the test says. */
class Handling {
  readonly calls: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #work: DistrictHandler;

  constructor(work: DistrictHandler = async () => 'done') {
    this.#work = work;
  }

  readonly handler: DistrictHandler = async (districtId, context) => {
    this.calls.push(districtId);
    for (const look of this.#waiting) {
      look();
    }
    return this.#work(districtId, context);
  };

  /** Waits until so many calls have begun. */
  async begun(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.calls.length >= count) {
          this.#waiting.delete(look);
          resolve();
        }
      };
      this.#waiting.add(look);
      look();
    });
  }
}

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // of the real clock, on a busy machine

await describeBosses('the engine', (openBosses) => {
  let bosses: Bosses;
  let boss: PgBoss;
  let queue: string;
  let count = 0;
  const stops: StopEngine[] = [];

  beforeAll(async () => {
    bosses = await openBosses();
    boss = bosses.boss;
  });
  afterAll(async () => {
    await bosses?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await bosses.stopOthers();
  });

  const nextQueue = (): string => {
    count += 1;
    queue = `sync-${count}`;
    return queue;
  };
  const engineOf = (of = boss, name = nextQueue(), pollingIntervalSeconds = POLLING_MS / 1_000) =>
    pgBossEngine(of, { queue: name, pollingIntervalSeconds });
  const work = async (
    engine: ReturnType<typeof engineOf>,
    handling: Handling,
    concurrency = 1,
  ): Promise<StopEngine> => {
    const stop = await engine.work(handling.handler, { concurrency });
    stops.push(stop);
    return stop;
  };
  const settled = (): Promise<void> => bosses.clock.tick(0);
  /** Lets time pass at once, and what is due by then come once. */
  const pass = async (milliseconds: number): Promise<void> => {
    await settled();
    await bosses.clock.setTime(bosses.clock.now() + milliseconds - POLLING_MS);
    await bosses.clock.tick(POLLING_MS);
  };
  const jobs = (name = queue) => boss.findJobs<{ districtId: string }>(name, { limit: 100_000 });
  const states = async (): Promise<string[]> =>
    (await jobs()).map(({ data, state }) => `${data.districtId} ${state}`).toSorted();

  it('sets its queues up', async () => {
    await engineOf().request(['a']);
    const found = await boss.getQueues([queue, `${queue}-dispatch`, `${queue}-dead-letter`]);
    expect(found.find(({ name }) => name === queue)).toMatchObject({
      policy: 'exclusive',
      heartbeatSeconds: 60,
      expireInSeconds: 21_600,
      retryLimit: 8,
      retryBackoff: true,
      retryDelay: 30,
      retryDelayMax: 3_600,
      deadLetter: `${queue}-dead-letter`,
    });
    expect(found.find(({ name }) => name.endsWith('-dispatch'))).toMatchObject({ policy: 'short', retryLimit: 0 });
    expect(found).toHaveLength(3);
  });

  it('has queues of these names by default', async () => {
    await pgBossEngine(boss).request(['a']);
    const names = ['clever-sync', 'clever-sync-dead-letter', 'clever-sync-dispatch'];
    expect((await boss.getQueues(names)).map(({ name }) => name)).toEqual(names);
  });

  it('sets them up once when several processes begin together', async () => {
    const name = nextQueue();
    const others = await Promise.all([bosses.open(), bosses.open(), bosses.open()]);
    await Promise.all(others.map((one, index) => pgBossEngine(one, { queue: name }).request([`d${index}`])));
    expect(await states()).toEqual(['d0 created', 'd1 created', 'd2 created']);
    expect(await boss.getQueue(name)).toMatchObject({ policy: 'exclusive', retryLimit: 8 });
  });

  it('notices sooner that a process died, where that is wished', async () => {
    await pgBossEngine(boss, { queue: nextQueue(), heartbeatSeconds: 10 }).request(['a']);
    for (const found of await boss.getQueues([queue, `${queue}-dispatch`])) {
      expect(found).toMatchObject({ heartbeatSeconds: 10 });
    }
  });

  it('gives a queue that exists its settings', async () => {
    const name = nextQueue();
    await boss.createQueue(name, { policy: 'exclusive', retryLimit: 1, warningQueueSize: 7 });
    await engineOf(boss, name).request(['a']);
    expect(await boss.getQueue(name)).toMatchObject({ retryLimit: 8, heartbeatSeconds: 60, warningQueueSize: 7 });
    expect(await boss.getQueue(name)).toMatchObject({ deadLetter: `${name}-dead-letter` });
  });

  it('refuses a queue with another policy, and says what to do', async () => {
    const name = nextQueue();
    await boss.createQueue(name);
    const refused = engineOf(boss, name).request(['a']);
    await expect(refused).rejects.toThrow(CleverConfigError);
    await expect(refused).rejects.toThrow(`boss.deleteQueue('${name}')`);
  });

  it('queues a district once, with its id and nothing else', async () => {
    const engine = engineOf();
    await engine.request(['a', 'b', 'a']);
    await engine.request(['b', 'c']);
    await engine.request([]);
    expect(await states()).toEqual(['a created', 'b created', 'c created']);
    const rows = await bosses.ask(`select * from pgboss.job where name = '${queue}' and singleton_key = 'a'`);
    expect(rows).toMatchObject([{ data: { districtId: 'a' }, group_id: null, priority: 0, output: null }]);
    expect(Object.keys(rows[0]?.['data'] as object)).toEqual(['districtId']);
  });

  it('queues thousands by one statement', async () => {
    const sent: number[] = [];
    const counting = new Proxy(boss, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as (...values: unknown[]) => unknown;
        return (...values: unknown[]) => {
          if (name === 'insert') {
            sent.push((values[1] as unknown[]).length);
          }
          return member.apply(target, values);
        };
      },
    });
    const ids = Array.from({ length: 3_000 }, (_, index) => `d${index}`);
    await engineOf(counting).request(ids);
    expect(sent).toEqual([3_000]);
    expect(await jobs()).toHaveLength(3_000);
  });

  it('handles what waits without a pause', async () => {
    const engine = engineOf();
    const ids = Array.from({ length: 40 }, (_, index) => `d${index}`);
    await engine.request(ids);
    const handling = new Handling();
    await work(engine, handling);
    await handling.begun(40); // no tick: nothing has waited for a polling interval
    expect(handling.calls.toSorted()).toEqual(ids.toSorted());
    await settled();
    expect(new Set((await jobs()).map(({ state }) => state))).toEqual(new Set(['completed']));
  });

  it('wakes a worker of its own process for a request', async () => {
    const engine = engineOf();
    const handling = new Handling();
    await work(engine, handling, 3);
    await settled();
    await engine.request(['a']);
    await handling.begun(1);
  });

  it('handles so many at once', async () => {
    const engine = engineOf();
    const gate = Promise.withResolvers<void>();
    const handling = new Handling(() => gate.promise.then(() => 'done'));
    await engine.request(['a', 'b', 'c', 'd']);
    await work(engine, handling, 3);
    await handling.begun(3);
    await bosses.clock.tick(POLLING_MS);
    expect(handling.calls).toHaveLength(3);
    gate.resolve();
    await handling.begun(4);
  });

  it('refuses a district that runs, and takes it once it has ended', async () => {
    const engine = engineOf();
    const gate = Promise.withResolvers<void>();
    const handling = new Handling(() => gate.promise.then(() => 'done'));
    await work(engine, handling);
    await engine.request(['a']);
    await handling.begun(1);
    await engine.request(['a']);
    expect(await states()).toEqual(['a active']);
    gate.resolve();
    await settled();
    await engine.request(['a']);
    await handling.begun(2);
  });

  it('queues an unfinished district again, after those that wait', async () => {
    const engine = engineOf();
    for (const district of ['a', 'b', 'c']) {
      await engine.request([district]);
      await bosses.clock.tick(1);
    }
    let slices = 0;
    const handling = new Handling(async (districtId) => {
      slices += districtId === 'a' ? 1 : 0;
      if (districtId !== 'a' || slices === 3) {
        return 'done';
      }
      await bosses.clock.tick(1); // so that what is queued now is later than what waits
      return 'again';
    });
    await work(engine, handling);
    await handling.begun(5);
    await settled();
    expect(handling.calls).toEqual(['a', 'b', 'c', 'a', 'a']);
    expect(await states()).toEqual(['a completed', 'a completed', 'a completed', 'b completed', 'c completed']);
    expect((await jobs()).every(({ retryCount }) => retryCount === 0)).toBe(true);
  });

  it('tries a district that failed again, later each time, and keeps it as a dead letter in the end', async () => {
    const engine = engineOf();
    const handling = new Handling(async () => {
      throw new CleverSyncError('sync_database', { isRetryable: true });
    });
    await work(engine, handling);
    await engine.request(['a']);
    await handling.begun(1);
    await settled();
    await pass(29_000);
    expect(handling.calls).toHaveLength(1);
    await pass(32_000); // half a minute, and up to as much by chance
    expect(handling.calls).toHaveLength(2);
    for (let retry = 2; retry <= 8; retry += 1) {
      await pass(3_600_000);
      await handling.begun(retry + 1);
    }
    await settled();
    expect(await states()).toEqual(['a failed']);
    const letters = await boss.findJobs(`${queue}-dead-letter`);
    expect(letters).toMatchObject([{ data: { districtId: 'a' }, sourceName: queue, state: 'created' }]);
    await engine.request(['a']);
    await handling.begun(10);
  });

  it('follows a request for a district that waits for its retry', async () => {
    const engine = engineOf();
    const handling = new Handling(async () => {
      if (handling.calls.length === 1) {
        throw new CleverSyncError('sync_database', { isRetryable: true });
      }
      return 'done';
    });
    await work(engine, handling);
    await engine.request(['a']);
    await handling.begun(1);
    await settled();
    expect(await states()).toEqual(['a retry']);
    await engine.request(['a']);
    await handling.begun(2); // and the clock has not moved
  });

  it('has pg-boss store a code and a sentence of a failure, and nothing else', async () => {
    const engine = engineOf();
    const cause = new Error(SECRET);
    const handling = new Handling(async (districtId) => {
      throw districtId === 'ours'
        ? Object.assign(new CleverSyncError('sync_hook', { hookError: cause }), { cause })
        : Object.assign(new Error(SECRET, { cause }), { detail: SECRET, code: SECRET, name: SECRET });
    });
    await work(engine, handling);
    await engine.request(['ours', 'foreign']);
    await handling.begun(2);
    await settled();
    const outputs = Object.fromEntries((await jobs()).map(({ data, output }) => [data.districtId, output]));
    expect(outputs).toEqual({
      ours: { name: 'CleverSyncError', code: 'sync_hook', message: new CleverSyncError('sync_hook').message },
      foreign: { name: 'Error', code: 'unknown', message: expect.stringContaining('not of clever-sdk') },
    });
    const tables = await bosses.ask("select table_name from information_schema.tables where table_schema = 'pgboss'");
    for (const { table_name } of tables) {
      const rows = await bosses.ask(`select row_to_json(one)::text as text from pgboss.${table_name} as one`);
      expect(JSON.stringify(rows)).not.toContain(SECRET);
    }
  });

  it('ends the handlers when it stops, waits for them, and gives their districts to others', async () => {
    const engine = engineOf();
    const gate = Promise.withResolvers<void>();
    const handling = new Handling(async (_, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await gate.promise;
      return 'again';
    });
    const stop = await work(engine, handling, 2);
    await engine.request(['a', 'b', 'c']);
    await handling.begun(2);
    let hasStopped = false;
    const stopped = stop().then(() => {
      hasStopped = true;
    });
    await settled();
    expect(hasStopped).toBe(false);
    gate.resolve();
    await stopped;
    await stop();
    expect(handling.calls).toHaveLength(2);
    expect((await states()).filter((state) => state.endsWith('created'))).toEqual([
      'a created',
      'b created',
      'c created',
    ]);

    const other = new Handling();
    await work(engineOf(await bosses.open(), queue), other);
    await other.begun(3);
    expect(other.calls.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('gives a district of a process that died to another one', async () => {
    const engine = engineOf();
    await engine.request(['a']);
    await boss.fetch(queue); // as a worker does, which then sends no sign of life
    await pass(62_000); // pg-boss looks at each queue once a minute
    await pass(62_000);
    expect(await states()).toEqual(['a retry']);
    const handling = new Handling();
    await work(engine, handling);
    await pass(62_000);
    await handling.begun(1);
  });

  it('has a district that was taken away end', async () => {
    const engine = engineOf();
    const aborted = Promise.withResolvers<void>();
    const handling = new Handling(async (_, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve(), { once: true });
      await aborted.promise;
      return 'done';
    });
    await work(engine, handling);
    await engine.request(['a']);
    await handling.begun(1);
    await boss.deleteJob(queue, (await jobs())[0]?.id ?? '');
    await bosses.clock.tick(30_000); // the next sign of life finds no job
    await aborted.promise;
  });

  it('shares districts between processes, each handled once', async () => {
    const name = nextQueue();
    const both = Promise.withResolvers<void>();
    const busy = new Set<number>();
    const engines = await Promise.all([boss, await bosses.open()].map(async (one) => engineOf(one, name)));
    const handlings = engines.map(
      (_, index) =>
        new Handling(async () => {
          busy.add(index);
          if (busy.size === 2) {
            both.resolve();
          }
          await both.promise;
          return 'done';
        }),
    );
    const ids = Array.from({ length: 30 }, (_, index) => `d${index}`);
    await engines[0]?.request(ids);
    await Promise.all(engines.map((engine, index) => work(engine, handlings[index] as Handling, 2)));
    await both.promise;
    while (handlings.flatMap(({ calls }) => calls).length < ids.length) {
      await settled();
    }
    await settled();
    expect(handlings.flatMap(({ calls }) => calls).toSorted()).toEqual(ids.toSorted());
    expect(new Set((await jobs()).map(({ state }) => state))).toEqual(new Set(['completed']));
  });

  it('takes requests again after someone has emptied or deleted its queues', async () => {
    const engine = engineOf();
    await engine.request(['a', 'b']);
    await bosses.ask(`delete from pgboss.job where name = '${queue}'`);
    await engine.request(['a', 'b']);
    expect(await states()).toEqual(['a created', 'b created']);
    await boss.deleteQueue(queue);
    await expect(engine.request(['a'])).rejects.toMatchObject({ code: 'sync_engine', isRetryable: true });
    await engine.request(['a']);
    expect(await states()).toEqual(['a created']);
  });

  describe('every', () => {
    /** Counts the calls of a task. */
    const task = () => {
      const handling = new Handling();
      const run = async (): Promise<void> => {
        await handling.handler('', { signal: new AbortController().signal });
      };
      return { handling, run };
    };

    it('calls a task at once and each minute, by one schedule for all processes', async () => {
      const name = nextQueue();
      const engines = [engineOf(boss, name, 20), engineOf(await bosses.open(), name, 20)];
      const { handling, run } = task();
      for (const engine of engines) {
        stops.push(await engine.every(60_000, run));
      }
      await handling.begun(1);
      await settled();
      const schedules = (await boss.getSchedules()).filter((one) => one.name.startsWith(`${name}-`));
      expect(schedules).toMatchObject([
        { name: `${name}-dispatch`, key: '', cron: '* * * * *', timezone: 'UTC', options: { missed: 'once' } },
      ]);
      const before = handling.calls.length;
      expect(before).toBeLessThanOrEqual(2);
      await bosses.clock.tick(180_000);
      await settled();
      expect(handling.calls.length - before).toBeGreaterThanOrEqual(2);
      expect(handling.calls.length - before).toBeLessThanOrEqual(4);
    });

    it('calls it although a process has died in a call', async () => {
      const { handling, run } = task();
      stops.push(await engineOf(boss, nextQueue(), 20).every(60_000, run));
      await handling.begun(1);
      await settled();
      await boss.send(`${queue}-dispatch`, null, {});
      expect(await boss.fetch(`${queue}-dispatch`)).toHaveLength(1); // as a worker does, which then sends no sign of life
      await bosses.clock.tick(90_000);
      await settled();
      expect(handling.calls.length).toBeGreaterThan(1);
    });

    it('calls it once for all that was missed', async () => {
      const { handling, run } = task();
      stops.push(await engineOf(boss, nextQueue(), 20).every(3_600_000, run));
      await handling.begun(1);
      await settled();
      await bosses.clock.setTime(bosses.clock.now() + 5 * 3_600_000);
      await bosses.clock.tick(45_000);
      await handling.begun(2);
      await bosses.clock.tick(45_000);
      expect(handling.calls).toHaveLength(2);
    });

    it('keeps its schedule when it stops, and waits for a task under way', async () => {
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const stop = await engineOf().every(120_000, () => {
        begun.resolve();
        return gate.promise;
      });
      await begun.promise;
      let hasStopped = false;
      const stopped = stop().then(() => {
        hasStopped = true;
      });
      await settled();
      expect(hasStopped).toBe(false);
      gate.resolve();
      await stopped;
      expect(await boss.getSchedules(`${queue}-dispatch`)).toMatchObject([{ cron: '*/2 * * * *' }]);
    });

    it('does not repeat a task that failed, and stores no more of it than of a district', async () => {
      const { handling, run } = task();
      stops.push(
        await engineOf(boss, nextQueue(), 20).every(86_400_000, async () => {
          await run();
          throw new Error(SECRET);
        }),
      );
      await handling.begun(1);
      await settled();
      expect(await jobs(`${queue}-dispatch`)).toMatchObject([{ state: 'failed', output: { code: 'unknown' } }]);
      await bosses.clock.tick(60_000);
      expect(handling.calls).toHaveLength(1);
    });
  });

  describe('a pg-boss that is not running', () => {
    it.each(['before its start', 'after its stop'])('is named %s', async (when) => {
      const resting = await bosses.open({ isStarted: when === 'after its stop', schema: `resting_${count}` });
      if (when === 'after its stop') {
        await resting.stop();
      }
      const engine = pgBossEngine(resting);
      const begins = engine.work(new Handling().handler, { concurrency: 1 });
      await expect(begins).rejects.toThrow(CleverConfigError);
      await expect(begins).rejects.toThrow('await boss.start()');
    });
  });
});

describe('pgBossEngine()', () => {
  const boss = { notifyWorker: () => undefined } as unknown as PgBoss;

  it('refuses what is no pg-boss of a version that it knows', () => {
    expect(() => pgBossEngine({} as PgBoss)).toThrow('12.38');
    expect(() => pgBossEngine(undefined as unknown as PgBoss)).toThrow(CleverConfigError);
  });

  it('checks its options', () => {
    expect(() => pgBossEngine(boss, { queues: 'a' } as object)).toThrow('pgBossEngine() has no option `queues`');
    for (const queue of ['', 'a b', 7 as unknown as string]) {
      expect(() => pgBossEngine(boss, { queue })).toThrow('`queue`');
    }
    for (const heartbeatSeconds of [9, 10.5, 3_601, '60' as unknown as number]) {
      expect(() => pgBossEngine(boss, { heartbeatSeconds })).toThrow('`heartbeatSeconds`');
    }
    for (const pollingIntervalSeconds of [0.4, 3_601, Number.NaN, '2' as unknown as number]) {
      expect(() => pgBossEngine(boss, { pollingIntervalSeconds })).toThrow('`pollingIntervalSeconds`');
    }
  });

  it.each([0, 1, 59_999, 90_000, 7 * 60_000, 25 * 60_000, 90 * 60_000, 5 * 3_600_000, 48 * 3_600_000, Number.NaN])(
    'refuses a task every %d ms, which cron cannot repeat',
    async (intervalMs) => {
      const refused = pgBossEngine(boss).every(intervalMs, async () => undefined);
      await expect(refused).rejects.toThrow(CleverConfigError);
      await expect(refused).rejects.toThrow('15, 20 or 30 minutes');
    },
  );
});
