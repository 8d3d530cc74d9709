import type { VisitProbe } from '../probe.js';

/** The probes of library. */
export const LIBRARY_PROBES: readonly VisitProbe[] = [];
