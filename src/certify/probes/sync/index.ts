import type { SyncProbe } from '../probe.js';
import { allPages } from './all-pages.js';
import { apiVersion } from './api-version.js';
import { archive } from './archive.js';
import { cleverIdKey } from './clever-id-key.js';
import { contacts } from './contacts.js';
import { daily } from './daily.js';
import { disconnect } from './disconnect.js';
import { districtsApart } from './districts-apart.js';
import { history } from './history.js';
import { idempotentEvents } from './idempotent-events.js';
import { links } from './links.js';
import { massDeletion } from './mass-deletion.js';
import { matching } from './matching.js';
import { missingFields } from './missing-fields.js';
import { oddities } from './oddities.js';
import { oldCursor } from './old-cursor.js';
import { onDemand } from './on-demand.js';
import { pause } from './pause.js';
import { purge } from './purge.js';
import { rateLimit } from './rate-limit.js';
import { restore } from './restore.js';
import { rolesUnshared } from './roles-unshared.js';
import { rollover } from './rollover.js';
import { serverErrors } from './server-errors.js';
import { tokenRotation } from './token-rotation.js';
import { unneededData } from './unneeded-data.js';

/** The probes of a roster sync. */
export const SYNC_PROBES: readonly SyncProbe[] = [
  onDemand,
  districtsApart,
  cleverIdKey,
  matching,
  daily,
  archive,
  restore,
  missingFields,
  history,
  links,
  oddities,
  rollover,
  rateLimit,
  serverErrors,
  idempotentEvents,
  pause,
  disconnect,
  tokenRotation,
  rolesUnshared,
  contacts,
  apiVersion,
  unneededData,
  purge,
  allPages,
  massDeletion,
  oldCursor,
];
