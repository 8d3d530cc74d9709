import { throwIfAborted } from '../../util/abort.js';
import { sha256Hex } from '../../util/sha256.js';
import { type BudgetSpent, type Permit, type PermitRequest, TokenQueue } from './queue.js';
import { createMemoryRateBudget, isInMemory, type RateBudgetStore } from './store.js';

/** The requests of all tokens, paced by one store. */
export class RateBudget {
  readonly #store: RateBudgetStore;
  /** Tells this process from the others that share the store; `undefined` where no other can. */
  readonly #claimant: string | undefined;
  /** By the key of the store; only of tokens with requests waiting or under way. */
  readonly #queues = new Map<string, TokenQueue>();

  constructor(store: RateBudgetStore) {
    this.#store = store;
    this.#claimant = isInMemory(store) ? undefined : crypto.randomUUID();
  }

  /** Waits for the permit to send one request with these credentials to this origin. */
  acquire(origin: string, credentials: string, request: PermitRequest): Promise<Permit | BudgetSpent> {
    // Only our own store in memory, which shows its keys to no one, may know the token.
    const key = isInMemory(this.#store) ? `${origin}\n${credentials}` : storeKey(origin, credentials);
    return typeof key === 'string' ? this.#queueOf(key).acquire(request) : this.#acquireBy(key, request);
  }

  async #acquireBy(key: Promise<string>, request: PermitRequest): Promise<Permit | BudgetSpent> {
    const known = await key;
    throwIfAborted(request.signal);
    return this.#queueOf(known).acquire(request);
  }

  #queueOf(key: string): TokenQueue {
    const queue =
      this.#queues.get(key) ?? new TokenQueue(this.#store, key, this.#claimant, () => this.#queues.delete(key));
    this.#queues.set(key, queue);
    return queue;
  }
}

const byStore = new WeakMap<RateBudgetStore, RateBudget>();
const byFetch = new WeakMap<object, RateBudget>();

/**
 * The budget that a request counts against: that of a store, whichever client asks, or this process's own. A
 * replaced `fetch` may lead to another server, most of all in tests, so each has a budget of its own. Clients
 * that do not replace it share that of the global `fetch`.
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

/** How many keys are remembered. A process with more tokens than that computes some of them again. */
const REMEMBERED_KEYS = 1_000;
const known = new Map<string, string | Promise<string>>();

/**
 * The key under which a shared store keeps the budget of a token: the SHA-256 of its origin and credentials, in 64
 * hexadecimal digits. The store does not learn the token from it, because Clever's tokens have 160 random bits.
 *
 * Web Crypto computes it asynchronously, so it is computed once for each token. From then on it is known at once.
 */
function storeKey(origin: string, credentials: string): string | Promise<string> {
  const text = `${origin}\n${credentials}`;
  return known.get(text) ?? remember(text, sha256Hex(text));
}

function remember(text: string, computing: Promise<string>): Promise<string> {
  const [oldest] = known.keys();
  if (known.size >= REMEMBERED_KEYS && oldest !== undefined) {
    known.delete(oldest);
  }
  known.set(text, computing);
  computing.then(
    (key) => known.set(text, key),
    () => known.delete(text),
  );
  return computing;
}
