import type { SyncProbe } from '../probe.js';
import { onDemand } from './on-demand.js';

/** The probes of a roster sync. */
export const SYNC_PROBES: readonly SyncProbe[] = [onDemand];
