import type { AnyRecord } from './records.js';

/**
 * The time at which every record of an upload was made. Fixed, so that the same files produce the same
 * records.
 */
const SYNCED = '2026-08-01T06:00:00.000Z';

/** The timestamps of a record. */
export const TIMES = { created: SYNCED, last_modified: SYNCED } as const;

/** The record of a district that uploads files. `sis_type` is documented; the rest is inferred. */
export function uploadedDistrict(id: string, name: string): AnyRecord {
  return {
    id,
    name,
    sis_type: 'sftp',
    state: 'running',
    error: '',
    last_sync: SYNCED,
    launch_date: SYNCED.slice(0, 10),
    login_methods: ['Clever Passwords'],
    portal_url: `https://clever.com/in/csv-${id.slice(8, 18)}`,
  };
}
