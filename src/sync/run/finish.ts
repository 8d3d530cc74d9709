import { secondsOf } from '../clever/position.js';
import type { SyncContext } from '../context.js';
import type { Written } from '../mirror/mirror.js';
import { everyMsOf } from '../schedule.js';
import type { SendQuery } from '../store/store.js';
import { backOff, nextSlot, slotShare } from './due.js';
import type { Lease } from './lease.js';

/** What the district's row learns from a run. */
export interface DistrictUpdate {
  readonly districtId: string;
  readonly name: string | undefined;
  readonly connection?: 'connected' | 'paused' | 'disconnected';
  readonly apiVersion?: string;
  readonly accessHash?: string;
  /** The id of the last event that is in the mirror. */
  readonly cursor?: string | undefined;
  readonly lastSync?: string | undefined;
  readonly quietMoves?: number;
  /** Whether the whole district was read. */
  readonly isFull?: boolean;
  /** The held run; `null` for none. */
  readonly heldRun?: number | null;
  /** By how many records the mirror has grown; negative when it shrank. */
  readonly growth?: number;
}

/** By how many live records a mirror grows. */
export function growthOf({ created, restored, archived }: Written): number {
  return created + restored - archived;
}

/** Brings a district's row up to date at the end of a run, in the transaction of its last changes. */
export async function updateDistrict(
  { schema, options }: Pick<SyncContext, 'schema' | 'options'>,
  query: SendQuery,
  update: DistrictUpdate,
): Promise<void> {
  await query(
    `
update ${schema}.sync_districts
set
  name = coalesce($2::text, name),
  connection = coalesce($3::text, connection),
  api_version = coalesce($4::text, api_version),
  access_hash = coalesce($5::text, access_hash),
  cursor = coalesce($6::text, cursor),
  cursor_time = case when $6::text is null then cursor_time else to_timestamp($7::text::double precision) end,
  last_sync = coalesce($8::text, last_sync),
  quiet_moves = coalesce($9::text::integer, quiet_moves),
  last_full_at = case when $10::text = 'true' then clock_timestamp() else last_full_at end,
  held_run = case when $11::text = 'keep' then held_run else nullif($11::text, '')::bigint end,
  records = greatest(records + $12::text::bigint, 0),
  next_sync_at = ${nextSlot('$13', '$14')},
  failures = 0,
  last_error_code = null
where id = $1::text`,
    [
      update.districtId,
      update.name ?? null,
      update.connection ?? null,
      update.apiVersion ?? null,
      update.accessHash ?? null,
      update.cursor ?? null,
      update.cursor === undefined ? null : String(secondsOf(update.cursor)),
      update.lastSync ?? null,
      update.quietMoves === undefined ? null : String(update.quietMoves),
      String(update.isFull ?? false),
      update.heldRun === undefined ? 'keep' : String(update.heldRun ?? ''),
      String(update.growth ?? 0),
      String(everyMsOf(options.schedule, { districtId: update.districtId, name: update.name })),
      slotShare(update.districtId),
    ],
  );
}

/** What the district's row learns from a run that goes on in its next slice. */
interface UnfinishedRun {
  readonly name: string | undefined;
  /** By how many records the mirror has grown, beyond what the row knows. */
  readonly newGrowth: number;
  /** Whether the district has answered. */
  readonly isConnected: boolean;
}

/**
 * Notes that a run is unfinished: the district is due at once, and a request that the run was to answer stays. That a
 * district was disconnected stays as well, because its next run has to know.
 */
export async function noteUnfinished(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  { districtId, state }: Lease,
  { name, newGrowth, isConnected }: UnfinishedRun,
): Promise<void> {
  await query(
    `
update ${schema}.sync_districts
set
  name = coalesce($2::text, name),
  connection = case when connection = 'unknown' and $3::text = 'true' then 'connected' else connection end,
  records = greatest(records + $4::text::bigint, 0),
  asked_at = coalesce(asked_at, $5::text::timestamptz),
  next_sync_at = clock_timestamp()
where id = $1::text`,
    [districtId, name ?? null, String(isConnected), String(newGrowth), state.askedAt],
  );
}

/** Notes which run of a district is held, or that none is, where nothing else has changed. */
export async function noteHeldRun(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  districtId: string,
  heldRun: number | null,
): Promise<void> {
  await query(`update ${schema}.sync_districts set held_run = $2::text::bigint where id = $1::text`, [
    districtId,
    heldRun === null ? null : String(heldRun),
  ]);
}

/**
 * Notes that a run failed: the district is due again, later with each failure in a row. A run that another one has
 * replaced notes nothing.
 */
export async function noteFailure(
  { schema, options }: Pick<SyncContext, 'schema' | 'options'>,
  lease: Lease,
  code: string,
): Promise<void> {
  await lease.write(({ query }) =>
    query(
      `
update ${schema}.sync_districts
set
  failures = failures + 1,
  last_error_code = $2::text,
  next_sync_at = clock_timestamp() + ${backOff('failures', options.schedule)}
where id = $1::text`,
      [lease.districtId, code],
    ),
  );
}

/** Whether the mirror has records of a district, archived ones included. */
export async function hasRecords({ schema, options, store }: SyncContext, districtId: string): Promise<boolean> {
  const each = options.kinds.map((kind) => `exists (select from ${schema}.${kind} where district_id = $1::text)`);
  const [row] = await store.query(`select (${each.join(' or ')}) as has_records`, [districtId]);
  return row?.['has_records'] === true;
}

/** Counts a district's records again after a full run, so that the running number cannot drift. */
export async function recountRecords({ schema, options }: SyncContext, lease: Lease): Promise<void> {
  const each = options.kinds.map(
    (kind) => `(select count(*) from ${schema}.${kind} where district_id = $1::text and deleted_at is null)`,
  );
  await lease.write(({ query }) =>
    query(`update ${schema}.sync_districts set records = ${each.join(' + ')} where id = $1::text`, [lease.districtId]),
  );
}
