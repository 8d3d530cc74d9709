import { CleverSyncError } from '../../errors/sync.js';
import type { SyncContext } from '../context.js';
import type { Row, StoreTransaction } from '../store/store.js';
import { backOff, IS_DUE } from './due.js';

/** What the row of a district holds when its lease is taken. */
export interface DistrictState {
  readonly name: string | undefined;
  readonly isDisconnected: boolean;
  readonly apiVersion: string | null;
  readonly accessHash: string | null;
  readonly sensitiveFields: readonly string[];
  readonly cursor: string | null;
  readonly lastSync: string | null;
  /** How often `last_sync` has moved without an event, in a row. */
  readonly quietMoves: number;
  /** How many records of the district are not archived. */
  readonly records: number;
  readonly heldRun: number | undefined;
  /** Since the last full run; `undefined` before the first. */
  readonly fullAgeMs: number | undefined;
  /** When someone asked for this run, as the database writes it; `null` when no one has. */
  readonly askedAt: string | null;
  /** The time of the database, in Unix milliseconds: the only clock that decides anything. */
  readonly nowMs: number;
}

/** Whose lease is taken, and what for. */
interface LeaseOptions {
  readonly owner: string;
  /** Whether it is for a run, which does what `sync.request()` asked for, and sets when the district is due again. */
  readonly answersRequest: boolean;
  /** Whether to leave a district alone that is not due, or that the tables do not have. Default `false`. */
  readonly onlyIfDue?: boolean;
}

/** What `last_error_code` says of a district whose last run ended without a word. */
const LEASE_EXPIRED = 'sync_lease_expired';

/**
 * The right to write a district's records, held by one run at a time: the one place that decides who may write.
 *
 * Taking it raises the district's epoch. Every transaction that writes locks the district's row and compares the
 * epoch, so a process that was frozen past its lease, and is continued after another has taken over, writes nothing.
 * The owner is compared as well, because a purge lets the epochs begin again, and so that a renewal that arrives after
 * the lease was given back changes nothing. The lease's end is renewed by each transaction, and between them by a
 * timer. All times are the database's.
 */
