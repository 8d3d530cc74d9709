import type { SensitiveField } from '../../index.js';
import type { SyncContext } from '../context.js';
import { SYNC_KINDS, type SyncKind } from '../kinds.js';
import { changeOf } from '../mirror/mirror.js';
import { dateIn, inMs } from '../times.js';
import type { SyncChange } from './change.js';

/** The most changes that are read at once. */
const AT_ONCE = 500;

/** A change as the log has it. */
export interface LoggedChange {
  readonly change: SyncChange<SensitiveField>;
  /** When it was stored. */
  readonly at: Date;
}

/** Reads the next changes of a district after a number of the log, in their order. */
export async function readChanges(
  { schema, store }: SyncContext,
  districtId: string,
  after: string,
): Promise<LoggedChange[]> {
  const rows = await store.query(
    `
select change.kind, change.seq::text as seq, change.id, change.op, change.run::float8 as run, ${inMs('at')},
  array_to_json(change.fields)::text as fields,
  coalesce(change.record, ${currentRecord(schema)})::text as record,
  change.previous::text as previous
from ${schema}.changes as change
where change.district_id = $1::text and change.seq > $2::text::bigint
order by change.seq
limit ${AT_ONCE}`,
    [districtId, after],
  );
  return rows.map((row) => ({
    change: changeOf({ districtId, run: Number(row['run']), kind: row['kind'] as SyncKind }, row),
    at: dateIn(row, 'at') ?? new Date(0),
  }));
}

/** The record as it is now. */
function currentRecord(schema: string): string {
  const cases = SYNC_KINDS.map(
    (kind) => `when '${kind}' then (select data from ${schema}.${kind} as stored where stored.id = change.id)`,
  );
  return `case change.kind
    ${cases.join('\n    ')}
  end`;
}
