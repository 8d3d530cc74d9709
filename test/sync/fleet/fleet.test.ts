import { expect, it, onTestFinished } from 'vitest';
import { describeOnPostgres } from '../../support/postgres/index.js';
import {
  countTakeovers,
  databaseNow,
  type EndedRun,
  endedRuns,
  type Spread,
  spreadOf,
  waitsBetweenRuns,
} from './audit.js';
import { FLEET_SEED, IS_FULL, type Random, randomFrom } from './random.js';
import { makeScene, measurePace, pause, type Scene } from './scene.js';
import type { EngineName } from './task.js';

/*
 * Many processes over one database, each killed with signal 9 at random and replaced, while districts change and runs
 * are asked for. The title shows the seed: the lives of the processes and the changes are the same again with
 *
 *     FLEET_SEED=<seed> npx vitest run test/sync/fleet/fleet.test.ts
 *     FLEET=full                          8 processes and 200 districts, as `npm run test:sync` has it
 *
 * The wait of a district is the time between the beginnings of two of its runs that came to their end: how old its
 * mirror may be. The longest must be less than three times the median, with all those kills. What the design gives: a
 * district is due once in `every`, at its own slot; a request may move a run by half of it; and a killed process costs
 * the rest of its lease, the back-off of one failure and the time until the next look, which all are short beside
 * `every`. A request is followed within the same limit, mostly at the next look (`answers`). How long districts waited
 * after they were due is measured as well (`delays`): there the median is nearly nothing, and the longest is that of a
 * killed process.
 */

const PROCESSES = IS_FULL ? 8 : 3;
const DISTRICTS = IS_FULL ? 200 : 30;

/** The shortened clock of an engine on an idle machine, in milliseconds. */
interface Clock {
  readonly everyMs: number;
  /** How long a process lives at most. */
  readonly lifeMs: number;
  /** For how long waits are measured. */
  readonly spanMs: number;
}

const CLOCKS: Readonly<Record<EngineName, Clock>> = {
  'in-process': { everyMs: 6_000, lifeMs: IS_FULL ? 20_000 : 10_000, spanMs: IS_FULL ? 30_000 : 14_000 },
  // A job of a killed process is noticed after pg-boss's shortest heartbeat, ten seconds.
  'pg-boss': {
    everyMs: IS_FULL ? 16_000 : 12_000,
    lifeMs: IS_FULL ? 30_000 : 15_000,
    spanMs: IS_FULL ? 50_000 : 26_000,
  },
};

await describeOnPostgres('a fleet whose processes are killed at random', (postgres) => {
  it.each(['in-process', 'pg-boss'] as const)(
    `keeps every district in step, with the engine %s (seed ${FLEET_SEED})`,
    async (engine) => {
      const pace = await measurePace(postgres, PROCESSES);
      const { everyMs, lifeMs, spanMs } = slower(CLOCKS[engine], pace);
      const times = { everyMs, leaseMs: Math.ceil(1_500 * pace), lookMs: Math.ceil(500 * pace) };
      const scene = await makeScene(postgres, { engine, districts: DISTRICTS, ...times });
      const { ask, districts } = scene;
      const begin = await databaseNow(ask);
      const history = startHistory(scene, { everyMs, lifeMs });
      await scene.untilRunAfter(begin, districts, 600_000);
      const from = await databaseNow(ask);
      await pause(spanMs);
      const to = await databaseNow(ask);
      const kills = await history.end();
      // Before everything is asked for once more.
      await scene.untilNoneIsAsked();
      const runs = await endedRuns(ask);
      const answers = spreadOf(scene.waitsOfRequests(runs));
      await scene.expectAllWell();
      const waits = waitsBetweenRuns(runs, districts, [from, to]);
      const figures = {
        ...{ engine, seed: FLEET_SEED, processes: PROCESSES, districts: DISTRICTS, pace },
        ...{ kills, takeovers: await countTakeovers(ask), runs: runs.length },
        ...{ untilAllRanMs: Math.round(from - begin), waits, answers, delays: delaysOf(runs, [from, to]) },
      };
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      expect(waits.longest).toBeLessThan(3 * waits.median);
      expect(answers.longest).toBeLessThan(3 * waits.median);
      expect(answers.median).toBeLessThan(everyMs / 2);
    },
    1_800_000,
  );
});

function slower(clock: Clock, pace: number): Clock {
  return { everyMs: clock.everyMs * pace, lifeMs: clock.lifeMs * pace, spanMs: clock.spanMs * pace };
}

/**
 * Has processes live and die, districts change, and runs asked for, about each tenth one. `end` ends that, and returns
 * how many processes were killed; those that live go on.
 */
function startHistory(
  scene: Scene,
  { everyMs, lifeMs }: Pick<Clock, 'everyMs' | 'lifeMs'>,
): { end(): Promise<number> } {
  const random = randomFrom(FLEET_SEED);
  const ended = new AbortController();
  const { signal } = ended;
  const lives = Array.from({ length: PROCESSES }, (_, n) =>
    livesAndDies(scene, { random: random.fork(`process ${n}`), lifeMs, signal }),
  );
  const others = [
    repeat([20, 120], random.fork('changes'), signal, async (numbers) => scene.change(numbers)),
    repeat([0, (2 * 10 * everyMs) / DISTRICTS], random.fork('requests'), signal, (numbers) =>
      scene.request(numbers.pick(scene.districts)),
    ),
  ];
  onTestFinished(async () => {
    ended.abort();
    await Promise.allSettled([...lives, ...others]);
  });
  return {
    end: async () => {
      ended.abort();
      await Promise.all(others);
      return (await Promise.all(lives)).reduce((sum, kills) => sum + kills, 0);
    },
  };
}

/**
 * Has a worker killed at a random time and replaced, again and again: mostly while it works, and now and then while it
 * starts. Returns how often; the last one lives.
 */
async function livesAndDies(
  { fleet }: Scene,
  { random, lifeMs, signal }: { readonly random: Random; readonly lifeMs: number; readonly signal: AbortSignal },
): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const worker = fleet.start();
    if (random.next() < 0.9) {
      await worker.started();
      await pause(random.between(500, lifeMs), signal);
    } else {
      await pause(random.between(0, 500), signal);
    }
    if (signal.aborted) {
      await worker.started();
      return kills;
    }
    await worker.kill();
  }
}

/** Does something at random times until it is to end. */
async function repeat(
  [shortest, longest]: readonly [number, number],
  random: Random,
  signal: AbortSignal,
  work: (random: Random) => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await pause(random.between(shortest, longest), signal);
    await work(random);
  }
}

/** How long districts were due, or asked for, before their run began, within a span of time. */
function delaysOf(runs: readonly EndedRun[], [from, to]: readonly [number, number]): Spread {
  const within = runs.filter(({ beganAt }) => beganAt >= from && beganAt <= to);
  return spreadOf(within.map(({ beganAt, dueAt }) => beganAt - dueAt));
}
