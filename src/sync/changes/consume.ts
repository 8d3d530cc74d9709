import { CleverConfigError } from '../../errors/config.js';
import type { SensitiveField } from '../../index.js';
import type { SyncContext } from '../context.js';
import { SYNC_KINDS, type SyncKind } from '../kinds.js';
import { changeOf } from '../mirror/mirror.js';
import type { SyncChange } from './change.js';

/** How the change log is read. */
export interface ChangesOptions {
  /**
   * The name of the reader. Each has its own place in the log; a new one begins at the oldest change that is kept.
   */
  readonly consumer: string;
  /** Ends the loop after the change under way, also while it waits. */
  readonly signal?: AbortSignal;
  /** Whether to wait for more changes at the end of the log. Default `false`: the loop ends. */
  readonly follow?: boolean;
  /** How long to wait before looking again, in milliseconds. Default 1000. With `follow` only. */
  readonly pollMs?: number;
}

const AT_ONCE = 500;

/**
 * Reads the change log from a consumer's place on. Going on to the next change acknowledges the one before, so each
 * change comes at least once; acknowledgements are stored a batch at a time, and when the loop is left.
 *
 * The place is one number per district. All changes of a district are written by transactions that hold its row,
 * one after another, so within a district a change with a lower number never appears later: no gap can be skipped,
 * however many districts are written at once.
 */
export async function* consume(
  context: SyncContext,
  { consumer, signal, follow = false, pollMs = 1_000 }: ChangesOptions,
): AsyncGenerator<SyncChange<SensitiveField>, void, undefined> {
  if (typeof consumer !== 'string' || consumer === '') {
    throw new CleverConfigError('sync.changes() needs the name of its `consumer`.');
  }
  while (!isAborted(signal)) {
    const batch = await nextBatch(context, consumer);
    const done = new Map<string, number>();
    try {
      for (const change of batch) {
        if (isAborted(signal)) {
          return;
        }
        yield change;
        done.set(change.districtId, change.seq);
      }
    } finally {
      await acknowledge(context, consumer, done);
    }
    if (batch.length === 0) {
      if (!follow) {
        return;
      }
      await waitFor(pollMs, signal);
    }
  }
}

async function nextBatch({ schema, store }: SyncContext, consumer: string): Promise<SyncChange<SensitiveField>[]> {
  const rows = await store.query(
    `
select change.district_id, change.kind, change.seq::text as seq, change.id, change.op, change.run::float8 as run,
  array_to_json(change.fields)::text as fields,
  coalesce(change.record, ${currentRecord(schema)})::text as record,
  change.previous::text as previous
from ${schema}.sync_districts as district
left join ${schema}.consumers as place on place.consumer = $1::text and place.district_id = district.id
cross join lateral (
  select *
  from ${schema}.changes
  where changes.district_id = district.id and changes.seq > coalesce(place.seq, 0)
  order by changes.seq
  limit ${AT_ONCE}
) as change
order by change.seq
limit ${AT_ONCE}`,
    [consumer],
  );
  return rows.map((row) =>
    changeOf({ districtId: String(row['district_id']), run: Number(row['run']), kind: row['kind'] as SyncKind }, row),
  );
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

async function acknowledge(
  { schema, store }: SyncContext,
  consumer: string,
  done: ReadonlyMap<string, number>,
): Promise<void> {
  if (done.size > 0) {
    const places = [...done].map(([district_id, seq]) => ({ district_id, seq }));
    await store.query(
      `
insert into ${schema}.consumers as place (consumer, district_id, seq)
select $1::text, district_id, seq
from jsonb_to_recordset($2::text::jsonb) as done (district_id text, seq bigint)
where exists (select from ${schema}.sync_districts where id = done.district_id)
on conflict (consumer, district_id) do update set seq = greatest(place.seq, excluded.seq), at = now()`,
      [consumer, JSON.stringify(places)],
    );
  }
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
