import { CleverConfigError } from '../../errors/config.js';
import type { SensitiveField } from '../../index.js';
import type { SyncContext } from '../context.js';
import { isText } from '../text.js';
import type { SyncChange } from './change.js';
import { readChanges } from './read-changes.js';

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

/** The most districts that are found at once. */
const DISTRICTS_AT_ONCE = 100;

/** A district with changes that a consumer has not acknowledged. */
interface Waiting {
  readonly districtId: string;
  /** The last change that it has acknowledged. */
  readonly seq: string;
}

/**
 * Reads the change log from a consumer's place on. Going on to the next change acknowledges the one before, so each
 * change comes at least once; acknowledgements are stored a batch at a time, and when the loop is left.
 *
 * The place is one number per district. All changes of a district are written by transactions that hold its row,
 * one after another, so within a district a change with a lower number never appears later: no gap can be skipped,
 * however many districts are written at once. Districts take turns, a batch each, so that a large one keeps no other
 * waiting, and so that a step costs the same however many districts and changes there are.
 */
export async function* consume(
  context: SyncContext,
  { consumer, signal, follow = false, pollMs = 1_000 }: ChangesOptions,
): AsyncGenerator<SyncChange<SensitiveField>, void, undefined> {
  if (!isText(consumer)) {
    throw new CleverConfigError('sync.changes() needs the name of its `consumer`.');
  }
  for (let after = ''; !isAborted(signal); ) {
    const waiting = await findWaiting(context, consumer, after);
    for (const place of waiting) {
      yield* nextBatch(context, consumer, place, signal);
      if (isAborted(signal)) {
        return;
      }
    }
    const isAtEnd = waiting.length < DISTRICTS_AT_ONCE;
    if (isAtEnd && after === '' && waiting.length === 0) {
      if (!follow) {
        return;
      }
      await waitFor(pollMs, signal);
    }
    after = isAtEnd ? '' : (waiting.at(-1)?.districtId ?? '');
  }
}

/** The next districts, by id, that have changes for a consumer. */
async function findWaiting({ schema, store }: SyncContext, consumer: string, after: string): Promise<Waiting[]> {
  const rows = await store.query(
    `
select district.id, coalesce(place.seq, 0)::text as seq
from ${schema}.sync_districts as district
left join ${schema}.consumers as place on place.consumer = $1::text and place.district_id = district.id
where district.id > $2::text
  and exists (
    select from ${schema}.changes where changes.district_id = district.id and changes.seq > coalesce(place.seq, 0)
  )
order by district.id
limit ${DISTRICTS_AT_ONCE}`,
    [consumer, after],
  );
  return rows.map((row) => ({ districtId: String(row['id']), seq: String(row['seq']) }));
}

/** Yields the next changes of a district, and acknowledges those that were gone past. */
async function* nextBatch(
  context: SyncContext,
  consumer: string,
  { districtId, seq }: Waiting,
  signal: AbortSignal | undefined,
): AsyncGenerator<SyncChange<SensitiveField>, void, undefined> {
  let done: number | undefined;
  try {
    for (const { change } of await readChanges(context, districtId, seq)) {
      if (isAborted(signal)) {
        return;
      }
      yield change;
      done = change.seq;
    }
  } finally {
    if (done !== undefined) {
      await acknowledge(context, consumer, districtId, done);
    }
  }
}

async function acknowledge(
  { schema, store }: SyncContext,
  consumer: string,
  districtId: string,
  seq: number,
): Promise<void> {
  await store.query(
    `
insert into ${schema}.consumers as place (consumer, district_id, seq)
select $1::text, id, $3::text::bigint
from ${schema}.sync_districts
where id = $2::text
on conflict (consumer, district_id) do update set seq = greatest(place.seq, excluded.seq), at = now()`,
    [consumer, districtId, String(seq)],
  );
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
