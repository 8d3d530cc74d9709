import type { SyncContext } from './context.js';
import { SYNC_KINDS } from './kinds.js';
import { RELATIONS } from './mirror/relations.js';

/** What was deleted for good. */
export interface PurgeReport {
  readonly districtId: string;
  /** How many records. */
  readonly records: number;
}

/**
 * Deletes everything that the tables have of a district, in one transaction: records, relations, change log, runs and
 * its row. A run that is under way finds its lease gone and writes nothing more.
 */
export async function purgeDistrict({ schema, store }: SyncContext, districtId: string): Promise<PurgeReport> {
  return store.transaction(async ({ query }) => {
    const number = async (statement: string): Promise<number> => {
      const [row] = await query(`with gone as (${statement} returning 1) select count(*)::float8 as number from gone`, [
        districtId,
      ]);
      return Number(row?.['number'] ?? 0);
    };
    // First the row, whose lock every run of the district needs.
    await number(`delete from ${schema}.sync_districts where id = $1::text`);
    for (const table of ['staging', 'run_kinds']) {
      await number(
        `delete from ${schema}.${table} where run in (select id from ${schema}.runs where district_id = $1::text)`,
      );
    }
    for (const table of ['runs', 'changes', 'consumers']) {
      await number(`delete from ${schema}.${table} where district_id = $1::text`);
    }
    let records = 0;
    for (const kind of [...SYNC_KINDS].reverse()) {
      for (const { table, parent } of RELATIONS[kind] ?? []) {
        await number(
          `delete from ${schema}.${table} where ${parent} in (select id from ${schema}.${kind} where district_id = $1::text)`,
        );
      }
      records += await number(`delete from ${schema}.${kind} where district_id = $1::text`);
    }
    return { districtId, records };
  });
}
