/** A job of pg-boss, as a handler gets it. */
export interface PgBossJob {
  readonly id: string;
  readonly data: object;
  readonly retryCount: number;
  /** Aborted when pg-boss stops, or gives the job to another process. */
  readonly signal: AbortSignal;
}

/** How a queue of pg-boss is set up. */
export interface PgBossQueue {
  readonly policy?: string;
  readonly deadLetter?: string;
  readonly retryLimit?: number;
  readonly retryBackoff?: boolean;
  readonly retryDelay?: number;
  readonly retryDelayMax?: number;
  readonly expireInSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly deleteAfterSeconds?: number;
}

/** What an engine needs of pg-boss. A `PgBoss` of version 12.38 or later has it. */
export interface PgBossLike {
  createQueue(name: string, queue: PgBossQueue): Promise<void>;
  updateQueue(name: string, settings: Omit<PgBossQueue, 'policy'>): Promise<void>;
  getQueues(names: string[]): Promise<readonly ({ readonly name: string } & PgBossQueue)[]>;
  insert(
    name: string,
    jobs: { id: string; data: object; singletonKey: string }[],
    options: { returnId: boolean },
  ): Promise<readonly string[] | null>;
  send(name: string, data: object | null, options: { singletonKey?: string }): Promise<string | null>;
  update(
    name: string,
    data: undefined,
    options: { singletonKey: string; startAfter: number },
  ): Promise<{ readonly updated: number }>;
  complete(name: string, job: { id: string; retryCount: number }): Promise<object>;
  work(
    name: string,
    options: { batchSize: number; pollingIntervalSeconds: number },
    handler: (jobs: PgBossJob[]) => Promise<void>,
  ): Promise<string>;
  notifyWorker(id: string): void;
  offWork(name: string, options: { id: string; wait: boolean }): Promise<void>;
  schedule(name: string, cron: string, data: null, options: { missed: 'once' }): Promise<void>;
}
