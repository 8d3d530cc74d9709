import type { Requirement } from './requirement.js';

/** What Clever asks of a roster sync. */
export const SYNC: readonly Requirement[] = [
  {
    id: 'sync.on-demand',
    suite: 'sync',
    title: 'Sync on demand',
    requirement: 'The app can be made to sync a district at any time.',
    source: 'dev.clever.com/docs/secure-sync-certification-guide',
    advice: 'Run `clever-sdk sync run`, or call `sync.run(districtId)` or `sync.request(districtId)`.',
    by: 'probe',
  },
];
