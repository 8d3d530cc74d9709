import { LONGEST_TIMER_MS } from '../../options/values.js';
import { type Granted, grant, type Wanted } from './allocate.js';
import type { RateBudgetChange, RateBudgetStore } from './store.js';
import { isTokenWindow, keepMs, type Settled, settle } from './window.js';

/** What kind of call a request belongs to: one that somebody waits for, or one of the many of a listing. */
export type Priority = keyof Wanted;

/** A request that would like to be sent. */
export interface Applicant {
  readonly priority: Priority;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Whether this call may wait so long for the end of a window that is spent. */
  mayWait(waitMs: number): boolean;
  /** Told when it begins to wait for a time that is known, and again when that changes. */
  onWait(waitMs: number): void;
}

/** Leave to send one request. */
export interface Permit {
  /** Takes what the head of the answer tells; nothing when there was no answer. Only the first call counts. */
  settle(report?: Settled['report']): void;
}

/** The window is spent, and its end is further off than the call may wait. Nothing was sent. */
export interface Refusal {
  readonly waitMs: number;
  readonly limit: number;
  readonly resetAt: Date | undefined;
}

interface Waiter {
  readonly applicant: Applicant;
  readonly settle: (admission: Permit | Refusal) => void;
  readonly fail: (cause: unknown) => void;
}

/** Whoever is waited for comes first. */
const PRIORITIES = ['interactive', 'bulk'] as const;

/**
 * All requests of this process for one token: first come, first served within each priority, and whoever is waited for
 * before the bulk. What may be sent is the store's to say, so that others may share it.
 */
export class TokenQueue {
  readonly #store: RateBudgetStore;
  readonly #key: string;
  readonly #onIdle: () => void;
  readonly #waiters: Readonly<Record<Priority, Set<Waiter>>> = { interactive: new Set(), bulk: new Set() };
  /** What the store has not been told yet. */
  #settled: Settled[] = [];
  /** Who came since everyone was last told to wait, and for what. */
  #newcomers: Waiter[] = [];
  #told = '';
  #underWay = 0;
  #isAsking = false;
  #hasNews = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onIdle - Told when nothing waits and nothing is under way: the store remembers, this queue need not. */
  constructor(store: RateBudgetStore, key: string, onIdle: () => void) {
    this.#store = store;
    this.#key = key;
    this.#onIdle = onIdle;
  }

  /** Waits for leave to send. Settled at once where the store is in memory and the window has something left. */
  admit(applicant: Applicant): Promise<Permit | Refusal> {
    return new Promise((resolve, reject) => {
      const waiters = this.#waiters[applicant.priority];
      const leave = (): void => {
        waiters.delete(waiter);
        applicant.signal.removeEventListener('abort', leave);
        this.#rest();
      };
      const waiter: Waiter = {
        applicant,
        settle: (admission) => {
          leave();
          resolve(admission);
        },
        fail: (cause) => {
          leave();
          reject(cause);
        },
      };
      // Nobody listens to the promise of a call that was called off.
      applicant.signal.addEventListener('abort', leave, { once: true });
      waiters.add(waiter);
      this.#newcomers.push(waiter);
      this.#ask();
    });
  }

  /** Asks the store, once at a time: what comes up meanwhile goes along with the next question. */
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
    const wanted = { interactive: this.#waiters.interactive.size, bulk: this.#waiters.bulk.size };
    try {
      const granted = this.#store.update(this.#key, (state, now) => change(state, now, settled, wanted));
      if (granted instanceof Promise) {
        granted.then(this.#deal, this.#fail);
      } else {
        this.#deal(granted);
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  readonly #deal = (granted: Granted): void => {
    for (const priority of PRIORITIES) {
      const inTurn = this.#waiters[priority].values();
      for (let left = granted[priority]; left > 0; left -= 1) {
        const permit = this.#permit(granted.windowNumber);
        const { value: waiter } = inTurn.next();
        if (waiter === undefined) {
          // Called off while the store was asked.
          permit.settle('unsent');
        } else {
          waiter.settle(permit);
        }
      }
    }
    this.#tellToWait(granted);
    this.#goOn();
  };

  readonly #fail = (cause: unknown): void => {
    for (const waiter of this.#everyone()) {
      waiter.fail(cause);
    }
    this.#goOn();
  };

  #goOn(): void {
    this.#isAsking = false;
    if (this.#hasNews) {
      this.#ask();
    } else {
      this.#rest();
    }
  }

  /** No timer for nobody, and no queue without requests. */
  #rest(): void {
    if (this.#isAsking || this.#isWaitedFor()) {
      return;
    }
    clearTimeout(this.#timer);
    if (this.#underWay === 0) {
      this.#onIdle();
    }
  }

  #tellToWait({ waitMs, isProbing, isSpent, limit, reset, windowNumber }: Granted): void {
    if (waitMs === undefined || !this.#isWaitedFor()) {
      this.#newcomers = [];
      return;
    }
    this.#timer = setTimeout(() => this.#ask(), Math.min(Math.ceil(waitMs), LONGEST_TIMER_MS));
    if (isProbing) {
      return;
    }
    const news = `${windowNumber} ${isSpent}`;
    const untold = this.#told === news ? this.#newcomers.filter(this.#isWaiting) : this.#everyone();
    this.#newcomers = [];
    this.#told = news;
    for (const waiter of untold) {
      if (isSpent && !waiter.applicant.mayWait(waitMs)) {
        waiter.settle({ waitMs, limit, resetAt: reset === undefined ? undefined : new Date(reset * 1_000) });
      } else {
        waiter.applicant.onWait(waitMs);
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

  #isWaitedFor(): boolean {
    return this.#waiters.interactive.size + this.#waiters.bulk.size > 0;
  }

  readonly #isWaiting = (waiter: Waiter): boolean => this.#waiters[waiter.applicant.priority].has(waiter);

  #everyone(): Waiter[] {
    return PRIORITIES.flatMap((priority) => [...this.#waiters[priority]]);
  }
}

/** What the store is asked to do. Pure, because a store may do it twice. */
function change(
  found: object | undefined,
  now: number,
  settled: readonly Settled[],
  wanted: Wanted,
): RateBudgetChange<Granted> {
  const known = isTokenWindow(found) ? found : undefined;
  const counted = known && settled.reduce((window, one) => settle(window, now, one), known);
  const [state, result] = grant(counted, now, wanted);
  return { state, keepMs: keepMs(state, now), result };
}
