import { fingerprint } from './fingerprint.js';
import { type Applicant, type Permit, type Refusal, TokenQueue } from './queue.js';
import { createMemoryRateBudget, type RateBudgetStore } from './store.js';

/** The requests of all tokens, paced by one store. */
export class RateBudget {
  readonly #store: RateBudgetStore;
  /** By fingerprint; only of tokens with requests waiting or under way. */
  readonly #queues = new Map<string, TokenQueue>();

  constructor(store: RateBudgetStore) {
    this.#store = store;
  }

  /** Waits for leave to send one request with these credentials to this origin. */
  admit(origin: string, credentials: string, applicant: Applicant): Promise<Permit | Refusal> {
    const key = fingerprint(`${origin}\n${credentials}`);
    const queue = this.#queues.get(key) ?? new TokenQueue(this.#store, key, () => this.#queues.delete(key));
    this.#queues.set(key, queue);
    return queue.admit(applicant);
  }
}

const byStore = new WeakMap<RateBudgetStore, RateBudget>();
const byFetch = new WeakMap<object, RateBudget>();

/**
 * The budget that a request counts against: the one over a store, whichever client asks, or this process's own. A `fetch` of
 * somebody's may lead to a server of its own, a test's double above all, so each has one to itself; whoever does not replace
 * it shares the global one's.
 */
export function budgetFor(store: RateBudgetStore | 'process', fetch: object): RateBudget {
  if (store === 'process') {
    const budget = byFetch.get(fetch) ?? new RateBudget(createMemoryRateBudget());
    byFetch.set(fetch, budget);
    return budget;
  }
  const budget = byStore.get(store) ?? new RateBudget(store);
  byStore.set(store, budget);
  return budget;
}
