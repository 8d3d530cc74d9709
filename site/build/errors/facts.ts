/** What the pages of the errors say beside the catalogue. Every code has a row: a missing one does not compile. */
import type { CleverErrorCode, SyncErrorCode } from '../../../src/errors/codes.ts';

/** Facts of one code. */
export interface Facts {
  /** A heading for people, in the words of someone who sees the error. */
  readonly title: string;
  /** The class that has the code. */
  readonly class: string;
  /** The HTTP status that Clever answered with, where there is one. */
  readonly status?: string;
  /** Whether calling again may help. */
  readonly repeat: string;
  /** What else readers need to know before they look for a solution. */
  readonly note?: string;
  /** The guides that go on from here. */
  readonly guides: readonly Guide[];
}

type Guide = 'login' | 'rostering' | 'sync' | 'scale' | 'testing' | 'privacy' | 'runtimes' | 'cli' | 'frameworks';

const NEVER = 'No. The same call fails again: `isRetryable` is `false`.';
const LOGIN = 'Not the same call: a new login can succeed. `isRetryable` is `false`.';
const BY_SDK = 'The SDK has already repeated the request, unless `retry` says otherwise.';
const READ = `Yes, later, for calls that only read: \`isRetryable\` is then \`true\`. ${BY_SDK}`;

const sync = (title: string, repeat: string): Facts => ({ title, class: 'CleverSyncError', repeat, guides: ['sync'] });
const AGAIN = 'Yes, later: `isRetryable` is `true`.';

const OF_SYNC: Readonly<Record<SyncErrorCode, Facts>> = {
  sync_held: {
    ...sync('The guard holds a run', NEVER),
    note: "Only `onHeld: 'throw'` makes this an error. Without it, `sync.run()` returns a report whose `outcome` is `held`.",
  },
  sync_running: sync('Another run of the district is under way', AGAIN),
  sync_failed: sync(
    'The run of a district failed',
    'As for the error that ended the run: `isRetryable` is that of it.',
  ),
  sync_lease_lost: {
    ...sync('Another process has taken the district over', AGAIN),
    note: 'No error has the code `sync_lease_expired`, which is `lastErrorCode` in `sync.status()`: the process of the last run died, or was silent until its lease ended.',
  },
  sync_schema: sync('The tables do not exist, or are of another version', NEVER),
  sync_foreign_record: sync('A record belongs to another district', NEVER),
  sync_foreign_district: sync('The token belongs to another district', NEVER),
  sync_hook: sync(
    'The hook threw',
    'The next run repeats the changes. `isRetryable` is `false`, because it is your code that failed.',
  ),
  sync_hook_timeout: sync(
    'The hook did not end in time',
    'The next run repeats the changes. `isRetryable` is `false`, because it is your code that waits.',
  ),
  sync_database: sync('The database refused a statement or did not answer', AGAIN),
  sync_incomplete: sync('A listing and its count disagree', AGAIN),
  sync_unknown_run: sync('The run cannot be approved', NEVER),
  sync_rate_budget: sync('The database of the rate budget does not answer', AGAIN),
  sync_folder_locked: sync(
    'The folder of the database is open elsewhere',
    'Once the other process has ended. `isRetryable` is `false`.',
  ),
  sync_folder_unusable: sync('The folder of the database is incomplete', NEVER),
  sync_pglite_missing: sync('PGlite is not installed', NEVER),
  sync_engine: sync('The engine of the sync failed', AGAIN),
};

