import type { RosterSyncOptions, StartOptions } from 'clever-sdk/sync';

/** What a worker's process is given, as JSON in `WORKER`. */
export interface Task {
  /** Its name: the `application_name` of its connections, and what its hook writes. */
  readonly name: string;
  readonly database: string;
  readonly library: 'pg' | 'postgres.js';
  readonly engine: EngineName;
  /** Options of the client. */
  readonly clever: object;
  readonly sync: Pick<RosterSyncOptions, 'leaseMs' | 'hookTimeoutMs' | 'every' | 'backOff' | 'fullEvery' | 'pageSize'>;
  readonly start: Omit<StartOptions, 'engine'>;
  /** Whether the client tries again what failed. Default `false`, so that runs fail. */
  readonly retries?: boolean;
  /** A district whose runs kill the process. */
  readonly poison?: string | undefined;
}

/** The engines that a fleet is tried with. */
export type EngineName = 'in-process' | 'pg-boss';

/** What a worker's process says, a line of JSON each. */
export type Word =
  | { readonly says: 'started' }
  | { readonly says: 'stopped'; readonly isClean: boolean; readonly left: readonly string[] }
  /** A run that had been taken over by another one. */
  | { readonly says: 'lease lost'; readonly districtId: string }
  /** An error that the app would have seen: one of an idle connection, or of pg-boss. */
  | { readonly says: 'trouble'; readonly code: string };
