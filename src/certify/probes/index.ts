import { LIBRARY_PROBES } from './library/index.js';
import { LMS_PROBES } from './lms/index.js';
import type { Probe } from './probe.js';
import { SSO_PROBES } from './sso/index.js';
import { SYNC_PROBES } from './sync/index.js';

/** Every probe, in the order in which they run: a probe comes after those that it names in `after`. */
export const PROBES: readonly Probe[] = [...SSO_PROBES, ...LIBRARY_PROBES, ...SYNC_PROBES, ...LMS_PROBES];
