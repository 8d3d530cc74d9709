import { CertifyError } from '../error.js';
import { AppTrouble } from './visitor.js';

/** What a {@link Bounds} is made from. */
export interface BoundsOptions {
  /** The hosts, with ports, that a visitor may reach: the app's and the sandbox's. */
  readonly mayReach: (url: URL) => boolean;
  /** The time for one answer. */
  readonly answerMs: number;
  /** The largest number of requests of all visitors together. */
  readonly maxRequests: number;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** The limits that all visitors of a run share: where they may go, how long they wait, and how often they ask. */
export class Bounds {
  readonly #options: BoundsOptions;
  #requests = 0;

  constructor(options: BoundsOptions) {
    this.#options = options;
  }

  /** The time for one answer, in milliseconds. */
  get answerMs(): number {
    return this.#options.answerMs;
  }

  /** Whether visitors may go there. */
  mayReach(url: URL): boolean {
    return this.#options.mayReach(url);
  }

  /**
   * Counts a request before it is sent.
   *
   * @returns What ends it: its own time, or the end of the run.
   */
  begin(url: URL): AbortSignal {
    this.#options.signal.throwIfAborted();
    if (!this.#options.mayReach(url)) {
      throw new AppTrouble(
        `The app led to ${url.host}, which is neither the app nor the sandbox, so the visitor did not go there.`,
      );
    }
    this.#requests += 1;
    if (this.#requests > this.#options.maxRequests) {
      throw new CertifyError(
        'limit',
        `The run sent ${this.#options.maxRequests} requests, which is its limit. Choose fewer probes by \`only\`, or raise \`maxRequests\`.`,
      );
    }
    return AbortSignal.any([this.#options.signal, AbortSignal.timeout(this.#options.answerMs)]);
  }

  /** What became of a request that ended without an answer. */
  troubleOf(error: unknown, { host, pathname }: URL): unknown {
    this.#options.signal.throwIfAborted();
    if (error instanceof AppTrouble || error instanceof CertifyError) {
      return error;
    }
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      return new AppTrouble(`${host} did not answer a request for ${pathname} in ${this.#options.answerMs / 1_000} s.`);
    }
    return new AppTrouble(`The connection to ${host} ended before it had answered a request for ${pathname}.`);
  }
}
