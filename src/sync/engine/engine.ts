/** How the handling of a district ended. `'again'`: part of the work is left, so it is to be handled once more. */
export type Handled = 'done' | 'again';

/** What a handler is given beside the district. */
export interface HandlerContext {
  /** Aborted when the engine stops, or takes the district away: the handler ends at its next safe place. */
  readonly signal: AbortSignal;
}

/**
 * Runs one district. Rejects only with an error that a later try can cure, without any record's value or cause in it,
 * so that an engine may store it.
 */
export type DistrictHandler = (districtId: string, context: HandlerContext) => Promise<Handled>;

/** How an engine handles districts. */
export interface WorkOptions {
  /** How many districts at once, in this process. */
  readonly concurrency: number;
}

/** Ends what an engine has begun. Resolves when nothing of it runs any more. */
export type StopEngine = () => Promise<void>;

/**
 * What decides which process runs which district, and when: `inProcessEngine()`, `pgBossEngine(boss)`, or your own.
 *
 * An engine only says "this district, now". It may lose a request, handle it twice, or hand one district to two
 * processes: due times and the right to write are kept in the row of the district, and looked at again each time.
 */
export interface SyncEngine {
  /** Its name, for messages. */
  readonly name: string;
  /**
   * Queues districts, in this order, after those that wait. A district that waits already is not queued again.
   */
  request(districtIds: readonly string[]): Promise<void>;
  /**
   * Starts to call the handler for queued districts. A district whose handling ends with `'again'` is queued once more,
   * after those that wait. Stopping aborts the signals of running handlers, and waits for them to end.
   */
  work(handler: DistrictHandler, options: WorkOptions): Promise<StopEngine>;
  /**
   * Calls a task at once and then regularly, in one process at least. Stopping waits for a task that is under way.
   *
   * @param intervalMs - In milliseconds.
   */
  every(intervalMs: number, task: () => Promise<void>): Promise<StopEngine>;
}
