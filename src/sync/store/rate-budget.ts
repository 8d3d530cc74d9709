import { CleverConfigError } from '../../errors/config.js';
import { CleverSyncError } from '../../errors/sync.js';
import type { RateBudgetChange, RateBudgetStore } from '../../index.js';
import { checkOptions } from '../../options/known-keys.js';
import { checkInteger, LONGEST_TIMER_MS } from '../../options/values.js';
import { harmlessCause } from '../../privacy/harmless-cause.js';
import { keysOf } from '../../util/keys-of.js';
import { quoteSchema } from '../tables/identifier.js';
import { sqlStateOf } from './sql-state.js';
import type { SyncStore } from './store.js';

/** Where a rate budget on PostgreSQL is kept. */
export interface PostgresRateBudgetOptions {
  /** The schema of the sync's tables. Default `'clever'`. */
  readonly schema?: string;
  /** How long one change may take, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
}

const KEYS = keysOf<PostgresRateBudgetOptions>()({ schema: true, timeoutMs: true });

/** The longest random pause before a change is tried again that another process came before, in milliseconds. */
const PAUSE_MS = 8;

/** A change of one key's state. */
type Change<Result> = (state: object | undefined, nowMs: number) => RateBudgetChange<Result>;

/**
 * Keeps the rate budgets of tokens in the sync's own database, so that all processes that use it share them. Its table
 * `rate_budget` is made by `sync.migrate()`.
 *
 * No lock is held while a process decides: a change is written only if no other came before it, and otherwise made
 * again. A process that is stopped in the middle does not keep the others waiting.
 *
 * With PGlite, which one process uses alone, the budget in memory does the same for less.
 *
 * @param store - As for `createRosterSync`.
 * @throws `CleverConfigError` for an unusable schema or an unknown option. A call of Clever's that waits for the
 * budget rejects with {@link CleverSyncError} `sync_rate_budget` when the database does not answer.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { fromPg, type PgClient, type PgPool, postgresRateBudget } from 'clever-sdk/sync';
 *
 * declare const pool: PgPool<PgClient>; // new Pool({ connectionString: process.env.DATABASE_URL })
 * const clever = createCleverClient({ rateBudget: postgresRateBudget(fromPg(pool)) });
 * ```
 */
export function postgresRateBudget(store: SyncStore, options: PostgresRateBudgetOptions = {}): RateBudgetStore {
  if (typeof store?.query !== 'function') {
    throw new CleverConfigError('postgresRateBudget(): pass a store, such as fromPg(pool).');
  }
  checkOptions('postgresRateBudget()', options, KEYS);
  const { schema = 'clever', timeoutMs = 5_000 } = options;
  checkInteger('timeoutMs', timeoutMs, 1, LONGEST_TIMER_MS);
  const table = `${quoteSchema(schema)}.rate_budget`;
  return {
    update: (key, change) =>
      inTime(timeoutMs, (signal) => untilWritten(store, table, key, change, signal)).catch((error: unknown) => {
        const values = { library: store.library, state: sqlStateOf(error) ?? 'none', timeoutMs };
        throw new CleverSyncError('sync_rate_budget', { values, isRetryable: true, cause: harmlessCause(error) });
      }),
  };
}

/** Makes the change until no other comes in between. */
async function untilWritten<Result>(
  { query }: SyncStore,
  table: string,
  key: string,
  change: Change<Result>,
  signal: AbortSignal,
): Promise<Result> {
  while (true) {
    const [row] = await query(
      `select budget.state::text as state,
         budget.forget_at::float8 as expiry,
         extract(epoch from clock_timestamp())::float8 * 1000 as now
       from (select 1) as one
       left join ${table} as budget on budget.key = $1::text`,
      [key],
    );
    // After a long wait for a lock, the caller has its error already: the change must not happen then.
    signal.throwIfAborted();
    const { state: found, expiry, now } = row as unknown as Found;
    const isKept = found !== null && expiry !== null && now < expiry;
    const { state, keepMs, result } = change(isKept ? (JSON.parse(found) as object) : undefined, now);
    const written = await query(
      `insert into ${table} as budget (key, state, forget_at)
       values ($1::text, $2::text::jsonb, $3::text::float8)
       on conflict (key) do update
         set state = excluded.state, forget_at = excluded.forget_at
         where budget.state is not distinct from $4::text::jsonb
       returning true as written`,
      [key, JSON.stringify(state), String(now + keepMs), found],
    );
    if (written.length > 0) {
      return result;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE_MS));
    signal.throwIfAborted();
  }
}

interface Found {
  readonly state: string | null;
  readonly expiry: number | null;
  /** By the clock of the database. */
  readonly now: number;
}

/** Rejects when work takes too long, and aborts the work's signal. */
async function inTime<Result>(timeoutMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new Error('It took too long.'));
    }, timeoutMs);
  });
  const result = work(controller.signal);
  result.catch(() => undefined);
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
