import type { SyncContext } from '../context.js';
import { claimTask, finishTask, releaseTask } from './tasks.js';

/**
 * How often in a row the list must lack a district before that is believed: one odd answer changes nothing. Where most
 * of at least ten districts are missing at once, Clever or the app's credentials are the likelier cause, and each
 * district that comes back is read in full, so that is believed after some hours only.
 */
const BELIEVED_AT = 2;
const MANY_BELIEVED_AT = 12;
const MANY = 10;

/**
 * Compares the districts of the app's list of tokens with the rows, if no process did so within the interval.
 *
 * A new district is due at once. One that has vanished from the list is marked as disconnected and is no longer due;
 * its records stay. One that comes back is due at once.
 *
 * @param signal - Ends the request for the list, and its waits.
 */
export async function discover(context: SyncContext, intervalMs: number, signal: AbortSignal): Promise<void> {
  if (!(await claimTask(context, 'discover', intervalMs))) {
    return;
  }
  try {
    await compare(context, await context.source.connectedDistricts(signal));
    await finishTask(context, 'discover');
  } catch (error) {
    // A database that is gone cannot take the task back: the claim ends by itself.
    await releaseTask(context, 'discover').catch(() => undefined);
    throw error;
  }
}

/**
 * Compares the districts of the list with the rows. A row that a transaction has locked is left to a later time: it may
 * belong to a run for as long as a hook takes.
 */
async function compare({ schema, store, source, emit }: SyncContext, ids: readonly string[]): Promise<void> {
  const rows = await store.query(
    `
with listed as (
  select jsonb_array_elements_text($1::text::jsonb) as id
), found as (
  insert into ${schema}.sync_districts (id)
  select id from listed where not exists (select from ${schema}.sync_districts as known where known.id = listed.id)
  on conflict do nothing
  returning id
), back as (
  update ${schema}.sync_districts as district
  set missing_looks = 0, vanished_at = null,
    next_sync_at = case when vanished_at is null then next_sync_at else clock_timestamp() end
  from (
    select id, vanished_at is not null as had_vanished
    from ${schema}.sync_districts
    where missing_looks > 0 and id in (select id from listed)
    order by id
    for update skip locked
  ) as before
  where district.id = before.id
  returning district.id, had_vanished
), total as (
  select count(*) as known, count(*) filter (where id not in (select id from listed)) as absent
  from ${schema}.sync_districts
  where vanished_at is null
), missing as (
  update ${schema}.sync_districts
  set missing_looks = missing_looks + 1,
    vanished_at = case when missing_looks + 1 >= believed_at then clock_timestamp() end,
    connection = case when missing_looks + 1 >= believed_at then 'disconnected' else connection end
  from (
    select case
      when absent >= ${MANY} and absent * 2 > known then ${MANY_BELIEVED_AT} else ${BELIEVED_AT}
    end as believed_at
    from total
  ) as rule
  where id in (
    select id
    from ${schema}.sync_districts
    where $2::text = 'true' and vanished_at is null and id not in (select id from listed)
    order by id
    for update skip locked
  )
  returning id, vanished_at
)
select id, 'district_found' as event from found
union all select id, 'district_returned' from back where had_vanished
union all select id, 'district_vanished' from missing where vanished_at is not null
order by id`,
    // Districts that the app names itself may be a part of those that the tables have.
    [JSON.stringify(ids), String(source.districtIds === undefined)],
  );
  for (const { id, event } of rows) {
    emit({ kind: event as 'district_found' | 'district_returned' | 'district_vanished', districtId: String(id) });
  }
}
