/** What a process that runs snippets is asked, and what it answers. */

export interface Job {
  readonly name: string;
  readonly text: string;
  readonly linesBefore: number;
  readonly files: readonly string[];
  readonly databaseUrl: string | undefined;
  /** Whether the process may run another snippet after this one. */
  readonly mayShare: boolean;
}

export interface Answer {
  /** Everything that was printed. */
  readonly output: string;
  /** The error with which the snippet ended. */
  readonly error?: Failure;
  /** Hosts that the snippet tried to reach. */
  readonly refused: readonly string[];
  /** Whether the snippet left nothing running, so that the process may run another. */
  readonly isClean: boolean;
}

export interface Failure {
  readonly name: string;
  readonly message: string;
  /** The line of the snippet, from 1, where it is known. */
  readonly line?: number;
}
