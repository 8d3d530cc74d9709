import { CleverSyncError } from '../../errors/sync.js';
import { hasCode } from '../../index.js';
import type { DistrictReader, RawRecord } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import type { SyncKind } from '../kinds.js';
import { incomingOf, type Mirror, NOTHING_WRITTEN, type Written } from '../mirror/mirror.js';
import type { StoreTransaction } from '../store/store.js';
import { lastSyncOf } from './connect.js';
import { folded, keepLast } from './event-run.js';
import type { Lease } from './lease.js';
import { makePlan, nextIds } from './plan.js';
import type { StoredPlan } from './planned.js';
import { countRun, updateRun } from './run-row.js';
import type { Slice } from './slice.js';
import {
  clearStaging,
  forgetProgress,
  type KindProgress,
  measureStaging,
  noteProgress,
  progressOf,
  stage,
  stagedNumber,
  unstage,
} from './staging.js';

/** How often everything is read before a run gives up, because the district changes all the time. */
const MOST_READINGS = 3;

/** A full run that is under way. */
export interface FullRun {
  readonly context: SyncContext;
  readonly lease: Lease;
  readonly reader: DistrictReader;
  readonly mirror: Mirror;
  readonly slice: Slice;
  readonly run: number;
  /**
   * Whether the mirror has nothing of the district yet: pages are stored as they come, because nothing can be lost
   * and nothing must be compared.
   */
  readonly isFirst: boolean;
  /** The position in the feed of events when the reading began. */
  readonly startCursor: string;
  /** The district's `last_sync` when the reading began, perhaps in a process before this one. */
  readonly startLastSync: string;
  /** The district's record as it is now. */
  readonly district: RawRecord;
}

/** What a reading found. */
export interface Reading {
  /** The id of the last event that what was read includes. */
  readonly foldCursor: string;
  /** The district's record at the end. */
  readonly district: RawRecord;
  /** The `last_sync` of the district that was read. */
  readonly lastSync: string;
}

/**
 * Reads a whole district, until what was read is complete and of one moment: each kind agrees with its count, and
 * the events meanwhile are folded in. Goes on where a killed process has stopped.
 *
 * @throws {@link CleverSyncError} with code `sync_incomplete` when a listing and its count disagree three times.
 */
export async function readAll(full: FullRun, readings: number, foldCursor: string): Promise<Reading> {
  const { context, reader, run, isFirst } = full;
  let { district, startLastSync: lastSync } = full;
  let position = foldCursor;
  for (let reading = readings; ; reading += 1) {
    await readKinds(full, district);
    const fold = isFirst ? { position, events: 0 } : await foldEvents(full, position);
    position = fold.position;
    district = (await reader.district()).record ?? district;
    const unsure = await disagreeing(full);
    // Without events, only the time of the district's last sync shows that it changed during the reading.
    const hasMoved = !isFirst && fold.events === 0 && lastSyncOf(district) !== lastSync;
    if (unsure.length === 0 && !hasMoved) {
      return { foldCursor: position, district, lastSync };
    }
    if (reading >= MOST_READINGS) {
      const [first] = unsure;
      if (first === undefined) {
        return { foldCursor: position, district, lastSync };
      }
      const kinds = unsure.map(({ kind }) => kind);
      await beginReading(full, kinds, { readings: 1 });
      throw new CleverSyncError('sync_incomplete', { run, values: first, isRetryable: true });
    }
    const again = hasMoved ? context.options.kinds : unsure.map(({ kind }) => kind);
    lastSync = hasMoved ? lastSyncOf(district) : lastSync;
    await beginReading(full, again, { readings: reading + 1, startLastSync: lastSync });
  }
}

/** Has kinds read from their beginning. */
async function beginReading(
  { context, lease, run }: FullRun,
  kinds: readonly SyncKind[],
  update: { readonly readings: number; readonly startLastSync?: string },
): Promise<void> {
  await lease.write(async ({ query }) => {
    for (const kind of kinds) {
      await forgetProgress(context, query, run, kind);
      await clearStaging(context, query, run, kind);
    }
    await updateRun(context, query, run, update);
  });
}

/** Reads every kind that is not complete yet. */
async function readKinds(full: FullRun, district: RawRecord): Promise<void> {
  const { context, run, slice } = full;
  const progress = await progressOf(context, context.store.query, run);
  for (const kind of context.options.kinds) {
    const known = progress.get(kind);
    if (known?.isComplete !== true) {
      await readKind(full, kind, known, district);
      slice.saved();
      slice.endIfOver();
    }
  }
}

