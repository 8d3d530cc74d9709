import type { CleverErrorCode } from '../codes.js';
import type { CatalogueEntry } from './entry.js';
import { SYNC } from './sync.js';

/** What each code means in general. Used only by the documentation, at the top of each code's page. */
export const CODES: Readonly<Record<CleverErrorCode, CatalogueEntry>> = {
  config: {
    what: 'The SDK was called in a way that cannot work: an option is missing, misspelt or out of range. Nothing was sent.',
    do: 'Read the message, which names the call and says what to pass instead.',
  },
  api: {
    what: 'Clever answered with an error status that has no class of its own, such as 405, 413 or 501.',
    do: 'Read the message, which ends with what to do about this status. Quote `requestId` if you ask Clever for help.',
  },
  bad_request: {
    what: '400: Clever did not accept a parameter.',
    do: 'Check the arguments of the call. Repeating the call unchanged fails again.',
  },
  authentication: {
    what: "401: the token is missing, unknown, expired or revoked, or the app's credentials are wrong.",
    do:
      "Send a person through the login again; fetch a district's token again with clever.oauth.districtTokens(); " +
      "check `clientId` and `clientSecret` against the app's settings at Clever.",
  },
  permission: {
    what: '403: the token is valid, but does not allow this call. Clever sends this status only for LMS Connect and attendance.',
    do: 'Check which scopes and features Clever and the district have granted to the app; ask them for what is missing.',
  },
  not_found: {
    what: '404: the record does not exist, is not shared with the app, or the path does not exist for this kind of token.',
    do: 'Check the id, the kind of token and what the district shares with the app.',
  },
  rate_limit: {
    what: '429: the request budget of the token is spent, and Clever asks to wait longer than this call may wait.',
    do: 'Try again at `resetAt`, or allow a longer wait with `maxRetryAfterMs` and `totalTimeoutMs`.',
  },
  server: {
    what: "A problem on Clever's side persisted through the retries.",
    do: "Try again later; if the problem persists, quote `requestId` to Clever's support.",
  },
  connection: {
    what: 'No usable response arrived: the network failed, the body ended early, or the response was not JSON from Clever.',
    do: 'Read `reason`. Check the network, the configured origin, and whether a proxy answers instead of Clever.',
  },
  timeout: {
    what: 'No complete answer arrived within the time limit of an attempt or of the whole call.',
    do: 'Try again, or raise the limit named in the message.',
  },
  oauth: {
    what: 'A step of the OAuth 2.0 flow failed.',
    do: 'Start a new login. If it happens again, check `clientId`, `redirectUri` and `authOrigin`.',
  },
  oauth_callback: {
    what: 'The browser returned from Clever with a callback that must not become a login.',
    do: 'Read `reason`. Start a new login, and never exchange the code of a refused callback.',
  },
  oauth_token: {
    what: 'Clever did not turn the authorization code into a token.',
    do: 'Start a new login, because a code works only once. If every login fails, check the credentials and the redirect URI.',
  },
  oauth_id_token: {
    what: 'An id_token could not be trusted, so no one was logged in.',
    do: 'Read `reason`. Start a new login; if it happens again, check the `oidc` options.',
  },
  district_disconnected: {
    what: 'The district is no longer connected to the app, or never was.',
    do: 'Archive its records instead of deleting them: they return with the same ids when the district reconnects.',
  },
  validation: {
    what: "Clever sent a record that the schema cannot accept, and `validation` is 'strict'.",
    do: "Use `validation: 'lenient'` to receive such records as sent, and report the paths in `issues`.",
  },
  pagination: {
    what: 'A listing could not be read to its end. The records delivered before the failure are valid.',
    do: 'Read `reason`. Pass the `cursor` of the error as `from` to continue where the listing stopped.',
  },
  cursor_expired: {
    what: 'The event cursor is older than the events that Clever keeps, so events after it may be lost. Nothing was sent.',
    do:
      'Do a full sync: store district.events.latestCursor(), read the roster, then continue with `after` and ' +
      'the stored cursor.',
  },
  ...SYNC,
};
