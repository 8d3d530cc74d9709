import type { CleverErrorCode } from '../codes.js';
import type { CatalogueEntry } from './entry.js';

/** What each code means by itself. Nothing loads this at run time: it heads the page of a code in the documentation. */
export const CODES: Readonly<Record<CleverErrorCode, CatalogueEntry>> = {
  config: {
    what: 'The SDK was called in a way that cannot work: an option is missing, misspelt or out of range. Nothing was sent.',
    do: 'Read the message: it names the call and says what to pass instead.',
  },
  api: {
    what: 'Clever answered with an error status that has no class of its own, such as 405, 413 or 501.',
    do: 'Read the message: it ends with what to do about this status. Quote `requestId` to Clever if you need help.',
  },
  bad_request: {
    what: '400: Clever did not accept a parameter.',
    do: 'Check the arguments of the call. The same call fails again when it is repeated unchanged.',
  },
  authentication: {
    what: "401: the token is missing, unknown, expired or revoked, or the app's credentials are wrong.",
    do:
      'Send a person through the login again; fetch the token of a district again with clever.oauth.districtTokens(); ' +
      "check `clientId` and `clientSecret` against the app's settings at Clever.",
  },
  permission: {
    what: '403: the token is valid and may not do this. Clever uses it for LMS Connect and attendance only.',
    do: 'Check which scopes and features Clever and the district have granted to the app; ask them for what is missing.',
  },
  not_found: {
    what: '404: there is no such record, it is not shared with the app, or the path does not exist for this kind of token.',
    do: 'Check the id, the kind of token and what the district shares with the app.',
  },
  rate_limit: {
    what: '429: the request budget of the token is spent, and the wait for more is longer than the call may wait.',
    do: 'Try again at `resetAt`, or allow a longer wait with `maxRetryAfterMs` and `totalTimeoutMs`.',
  },
  server: {
    what: "Trouble on Clever's side that outlasted the retries.",
    do: "Try again later; if it lasts, quote `requestId` to Clever's support.",
  },
  connection: {
    what: "There was no usable response: the network failed, the body broke off, or what came was not Clever's JSON.",
    do: 'Read `reason`. Check the network, the configured origin, and whether a proxy answers instead of Clever.',
  },
  timeout: {
    what: 'There was no complete answer within the limit of an attempt or of the whole call.',
    do: 'Try again, or raise the limit that the message names.',
  },
  oauth: {
    what: 'A step of the OAuth 2.0 flow failed.',
    do: 'Start a new login. If it happens again, check `clientId`, `redirectUri` and `authOrigin`.',
  },
  oauth_callback: {
    what: 'The browser came back from Clever with something that must not be turned into a login.',
    do: 'Read `reason`. Start a new login, and never exchange the code of a refused callback.',
  },
  oauth_token: {
    what: 'Clever did not turn the authorization code into a token.',
    do: 'Start a new login: a code works once. If none succeeds, check the credentials and the redirect URI.',
  },
  oauth_id_token: {
    what: 'An id_token was not trusted. No one was logged in.',
    do: 'Read `reason`. Start a new login; if it happens again, check the `oidc` options.',
  },
  district_disconnected: {
    what: 'The district is no longer connected to the app, or never was.',
    do: 'Archive its records and delete none: they come back under the same ids when the district connects again.',
  },
  validation: {
    what: "Clever sent a record that the schema cannot accept, and `validation` is 'strict'.",
    do: "Use `validation: 'lenient'` to receive such a record as sent, and report the paths in `issues`.",
  },
  pagination: {
    what: 'A listing could not be followed to its end. Records that were handed out before are sound.',
    do: 'Read `reason`. Pass the `cursor` of the error as `from` to go on where the listing stopped.',
  },
  cursor_expired: {
    what: 'The event cursor is older than Clever keeps events, so that events after it may be lost. Nothing was sent.',
    do:
      'Do a full sync: store district.events.latestCursor(), read the roster, then go on with `after` and the stored ' +
      'cursor.',
  },
};
