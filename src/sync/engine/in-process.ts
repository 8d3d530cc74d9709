import type { DistrictHandler, StopEngine, SyncEngine } from './engine.js';

/**
 * Runs districts in this process: a queue in memory, first come, first served. Needs nothing beside the database of the
 * sync, where the due times are, so that nothing is lost with the process.
 *
 * Several processes may each have one. They find the same districts due, and the lease of a district gives it to the
 * first that asks, so each of the others spends one statement on it. From some dozens of due districts a minute, an
 * engine with a shared queue, such as `pgBossEngine`, spends less.
 *
 * @example
 * ```ts
 * import { inProcessEngine, type RosterSync } from 'clever-sdk/sync';
 *
 * declare const sync: RosterSync;
 * const worker = await sync.start({ engine: inProcessEngine(), concurrency: 4 });
 * ```
 */
export function inProcessEngine(): SyncEngine {
  const engine = new InProcessEngine();
  return {
    name: 'in-process',
    request: async (districtIds) => engine.queue(districtIds),
    work: async (handler, { concurrency }) => engine.work(handler, concurrency),
    every: async (intervalMs, task) => every(intervalMs, task),
  };
}

/** A handler that takes districts from the queue. */
interface Worker {
  readonly handler: DistrictHandler;
  readonly concurrency: number;
  readonly controller: AbortController;
  /** What is under way. */
  readonly running: Set<Promise<void>>;
}

class InProcessEngine {
  /** Those that wait, in their order. */
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  readonly #workers = new Set<Worker>();

  queue(districtIds: readonly string[]): void {
    for (const districtId of districtIds) {
      this.#waiting.add(districtId);
    }
    this.#fill();
  }

  work(handler: DistrictHandler, concurrency: number): StopEngine {
    const worker: Worker = { handler, concurrency, controller: new AbortController(), running: new Set() };
    this.#workers.add(worker);
    this.#fill();
    return async () => {
      this.#workers.delete(worker);
      worker.controller.abort();
      await Promise.all(worker.running);
    };
  }

  /** Hands out what waits, as long as a worker has a free place. */
  #fill(): void {
    for (const worker of this.#workers) {
      for (const districtId of this.#waiting) {
        if (worker.running.size >= worker.concurrency) {
          break;
        }
        // A district that runs stays in the queue, so that its run is followed by one more.
        if (!this.#running.has(districtId)) {
          this.#waiting.delete(districtId);
          this.#begin(worker, districtId);
        }
      }
    }
  }

  #begin(worker: Worker, districtId: string): void {
    this.#running.add(districtId);
    const run = this.#handle(worker, districtId).finally(() => {
      this.#running.delete(districtId);
      worker.running.delete(run);
      this.#fill();
    });
    worker.running.add(run);
  }

  async #handle({ handler, controller }: Worker, districtId: string): Promise<void> {
    try {
      if ((await handler(districtId, { signal: controller.signal })) === 'again') {
        this.#waiting.add(districtId);
      }
    } catch {
      // The row of the district says when it is due again.
    }
  }
}

/** Calls a task at once, and then regularly; never twice at the same time. */
function every(intervalMs: number, task: () => Promise<void>): StopEngine {
  let running: Promise<void> | undefined;
  const call = (): void => {
    running ??= task()
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
  };
  call();
  const timer = setInterval(call, intervalMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
