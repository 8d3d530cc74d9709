import type { CleverErrorCode } from '../codes.js';

/** Who can solve an error. */
export type Helper =
  /** The developers of the code that calls the SDK. */
  | 'code'
  /** The people who run it: machines, network, proxies, databases. */
  | 'operations'
  /** The owner of the app in Clever's dashboard. */
  | 'owner'
  /** The Clever administrator of the district. */
  | 'district'
  /** Clever's support for developers. */
  | 'clever'
  /** The maintainers of this SDK. */
  | 'sdk';

/** One person to ask, and when and with what. */
export interface Ask {
  readonly who: Helper;
  /** What they can do, and what to tell them: sentences. */
  readonly about: string;
}

const CODE_ONLY: readonly Ask[] = [
  { who: 'code', about: 'The call or its options have to change. Neither Clever nor the district can help.' },
];
const CLEVER_STAYS: Ask = {
  who: 'clever',
  about: 'If it lasts, write to them with the `requestId`, the time, and the path with placeholders (`pathTemplate`).',
};
const OPERATIONS_NETWORK: Ask = {
  who: 'operations',
  about: 'They can see whether this machine reaches Clever, and what a proxy or a firewall does on the way.',
};
const DATABASE: Ask = {
  who: 'operations',
  about: 'They keep the database: whether it is reachable, has space, and what locks its tables.',
};

/**
 * Whom to ask about a code, the most likely one first. Used only by the documentation: a message says what to do, and
 * has no room for more.
 */
