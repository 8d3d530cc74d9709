import { LONGEST_TIMER_MS } from '../../options/values.js';
import { type Allocation, allocate } from './allocate.js';
import type { Demand, Priority } from './demand.js';
import type { RateBudgetChange, RateBudgetStore } from './store.js';
import { isTokenWindow, keepMs, type Settled, settle } from './window.js';

/** A request that is ready to be sent. */
export interface PermitRequest {
  readonly priority: Priority;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Whether this call may wait so long for the end of a window that is spent. */
  mayWait(waitMs: number): boolean;
  /** Called when it begins to wait for a time that is known, and again when that changes. */
  onWait(waitMs: number): void;
}

/** Permission to send one request. */
export interface Permit {
  /** Takes what the head of the answer says; nothing when there was no answer. Only the first call counts. */
  settle(report?: Settled['report']): void;
}

/** The window is spent, and it ends later than the call may wait for. Nothing was sent. */
export interface BudgetSpent {
  readonly waitMs: number;
  readonly limit: number;
  readonly resetAt: Date | undefined;
}

interface Waiter {
  readonly request: PermitRequest;
  readonly settle: (result: Permit | BudgetSpent) => void;
  readonly fail: (cause: unknown) => void;
}

/** In the order in which they are served. */
const PRIORITIES = ['interactive', 'bulk'] as const;

/**
 * All requests of this process for one token: first come, first served within each priority, and interactive
 * calls before listings. The store decides what may be sent, so that other processes may share the budget.
 */
export class TokenQueue {
  readonly #store: RateBudgetStore;
  readonly #key: string;
  readonly #claimant: string | undefined;
  readonly #onIdle: () => void;
  readonly #waiters: Readonly<Record<Priority, Set<Waiter>>> = { interactive: new Set(), bulk: new Set() };
  /** What the store does not know yet. */
  #settled: Settled[] = [];
  /** Those that came since the last wait was announced to all. */
  #newcomers: Waiter[] = [];
  /** The window of that wait, and whether it is spent. */
  #announced = '';
  #underWay = 0;
  #isAsking = false;
  #hasNews = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param claimant - This process, where several share the store.
   * @param onIdle - Called when nothing waits and nothing is under way: the store remembers, and this queue
   * need not.
   */
  constructor(store: RateBudgetStore, key: string, claimant: string | undefined, onIdle: () => void) {
    this.#store = store;
    this.#key = key;
    this.#claimant = claimant;
    this.#onIdle = onIdle;
  }

  /** Waits for a permit. Settled at once where the store is in memory and the window has something left. */
  acquire(request: PermitRequest): Promise<Permit | BudgetSpent> {
    return new Promise((resolve, reject) => {
      const waiters = this.#waiters[request.priority];
      const remove = (): void => {
        waiters.delete(waiter);
        request.signal.removeEventListener('abort', remove);
        this.#stopWhenIdle();
      };
      const waiter: Waiter = {
        request,
        settle: (result) => {
          remove();
          resolve(result);
        },
        fail: (cause) => {
          remove();
          reject(cause);
        },
      };
      // No caller waits for the promise of an aborted call.
      request.signal.addEventListener('abort', remove, { once: true });
      waiters.add(waiter);
      this.#newcomers.push(waiter);
      this.#ask();
    });
  }

  /** Asks the store, once at a time: what happens meanwhile goes into the next question. */
  #ask(): void {
    this.#hasNews = true;
    if (this.#isAsking) {
      return;
    }
    this.#isAsking = true;
    this.#hasNews = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const settled = this.#settled;
    this.#settled = [];
    const demand = { interactive: this.#waiters.interactive.size, bulk: this.#waiters.bulk.size };
    try {
      const allocation = this.#store.update(this.#key, (state, now) =>
        change(state, now, settled, demand, this.#claimant),
      );
      if (allocation instanceof Promise) {
        allocation.then(this.#distribute, this.#fail);
      } else {
        this.#distribute(allocation);
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  readonly #distribute = (allocation: Allocation): void => {
    for (const priority of PRIORITIES) {
      const inTurn = this.#waiters[priority].values();
      for (let left = allocation[priority]; left > 0; left -= 1) {
        const permit = this.#permit(allocation.windowNumber);
        const { value: waiter } = inTurn.next();
        if (waiter === undefined) {
          // Aborted while the store was asked.
          permit.settle('unsent');
        } else {
          waiter.settle(permit);
        }
      }
    }
    this.#announceWait(allocation);
    this.#goOn();
  };

  readonly #fail = (cause: unknown): void => {
    for (const waiter of this.#allWaiters()) {
      waiter.fail(cause);
    }
    this.#goOn();
  };

  #goOn(): void {
    this.#isAsking = false;
    if (this.#hasNews) {
      this.#ask();
    } else {
      this.#stopWhenIdle();
    }
  }

  /** Stops the timer when no request waits, and gives the queue up when none is under way either. */
  #stopWhenIdle(): void {
    if (this.#isAsking || this.#hasWaiters()) {
      return;
    }
    clearTimeout(this.#timer);
    if (this.#underWay === 0) {
      this.#onIdle();
    }
  }

  #announceWait({ waitMs, isProbing, isSpent, limit, reset, windowNumber }: Allocation): void {
    if (waitMs === undefined || !this.#hasWaiters()) {
      this.#newcomers = [];
      return;
    }
    this.#timer = setTimeout(() => this.#ask(), Math.min(Math.ceil(waitMs), LONGEST_TIMER_MS));
    if (isProbing) {
      return;
    }
    const news = `${windowNumber} ${isSpent}`;
    const uninformed = this.#announced === news ? this.#newcomers.filter(this.#isWaiting) : this.#allWaiters();
    this.#newcomers = [];
    this.#announced = news;
    for (const waiter of uninformed) {
      if (isSpent && !waiter.request.mayWait(waitMs)) {
        waiter.settle({ waitMs, limit, resetAt: reset === undefined ? undefined : new Date(reset * 1_000) });
      } else {
        waiter.request.onWait(waitMs);
      }
    }
  }

  #permit(windowNumber: number): Permit {
    let isSettled = false;
    this.#underWay += 1;
    return {
      settle: (report) => {
        if (isSettled) {
          return;
        }
        isSettled = true;
        this.#underWay -= 1;
        this.#settled.push({ windowNumber, report });
        this.#ask();
      },
    };
  }

  #hasWaiters(): boolean {
    return this.#waiters.interactive.size + this.#waiters.bulk.size > 0;
  }

  readonly #isWaiting = (waiter: Waiter): boolean => this.#waiters[waiter.request.priority].has(waiter);

  #allWaiters(): Waiter[] {
    return PRIORITIES.flatMap((priority) => [...this.#waiters[priority]]);
  }
}

/** The change that the store is asked to make. Pure, because a store may make it twice. */
function change(
  found: object | undefined,
  now: number,
  settled: readonly Settled[],
  demand: Demand,
  claimant: string | undefined,
): RateBudgetChange<Allocation> {
  const known = isTokenWindow(found, now) ? found : undefined;
  const counted = known && settled.reduce((window, one) => settle(window, now, one), known);
  const [state, result] = allocate(counted, now, demand, claimant);
  return { state, keepMs: keepMs(state, now), result };
}
