import { hasCode } from '../../index.js';
import { incomingOf, NOTHING_WRITTEN, type Written } from '../mirror/mirror.js';
import type { Connected } from './connect.js';
import type { CurrentRun } from './current-run.js';
import { applyFold, type Fold, judgeFold, readFold, withDistrict } from './event-run.js';
import { growthOf, updateDistrict } from './finish.js';
import type { SyncReport } from './report.js';

/** How often `last_sync` may move without an event before events are taken to be switched off. */
const QUIET_MOVES = 2;

/** Why a district must be read in full, as it turned out. */
export interface NeedsFull {
  readonly reasonForFull: string;
}

/** Brings a district in step by the events since its last run. */
export async function runByEvents(run: CurrentRun, district: Connected): Promise<SyncReport | NeedsFull> {
  const { context, lease, mirror, slice } = run;
  const { cursor, quietMoves: quietMovesBefore, records } = lease.state;
  run.becomes('events', 'events since the last run');
  const fold = await foldSince(run, cursor as string, records);
  if (fold === undefined) {
    return { reasonForFull: 'so many events that a full run is faster, or some of them are no longer kept' };
  }
  const quietMoves = fold.events > 0 ? 0 : quietMovesBefore + (district.hasMoved ? 1 : 0);
  if (quietMoves >= QUIET_MOVES && !district.isPaused) {
    return { reasonForFull: 'the district was synced twice without an event: events may be switched off' };
  }
  if ((await judgeFold(context, run.districtId, fold)).isHeld) {
    return { reasonForFull: 'events take away more than the guard allows' };
  }
  if (fold.size === 0) {
    return runWithoutNews(run, district, { fold, quietMoves });
  }
  await run.begin(district, cursor);
  const all = withDistrict(fold, district.record);
  const written = await applyFold(
    context,
    lease,
    mirror,
    { run: run.number, fold: all, slice },
    async ({ query }, sum) => {
      await run.count(query, sum, { unchanged: fold.size - changesIn(sum), odd: fold.odd });
      await run.update(query, { state: 'done' });
      await updateDistrict(context, query, {
        ...run.updateOf(district),
        cursor: fold.lastId,
        quietMoves,
        heldRun: null,
        growth: growthOf(sum),
      });
    },
  );
  const outcome = district.isPaused && changesIn(written) === 0 ? 'paused' : 'done';
  return run.report(outcome, { unchanged: Math.max(fold.size - changesIn(written), 0), odd: fold.odd });
}

/** A run without news of a record, begun and ended in one transaction: most runs of most districts are such. */
async function runWithoutNews(
  run: CurrentRun,
  district: Connected,
  { fold, quietMoves }: { readonly fold: Fold; readonly quietMoves: number },
): Promise<SyncReport> {
  const { context, districtId, lease, mirror, slice } = run;
  const { rows } = incomingOf('districts', [district.record]);
  slice.endIfAborted();
  const written = await lease.write(async (transaction) => {
    const { query } = transaction;
    await run.beginDone(query, district, lease.state.cursor);
    const place = { districtId, run: run.number, kind: 'districts' as const };
    const [record] = rows;
    const isKnown = record === undefined || (await mirror.has(transaction, place, record));
    const sum = isKnown ? NOTHING_WRITTEN : await mirror.store(transaction, place, 'events', rows);
    if (fold.odd > 0 || changesIn(sum) > 0) {
      await run.count(query, sum, { odd: fold.odd });
    }
    await updateDistrict(context, query, {
      ...run.updateOf(district),
      cursor: fold.lastId,
      quietMoves,
      heldRun: null,
      growth: growthOf(sum),
    });
    return sum;
  });
  slice.wrote(written);
  return run.report(district.isPaused && changesIn(written) === 0 ? 'paused' : 'done', { odd: fold.odd });
}

/**
 * The events after a position, folded; `undefined` when a full run is faster, or some are no longer kept.
 *
 * @param records - How many records the district has: above a share of them, a full run is faster.
 */
export async function foldSince(
  { context, reader }: CurrentRun,
  after: string,
  records: number,
): Promise<Fold | undefined> {
  if (reader.isTooOld(after)) {
    return undefined;
  }
  try {
    return await readFold(context, reader, { after, records });
  } catch (error) {
    if (hasCode(error, 'cursor_expired')) {
      return undefined;
    }
    throw error;
  }
}

/** How many changes were written. */
export function changesIn({ created, updated, archived, restored }: Written): number {
  return created + updated + archived + restored;
}
