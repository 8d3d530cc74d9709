import type { SyncContext } from './context.js';
import type { GuardVerdict } from './run/guard-limits.js';
import { dateIn, inMs } from './times.js';

/** The state of a district. */
export interface DistrictStatus {
  readonly districtId: string;
  readonly name: string | undefined;
  readonly connection: 'unknown' | 'connected' | 'paused' | 'disconnected';
  /** Records that are not archived. */
  readonly records: number;
  readonly lastRunAt: Date | undefined;
  readonly lastFullAt: Date | undefined;
  /** When it is due. */
  readonly nextSyncAt: Date | undefined;
  /** When someone asked for it, if no run has begun since. */
  readonly askedAt: Date | undefined;
  readonly isRunning: boolean;
  /** The held run, with the verdict of the guard. */
  readonly held: { readonly run: number; readonly verdict: GuardVerdict } | undefined;
  /** Failed runs in a row. */
  readonly failures: number;
  readonly lastErrorCode: string | undefined;
}

/** Returns the state of every district, without a name of a person, and without ids but those of districts. */
export async function readStatus({ schema, store }: SyncContext): Promise<DistrictStatus[]> {
  const rows = await store.query(`
select district.id, district.name, district.connection, district.records::float8 as records,
  ${inMs('last_run_at')}, ${inMs('last_full_at')}, ${inMs('next_sync_at')}, ${inMs('asked_at')},
  coalesce(lease_until > clock_timestamp(), false) as is_running,
  held_run::float8 as held_run, run.verdict::text as verdict, failures::float8 as failures, last_error_code
from ${schema}.sync_districts as district
left join ${schema}.runs as run on run.id = district.held_run
order by district.id`);
  return rows.map((row) => {
    return {
      districtId: String(row['id']),
      name: (row['name'] as string | null) ?? undefined,
      connection: row['connection'] as DistrictStatus['connection'],
      records: Number(row['records']),
      lastRunAt: dateIn(row, 'last_run_at'),
      lastFullAt: dateIn(row, 'last_full_at'),
      nextSyncAt: dateIn(row, 'next_sync_at'),
      askedAt: dateIn(row, 'asked_at'),
      isRunning: row['is_running'] === true,
      held:
        row['held_run'] === null
          ? undefined
          : {
              run: Number(row['held_run']),
              verdict: JSON.parse(String(row['verdict'] ?? '{"isHeld":true,"findings":[]}')) as GuardVerdict,
            },
      failures: Number(row['failures']),
      lastErrorCode: (row['last_error_code'] as string | null) ?? undefined,
    };
  });
}