/** Reads one kind, page by page, each with the cursor after it in one transaction. */
async function readKind(
  full: FullRun,
  kind: SyncKind,
  known: KindProgress | undefined,
  district: RawRecord,
): Promise<void> {
  const { context, lease, reader, run, slice } = full;
  const countBefore = known === undefined ? await countOf(reader, kind) : known.countBefore;
  let progress: KindProgress = { cursor: known?.cursor, isComplete: false, countBefore, countAfter: undefined };
  let read = 0;
  // One page is stored while the next one is parsed: the database and this process work at the same time.
  let storing: Promise<void> = Promise.resolve();
  const pages = kind === 'districts' ? onePage(district) : reader.pages(kind, progress.cursor);
  try {
    for await (const { records, cursor } of pages) {
      await storing;
      const isNew = cursor !== progress.cursor;
      progress = { ...progress, cursor };
      storing = keepPage(full, kind, records, progress).then((written) => {
        slice.wrote(written);
        if (isNew) {
          slice.saved();
        }
      });
      storing.catch(() => undefined);
      read += records.length;
      context.emit({ kind: 'page', districtId: lease.districtId, run, of: kind, read });
      if (slice.isUsedUp) {
        // A page that the slice has no time to store is not waited for.
        await storing;
        slice.endIfOver();
      }
    }
  } catch (error) {
    // What is being stored is waited for, so that nothing is written after the end of the run.
    await storing.catch(() => undefined);
    throw error;
  }
  await storing;
  const complete: KindProgress = { ...progress, isComplete: true, countAfter: await countOf(reader, kind) };
  await lease.write(({ query }) => noteProgress(context, query, run, kind, complete));
}

/** Stores a page with the cursor after it, in one transaction. */
async function keepPage(
  full: FullRun,
  kind: SyncKind,
  records: readonly RawRecord[],
  progress: KindProgress,
): Promise<Written> {
  const { lease, isFirst } = full;
  const keep = (how: 'insert' | 'store' | 'stage'): Promise<Written> =>
    lease.write((transaction) => storePage(full, transaction, { kind, records, progress, how }));
  if (!isFirst) {
    return keep('stage');
  }
  try {
    return await keep('insert');
  } catch (error) {
    if (error instanceof CleverSyncError && error.sqlState === UNIQUE_VIOLATION) {
      // The page was stored before a process was killed, or another district has one of its records.
      return keep('store');
    }
    throw error;
  }
}

/** PostgreSQL's code for a row that exists already. */
const UNIQUE_VIOLATION = '23505';

/** A page, and where it is stored. */
interface PageToStore {
  readonly kind: SyncKind;
  readonly records: readonly RawRecord[];
  readonly progress: KindProgress;
  /** In the mirror, as new records or by comparing them with those that exist; or in the staging table. */
  readonly how: 'insert' | 'store' | 'stage';
}

async function storePage(
  { context, lease, mirror, run, isFirst }: FullRun,
  transaction: StoreTransaction,
  { kind, records, progress, how }: PageToStore,
): Promise<Written> {
  const { rows, withoutId } = incomingOf(kind, records);
  const odd = withoutId + rows.filter((row) => row.odd === true).length;
  let written = NOTHING_WRITTEN;
  const place = { districtId: lease.districtId, run, kind };
  if (how === 'stage') {
    await stage(context, transaction.query, run, kind, 'listing', rows);
  } else {
    written = await (how === 'insert'
      ? mirror.insert(transaction, place, rows)
      : mirror.store(transaction, place, 'listing', rows));
  }
  await noteProgress(context, transaction.query, run, kind, progress);
  if (isFirst || odd > 0) {
    await countRun(context, transaction.query, run, written, { odd });
  }
  if (odd > 0) {
    context.emit({ kind: 'odd', districtId: lease.districtId, run, of: kind, records: odd });
  }
  return written;
}

/** Folds the events since the reading began into the staging table, to the end of the feed. */
async function foldEvents(full: FullRun, from: string): Promise<{ position: string; events: number }> {
  const { context, lease, reader, run, slice } = full;
  const { schema, options } = context;
  let position = from;
  let events = 0;
  try {
    for await (const page of reader.events(from)) {
      const { lastId } = page;
      if (lastId === undefined) {
        continue;
      }
      const last = keepLast(new Map(), page.events, options.kinds);
      const { stored, gone } = folded([...last.values()]);
      await lease.write(async ({ query }) => {
        for (const kind of options.kinds) {
          await stage(context, query, run, kind, 'events', stored.get(kind) ?? []);
          await unstage(
            context,
            query,
            run,
            kind,
            (gone.get(kind) ?? []).map(({ id }) => id),
          );
        }
        await query(
          `
update ${schema}.run_kinds
set slack = slack + coalesce(($2::text::jsonb ->> kind)::bigint, 0)
where run = $1::text::bigint`,
          [String(run), JSON.stringify(arrivalsAndDepartures(page.events))],
        );
        await updateRun(context, query, run, { foldCursor: lastId });
      });
      events += page.events.length;
      position = lastId;
      slice.saved();
      slice.endIfOver();
    }
  } catch (error) {
    if (!hasCode(error, 'not_found')) {
      throw error;
    }
  }
  return { position, events };
}

