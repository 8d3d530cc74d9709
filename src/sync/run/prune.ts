import type { SyncContext } from '../context.js';

/** Removes what is older than the change log is kept: changes, and runs that ended. */
export async function prune({ schema, store, options }: SyncContext, districtId: string): Promise<void> {
  const age = `${options.keepChangesMs} milliseconds`;
  await store.query(
    `
delete from ${schema}.changes
where district_id = $1::text and at < clock_timestamp() - $2::text::interval`,
    [districtId, age],
  );
  await store.query(
    `
delete from ${schema}.runs
where district_id = $1::text and ended_at < clock_timestamp() - $2::text::interval`,
    [districtId, age],
  );
}
