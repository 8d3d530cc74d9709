import { CleverConfigError } from '../errors/config.js';
import { checkOptions } from '../options/known-keys.js';
import { checkInteger } from '../options/values.js';
import { keysOf } from '../util/keys-of.js';
import type { SyncContext } from './context.js';
import type { SyncPlan } from './run/planned.js';
import type { RunCounts, RunMode } from './run/report.js';
import type { RunState } from './run/run-row.js';
import type { Row } from './store/store.js';
import { isText } from './text.js';
import { dateIn, inMs } from './times.js';

/** Which runs `sync.runs()` returns. */
export interface RunsOptions {
  /** Only this one: its number. */
  readonly run?: number;
  /** Only those of this district. */
  readonly districtId?: string;
  /** Only those before this run, for further pages: the number of the last one of the page before. */
  readonly before?: number;
  /** At most this many, 1 to 1000. Default 50. */
  readonly limit?: number;
}

/** A run as it is stored: numbers and names of kinds, never a record or a person's id. */
export interface SyncRun extends RunCounts {
  /** Its number. */
  readonly run: number;
  readonly districtId: string;
  readonly mode: RunMode;
  /** Why it is a run of this mode, in a few words. */
  readonly reason: string;
  readonly state: RunState;
  /** How many answers of Clever were used. */
  readonly requests: number;
  readonly startedAt: Date;
  /** `undefined` for a run that is under way, was left by its process, or waits for approval. */
  readonly endedAt: Date | undefined;
  readonly errorCode: string | undefined;
  /** What it would change or has changed, and what the guard says; `undefined` for a run that made no plan. */
  readonly plan: Pick<SyncPlan, 'kinds' | 'verdict' | 'hash'> | undefined;
  /** Who approved a plan of this run, and when; `undefined` when no one did. */
  readonly approval:
    | {
        readonly by: string;
        readonly at: Date;
        /** Whether it counts: the plan is still the one that was approved. */
        readonly isForThisPlan: boolean;
      }
    | undefined;
}

const KEYS = keysOf<RunsOptions>()({ run: true, districtId: true, before: true, limit: true });

/**
 * Returns runs, the newest first.
 *
 * @throws `CleverConfigError` for an option that does not exist or has an invalid value.
 */
export async function readRuns({ schema, store }: SyncContext, options: RunsOptions = {}): Promise<SyncRun[]> {
  checkOptions('sync.runs()', options, KEYS);
  const { run, districtId, before, limit = 50 } = options;
  if (districtId !== undefined && !isText(districtId)) {
    throw new CleverConfigError("sync.runs(): `districtId` must be a district's id.");
  }
  checkInteger('run', run, 1, Number.MAX_SAFE_INTEGER);
  checkInteger('before', before, 1, Number.MAX_SAFE_INTEGER);
  checkInteger('limit', limit, 1, 1_000);
  // Only what is asked for is in the statement, so that PostgreSQL finds the runs of a district by their index.
  const filters = (
    [
      ['district_id =', 'text', districtId],
      ['runs.id =', 'text::bigint', run],
      ['runs.id <', 'text::bigint', before],
    ] as const
  ).filter(([, , value]) => value !== undefined);
  const conditions = filters.map(([comparison, type], index) => `${comparison} $${index + 2}::${type}`);
  const rows = await store.query(
    `
select id::float8 as id, district_id, mode, reason, state, created::float8 as created, updated::float8 as updated,
  archived::float8 as archived, restored::float8 as restored, unchanged::float8 as unchanged, odd::float8 as odd,
  requests::float8 as requests, ${inMs('started_at')}, ${inMs('ended_at')}, error_code, plan::text as plan,
  approved_by, ${inMs('approved_at')}, coalesce(approved_hash = plan_hash, false) as is_for_this_plan
from ${schema}.runs
where ${['true', ...conditions].join(' and ')}
order by runs.id desc
limit $1::text::bigint`,
    [String(limit), ...filters.map(([, , value]) => String(value))],
  );
  return rows.map(runIn);
}

function runIn(row: Row): SyncRun {
  const approvedAt = dateIn(row, 'approved_at');
  return {
    run: Number(row['id']),
    districtId: String(row['district_id']),
    mode: row['mode'] as RunMode,
    reason: String(row['reason'] ?? ''),
    state: row['state'] as RunState,
    created: Number(row['created']),
    updated: Number(row['updated']),
    archived: Number(row['archived']),
    restored: Number(row['restored']),
    unchanged: Number(row['unchanged']),
    odd: Number(row['odd']),
    requests: Number(row['requests']),
    startedAt: dateIn(row, 'started_at') ?? new Date(0),
    endedAt: dateIn(row, 'ended_at'),
    errorCode: (row['error_code'] as string | null) ?? undefined,
    plan: row['plan'] === null ? undefined : (JSON.parse(String(row['plan'])) as SyncRun['plan']),
    approval:
      approvedAt === undefined
        ? undefined
        : { by: String(row['approved_by']), at: approvedAt, isForThisPlan: row['is_for_this_plan'] === true },
  };
}
