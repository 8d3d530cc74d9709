import type { SyncContext } from '../context.js';
import type { Lease } from './lease.js';

/** Removes what is older than the change log is kept: changes, and runs that ended. */
export async function prune({ schema, options }: SyncContext, lease: Lease): Promise<void> {
  const age = `${options.keepChangesMs} milliseconds`;
  await lease.write(async ({ query }) => {
    await query(
      `
delete from ${schema}.changes
where district_id = $1::text and at < clock_timestamp() - $2::text::interval`,
      [lease.districtId, age],
    );
    await query(
      `
delete from ${schema}.runs
where district_id = $1::text and ended_at < clock_timestamp() - $2::text::interval`,
      [lease.districtId, age],
    );
  });
}
