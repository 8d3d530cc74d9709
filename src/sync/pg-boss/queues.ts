import { CleverConfigError } from '../../errors/config.js';
import type { PgBossLike, PgBossQueue } from './boss.js';

/** The names of an engine's queues. */
export interface QueueNames {
  /** One job for each district that is to be run. */
  readonly districts: string;
  /** One job for each look at what is due. Its schedule in pg-boss has the same name. */
  readonly dispatch: string;
  /** Jobs of districts that have failed at every retry. */
  readonly deadLetter: string;
}

/** A name of which pg-boss accepts all that is made from it. */
const NAME = /^[\w.\-/]+$/u;

/** @throws {@link CleverConfigError} for a name that pg-boss does not accept. */
export function queueNames(name: string): QueueNames {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new CleverConfigError('`queue` must be a name of letters, digits and the characters _ . - /.');
  }
  return { districts: name, dispatch: `${name}-dispatch`, deadLetter: `${name}-dead-letter` };
}

/**
 * One job with the same key may exist that waits, runs or is to be retried. Of pg-boss's other policies for this,
 * `stately` and `singleton` lose a retry that meets a waiting job. A run that hangs is noticed after six hours. A
 * district that fails is tried again after half a minute, and then after twice as long each time, at most an hour.
 */
const DISTRICTS: PgBossQueue = {
  policy: 'exclusive',
  expireInSeconds: 21_600,
  retryLimit: 8,
  retryBackoff: true,
  retryDelay: 30,
  retryDelayMax: 3_600,
};

/**
 * One look may wait. That another one runs does not hold it up, because the process of that one may have died. A look
 * that fails is not repeated, because the next one comes by itself; and a day of them is enough to keep.
 */
const DISPATCH: PgBossQueue = {
  policy: 'short',
  expireInSeconds: 900,
  retryLimit: 0,
  deleteAfterSeconds: 86_400,
};

/**
 * Creates the queues that do not exist, and gives those that do the engine's settings. Several processes may do so at
 * once.
 *
 * @param heartbeatSeconds - How long a process may be silent before its jobs are given to others.
 * @throws {@link CleverConfigError} for a queue that exists with another policy, which pg-boss cannot change.
 */
export async function prepareQueues(
  boss: PgBossLike,
  { districts, dispatch, deadLetter }: QueueNames,
  heartbeatSeconds: number,
): Promise<void> {
  const wanted: readonly (readonly [string, PgBossQueue])[] = [
    [deadLetter, {}],
    [districts, { ...DISTRICTS, heartbeatSeconds, deadLetter }],
    [dispatch, { ...DISPATCH, heartbeatSeconds }],
  ];
  const found = await queuesOf(boss, [districts, dispatch, deadLetter]);
  for (const [name, queue] of wanted) {
    if (!found.has(name)) {
      await boss.createQueue(name, queue);
    }
  }
  // Of two processes that create a queue at once, only one has its settings taken: so all look at what there is now.
  const present = found.size === wanted.length ? found : await queuesOf(boss, [districts, dispatch, deadLetter]);
  for (const [name, { policy, ...settings }] of wanted) {
    const queue = present.get(name);
    if (policy !== undefined && queue?.policy !== policy) {
      throw new CleverConfigError(
        `pgBossEngine(): the queue '${name}' exists with the policy '${queue?.policy}', and pg-boss cannot change it to '${policy}'. ` +
          `Delete it with boss.deleteQueue('${name}') if nothing else uses it, or pass another name as \`queue\`.`,
      );
    }
    if (queue !== undefined && !hasSettings(queue, settings)) {
      await boss.updateQueue(name, settings);
    }
  }
}

async function queuesOf(boss: PgBossLike, names: string[]): Promise<ReadonlyMap<string, PgBossQueue>> {
  return new Map((await boss.getQueues(names)).map((queue) => [queue.name, queue]));
}

function hasSettings(queue: PgBossQueue, settings: PgBossQueue): boolean {
  return Object.entries(settings).every(([name, value]) => queue[name as keyof PgBossQueue] === value);
}
