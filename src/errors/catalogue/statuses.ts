import type { CatalogueEntry } from './entry.js';

/** Entries by HTTP status. */
type ByStatus = Readonly<Record<number, CatalogueEntry>>;

/** What a status means, whatever was called. */
export const STATUSES: ByStatus = {
  400: { what: 'Clever did not accept a parameter.', do: 'Check the arguments of this call.' },
  401: {
    what: 'The token is unknown, expired or revoked.',
    do:
      'For the token of a person, send the person through the login again; for that of a district, fetch it again with ' +
      'clever.oauth.districtTokens().',
  },
  403: {
    what: 'The token is valid and may not do this.',
    do: 'Check which scopes and features the district has granted to the app.',
  },
  404: {
    what: 'The record may have been removed, or is not shared with your app.',
    do: 'Check the id, and treat the record as gone if other calls with this token succeed.',
  },
  405: { what: 'Clever does not offer this method here.', do: 'Check `apiVersion`.' },
  408: { what: "Trouble on Clever's side.", do: 'Try again later.' },
  413: { what: 'The page is too large.', do: 'Pass a `pageSize` of at most 10000.' },
  501: { what: 'Clever does not offer this.', do: 'Check `apiVersion`.' },
};

/** What other statuses mean: those from 500 on, and those that Clever does not document. */
export const OTHER_STATUSES = {
  server: {
    what: "Trouble on Clever's side.",
    do: "Try again later; if it lasts, quote `requestId` to Clever's support.",
  },
  undocumented: {
    what: 'Clever does not document this status.',
    do: 'Check the configured origin, and whether a proxy answers instead of Clever.',
  },
  /** A 404 as HTML. */
  web_page: {
    what: 'Clever sent a web page instead of JSON, its way to say that this path does not exist for this kind of token.',
    do:
      "Rosters need a district-app token, classrooms a Library token, and a person's token sees that person. Check " +
      '`apiVersion` too.',
  },
} satisfies Readonly<Record<string, CatalogueEntry>>;

/** The budget of a token is spent, or Clever asks to wait. */
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
  /** With a status that is no 429. */
  too_long: {
    what: 'Clever asks to wait {waitMs} ms, longer than this call may (`maxRetryAfterMs`, `totalTimeoutMs`).',
    do: 'Try again then.',
  },
  not_sent: {
    what:
      'The request budget of this token is spent for another {waitMs} ms, longer than this call may wait (`retry`, ' +
      '`maxRetryAfterMs`, `totalTimeoutMs`).',
    do: 'Try again then.',
  },
} satisfies Readonly<Record<string, CatalogueEntry>>;

const PREVIEW = 'Attendance is a preview of Clever.';
const PREVIEW_NEEDS =
  'Ask Clever for the scope of its own that it needs, and the district to upload attendance by SFTP.';

/** What a status means for a kind of token, a part of the API or a call of OAuth, where that is more than usually. */
export const STATUSES_FOR = {
  user: {
    401: { what: 'The token has expired or was revoked.', do: 'Send the person through the login again.' },
    404: {
      what: 'A user token sees the signed-in person and the own district only.',
      do: 'For rosters use clever.district() with a district-app token.',
    },
  },
  library: {
    401: {
      what: 'The Library token has expired.',
      do: 'Send the teacher through the login again. Rosters must be read at login.',
    },
    404: {
      what: "A Library token sees the teacher's own sections and their students only, and students see just themselves.",
      do: 'Read what the token sees with clever.library().classroom().',
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
        'LMS Connect does not take this token. It wants the district-app token of a Secure Sync connection for which ' +
        'Clever has switched LMS Connect on, in a district that has connected its learning management system.',
      do: 'Call district.lms.check(), which says what is missing.',
    },
    404: {
      what:
        'There is no such section, assignment or student here, or the section is not matched with the learning ' +
        'management system.',
      do:
        'Call district.lms.check({ sectionId }), which says which of them. Assignments cannot be listed, so store the id that create() ' +
        'gives.',
    },
    405: {
      what: 'LMS Connect does not offer this for the learning management system of this district.',
      do: 'Call district.lms.check(), which says which system that is.',
    },
  },
  events: {
    404: {
      what:
        'Events belong to Secure Sync and are off until the app switches them on. An event older than 30 days is gone ' +
        'as well.',
      do: 'Switch them on in the dashboard of Clever: Settings, Integrations, Enable events.',
    },
    413: {
      what: 'The page is too large. Clever does not say how many events a page may hold.',
      do: 'Pass a smaller `pageSize`, such as 100.',
    },
  },
  attendance: {
    403: { what: PREVIEW, do: PREVIEW_NEEDS },
    404: {
      what: `There is no such school or section here, or the token does not see attendance. ${PREVIEW}`,
      do: PREVIEW_NEEDS,
    },
  },
  person: {
    401: { what: 'The token has expired or was revoked.', do: 'Send the person through the login again.' },
    404: {
      what: 'This is not the token of a signed-in person.',
      do: 'District-app tokens belong to clever.district().',
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

/** For which calls statuses have entries of their own. */
export type AdviceName = keyof typeof STATUSES_FOR;