export const WHOM_TO_ASK: Readonly<Record<CleverErrorCode, readonly Ask[]>> = {
  config: CODE_ONLY,
  api: [
    { who: 'code', about: 'The call does not fit this API: check `apiVersion`, `pageSize` and the configured origin.' },
    CLEVER_STAYS,
  ],
  bad_request: [
    { who: 'code', about: 'The arguments of the call have to change.' },
    {
      who: 'clever',
      about:
        'If the arguments agree with their documentation, quote the `requestId` and name the parameter, without its value.',
    },
  ],
  authentication: [
    {
      who: 'code',
      about:
        "A person's token expires, and then the app has to send the person through the login again. A district's token has to be fetched again.",
    },
    {
      who: 'owner',
      about: "They can compare `clientId` and `clientSecret` with the app's settings in Clever's dashboard.",
    },
    CLEVER_STAYS,
  ],
  permission: [
    { who: 'clever', about: 'They switch on LMS Connect and attendance for an app. Quote the `requestId`.' },
    { who: 'district', about: 'They connect their learning management system, and upload attendance.' },
  ],
  not_found: [
    { who: 'code', about: 'The id, the kind of token or the call may be wrong.' },
    { who: 'district', about: 'They decide which schools, classes and people they share with the app.' },
    { who: 'owner', about: "They can enable events in the settings of the app, in Clever's dashboard." },
  ],
  rate_limit: [
    {
      who: 'code',
      about:
        'All processes that use one token share its budget: look for what else reads with it, and read less often or only events.',
    },
    {
      who: 'clever',
      about: 'If the budget is too small for a district that you read once a day, ask them. Quote the `requestId`.',
    },
  ],
  server: [CLEVER_STAYS],
  connection: [
    OPERATIONS_NETWORK,
    { who: 'code', about: 'The configured origin may be wrong, or `maxResponseBytes` too small for the page size.' },
    {
      who: 'clever',
      about: "If the answers are Clever's own and have another shape than documented, tell them which path and when.",
    },
  ],
  timeout: [
    OPERATIONS_NETWORK,
    { who: 'code', about: '`timeoutMs` or `totalTimeoutMs` may be too short for what the call reads.' },
    { who: 'clever', about: 'If Clever is slow for a long time, tell them which path and since when.' },
  ],
  oauth: [
    { who: 'code', about: 'The login is set up in your code.' },
    {
      who: 'owner',
      about: "They can compare the client id and the redirect URIs with the app's settings in Clever's dashboard.",
    },
  ],
  oauth_callback: [
    {
      who: 'code',
      about: 'Cookies, the path of the callback and the framework around it decide whether a login comes back whole.',
    },
    {
      who: 'district',
      about:
        'They share the app with the people who may log in: ask them when Clever says that a person has no access.',
    },
    { who: 'owner', about: "They register the redirect URIs in Clever's dashboard." },
  ],
  oauth_token: [
    { who: 'code', about: 'A code must be sent once, soon, and with the redirect URI that the login began with.' },
    {
      who: 'owner',
      about:
        "They can compare the client id, the secret and the redirect URIs with the app's settings in Clever's dashboard.",
    },
    { who: 'clever', about: 'If every login fails although the settings agree, quote the `requestId`.' },
  ],
  oauth_id_token: [
    {
      who: 'code',
      about: 'The `oidc` options, the clock of the machine, and how the login keeps its nonce may be wrong.',
    },
    { who: 'clever', about: 'They enable id_tokens for an app, and publish the keys that sign them.' },
  ],
  district_disconnected: [
    { who: 'district', about: 'They decide whether the app is connected, and can connect it again in Clever.' },
    { who: 'owner', about: "They see the state of each district in Clever's dashboard." },
    { who: 'clever', about: 'If the dashboard shows the district as connected, ask them.' },
  ],
  validation: [
    { who: 'code', about: "`validation: 'lenient'` reads on, and reports the same in an event." },
    {
      who: 'sdk',
      about:
        "If Clever's documentation allows the value, the schema is too narrow: report the paths and codes in `issues`.",
    },
    { who: 'district', about: 'Values that no documentation allows come from what the district uploads.' },
  ],
  pagination: [
    { who: 'code', about: '`from`, `maxItems` and the filters of a listing are arguments of the call.' },
    { who: 'operations', about: 'A proxy that rewrites or caches answers may change the links of pages.' },
    {
      who: 'clever',
      about: 'If the links of their pages lead nowhere or in a circle, tell them the path and the time.',
    },
  ],
  cursor_expired: [
    {
      who: 'code',
      about:
        'The cursor was stored too long ago: a full reading is needed, and afterwards a shorter time between readings.',
    },
    { who: 'operations', about: 'They can say why the job that reads events did not run.' },
  ],
  sync_held: [
    { who: 'operations', about: 'They read the plan and approve it, or wait until it is right.' },
    { who: 'district', about: 'They know whether so many people or classes were meant to go.' },
  ],
  sync_running: [{ who: 'code', about: 'Two calls run the same district at once; let them ask for a run instead.' }],
  sync_failed: [
    { who: 'operations', about: 'They see in sync.status() which code ended the run: its own page says whom to ask.' },
  ],
  sync_lease_lost: [
    {
      who: 'operations',
      about: 'A process that is silent for long has too little CPU or memory, or was suspended.',
    },
    { who: 'code', about: 'Something in the process may block its event loop.' },
  ],
  sync_schema: [
    { who: 'operations', about: 'They apply the statements of a new version, or allow sync.migrate() to do it.' },
  ],
  sync_foreign_record: [
    { who: 'code', about: 'Each district has to be read with its own token: check how the tokens are stored.' },
    {
      who: 'clever',
      about: 'If two districts have merged, or an id appears in two districts, ask them what happened.',
    },
  ],
  sync_foreign_district: [
    { who: 'code', about: 'A token is stored under another district: check how the tokens are stored.' },
  ],
  sync_hook: [{ who: 'code', about: 'The hook is your code, and `hookError` is what it threw.' }],
  sync_hook_timeout: [
    { who: 'code', about: 'The hook is your code: it waits for something, or does too much.' },
    DATABASE,
  ],
  sync_database: [DATABASE],
  sync_incomplete: [
    {
      who: 'clever',
      about: 'If it lasts for days, tell them that the listing and its count disagree, for which kind and district.',
    },
  ],
  sync_unknown_run: [
    { who: 'operations', about: 'The plan has changed since they looked at it: they have to look again.' },
  ],
  sync_rate_budget: [DATABASE],
  sync_folder_locked: [
    {
      who: 'operations',
      about: 'Another process has the folder open; they can end it or give it a folder of its own.',
    },
  ],
  sync_folder_unusable: [{ who: 'operations', about: 'They can delete the folder, or restore a copy of it.' }],
  sync_pglite_missing: [{ who: 'code', about: 'The package has to be added to the dependencies of the app.' }],
  sync_engine: [DATABASE],
};
