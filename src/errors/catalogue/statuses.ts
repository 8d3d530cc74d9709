import type { CatalogueEntry } from './entry.js';

/** Entries by HTTP status. */
type ByStatus = Readonly<Record<number, CatalogueEntry>>;

/** What a status means in general, for every call. */
export const STATUSES: ByStatus = {
  400: { what: 'Clever did not accept a parameter.', do: 'Check the arguments of this call.' },
  401: {
    what: 'The token is unknown, expired or revoked.',
    do:
      "If it is a person's token, send the person through the login again; if it is a district's, fetch it again with " +
      'clever.oauth.districtTokens().',
  },
  403: {
    what: 'The token is valid, but does not allow this call.',
    do: 'Check which scopes and features the district has granted to the app.',
  },
  404: {
    what: 'The record may have been removed, or is not shared with your app.',
    do: 'Check the id, and treat the record as gone if other calls with this token succeed.',
  },
  405: { what: 'Clever does not offer this method here.', do: 'Check `apiVersion`.' },
  408: { what: 'Clever has a problem on its side.', do: 'Try again later.' },
  413: { what: 'The page is too large.', do: 'Pass a `pageSize` of at most 10000.' },
  501: { what: 'Clever does not offer this call.', do: 'Check `apiVersion`.' },
};

/** What other statuses mean: those from 500 upwards, and those that Clever does not document. */
export const OTHER_STATUSES = {
  server: {
    what: 'Clever has a problem on its side.',
    do: "Try again later; if the problem persists, quote `requestId` to Clever's support.",
  },
  undocumented: {
    what: 'Clever does not document this status.',
    do: 'Check the configured origin, and whether a proxy answers instead of Clever.',
  },
  /** A 404 with an HTML body. */
  web_page: {
    what: 'Clever sent a web page instead of JSON, which means that this path does not exist for this kind of token.',
    do:
      "Use a district-app token for rosters, a Library token for classrooms, and a person's token for that person only. " +
      'Also check `apiVersion`.',
  },
} satisfies Readonly<Record<string, CatalogueEntry>>;

/** The request budget of a token is spent, or Clever asks the client to wait. */
export const WAITS = {
  spent: { what: 'The request budget of this token is spent.', do: 'Try again in a minute.' },
  spent_for: {
    what: 'The request budget of this token is spent.',
    do: 'Try again in {waitMs} ms (`retryAfterMs`).',
  },
  spent_for_too_long: {
    what:
      'The request budget of this token is spent. Clever asks to wait {waitMs} ms, longer than this call may ' +
      '(`maxRetryAfterMs`, `totalTimeoutMs`).',
    do: 'Try again then.',
  },
  /** For a status other than 429. */
  too_long: {
    what: 'Clever asks to wait {waitMs} ms, longer than this call may (`maxRetryAfterMs`, `totalTimeoutMs`).',
    do: 'Try again after that time.',
  },
  not_sent: {
    what:
      'The request budget of this token is spent for another {waitMs} ms, longer than this call may wait (`retry`, ' +
      '`maxRetryAfterMs`, `totalTimeoutMs`).',
    do: 'Try again then.',
  },
} satisfies Readonly<Record<string, CatalogueEntry>>;

const PREVIEW = 'Clever offers attendance as a preview.';
const PREVIEW_NEEDS = 'Ask Clever for the attendance scope, and ask the district to upload attendance by SFTP.';

/** More specific meanings of a status, for a kind of token, a part of the API or an OAuth call. */
export const STATUSES_FOR = {
  user: {
    401: { what: 'The token has expired or was revoked.', do: 'Send the person through the login again.' },
    404: {
      what: "A user token gives access to the signed-in person and that person's district only.",
      do: 'For rosters use clever.district() with a district-app token.',
    },
  },
  library: {
    401: {
      what: 'The Library token has expired.',
      do: 'Send the teacher through the login again. Rosters must be read at login.',
    },
    404: {
      what:
        "A teacher's Library token gives access only to the teacher's own sections and their students, and a student's " +
        'only to the student.',
      do: 'Read what the token gives access to with clever.library().classroom().',
    },
  },
  district: {
    401: {
      what: 'The district-app token is unknown or was rotated.',
      do: 'Fetch it again with clever.oauth.districtTokens().',
    },
  },
  lmsConnect: {
    400: {
      what: 'Creating an assignment needs `title`, `description` and `due_date`.',
      do: 'Pass all three; `due_date` must lie in the future.',
    },
    403: {
      what:
        'LMS Connect does not accept this token. It needs the district-app token of a Secure Sync connection with LMS ' +
        'Connect enabled by Clever, in a district that has connected its learning management system.',
      do: 'Call district.lms.check(), which reports what is missing.',
    },
    404: {
      what:
        'The section, assignment or student does not exist in this district, or the section is not matched with the ' +
        'learning management system.',
      do:
        'Call district.lms.check({ sectionId }), which reports the cause. Assignments cannot be listed, so store the id ' +
        'that create() returns.',
    },
    405: {
      what: 'LMS Connect does not offer this call for the learning management system of this district.',
      do: 'Call district.lms.check(), which reports which system the district uses.',
    },
  },
  events: {
    404: {
      what:
        'Events are part of Secure Sync and are off until the app enables them. Events older than 30 days are also not ' +
        'found.',
      do: "Enable events in Clever's dashboard: Settings, Integrations, Enable events.",
    },
    413: {
      what: 'The page is too large. Clever does not say how many events a page may hold.',
      do: 'Pass a smaller `pageSize`, such as 100.',
    },
  },
  attendance: {
    403: { what: PREVIEW, do: PREVIEW_NEEDS },
    404: {
      what: `The school or section does not exist in this district, or the token has no access to attendance. ${PREVIEW}`,
      do: PREVIEW_NEEDS,
    },
  },
  person: {
    401: { what: 'The token has expired or was revoked.', do: 'Send the person through the login again.' },
    404: {
      what: 'This is not the token of a signed-in person.',
      do: 'Pass district-app tokens to clever.district().',
    },
  },
  tokenInfo: {
    401: {
      what: 'Clever does not know this token, or it has expired.',
      do: 'Send the person through the login again.',
    },
  },
  appCredentials: {
    401: {
      what: "Clever does not know the app's credentials.",
      do:
        "Check `clientId` and `clientSecret` (CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET) against the app's settings at " +
        'Clever.',
    },
  },
} satisfies Readonly<Record<string, ByStatus>>;

/** The kinds of call for which some statuses have specific entries. */
export type AdviceName = keyof typeof STATUSES_FOR;
