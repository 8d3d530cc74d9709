import type { AnyRecord, Kind } from '../records.js';
import type { FoundRecord } from './recognise.js';

/** Records by kind and id. */
export type MergedRecords = ReadonlyMap<Kind, ReadonlyMap<string, AnyRecord>>;

/**
 * Merges records into one per id. The recording with the later `last_modified` (for districts, `last_sync`)
 * wins, or the later in order when the times do not decide; members that only the earlier one has are kept.
 */
export function mergeRecords(found: readonly FoundRecord[]): MergedRecords {
  const merged = new Map<Kind, Map<string, AnyRecord>>();
  for (const { kind, record } of found) {
    const records = merged.get(kind) ?? new Map<string, AnyRecord>();
    merged.set(kind, records);
    const next = kind === 'terms' ? withPlainDates(record) : record;
    const known = records.get(record.id);
    records.set(
      record.id,
      known === undefined ? next : { ...(isLater(known, next) ? { ...next, ...known } : { ...known, ...next }) },
    );
  }
  return merged;
}

function isLater(left: AnyRecord, right: AnyRecord): boolean {
  const [a, b] = [left, right].map((record) => record['last_modified'] ?? record['last_sync']);
  return typeof a === 'string' && typeof b === 'string' && a > b;
}

/** The form of a term's dates at Clever depends on the path; the sandbox stores plain dates. */
function withPlainDates(term: AnyRecord): AnyRecord {
  const dates = ['start_date', 'end_date'].flatMap((member): [string, string][] => {
    const value = term[member];
    return typeof value === 'string' ? [[member, value.slice(0, 10)]] : [];
  });
  return { ...term, ...Object.fromEntries(dates) };
}
