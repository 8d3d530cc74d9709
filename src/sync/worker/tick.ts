/** How much one call may do. */
export interface TickOptions {
  /** How long it may take, in milliseconds, 1000 to 86400000. A run that takes longer goes on at the next call. */
  readonly budgetMs: number;
  /** How many districts run at once, 1 to 100. Default 1. */
  readonly concurrency?: number;
  /** Ends it early, at the next safe place of each run. */
  readonly signal?: AbortSignal;
}

/** What one call has done. */
export interface TickReport {
  /** Runs that reached their end, whatever it was. */
  readonly ended: number;
  /** Runs of these that the guard holds. */
  readonly held: number;
  /** Runs that will go on at the next call. */
  readonly unfinished: number;
  /** Runs that failed; `sync.status()` says why. */
  readonly failed: number;
  /** Districts that are still due. */
  readonly due: number;
  readonly durationMs: number;
}
