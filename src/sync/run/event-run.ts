import { hasCode } from '../../index.js';
import { isObject } from '../../util/is-object.js';
import type { DistrictReader, RawRecord, SourceEvent } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import type { SyncKind } from '../kinds.js';
import { type Incoming, incomingOf, type Mirror, NOTHING_WRITTEN, sumOf, type Written } from '../mirror/mirror.js';
import type { StoreTransaction } from '../store/store.js';
import { judge } from './guard.js';
import type { GuardVerdict } from './guard-limits.js';
import type { Lease } from './lease.js';
import type { KindCounts } from './planned.js';
import type { Slice } from './slice.js';

/** The most changes that the hook is given at once. */
const CHUNK = 1_000;

/** The most changes of one transaction without a hook: fewer transactions take fewer round trips. */
const CHUNK_WITHOUT_HOOK = 5_000;

/** The most records that are folded in memory; more of them come by a full run. */
const MOST_FOLDED = 20_000;

/** The net effect of many events: what is left of each record at the end. */
export interface Fold {
  readonly stored: ReadonlyMap<SyncKind, readonly Incoming[]>;
  readonly gone: ReadonlyMap<SyncKind, readonly { readonly id: string; readonly event_id: string }[]>;
  /** How many records it concerns. */
  readonly size: number;
  /** How many events were read. */
  readonly events: number;
  /** The id of the last event of the feed; `undefined` when no event came. */
  readonly lastId: string | undefined;
  readonly odd: number;
}

/**
 * Reads the events after a position to the end of the feed, and folds them: many changes of a record are one.
 *
 * @returns `undefined` when they concern so many records that a full run is faster.
 */
export async function readFold(
  context: SyncContext,
  reader: DistrictReader,
  { after, records }: { readonly after: string; readonly records: number },
): Promise<Fold | undefined> {
  const { kinds, bulkShare } = context.options;
  const most = Math.min(MOST_FOLDED, Math.max(CHUNK, records * bulkShare));
  const last = new Map<string, SourceEvent>();
  let events = 0;
  let lastId: string | undefined;
  try {
    for await (const page of reader.events(after)) {
      events += page.events.length;
      lastId = page.lastId ?? lastId;
      keepLast(last, page.events, kinds);
      if (last.size > most) {
        return undefined;
      }
    }
  } catch (error) {
    // An app without events: nothing comes, and what changed shows in `last_sync`.
    if (!hasCode(error, 'not_found')) {
      throw error;
    }
  }
  return { ...folded([...last.values()]), size: last.size, events, lastId };
}

/** Keeps the last event of each record: what the ones before it said no longer matters. */
export function keepLast(
  last: Map<string, SourceEvent>,
  events: readonly SourceEvent[],
  kinds: readonly SyncKind[],
): Map<string, SourceEvent> {
  for (const event of events.filter(({ kind }) => kinds.includes(kind))) {
    const key = `${event.kind} ${String(event.record['id'])}`;
    // What several events have changed is known only by comparing the record with its row.
    last.set(key, last.has(key) ? { ...event, fields: undefined } : event);
  }
  return last;
}

/** Sorts folded events by kind, and into what exists and what is gone. */
export function folded(events: readonly SourceEvent[]): Pick<Fold, 'stored' | 'gone' | 'odd'> {
  const stored = new Map<SyncKind, Incoming[]>();
  const gone = new Map<SyncKind, { id: string; event_id: string }[]>();
  let odd = 0;
  for (const { kind, eventId, isDeletion, record, fields } of events) {
    if (isDeletion) {
      if (typeof record['id'] === 'string') {
        listIn(gone, kind).push({ id: record['id'], event_id: eventId });
      }
      continue;
    }
    const { rows, withoutId } = incomingOf(kind, [record]);
    odd += withoutId;
    for (const row of rows) {
      odd += row.odd === true ? 1 : 0;
      listIn(stored, kind).push({ ...row, event_id: eventId, fields });
    }
  }
  return { stored, gone, odd };
}

/** Adds the district's own record, where no event brings a newer one. */
export function withDistrict(fold: Fold, record: RawRecord): Fold {
  if (fold.stored.has('districts')) {
    return fold;
  }
  return { ...fold, stored: new Map([...fold.stored, ['districts', incomingOf('districts', [record]).rows]]) };
}

