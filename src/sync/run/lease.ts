import { CleverSyncError } from '../../errors/sync.js';
import type { SyncContext } from '../context.js';
import type { StoreTransaction } from '../store/store.js';

/** What the row of a district holds when its lease is taken. */
export interface DistrictState {
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
  /** The time of the database, in Unix milliseconds: the only clock that decides anything. */
  readonly nowMs: number;
}

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
   * Takes the lease of a district.
   *
   * @param answersRequest - Whether it is for a run, which does what `sync.request()` has asked for.
   * @throws {@link CleverSyncError} with code `sync_running` while another run holds it.
   */
  static async take(
    context: SyncContext,
    districtId: string,
    { owner, answersRequest }: { readonly owner: string; readonly answersRequest: boolean },
  ): Promise<Lease> {
    const { store, schema, options } = context;
    await store.query(`insert into ${schema}.sync_districts (id) values ($1::text) on conflict do nothing`, [
      districtId,
    ]);
    // A row that a transaction has locked belongs to a run, whatever its lease says: it is skipped, not waited for.
    const [row] = await store.query(
      `
update ${schema}.sync_districts as district
set lease_owner = $2::text,
  lease_epoch = lease_epoch + 1,
  lease_until = clock_timestamp() + $3::text::interval,
  asked_at = case when $4::text = 'true' then null else asked_at end,
  last_run_at = clock_timestamp()
where id in (
  select id
  from ${schema}.sync_districts
  where id = $1::text and (lease_until is null or lease_until < clock_timestamp())
  for update skip locked
)
returning lease_epoch::text as epoch, connection, api_version, access_hash, sensitive_fields::text as sensitive_fields, cursor,
  last_sync, quiet_moves::float8 as quiet_moves, records::float8 as records, held_run::float8 as held_run,
  (extract(epoch from clock_timestamp() - last_full_at) * 1000)::float8 as full_age,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
      [districtId, owner, `${options.leaseMs} milliseconds`, String(answersRequest)],
    );
    if (row === undefined) {
      throw new CleverSyncError('sync_running', { isRetryable: true });
    }
    return new Lease(
      context,
      { districtId, epoch: String(row['epoch']), owner },
      {
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
        nowMs: Number(row['now']),
      },
    );
  }

  /**
   * Runs a transaction that writes. The district's row stays locked until it ends, so the transactions of a
   * district follow one another.
   *
   * @throws {@link CleverSyncError} with code `sync_lease_lost` when another run has taken the district over.
   */
  write<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    const { store, schema, options } = this.#context;
    return store.transaction(async (transaction) => {
      const held = await transaction.query(
        `
update ${schema}.sync_districts
set lease_until = clock_timestamp() + $4::text::interval
where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text
returning id`,
        [this.districtId, this.#epoch, this.#owner, `${options.leaseMs} milliseconds`],
      );
      if (held.length === 0) {
        throw new CleverSyncError('sync_lease_lost', { isRetryable: true });
      }
      return work(transaction);
    });
  }

  /** Gives the lease back. Does nothing when another run has taken it. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    const { store, schema } = this.#context;
    await store.query(
      `
update ${schema}.sync_districts
set lease_until = null, lease_owner = null
where id = $1::text and lease_epoch = $2::text::bigint and lease_owner = $3::text`,
      [this.districtId, this.#epoch, this.#owner],
    );
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
