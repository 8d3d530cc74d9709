import { CleverSyncError } from '../../errors/sync.js';
import type { DistrictReader, RawRecord } from '../clever/source.js';
import type { SyncContext } from '../context.js';
import { accessOf } from './access.js';
import type { Lease } from './lease.js';

/** A district that answered. */
export interface Connected {
  readonly record: RawRecord;
  readonly apiVersion: string;
  readonly lastSync: string;
  /** Whether the district was synced since the last run. */
  readonly hasMoved: boolean;
  readonly access: string;
  readonly isPaused: boolean;
}

/**
 * Reads the district's own record, which shows whether it is connected, paused, and when it was last synced.
 *
 * @throws {@link CleverSyncError} with code `sync_foreign_district` when the token is another district's.
 */
export async function connect(
  context: SyncContext,
  lease: Lease,
  { reader, signal }: { readonly reader: DistrictReader; readonly signal: AbortSignal | undefined },
): Promise<Connected> {
  const { districtId, state } = lease;
  const { record, apiVersion } = await reader.district();
  if (record?.['id'] !== districtId) {
    throw new CleverSyncError('sync_foreign_district');
  }
  const lastSync = lastSyncOf(record);
  const hasMoved = lastSync !== (state.lastSync ?? '');
  // The scopes cost a request, so they are looked at when the district has changed.
  const isNews = hasMoved || state.accessHash === null;
  const scopes = isNews ? await context.source.scopes(districtId, signal) : undefined;
  const access = await accessOf(context.options, apiVersion, scopes, state.accessHash);
  return { record, apiVersion, lastSync, hasMoved, access, isPaused: isPaused(record, state.nowMs) };
}

/** The `last_sync` of a district's record; empty where it has none. */
export function lastSyncOf({ last_sync: time }: RawRecord): string {
  return typeof time === 'string' ? time : '';
}

/** Whether a district has paused its data. */
function isPaused({ state, pause_start: start, pause_end: end }: RawRecord, nowMs: number): boolean {
  const [from, to] = [timeOf(start), timeOf(end)];
  return state === 'paused' || (from !== undefined && from <= nowMs && (to === undefined || nowMs < to));
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && value !== '' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The name of a district; `undefined` where it has none. */
export function nameOf({ name }: RawRecord): string | undefined {
  return typeof name === 'string' ? name : undefined;
}
