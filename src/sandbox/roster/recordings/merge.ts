import type { AnyRecord, Kind } from '../records.js';
import type { FoundRecord } from './recognise.js';

/** Records by kind and id. */
export type MergedRecords = ReadonlyMap<Kind, ReadonlyMap<string, AnyRecord>>;

/**
 * One record per id. Of two recordings of it the later one counts, by `last_modified` (of districts `last_sync`) and otherwise by order; members that only
 * the earlier one has are kept.
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

/** Clever writes a term's dates in one form or another, depending on the path; the sandbox stores the plain one. */
function withPlainDates(term: AnyRecord): AnyRecord {
  const dates = ['start_date', 'end_date'].flatMap((member): [string, string][] => {
    const value = term[member];
    return typeof value === 'string' ? [[member, value.slice(0, 10)]] : [];
  });
  return { ...term, ...Object.fromEntries(dates) };
}