export class Lease {
  readonly districtId: string;
  readonly state: DistrictState;
  readonly #context: SyncContext;
  readonly #epoch: string;
  readonly #owner: string;
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(
    context: SyncContext,
    { districtId, epoch, owner }: { readonly districtId: string; readonly epoch: string; readonly owner: string },
    state: DistrictState,
  ) {
    this.#context = context;
    this.districtId = districtId;
    this.#epoch = epoch;
    this.#owner = owner;
    this.state = state;
    this.#timer = setInterval(() => void this.#renew(), context.options.leaseMs / 3);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /**
   * Takes the lease of a district; `undefined` when another run holds it, or when it is not due.
   *
   * Until the run says when the district is due again, it is due after the back-off of its failures, so that a district
   * that kills its process each time hinders no other. That the last holder was killed counts as a failure.
   */
  static async take(
    context: SyncContext,
    districtId: string,
    { owner, answersRequest, onlyIfDue = false }: LeaseOptions,
  ): Promise<Lease | undefined> {
    const { store, schema, options } = context;
    if (!onlyIfDue) {
      await store.query(`insert into ${schema}.sync_districts (id) values ($1::text) on conflict do nothing`, [
        districtId,
      ]);
    }
    // A row that a transaction has locked belongs to a run, whatever its lease says: it is skipped, not waited for.
    const [row] = await store.query(
      `
update ${schema}.sync_districts as district
set lease_owner = $2::text,
  lease_epoch = lease_epoch + 1,
  lease_until = clock_timestamp() + $3::text::interval,
  last_run_at = clock_timestamp(),
  failures = before.failures,
  last_error_code = case when was_killed then '${LEASE_EXPIRED}' else last_error_code end,
  asked_at = case when $4::text = 'true' then null else district.asked_at end,
  next_sync_at = case
    when $4::text = 'true' then clock_timestamp() + ${backOff('before.failures', options.schedule)}
    else next_sync_at
  end
from (
  select id, asked_at, was_killed, case when was_killed then failures + 1 else failures end as failures
  from ${schema}.sync_districts
  cross join lateral (
    select coalesce(lease_owner is not null and lease_until < clock_timestamp(), false) as was_killed
  ) as last_holder
  where id = $1::text
    and (lease_until is null or lease_until < clock_timestamp())
    and ($5::text = 'false' or ${IS_DUE})
  for update of sync_districts skip locked
) as before
where district.id = before.id
returning lease_epoch::text as epoch, name, connection, api_version, access_hash, sensitive_fields::text as sensitive_fields,
  cursor, last_sync, quiet_moves::float8 as quiet_moves, records::float8 as records, held_run::float8 as held_run,
  before.asked_at::text as asked_at,
  (extract(epoch from clock_timestamp() - last_full_at) * 1000)::float8 as full_age,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
      [districtId, owner, `${options.leaseMs} milliseconds`, String(answersRequest), String(onlyIfDue)],
    );
    return row === undefined
      ? undefined
      : new Lease(context, { districtId, epoch: String(row['epoch']), owner }, stateIn(row));
  }

  /**
   * Runs a transaction that writes. The district's row stays locked until it ends, so the transactions of a
   * district follow one another. PostgreSQL ends one that is silent for longer than a lease and a hook may last, so
   * that a process that is frozen in the middle of a transaction does not keep its district locked.
   *
   * @throws {@link CleverSyncError} with code `sync_lease_lost` when another run has taken the district over.
   */
  write<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    const { store, schema, options } = this.#context;
    const silenceMs = options.leaseMs + options.hookTimeoutMs;
    return store.transaction(async (transaction) => {
      const held = await transaction.query(
        `
update ${schema}.sync_districts
set lease_until = clock_timestamp() + $4::text::interval
where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text
returning set_config('idle_in_transaction_session_timeout', $5::text, true) as silence`,
        [this.districtId, this.#epoch, this.#owner, `${options.leaseMs} milliseconds`, `${silenceMs}ms`],
      );
      if (held.length === 0) {
        throw new CleverSyncError('sync_lease_lost', { isRetryable: true });
      }
      return work(transaction);
    });
  }

  /**
   * Gives the lease back. Does nothing when another run has taken it.
   *
   * @returns whether the district was asked for while the lease was held.
   */
  async release(): Promise<boolean> {
    clearInterval(this.#timer);
    const { store, schema } = this.#context;
    const [row] = await store.query(
      `
update ${schema}.sync_districts
set lease_until = null, lease_owner = null
where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text
returning asked_at is not null as is_asked`,
      [this.districtId, this.#epoch, this.#owner],
    );
    return row?.['is_asked'] === true;
  }

  async #renew(): Promise<void> {
    const { store, schema, options } = this.#context;
    try {
      await store.query(
        `
update ${schema}.sync_districts
set lease_until = clock_timestamp() + $4::text::interval
where id in (
  select id
  from ${schema}.sync_districts
  where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text
  for update skip locked
)`,
        [this.districtId, this.#epoch, this.#owner, `${options.leaseMs} milliseconds`],
      );
    } catch {
      // The next transaction finds out whether the lease still holds.
    }
  }
}

function stateIn(row: Row): DistrictState {
  return {
    name: (row['name'] as string | null) ?? undefined,
    isDisconnected: row['connection'] === 'disconnected',
    apiVersion: row['api_version'] as string | null,
    accessHash: row['access_hash'] as string | null,
    sensitiveFields: JSON.parse(String(row['sensitive_fields'])) as string[],
    cursor: row['cursor'] as string | null,
    lastSync: row['last_sync'] as string | null,
    quietMoves: Number(row['quiet_moves']),
    records: Number(row['records']),
    heldRun: row['held_run'] === null ? undefined : Number(row['held_run']),
    fullAgeMs: row['full_age'] === null ? undefined : Number(row['full_age']),
    askedAt: row['asked_at'] as string | null,
    nowMs: Number(row['now']),
  };
}
