import type { SyncProbe } from '../probe.js';
import { deletes } from './deletes.js';
import { keepsIds } from './keeps-ids.js';
import { patchOnly } from './patch-only.js';
import { readyDistricts } from './ready-districts.js';
import { refusals } from './refusals.js';
import { slowAnswers } from './slow-answers.js';

/** The probes of LMS Connect. */
export const LMS_PROBES: readonly SyncProbe[] = [readyDistricts, patchOnly, keepsIds, deletes, refusals, slowAnswers];
