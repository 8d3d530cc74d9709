import type { SyncContext } from '../context.js';
import { backOff, IS_DUE } from '../run/due.js';
import { quietUntil, type Schedule, type ScheduledDistrict } from '../schedule.js';

/** What is looked for. */
export interface DueOptions {
  readonly schedule: Schedule;
  /** The most districts. Default: all that are due. */
  readonly limit?: number;
  /** Those that are left out. */
  readonly except?: readonly string[];
}

/**
 * Returns the districts that are due and that no run has, in the order in which they get their turn: first those that
 * were asked for, then those that have waited longest. Those in quiet hours become due after them.
 */
export async function dueDistricts(
  context: SyncContext,
  { schedule, limit, except = [] }: DueOptions,
): Promise<readonly string[]> {
  const seen = [...except];
  for (let batch = limit; ; batch = batch === undefined ? undefined : batch * BATCH_GROWTH) {
    const { districts, nowMs } = await readDue(context, { limit: batch, except: seen });
    const now = new Date(nowMs);
    const due: string[] = [];
    const later = new Map<string, Date>();
    const failed: string[] = [];
    for (const { ignoresQuiet, ...district } of districts) {
      try {
        const until = ignoresQuiet ? undefined : quietUntil(schedule, district, now);
        if (until === undefined) {
          due.push(district.districtId);
        } else {
          later.set(district.districtId, until);
        }
      } catch {
        // The app's own function failed for this district, which hinders no other.
        failed.push(district.districtId);
      }
    }
    await putOff(context, later);
    await noteFailures(context, failed);
    if (due.length > 0 || batch === undefined || districts.length < batch) {
      return due.slice(0, limit);
    }
    // The places of those that were put off belong to others. All of them may be in quiet hours, so more are read.
    seen.push(...later.keys(), ...failed);
  }
}

/** By how much more districts are read each time, where none of those that were read may run. */
const BATCH_GROWTH = 10;

/** How many districts are due and run nowhere. */
export async function countDue(context: SyncContext): Promise<number> {
  const { schema, store } = context;
  const [row] = await store.query(
    `select count(*)::float8 as number from ${schema}.sync_districts where ${IS_WAITING}`,
    [ownDistricts(context)],
  );
  return Number(row?.['number'] ?? 0);
}

/** A district that is due and runs nowhere, `$1` being the ids of those that the app names itself. */
const IS_WAITING = `
  ${IS_DUE}
  and (lease_until is null or lease_until < clock_timestamp())
  and ($1::text is null or id in (select jsonb_array_elements_text($1::text::jsonb)))`;

/** The ids of those that the app names itself, in JSON; null for an app with a list of tokens. */
function ownDistricts({ source }: SyncContext): string | null {
  return source.districtIds === undefined ? null : JSON.stringify(source.districtIds);
}

/** Whether a run of the district has begun and is to go on. */
const underWay = (schema: string): string => `exists (
    select from ${schema}.runs where runs.district_id = district.id and state in ('reading', 'applying')
  )`;

async function readDue(
  context: SyncContext,
  { limit, except }: { readonly limit: number | undefined; readonly except: readonly string[] },
): Promise<{ districts: (ScheduledDistrict & { readonly ignoresQuiet: boolean })[]; nowMs: number }> {
  const { schema, store } = context;
  const rows = await store.query(
    `
select id, name, asked_at is not null or ${underWay(schema)} as ignores_quiet, (extract(epoch from clock_timestamp()) * 1000)::float8 as now
from ${schema}.sync_districts as district
where ${IS_WAITING} and id not in (select jsonb_array_elements_text($2::text::jsonb))
order by asked_at, coalesce(next_sync_at, created_at), id
limit $3::text::bigint`,
    [ownDistricts(context), JSON.stringify(except), limit === undefined ? null : String(limit)],
  );
  const districts = rows.map((row) => ({
    districtId: String(row['id']),
    name: (row['name'] as string | null) ?? undefined,
    ignoresQuiet: row['ignores_quiet'] === true,
  }));
  return { districts, nowMs: Number(rows[0]?.['now'] ?? 0) };
}

/*
 * Rows that a transaction has locked are skipped, not waited for: each belongs to a run or to a request, and a look is
 * for all districts. They are locked in one order, so that the looks of two processes cannot wait for each other.
 */

/** Moves due times out of quiet hours. */
async function putOff({ schema, store }: SyncContext, later: ReadonlyMap<string, Date>): Promise<void> {
  if (later.size === 0) {
    return;
  }
  await store.query(
    `
update ${schema}.sync_districts as district
set next_sync_at = to_timestamp(later.until::double precision / 1000)
from (
  select id, until
  from jsonb_each_text($1::text::jsonb) as quiet (id, until)
  join ${schema}.sync_districts as known using (id)
  where asked_at is null
  order by id
  for update of known skip locked
) as later
where district.id = later.id`,
    [JSON.stringify(Object.fromEntries([...later].map(([id, until]) => [id, until.getTime()])))],
  );
}

/** Notes of districts whose options could not be had that they failed, as a run that needs them would. */
async function noteFailures(
  { schema, store, options: { schedule } }: SyncContext,
  districtIds: readonly string[],
): Promise<void> {
  if (districtIds.length === 0) {
    return;
  }
  await store.query(
    `
update ${schema}.sync_districts
set failures = failures + 1,
  last_error_code = 'config',
  next_sync_at = clock_timestamp() + ${backOff('failures', schedule)}
where id in (
  select id
  from ${schema}.sync_districts
  where id in (select jsonb_array_elements_text($1::text::jsonb)) and ${IS_DUE}
  order by id
  for update skip locked
)`,
    [JSON.stringify(districtIds)],
  );
}
