import type { Fault } from './faults/fault.js';
import type { Faults } from './faults/faults.js';
import { changeResponse } from './faults/respond.js';
import { makeApp } from './http/app.js';
import type { World } from './world.js';

/**
 * How a request ends: with a whole answer, with one that breaks off, or with none. What breaking off means is up to who
 * carries the answer, a socket or a promise.
 */
export type Exchange =
  | { readonly ending: 'whole'; readonly response: Response }
  /** Half of the body arrives; then the connection is closed (`truncated`) or reset (`reset`). */
  | { readonly ending: 'partial'; readonly response: Response; readonly how: 'truncated' | 'reset' }
  | { readonly ending: 'reset' }
  | { readonly ending: 'silent' };

/** The sandbox behind every skin: one request in, one exchange out. */
export class Server {
  readonly #app = makeApp();
  readonly #faults: Faults;
  readonly #clock: () => number;
  readonly #world: () => World;

  constructor(world: () => World, faults: Faults, clock: () => number) {
    this.#world = world;
    this.#faults = faults;
    this.#clock = clock;
  }

  async handle(request: Request): Promise<Exchange> {
    const fault = this.#faults.take(request.method, new URL(request.url).pathname);
    if (fault?.delayMs !== undefined) {
      await delay(fault.delayMs, request.signal);
    }
    if (fault?.hang === true) {
      return { ending: 'silent' };
    }
    if (fault?.resetConnection === true) {
      return { ending: 'reset' };
    }
    const response = await this.#app.fetch(request, { world: this.#world(), fault, now: this.#clock() });
    return fault === undefined ? { ending: 'whole', response } : change(response, fault);
  }
}

async function change(response: Response, fault: Fault): Promise<Exchange> {
  const changed = await changeResponse(response, fault);
  if (fault.truncateBody === true || fault.resetConnection === 'body') {
    return { ending: 'partial', response: changed, how: fault.truncateBody === true ? 'truncated' : 'reset' };
  }
  return { ending: 'whole', response: changed };
}

/** Waits; an abort ends the wait early, and whoever carries the answer notices the abort. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, milliseconds);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
  });
}