/** By how much the number of each kind may have changed: every event may be a record that came or went. */
function arrivalsAndDepartures(events: readonly { readonly kind: SyncKind }[]): Partial<Record<SyncKind, number>> {
  const numbers: Partial<Record<SyncKind, number>> = {};
  for (const { kind } of events) {
    numbers[kind] = (numbers[kind] ?? 0) + 1;
  }
  return numbers;
}

/**
 * The kinds whose number does not agree with what Clever counted before and after: a listing ended early. They may
 * differ by what the events in between explain. On a district's first run, records that went during the reading are
 * still stored, so that more of them than were counted are no reason for doubt.
 */
async function disagreeing({
  context,
  lease,
  run,
  isFirst,
}: FullRun): Promise<{ kind: SyncKind; read: number; counted: number }[]> {
  const { schema, store, options } = context;
  const found: { kind: SyncKind; read: number; counted: number }[] = [];
  const slacks = await store.query(
    `select kind, slack::float8 as slack from ${schema}.run_kinds where run = $1::text::bigint`,
    [String(run)],
  );
  for (const [kind, { countBefore, countAfter }] of await progressOf(context, store.query, run)) {
    if (!options.kinds.includes(kind) || countBefore === undefined || countAfter === undefined) {
      continue;
    }
    const read = isFirst
      ? await liveNumber(context, lease.districtId, kind)
      : await stagedNumber(context, store.query, run, kind);
    const slack = Number(slacks.find((row) => row['kind'] === kind)?.['slack'] ?? 0);
    const isTooFew = read < Math.min(countBefore, countAfter) - slack;
    const isTooMany = !isFirst && read > Math.max(countBefore, countAfter) + slack;
    if (isTooFew || isTooMany) {
      found.push({ kind, read, counted: countAfter });
    }
  }
  return found;
}

async function liveNumber({ schema, store }: SyncContext, districtId: string, kind: SyncKind): Promise<number> {
  const [row] = await store.query(
    `select count(*)::float8 as number from ${schema}.${kind} where district_id = $1::text and deleted_at is null`,
    [districtId],
  );
  return Number(row?.['number'] ?? 0);
}

/** The number of a kind; `undefined` where Clever does not tell it in a form that is known. */
async function countOf(reader: DistrictReader, kind: SyncKind): Promise<number | undefined> {
  try {
    return await reader.count(kind);
  } catch (error) {
    const isUnknownForm = hasCode(error, 'connection') && error.reason === 'envelope';
    if (isUnknownForm || hasCode(error, 'bad_request')) {
      return undefined;
    }
    throw error;
  }
}

/** Compares what was read with the mirror, and has the guard judge it. */
export async function planRun({ context, lease, run }: FullRun): Promise<StoredPlan> {
  await measureStaging(context);
  return lease.write(async ({ query }) => {
    const plan = await makePlan(context, query, lease.districtId, run);
    await updateRun(context, query, run, { plan, verdict: plan.verdict });
    return plan;
  });
}

/**
 * Applies a plan in chunks: what exists in the order of the kinds, then what is absent in the opposite order. The
 * plan is derived from what is staged and what the mirror holds, so a killed process goes on where it was.
 */
export async function applyPlan({ context, lease, mirror, run, slice }: FullRun): Promise<void> {
  const { kinds } = context.options;
  const { districtId } = lease;
  const steps = [
    ...kinds.map((kind) => ({ kind, what: 'stored' as const })),
    ...[...kinds].reverse().map((kind) => ({ kind, what: 'archived' as const })),
  ];
  for (const { kind, what } of steps) {
    let after = '';
    for (;;) {
      const from = after;
      const chunk = await lease.write(async (transaction) => {
        const ids = await nextIds(context, transaction.query, districtId, { run, kind, what, after: from });
        const place = { districtId, run, kind };
        const sum =
          what === 'stored'
            ? await mirror.storeStaged(transaction, place, ids)
            : await mirror.archive(
                transaction,
                place,
                'absent',
                ids.map((id) => ({ id })),
              );
        if (ids.length > 0) {
          await countRun(context, transaction.query, run, sum);
        }
        return { last: ids.at(-1), sum, size: ids.length };
      });
      slice.wrote(chunk.sum);
      if (chunk.last === undefined) {
        break;
      }
      after = chunk.last;
      context.emit({ kind: 'applied', districtId, run, of: kind, changes: chunk.size });
      slice.saved();
      slice.endIfOver();
    }
  }
}

async function* onePage(record: RawRecord): AsyncGenerator<{ records: RawRecord[]; cursor: string }, void, undefined> {
  yield { records: [record], cursor: '' };
}
