import { defineInspect } from '../../../privacy/index.js';
import type { Fault } from './fault.js';
import { type Asked, matcherOf } from './matching.js';
import { checkFault, effectsOf } from './members.js';

/** A failure that was added: how often it has happened, and the way to take it back. Printing it shows no bodies. */
export interface AddedFault {
  /** What was added. */
  readonly fault: Fault;
  /** How often it has happened. */
  readonly happened: number;
  /** How often it will happen still; `Infinity` for a standing one, 0 when it is used up or removed. */
  readonly remaining: number;
  /** Takes it back. Nothing happens when it is used up or removed. */
  remove(): void;
}

/** Failures that were asked for, in the order in which they were added: the first that matches a request is used. */
export class Faults {
  #planned: Planned[] = [];

  /**
   * Adds a failure.
   *
   * @returns The failure as it stands: for tests that want to know whether it happened, or to end a standing one.
   * @throws {@link SandboxError} for a member that does not exist, a value that it does not take, or two that contradict.
   */
  add(fault: Fault): AddedFault {
    checkFault(fault);
    const planned = new Planned(fault);
    // Those that are used up go now, so that a listing needs no clearing up behind every request.
    this.#planned = [...this.list(), planned] as Planned[];
    return planned;
  }

  /** The failures that are still to come, in the order in which they were added. */
  list(): AddedFault[] {
    return this.#planned.filter(({ remaining }) => remaining > 0);
  }

  /** Removes every failure that is still to come. */
  clear(): void {
    for (const planned of this.#planned) {
      planned.remove();
    }
    this.#planned = [];
  }

  /** @internal The failure for a request, used up by one. */
  take(asked: Asked): Planned | undefined {
    if (this.#planned.length === 0) {
      return undefined;
    }
    return this.#planned.find((candidate) => candidate.remaining > 0 && candidate.matches(asked))?.take();
  }
}

/** @internal A failure and how often it is still to happen. */
export class Planned implements AddedFault {
  readonly fault: Fault;
  readonly matches: (asked: Asked) => boolean;
  #skip: number;
  #remaining: number;
  #happened = 0;
  #isRemoved = false;

  constructor(fault: Fault) {
    this.fault = Object.freeze({ ...fault });
    this.matches = matcherOf(fault);
    this.#skip = fault.skip ?? 0;
    this.#remaining = fault.times ?? 1;
    defineInspect(this, () => ({ effects: effectsOf(fault), happened: this.#happened, remaining: this.#remaining }));
  }

  get happened(): number {
    return this.#happened;
  }

  get remaining(): number {
    return this.#remaining;
  }

  remove(): void {
    this.#isRemoved = true;
    this.#remaining = 0;
  }

  /** Itself, used up by one; `undefined` while it lets requests pass. */
  take(): this | undefined {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return undefined;
    }
    this.#remaining -= 1;
    this.#happened += 1;
    return this;
  }

  /** It found nothing to change: it has not happened. */
  giveBack(): void {
    this.#happened -= 1;
    this.#remaining += this.#isRemoved ? 0 : 1;
  }
}
