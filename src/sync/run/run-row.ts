import type { SyncContext } from '../context.js';
import type { Written } from '../mirror/mirror.js';
import type { Row, SendQuery } from '../store/store.js';
import { OPEN_STATES } from '../tables/tables.js';
import type { GuardVerdict } from './guard-limits.js';
import type { StoredPlan } from './planned.js';
import type { RunMode } from './report.js';

/** The state of a run. */
export type RunState =
  | 'reading'
  | 'applying'
  | 'held'
  /** Made by `plan()`, not run. */
  | 'planned'
  | 'done'
  | 'paused'
  | 'disconnected'
  | 'failed'
  /** Given up for a later run. */
  | 'dropped';

/** A run as it is stored. */
export interface StoredRun {
  readonly id: number;
  readonly mode: RunMode;
  readonly reason: string;
  readonly state: RunState;
  readonly apiVersion: string | null;
  readonly accessHash: string | null;
  readonly startCursor: string | null;
  readonly startLastSync: string | null;
  readonly foldCursor: string | null;
  /** How often everything was read, because the district changed meanwhile. */
  readonly readings: number;
  readonly plan: StoredPlan | undefined;
  /** Whether its present plan is the one that was approved. */
  readonly isApproved: boolean;
  readonly ageMs: number;
  /** Records without their documented shape so far. */
  readonly odd: number;
  readonly districtId: string;
}

const COLUMNS = `id::float8 as id, district_id, mode, reason, state, api_version, access_hash, start_cursor, start_last_sync,
  fold_cursor, readings::float8 as readings, odd::float8 as odd, plan::text as plan, coalesce(approved_hash = plan_hash, false) as is_approved,
  (extract(epoch from clock_timestamp() - started_at) * 1000)::float8 as age`;

/** What a new run begins with. */
export interface NewRun {
  readonly districtId: string;
  readonly mode: RunMode;
  readonly reason: string;
  readonly apiVersion: string;
  readonly accessHash: string;
  readonly startCursor: string | null;
  readonly startLastSync: string | null;
  /** How many requests it took, when it ends with the transaction that begins it. */
  readonly doneWith?: { readonly requests: number };
}

/** Stores a new run and returns its number. */
export async function beginRun(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  run: NewRun,
): Promise<number> {
  const [row] = await query(
    `
insert into ${schema}.runs (
  district_id, mode, reason, api_version, access_hash, start_cursor, start_last_sync, fold_cursor, requests, state, ended_at
)
select
  $1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $6::text, coalesce($8::text::bigint, 0),
  case when $8::text is null then 'reading' else 'done' end,
  case when $8::text is not null then clock_timestamp() end
returning id::float8 as id`,
    [
      run.districtId,
      run.mode,
      run.reason,
      run.apiVersion,
      run.accessHash,
      run.startCursor,
      run.startLastSync,
      run.doneWith === undefined ? null : String(run.doneWith.requests),
    ],
  );
  return Number(row?.['id']);
}

/** The runs of a district that are under way, held or planned, the newest first. */
export async function openRuns(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  districtId: string,
): Promise<readonly StoredRun[]> {
  const rows = await query(
    `
select ${COLUMNS}
from ${schema}.runs
where district_id = $1::text and state in ${OPEN_STATES}
order by runs.id desc`,
    [districtId],
  );
  return rows.map(storedRun);
}

/** A run by its number; `undefined` when it does not exist. */
export async function findRun(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  id: number,
): Promise<StoredRun | undefined> {
  const [row] = await query(`select ${COLUMNS} from ${schema}.runs where id = $1::text::bigint`, [String(id)]);
  return row === undefined ? undefined : storedRun(row);
}

/** What may change of a run. */
export interface RunChanges {
  readonly state?: RunState;
  readonly foldCursor?: string;
  readonly plan?: StoredPlan;
  readonly verdict?: GuardVerdict;
  readonly readings?: number;
  readonly errorCode?: string;
  readonly startCursor?: string;
  readonly startLastSync?: string;
}

/** Changes a run's state, and whatever else is given. */
export async function updateRun(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  id: number,
  { state, foldCursor, plan, verdict, readings, errorCode, startCursor, startLastSync }: RunChanges,
): Promise<void> {
  await query(
    `
update ${schema}.runs
set
  state = coalesce($2::text, state),
  fold_cursor = coalesce($3::text, fold_cursor),
  plan = coalesce($4::text::jsonb, plan),
  plan_hash = coalesce($5::text, plan_hash),
  verdict = coalesce($6::text::jsonb, verdict),
  readings = coalesce($7::text::integer, readings),
  error_code = coalesce($8::text, error_code),
  start_cursor = coalesce($9::text, start_cursor),
  start_last_sync = coalesce($10::text, start_last_sync),
  ended_at = case when $2::text in ('done', 'paused', 'disconnected', 'failed', 'dropped') then clock_timestamp() end
where id = $1::text::bigint`,
    [
      String(id),
      state ?? null,
      foldCursor ?? null,
      plan === undefined ? null : JSON.stringify(plan),
      plan?.hash ?? null,
      verdict === undefined ? null : JSON.stringify(verdict),
      readings === undefined ? null : String(readings),
      errorCode ?? null,
      startCursor ?? null,
      startLastSync ?? null,
    ],
  );
}

/** Adds to the numbers of a run. */
export async function countRun(
  { schema }: Pick<SyncContext, 'schema'>,
  query: SendQuery,
  id: number,
  { created, updated, archived, restored }: Written,
  { unchanged = 0, odd = 0, requests = 0 }: { unchanged?: number; odd?: number; requests?: number } = {},
): Promise<void> {
  await query(
    `
update ${schema}.runs
set
  created = created + $2::text::bigint,
  updated = updated + $3::text::bigint,
  archived = archived + $4::text::bigint,
  restored = restored + $5::text::bigint,
  unchanged = unchanged + $6::text::bigint,
  odd = odd + $7::text::bigint,
  requests = requests + $8::text::bigint
where id = $1::text::bigint`,
    [id, created, updated, archived, restored, unchanged, odd, requests].map(String),
  );
}

function storedRun(row: Row): StoredRun {
  return {
    id: Number(row['id']),
    districtId: String(row['district_id']),
    mode: row['mode'] as RunMode,
    reason: String(row['reason'] ?? ''),
    state: row['state'] as RunState,
    apiVersion: row['api_version'] as string | null,
    accessHash: row['access_hash'] as string | null,
    startCursor: row['start_cursor'] as string | null,
    startLastSync: row['start_last_sync'] as string | null,
    foldCursor: row['fold_cursor'] as string | null,
    readings: Number(row['readings']),
    plan: row['plan'] === null ? undefined : (JSON.parse(String(row['plan'])) as StoredPlan),
    isApproved: row['is_approved'] === true,
    ageMs: Number(row['age']),
    odd: Number(row['odd']),
  };
}
