import { defineInspect } from '../../../privacy/index.js';
import type { Fault } from './fault.js';
import { type Asked, matcherOf } from './matching.js';
import { checkFault, effectsOf } from './members.js';

/** A fault that was added: how often it has happened, and how to remove it. Printing it shows no bodies. */
export interface AddedFault {
  /** The fault that was added. */
  readonly fault: Fault;
  /** How often it has happened. */
  readonly happened: number;
  /** How often it will still happen; `Infinity` until it is removed, 0 when it is used up or removed. */
  readonly remaining: number;
  /** Removes the fault. Does nothing when it is used up or removed. */
  remove(): void;
}

/** The active faults, in the order in which they were added. The first one that matches a request is used. */
export class Faults {
  #planned: Planned[] = [];

  /**
   * Adds a fault.
   *
   * @returns The added fault: use it to check whether it happened, or to remove it.
   * @throws {@link SandboxError} for a member that does not exist, a wrong value, or two members that
   * contradict each other.
   */
  add(fault: Fault): AddedFault {
    checkFault(fault);
    const planned = new Planned(fault);
    // Faults that are used up are removed here, so that listing them needs no cleanup after every request.
    this.#planned = [...this.list(), planned] as Planned[];
    return planned;
  }

  /** Returns the faults that can still happen, in the order in which they were added. */
  list(): AddedFault[] {
    return this.#planned.filter(({ remaining }) => remaining > 0);
  }

  /** Removes every fault. */
  clear(): void {
    for (const planned of this.#planned) {
      planned.remove();
    }
    this.#planned = [];
  }

  /** @internal Returns the fault for a request, and counts its use. */
  take(asked: Asked): Planned | undefined {
    if (this.#planned.length === 0) {
      return undefined;
    }
    return this.#planned.find((candidate) => candidate.remaining > 0 && candidate.matches(asked))?.take();
  }
}

/** @internal A fault, and how often it will still happen. */
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

  /** Returns itself and counts a use; `undefined` while it lets requests pass. */
  take(): this | undefined {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return undefined;
    }
    this.#remaining -= 1;
    this.#happened += 1;
    return this;
  }

  /** Takes back a use that changed nothing: the fault has not happened. */
  giveBack(): void {
    this.#happened -= 1;
    this.#remaining += this.#isRemoved ? 0 : 1;
  }
}
