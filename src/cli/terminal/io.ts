import type { FetchFunction } from '../../index.js';

/** What a command does with the world outside: replaced in tests. */
export interface CommandIo {
  /**
   * Writes to standard output; settles when it is written.
   *
   * @param form - What the text is, see {@link OutputForm}. Default: `text`.
   * @throws {@link ClosedPipe} when no process reads it any more.
   */
  out(text: string, form?: OutputForm): void | Promise<void>;
  /** Writes to standard error. */
  err(text: string): void;
  /** Aborted when the command is to end: by Ctrl+C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The environment's variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is at the other end. */
  readonly terminal: Terminal;
  /** The version of Node, such as `22.12.0`. */
  readonly nodeVersion: string;
  /** The current time in Unix milliseconds. */
  now(): number;
  /** Waits; rejects with the signal's reason when the command is to end, or the one that is given is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /**
   * Asks for something secret without showing what is typed; `undefined` when no person can answer. Rejects when the
   * command is to end.
   */
  askSecret(question: string): Promise<string | undefined>;
  /** Asks a question that is answered by yes or no; `undefined` when no person can answer. */
  confirm(question: string): Promise<boolean | undefined>;
  /** Opens a page in the person's browser, where there is one. */
  openBrowser(url: string): Promise<void>;
  /** Replaces the global `fetch`. */
  readonly fetch?: FetchFunction;
}

/**
 * - `text`: written by the command. Characters that a terminal obeys are shown as `\u001b`, and lines that are wider
 *   than the terminal are broken between words.
 * - `painted`: text with the command's own colours: every value is already `visible`, and every line fits.
 * - `data`: exact for a file or a pipe, and shown like `text` on a terminal.
 */
export type OutputForm = 'text' | 'painted' | 'data';

/** What is at the other end of the streams. */
export interface Terminal {
  /** Whether standard output is shown on a terminal. */
  readonly showsOutput: boolean;
  /** The width of the terminal that shows standard output; `undefined` without one. */
  readonly columns: number | undefined;
  /** The width of the terminal that shows standard error; `undefined` without one. */
  readonly errorColumns: number | undefined;
  /** Whether standard output may be coloured. */
  readonly hasColor: boolean;
  /** Where a progress bar may move; `undefined` when standard error is no terminal. */
  readonly progress: NodeJS.WriteStream | undefined;
}

/** No process reads standard output any more, as after `| head`: the command ends, and nothing went wrong. */
export class ClosedPipe extends Error {
  override get name(): string {
    return 'ClosedPipe';
  }
}
