import type { DistrictDisconnectedReason } from '../codes.js';
import type { ByReason } from './entry.js';

const ARCHIVE =
  'Archive its records and delete none: they come back under the same ids when the district connects again.';

/** A district is not connected to the app. */
export const DISTRICT_DISCONNECTED: ByReason<DistrictDisconnectedReason> = {
  not_listed: {
    reason: 'not_listed',
    what: "The district is not connected to the app: the list of the app's district tokens does not have it.",
    do: ARCHIVE,
  },
  unauthorized: {
    reason: 'unauthorized',
    what: 'The district is not connected to the app: Clever refuses even a token that was fetched a moment ago.',
    do: ARCHIVE,
  },
  not_found: {
    reason: 'not_found',
    what: "The district is not connected to the app: Clever does not find it with the district's own token.",
    do: ARCHIVE,
  },
};