/** Judges what the events would take away. */
export async function judgeFold(context: SyncContext, districtId: string, fold: Fold): Promise<GuardVerdict> {
  const { schema, store } = context;
  if (fold.gone.size === 0) {
    return { isHeld: false, findings: [] };
  }
  const counts: Partial<Record<SyncKind, KindCounts>> = {};
  const arrived = new Map<string, number>();
  for (const [kind, gone] of fold.gone) {
    const rows = fold.stored.get(kind) ?? [];
    const [row] = await store.query(
      `
with arriving as (
  select id from jsonb_array_elements_text($2::text::jsonb) as item (id)
  where not exists (
    select from ${schema}.${kind} as stored
    where stored.id = item.id and stored.district_id = $1::text and stored.deleted_at is null
  )
)
select
  (select count(*) from ${schema}.${kind} where district_id = $1::text and deleted_at is null)::float8 as before,
  (
    select count(*) from ${schema}.${kind}
    where district_id = $1::text and deleted_at is null and id in (select jsonb_array_elements_text($3::text::jsonb))
  )::float8 as archived,
  (select coalesce(json_agg(id), '[]')::text from arriving) as arriving`,
      [districtId, JSON.stringify(rows.map(({ id }) => id)), JSON.stringify(gone.map(({ id }) => id))],
    );
    const arriving = new Set(JSON.parse(String(row?.['arriving'] ?? '[]')) as string[]);
    counts[kind] = {
      before: Number(row?.['before'] ?? 0),
      created: arriving.size,
      updated: 0,
      archived: Number(row?.['archived'] ?? 0),
      restored: 0,
      unchanged: 0,
      odd: 0,
    };
    if (kind === 'users') {
      for (const { data } of rows.filter(({ id }) => arriving.has(id))) {
        for (const [role, details] of Object.entries(isObject(data['roles']) ? data['roles'] : {})) {
          if (isObject(details)) {
            arrived.set(role, (arrived.get(role) ?? 0) + 1);
          }
        }
      }
    }
  }
  const ids = Object.fromEntries([...fold.gone].map(([kind, gone]) => [kind, gone.map(({ id }) => id)]));
  return judge(context, store.query, districtId, {
    counts,
    goneSql: (kind) => `
select id from jsonb_array_elements_text($2::text::jsonb -> '${kind}') as item (id)`,
    goneJson: JSON.stringify(ids),
    arrivedRoles: async () => arrived,
  });
}

/**
 * Applies a fold: what exists in the order of the kinds, then what is gone in the opposite order, in chunks, a
 * transaction each. The last transaction also calls `finish`, so that the cursor never passes a change that is not
 * stored. An aborted signal ends it between two of them: what is repeated by the next run changes nothing.
 */
export async function applyFold(
  context: SyncContext,
  lease: Lease,
  mirror: Mirror,
  { run, fold, slice }: { readonly run: number; readonly fold: Fold; readonly slice: Slice },
  finish: (transaction: StoreTransaction, written: Written) => Promise<void>,
): Promise<Written> {
  const { districtId } = lease;
  const { kinds, onChanges } = context.options;
  const most = onChanges === undefined ? CHUNK_WITHOUT_HOOK : CHUNK;
  const steps: ((transaction: StoreTransaction) => Promise<Written>)[] = [];
  const sizes: number[] = [];
  for (const kind of kinds) {
    for (const rows of chunksOf(fold.stored.get(kind) ?? [], most)) {
      steps.push((transaction) => mirror.store(transaction, { districtId, run, kind }, 'events', rows));
      sizes.push(rows.length);
    }
  }
  for (const kind of [...kinds].reverse()) {
    for (const rows of chunksOf(fold.gone.get(kind) ?? [], most)) {
      steps.push((transaction) => mirror.archive(transaction, { districtId, run, kind }, 'deleted', rows));
      sizes.push(rows.length);
    }
  }
  let written = NOTHING_WRITTEN;
  let next = 0;
  do {
    slice.endIfAborted();
    const first = next;
    let size = 0;
    while (next < steps.length && (next === first || size + (sizes[next] ?? 0) <= most)) {
      size += sizes[next] ?? 0;
      next += 1;
    }
    const chunk = await lease.write(async (transaction) => {
      let sum = NOTHING_WRITTEN;
      for (const step of steps.slice(first, next)) {
        sum = sumOf(sum, await step(transaction));
      }
      if (next === steps.length) {
        await finish(transaction, sumOf(written, sum));
      }
      return sum;
    });
    slice.wrote(chunk);
    written = sumOf(written, chunk);
  } while (next < steps.length);
  return written;
}

function chunksOf<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
}

function listIn<Key, Item>(map: Map<Key, Item[]>, key: Key): Item[] {
  let list = map.get(key);
  if (list === undefined) {
    list = [];
    map.set(key, list);
  }
  return list;
}
