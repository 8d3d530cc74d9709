import type { DistrictDisconnectedReason } from '../codes.js';
import type { ByReason } from './entry.js';

const ARCHIVE =
  'Archive its records instead of deleting them: they return with the same ids when the district reconnects.';

/** A district is not connected to the app. */
export const DISTRICT_DISCONNECTED: ByReason<DistrictDisconnectedReason> = {
  not_listed: {
    reason: 'not_listed',
    what: "The district is not connected to the app: it is missing from the app's list of district tokens.",
    do: ARCHIVE,
  },
  unauthorized: {
    reason: 'unauthorized',
    what: 'The district is not connected to the app: Clever refuses even a newly fetched token.',
    do: ARCHIVE,
  },
  not_found: {
    reason: 'not_found',
    what: "The district is not connected to the app: Clever answers 404 with the district's own token.",
    do: ARCHIVE,
  },
};
