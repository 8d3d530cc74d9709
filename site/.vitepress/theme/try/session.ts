import type { OutputLine, Print } from './playground/output.ts';
import type { AnswerMessage, CallMessage, Calls } from './protocol.ts';

/** The parts of a `Worker` that a session uses. */
export interface Thread {
  postMessage(message: CallMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<AnswerMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

type Given<Name extends keyof Calls> =
  Parameters<Calls[Name]> extends [...infer Values, Print] ? Values : Parameters<Calls[Name]>;
type Result<Name extends keyof Calls> = Awaited<ReturnType<Calls[Name]>>;

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly print: Print;
}

/** The page's end of the wire to the playground. It starts the thread with the first call. */
export class Session {
  readonly #start: () => Thread;
  readonly #pending = new Map<number, Pending>();
  #thread: Thread | undefined;
  #calls = 0;

  constructor(start: () => Thread) {
    this.#start = start;
  }

  /**
   * Calls a method of the playground.
   *
   * @throws `Error` with the message to show when the call fails or is stopped.
   */
  call<Name extends keyof Calls>(name: Name, given: Given<Name>, print: Print = ignore): Promise<Result<Name>> {
    const thread = this.#running();
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, print });
      thread.postMessage({ id, name, given });
    });
  }

  /** Ends the thread, whatever it does. The next call begins with a new sandbox. */
  stop(why: string): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) {
      reject(new Error(why));
    }
  }

  #running(): Thread {
    if (this.#thread === undefined) {
      this.#thread = this.#start();
      this.#thread.onmessage = ({ data }) => this.#receive(data);
      this.#thread.onerror = () => this.stop('The sandbox could not start in this browser.');
    }
    return this.#thread;
  }

  #receive(message: AnswerMessage): void {
    const pending = this.#pending.get(message.id);
    if ('line' in message) {
      pending?.print(message.line);
      return;
    }
    this.#pending.delete(message.id);
    if ('error' in message) {
      pending?.reject(new Error(message.error));
    } else {
      pending?.resolve(message.result as never);
    }
  }
}

function ignore(_line: OutputLine): void {
  // Only some calls print.
}
