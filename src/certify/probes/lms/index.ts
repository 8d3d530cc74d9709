import type { SyncProbe } from '../probe.js';

/** The probes of lms. */
export const LMS_PROBES: readonly SyncProbe[] = [];
