import type { Requirement } from './requirement.js';

const GUIDE = 'dev.clever.com/docs/secure-sync-certification-guide';
const FORMER_GUIDE = 'dev.clever.com/v2.0/docs/sync-certification';
const CHANGES = 'dev.clever.com/docs/data-changes';

/** What Clever asks of a roster sync. */
export const SYNC: readonly Requirement[] = [
  {
    id: 'sync.on-demand',
    suite: 'sync',
    title: 'Sync on demand',
    requirement: 'The app can be made to sync a district at any time, not only on a schedule.',
    source: `${GUIDE}, ${FORMER_GUIDE}`,
    advice: 'Run `clever-sdk sync run`, or call `sync.run(districtId)` or `sync.request(districtId)`.',
    by: 'probe',
  },
  {
    id: 'sync.districts-apart',
    suite: 'sync',
    title: 'Districts are kept apart',
    requirement:
      'Each district is read with its own district-app token, and its records are stored under that district and no other.',
    source: 'dev.clever.com/docs/build-district-roster-sync-events',
    advice:
      'Take the districts from `clever.oauth.districtTokens()` and read each by `clever.district({ districtId })`. `clever-sdk/sync` refuses a record that is stored under another district.',
    by: 'probe',
  },
  {
    id: 'sync.clever-id-key',
    suite: 'sync',
    title: "Keyed on Clever's id",
    requirement:
      "The key of every kind of record is Clever's id. SIS ids, e-mail addresses and names change, and two districts may use the same.",
    source: `${GUIDE}, dev.clever.com/docs/integration-anti-patterns-edge-cases`,
    advice:
      "Make Clever's `id` the unique key of people, schools, sections, courses and terms, as the tables of `clever-sdk/sync` do, and look nothing up by `sis_id` or `email`.",
    by: 'probe',
  },
  {
    id: 'sync.matching',
    suite: 'sync',
    title: 'Existing accounts are matched with care',
    requirement:
      'The app has a strategy for people who had an account before the district connected, and never merges two Clever ids because their names are equal.',
    source: `${GUIDE}, ${CHANGES}`,
    advice:
      "Store Clever's id with an account when it is matched, and let an administrator decide where a match is not unique.",
    by: 'probe',
  },
  {
    id: 'sync.daily',
    suite: 'sync',
    title: 'Syncs at least daily',
    requirement: 'The app syncs every connected district at least once a day.',
    source: GUIDE,
    advice: "Let `sync.start({ every: '6h' })` run in a worker, or call `sync.tick()` from a scheduler.",
    by: 'probe',
    question: 'What starts the sync in production, and at which times of the day?',
  },
  {
    id: 'sync.archive',
    suite: 'sync',
    title: 'Archives, never deletes',
    requirement:
      'What is deleted or no longer shared is archived: people, schools and sections, and terms and courses as well. It is not used any more, and what belongs to it is kept.',
    source: `${GUIDE}, ${CHANGES}`,
    advice:
      'Mark records as archived for changes with `op: "archived"` in `onChanges`; delete no row. `clever-sdk/sync` does the same in its own tables (`deleted_at`).',
    by: 'probe',
  },
  {
    id: 'sync.restore',
    suite: 'sync',
    title: 'Restores what comes back',
    requirement:
      'A record that is shared again with the same Clever id is the same record of the app, and active again.',
    source: `${GUIDE}, ${CHANGES}`,
    advice:
      'Make the row with that Clever id active again for changes with `op: "restored"` or `"created"` in `onChanges`.',
    by: 'probe',
  },
  {
    id: 'sync.missing-fields',
    suite: 'sync',
    title: 'Missing fields never stop a sync',
    requirement:
      'Everything that Clever does not guarantee may be missing or an empty text: e-mail, grade, number, dates. The record is synced all the same.',
    source: `${GUIDE}, dev.clever.com/docs/data-model-quirks`,
    advice:
      'Let columns be empty, and read values by `compact()` and the normalizers. The types of `clever-sdk` say which members are guaranteed.',
    by: 'probe',
  },
  {
    id: 'sync.history',
    suite: 'sync',
    title: 'History stays with the student',
    requirement: 'A student who is transferred, renamed or promoted is the same student to the app, with all results.',
    source: GUIDE,
    advice:
      "Refer to students by the app's own id of the row that has Clever's id; never make a new row for a new school or grade.",
    by: 'probe',
  },
  {
    id: 'sync.links',
    suite: 'sync',
    title: 'Enrollments and teachers of sections',
    requirement:
      'The links of students and teachers to sections follow Clever: who joins, who leaves, co-teachers, a new primary teacher.',
    source: GUIDE,
    advice:
      'Replace the members of a section by `students` and `teachers` of each changed section, or read `clever.enrollments`, which `clever-sdk/sync` keeps.',
    by: 'probe',
  },
  {
    id: 'sync.all-pages',
    suite: 'sync',
    title: 'Reads every page',
    requirement: 'Lists come in pages; the app follows the `next` links to the end.',
    source: 'dev.clever.com/docs/paging-and-limits',
    advice: 'Read lists by `for await (const user of district.users.list())`, which follows every link.',
    by: 'probe',
  },
  {
    id: 'sync.rollover',
    suite: 'sync',
    title: 'New school year',
    requirement:
      'In a new school year sections, courses and terms have new ids and the former ones are gone; students keep theirs.',
    source: `${GUIDE}, dev.clever.com/docs/data-changes`,
    advice:
      'Key sections, courses and terms on Clever’s id, and archive those of the former year. The guard of `clever-sdk/sync` counts their net number, so that a new year is not held.',
    by: 'probe',
  },
  {
    id: 'sync.oddities',
    suite: 'sync',
    title: 'Odd but right data',
    requirement:
      'Section names are not unique, people of a section may belong to another school, term dates have two forms, names any letters, and a section without students is no longer shared.',
    source: 'dev.clever.com/docs/data-model-quirks, dev.clever.com/docs/ss-design',
    advice: 'Put no unique index on names, read dates by `parseTermDate()`, and allow 255 characters of UTF-8.',
    by: 'probe',
  },
  {
    id: 'sync.mass-deletion',
    suite: 'sync',
    title: 'Guards against mass changes',
    requirement: 'When very many records are gone at once, the app asks a person before it archives them. Recommended.',
    source: CHANGES,
    advice:
      'Use `clever-sdk/sync`, whose guard holds such a run until `sync.approve()`, and alert someone by `onHeld`.',
    by: 'probe',
  },
  {
    id: 'sync.rate-limit',
    suite: 'sync',
    title: 'Waits for a new budget',
    requirement:
      'After a 429 the app sends nothing more for this district before the time of `X-RateLimit-Reset`, and then completes the sync.',
    source: 'dev.clever.com/docs/paging-and-limits',
    advice:
      'Read by `clever-sdk`, which waits by `X-RateLimit-Reset`; a wait above `maxRetryAfterMs` is a `CleverRateLimitError`.',
    by: 'probe',
  },
  {
    id: 'sync.server-errors',
    suite: 'sync',
    title: 'Recovers from errors of the server',
    requirement: 'A 5xx, a broken connection or a cut answer is tried again, and never taken for the end of a list.',
    source: 'dev.clever.com/docs/error-messages',
    advice:
      'Read by `clever-sdk`, which repeats such requests. `clever-sdk/sync` believes that a record is gone only when a list was read to its end.',
    by: 'probe',
  },
  {
    id: 'sync.old-cursor',
    suite: 'sync',
    title: 'Events older than 30 days',
    requirement:
      'Events are kept for 30 days. An app that reads events from an older position reads the whole district instead.',
    source: 'dev.clever.com/docs/events-api; that such a request is answered with 200 was observed',
    advice:
      'Take the age of a position from the event’s id, as `district.events.list({ after })` does, which throws `CleverCursorExpiredError`; `clever-sdk/sync` then reads in full. An app that goes by its own clock instead finds the time at Clever in `CLEVER_NOW`: `faketime "$CLEVER_NOW" npm run sync`.',
    by: 'probe',
  },
  {
    id: 'sync.idempotent-events',
    suite: 'sync',
    title: 'Events may come twice',
    requirement: 'An event that was applied may be read again, and changes nothing then.',
    source: 'inferred from dev.clever.com/docs/build-district-roster-sync-events',
    advice:
      'Write by “insert or update” on Clever’s id. `clever-sdk/sync` moves its position in the transaction of the change.',
    by: 'probe',
  },
  {
    id: 'sync.pause',
    suite: 'sync',
    title: 'Paused districts stay as they are',
    requirement: 'While a district has paused its SIS sync or the sync to the app, nothing is archived.',
    source: 'dev.clever.com/docs/districts',
    advice:
      'Archive a record only when a list that was read to its end no longer has it. `clever-sdk/sync` reports such a run as `paused`.',
    by: 'probe',
  },
  {
    id: 'sync.disconnect',
    suite: 'sync',
    title: 'Disconnected and connected again',
    requirement:
      'When a district disconnects the app, nothing of it is deleted and other districts are synced; when it connects again, the sync goes on by itself.',
    source: 'inferred from dev.clever.com/docs/error-messages and dev.clever.com/docs/onboarding',
    advice:
      'Treat a district that is missing from `clever.oauth.districtTokens()`, a 401 and a 404 alike. `clever-sdk/sync` reports such a run as `disconnected` and keeps all rows.',
    by: 'probe',
  },
  {
    id: 'sync.token-rotation',
    suite: 'sync',
    title: 'Tokens may be replaced',
    requirement: 'A district-app token may be replaced at any time; the app then fetches the new one by itself.',
    source: 'dev.clever.com/docs/onboarding, dev.clever.com/docs/build-district-roster-sync-events',
    advice: 'Use `clever.district({ districtId })`, which looks the token up again after a 401, and store no token.',
    by: 'probe',
  },
  {
    id: 'sync.roles-unshared',
    suite: 'sync',
    title: 'Roles that are no longer shared',
    requirement:
      'A person who loses one of several roles stays with the others; a person who had no other is archived.',
    source: 'dev.clever.com/docs/multi-role-users-in-clever',
    advice: 'Look at every key of `roles` at each change; a person is archived by `op: "archived"` alone.',
    by: 'probe',
  },
  {
    id: 'sync.contacts',
    suite: 'sync',
    title: 'Contacts that change ids',
    requirement: 'A contact without a SIS id gets another id with any change; the former one is archived.',
    source: 'Clever’s page “Contacts and Guardians”',
    advice: 'Keep nothing of the app’s own with a contact that has no `sis_id`; link it to the student instead.',
    by: 'probe',
  },
  {
    id: 'sync.api-version',
    suite: 'sync',
    title: 'A current API version',
    requirement: 'Every request names v3.0 or v3.1, and all of them the same.',
    source: 'dev.clever.com/docs/api-overview',
    advice: "Let `createCleverClient({ apiVersion: 'v3.1' })` choose the paths.",
    by: 'probe',
  },
  {
    id: 'sync.unneeded-data',
    suite: 'sync',
    title: 'Asks for what it needs',
    requirement: 'The app reads the kinds of record and the roles that it uses, and no others.',
    source: GUIDE,
    advice: 'Name `kinds` in `createRosterSync()`, and ask districts to share no more than the app uses.',
    by: 'probe',
  },
  {
    id: 'sync.logging',
    suite: 'sync',
    title: 'Logs and alerts',
    requirement: 'Each sync is logged with its result, someone is alerted when it fails, and it is tried again.',
    source: GUIDE,
    advice:
      'Log the report of `sync.run()`, watch `sync.status()`, and alert someone by `onHeld` and by events of the worker.',
    by: 'person',
    question: 'Where is the result of each sync logged, who is alerted when one fails, and when is it tried again?',
  },
  {
    id: 'sync.purge',
    suite: 'sync',
    title: 'Deletes at the end of a contract',
    requirement:
      'When a contract ends, all data of the district is deleted in the time that the agreement with the district says. Clever states no number of days.',
    source: 'the data agreement with the district; no page of Clever states more',
    advice: 'Delete the app’s own rows of the district, and call `sync.purge(districtId)`.',
    by: 'probe',
  },
];
