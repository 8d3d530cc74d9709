/** A job of pg-boss, as a handler gets it. */
export interface PgBossJob {
  /** A UUID. */
  readonly id: string;
  readonly data: object;
  /** How often the job has begun again after a failure. With the id, it names this attempt. */
  readonly retryCount: number;
  /** Aborted when pg-boss stops, or gives the job to another process. */
  readonly signal: AbortSignal;
}

/** How a queue of pg-boss is set up. */
export interface PgBossQueue {
  /** How many jobs of a key there may be. */
  readonly policy?: string;
  /** The queue that gets the jobs which have failed at every retry. */
  readonly deadLetter?: string;
  readonly retryLimit?: number;
  /** Whether each retry waits twice as long as the one before it. */
  readonly retryBackoff?: boolean;
  /** In seconds. */
  readonly retryDelay?: number;
  /** In seconds. */
  readonly retryDelayMax?: number;
  /** How long a job may run, in seconds. */
  readonly expireInSeconds?: number;
  /** After how long without a sign of life a job is taken from its process, in seconds. */
  readonly heartbeatSeconds?: number;
  /** How long a job is kept after its end, in seconds. */
  readonly deleteAfterSeconds?: number;
}

/** What an engine needs of pg-boss. A `PgBoss` of version 12.38 or later has it. */
export interface PgBossLike {
  /** Creates a queue that does not exist yet. */
  createQueue(name: string, queue: PgBossQueue): Promise<void>;
  /** Changes the settings of a queue; its policy stays. */
  updateQueue(name: string, settings: Omit<PgBossQueue, 'policy'>): Promise<void>;
  /** Returns the queues of these names that exist. */
  getQueues(names: string[]): Promise<readonly ({ readonly name: string } & PgBossQueue)[]>;
  /** Queues jobs by one statement, but for those that the queue's policy refuses. Returns the ids of the others. */
  insert(
    name: string,
    jobs: { id: string; data: object; singletonKey: string }[],
    options: { returnId: boolean },
  ): Promise<readonly string[] | null>;
  /** Queues a job, unless the queue's policy refuses it. */
  send(name: string, data: object | null, options: { singletonKey?: string }): Promise<string | null>;
  /** Changes when the waiting job of a key may begin, in seconds from now. */
  update(
    name: string,
    data: undefined,
    options: { singletonKey: string; startAfter: number },
  ): Promise<{ readonly updated: number }>;
  /** Ends a job, if this attempt of it still runs. */
  complete(name: string, job: { id: string; retryCount: number }): Promise<object>;
  /** Starts a worker, and returns its id. */
  work(
    name: string,
    options: { batchSize: number; pollingIntervalSeconds: number },
    handler: (jobs: PgBossJob[]) => Promise<void>,
  ): Promise<string>;
  /** Has a worker look for a job now. */
  notifyWorker(id: string): void;
  /** Stops a worker, and waits for its job to end. */
  offWork(name: string, options: { id: string; wait: boolean }): Promise<void>;
  /** Has a job queued at the times of a cron expression. */
  schedule(name: string, cron: string, data: null, options: { missed: 'once' }): Promise<void>;
}
