import type { PGlite } from '@electric-sql/pglite';
import type { Row, SendQuery, SyncStore } from 'clever-sdk/sync';
import type { AnyTransaction } from './database.js';

/** What the failing store throws. */
class Killed extends Error {
  override name = 'Killed';
}

/** A place where a store can fail. */
export type Moment = 'before statement' | 'after statement' | 'at commit' | 'after commit';

/** A store that fails at one place, as if the process had been killed there. */
export interface FailingStore<Tx> {
  readonly store: SyncStore<Tx>;
  /** How many places were passed. */
  readonly passed: number;
  /** Where it failed; `undefined` when it did not. */
  readonly failedAt: Moment | undefined;
}

/**
 * Wraps a store so that it fails at the n-th place: before or after a statement, at a commit, or after it.
 *
 * @param mode - `dies`: nothing works any more after that. `fails once`: the rest works, and only this one failed.
 */
export function failingStore<Tx>(
  inner: SyncStore<Tx>,
  n: number,
  mode: 'dies' | 'fails once' = 'dies',
): FailingStore<Tx> {
  let passed = 0;
  let failedAt: Moment | undefined;
  const pass = (moment: Moment): void => {
    if (failedAt !== undefined) {
      if (mode === 'dies') {
        throw new Killed('dead');
      }
      return;
    }
    passed += 1;
    if (passed === n) {
      failedAt = moment;
      throw new Killed(moment);
    }
  };
  return {
    store: watchedStore(inner, pass),
    get passed() {
      return passed;
    },
    get failedAt() {
      return failedAt;
    },
  };
}

/** Wraps a store so that it calls `pass` at each place; what that throws fails there. */
export function watchedStore<Tx>(inner: SyncStore<Tx>, pass: (moment: Moment) => void): SyncStore<Tx> {
  const watched =
    (query: SendQuery): SendQuery =>
    async (text, values) => {
      pass('before statement');
      return query(text, values);
    };
  return {
    library: inner.library,
    hasOneConnection: inner.hasOneConnection,
    // In a transaction, the moment after a statement is the one before the next statement, or the one at the commit.
    async query(text, values) {
      const rows = await watched(inner.query)(text, values);
      pass('after statement');
      return rows;
    },
    async transaction(work) {
      const result = await inner.transaction(async ({ query, tx }) => {
        const done = await work({ query: watched(query), tx });
        pass('at commit');
        return done;
      });
      pass('after commit');
      return result;
    },
  };
}

/**
 * A store all of whose transactions are savepoints of one that is never committed: taking everything back is one
 * statement, so that a test can begin hundreds of times from one state. Begin with `begin`.
 */
export function savepointStore(db: PGlite): SyncStore<AnyTransaction> {
  const query: SendQuery = async (text, values = []) => (await db.query(text, [...values])).rows as Row[];
  return {
    library: 'PGlite',
    hasOneConnection: true,
    query,
    async transaction(work) {
      await db.query('savepoint work');
      try {
        const result = await work({ query, tx: db as unknown as AnyTransaction });
        await db.query('release savepoint work');
        return result;
      } catch (error) {
        await db.query('rollback to savepoint work');
        throw error;
      }
    },
  };
}