/** The facts of every code. */
export const FACTS: Readonly<Record<CleverErrorCode, Facts>> = {
  config: {
    title: 'The call cannot work',
    class: 'CleverConfigError',
    repeat: NEVER,
    guides: ['login', 'rostering', 'runtimes'],
  },
  api: {
    title: 'A status without a class of its own',
    class: 'CleverApiError',
    status: '405, 408, 413 and others',
    repeat: 'Only after 408. `isRetryable` says so.',
    guides: ['rostering'],
  },
  bad_request: {
    title: 'Clever did not accept a parameter',
    class: 'CleverBadRequestError',
    status: '400',
    repeat: NEVER,
    guides: ['rostering'],
  },
  authentication: {
    title: 'The token or the credentials are refused',
    class: 'CleverAuthenticationError',
    status: '401',
    repeat: 'Not with the same token: `isRetryable` is `false`.',
    guides: ['login', 'rostering'],
  },
  permission: {
    title: 'The token does not allow this call',
    class: 'CleverPermissionError',
    status: '403',
    repeat: NEVER,
    guides: ['rostering'],
  },
  not_found: {
    title: 'The record does not exist for this token',
    class: 'CleverNotFoundError',
    status: '404',
    repeat: NEVER,
    guides: ['rostering', 'privacy'],
  },
  rate_limit: {
    title: 'The request budget of a token is spent',
    class: 'CleverRateLimitError',
    status: '429',
    repeat:
      'Yes, at `resetAt`, which is `retryAfterMs` away: `isRetryable` is `true`. The SDK waits by itself as long as `maxRetryAfterMs` and `totalTimeoutMs` allow.',
    guides: ['scale', 'rostering'],
  },
  server: {
    title: "A problem on Clever's side",
    class: 'CleverServerError',
    status: '500 and above',
    repeat: `${READ} Not after 501.`,
    guides: ['rostering', 'testing'],
  },
  connection: {
    title: 'No usable answer arrived',
    class: 'CleverConnectionError',
    repeat: `${READ} Not after \`redirect\` or \`too_large\`.`,
    guides: ['runtimes', 'testing'],
  },
  timeout: {
    title: 'No complete answer arrived in time',
    class: 'CleverTimeoutError',
    repeat: READ,
    guides: ['runtimes', 'testing'],
  },
  oauth: {
    title: 'A step of the login failed',
    class: 'CleverOAuthError',
    repeat: LOGIN,
    guides: ['login'],
  },
  oauth_callback: {
    title: 'The callback must not become a login',
    class: 'CleverCallbackError',
    repeat: LOGIN,
    guides: ['login', 'frameworks'],
  },
  oauth_token: {
    title: 'The code did not become a token',
    class: 'CleverTokenError',
    repeat: LOGIN,
    guides: ['login'],
  },
  oauth_id_token: {
    title: 'The id_token could not be trusted',
    class: 'CleverIdTokenError',
    repeat: LOGIN,
    guides: ['login'],
  },
  district_disconnected: {
    title: 'The district is not connected',
    class: 'CleverDistrictDisconnectedError',
    repeat: 'Not until the district has connected the app again: `isRetryable` is `false`.',
    guides: ['rostering', 'sync'],
  },
  validation: {
    title: 'A record does not match its schema',
    class: 'CleverValidationError',
    repeat: NEVER,
    guides: ['privacy', 'rostering'],
  },
  pagination: {
    title: 'A listing stopped',
    class: 'CleverPaginationError',
    repeat: 'Not the same call: continue with the `cursor` of the error. `isRetryable` is `false`.',
    guides: ['rostering'],
  },
  cursor_expired: {
    title: 'The cursor is too old',
    class: 'CleverCursorExpiredError',
    repeat: NEVER,
    guides: ['rostering', 'sync'],
  },
  ...OF_SYNC,
};

/** The entry point that exports a class. */
export function entryOf(className: string): string {
  return className === 'CleverSyncError' ? 'clever-sdk/sync' : 'clever-sdk';
}

/** What takes the place of each `{name}` in a message. */
export const PLACEHOLDERS: Readonly<Record<string, string>> = {
  timeoutMs: 'the limit in milliseconds',
  option: 'the option that sets the limit',
  waitMs: 'how long to wait, in milliseconds',
  maxResponseBytes: 'the limit in bytes',
  maxItems: 'the number that was passed',
  target: 'what differs: origin, or listing',
  filter: 'the name of the filter',
  days: 'how old the cursor is',
  issues: 'paths and kinds of mismatches, never a value',
  parameter: 'the name of the parameter',
  error: "Clever's code of the error",
  found: 'the version of the tables',
  needed: 'the version that this release needs',
  seconds: 'the limit in seconds',
  state: "PostgreSQL's code, or what the library reports",
  read: 'how many records were read',
  kind: 'the kind of record',
  counted: "the number by Clever's count",
  holder: 'which process has it open',
  library: 'the library of the store',
  code: 'the code of the error that ended the run',
};
