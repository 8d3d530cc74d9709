/**
 * What the reference is grouped by: a reader's tasks, and not the folders of the source.
 *
 * Each export is on the page whose sources name its file; where several do, the longest path wins. An export that no
 * page has fails the build.
 */

/** A page of the reference: exports that are used together. */
export interface Topic {
  /** The last part of its address: the export that readers look for, or a word. */
  readonly name: string;
  /** Its name in the menu; the `name` without it. */
  readonly title?: string;
  readonly description: string;
  /** Files of `src/`, or folders, which end with a slash. */
  readonly sources: readonly string[];
  /** The exports that come first, in this order; the others follow by kind and name. */
  readonly first?: readonly string[];
}

/** What a reader wants to do, and the pages that help with it. */
export interface Task {
  readonly title: string;
  readonly topics: readonly Topic[];
}

export const TASKS: readonly Task[] = [
  {
    title: 'Create a client',
    topics: [
      {
        name: 'createCleverClient',
        description: 'The client of an app, and the options that it takes.',
        sources: ['client.ts', 'config.ts'],
        first: ['createCleverClient', 'CleverClient', 'AppClientOptions', 'CleverTokenClient'],
      },
      {
        name: 'cleverOptionsFromEnv',
        description: 'The options of a client from environment variables.',
        sources: ['environment.ts'],
      },
      {
        name: 'CallOptions',
        title: 'Options of every call',
        description: 'Time limits, retries, signals and validation, for a client or a single call.',
        sources: ['api/', 'transport/', 'records/', 'privacy/secret.ts'],
        first: ['CallOptions', 'RequestOptions', 'RetryOptions'],
      },
      {
        name: 'ClientEvent',
        title: 'Watch requests',
        description: 'What onEvent reports of requests, answers, retries, waits and pages.',
        sources: ['transport/events.ts'],
        first: ['ClientEvent'],
      },
      {
        name: 'RateBudgetStore',
        title: 'Share a rate limit',
        description: "Clever's rate limit of a token, kept between the processes that use it.",
        sources: ['transport/budget/'],
      },
    ],
  },
  {
    title: 'Log people in',
    topics: [
      {
        name: 'CleverLogin',
        title: 'clever.login and cleverEntry',
        description: 'The two handlers of a login, and the entry for logins that a framework does.',
        sources: ['oauth/', 'oauth/login/'],
        first: ['CleverLogin', 'LoginOptions', 'LoginResult', 'cleverEntry', 'CleverEntryOptions'],
      },
      {
        name: 'CleverOAuth',
        title: 'clever.oauth',
        description: 'The single steps of a login: addresses, codes, tokens and id_tokens.',
        sources: [
          'oauth/types.ts',
          'oauth/authorization-url.ts',
          'oauth/callback.ts',
          'oauth/exchange-callback.ts',
          'oauth/context.ts',
          'oauth/oidc/',
        ],
        first: ['CleverOAuth'],
      },
      {
        name: 'CleverIdentity',
        title: 'Who has logged in',
        description: 'The person of a login: id, district, role, name and e-mail address.',
        sources: ['oauth/identity.ts', 'oauth/identify.ts'],
        first: ['CleverIdentity'],
      },
      {
        name: 'districtTokens',
        title: 'Tokens of districts',
        description: 'The tokens of the connected districts, and what changed since they were stored.',
        sources: ['oauth/diff-district-tokens.ts', 'oauth/district-tokens.ts'],
        first: ['diffDistrictTokens'],
      },
      {
        name: 'toNodeHandler',
        description: "Web-standard handlers on Node's http, Express and Fastify.",
        sources: ['adapters/'],
        first: ['toNodeHandler'],
      },
    ],
  },
  {
    title: 'Read a district',
    topics: [
      {
        name: 'DistrictClient',
        title: 'clever.district',
        description: 'The client of one district: people, schools, sections, courses, terms, events and more.',
        sources: ['resources/', 'resources/clients/district.ts'],
        first: ['DistrictClient'],
      },
      {
        name: 'UserClient',
        title: 'clever.user',
        description: 'The client of a person who has logged in.',
        sources: ['resources/clients/user.ts'],
      },
      {
        name: 'Users',
        title: 'users',
        description: 'List, get and count people, and what belongs to them.',
        sources: ['resources/users.ts', 'resources/people.ts'],
        first: ['Users'],
      },
      {
        name: 'Schools',
        title: 'schools',
        description: 'List, get and count schools, and what belongs to them.',
        sources: ['resources/schools.ts'],
      },
      {
        name: 'Sections',
        title: 'sections',
        description: 'List, get and count sections, and what belongs to them.',
        sources: ['resources/sections.ts'],
      },
      {
        name: 'Courses',
        title: 'courses',
        description: 'List, get and count courses, and what belongs to them.',
        sources: ['resources/courses.ts'],
      },
      {
        name: 'Terms',
        title: 'terms',
        description: 'List, get and count terms, and what belongs to them.',
        sources: ['resources/terms.ts'],
      },
      {
        name: 'Districts',
        title: 'districts',
        description: 'Read the district that a token is for.',
        sources: ['resources/districts.ts'],
      },
    ],
  },
  {
    title: 'Library',
    topics: [
      {
        name: 'LibraryClient',
        title: 'clever.library',
        description: "A Library teacher's classroom: the teacher, sections and students.",
        sources: ['resources/clients/library.ts', 'resources/clients/classroom.ts'],
        first: ['LibraryClient', 'Classroom'],
      },
      {
        name: 'library-records',
        title: 'Records of the Library',
        description: 'The few fields that Library shares, as types and schemas.',
        sources: ['schemas/library.ts'],
      },
    ],
  },
  {
    title: 'Lists and pages',
    topics: [
      {
        name: 'Paginated',
        title: 'Read a list',
        description: 'A lazy list: record by record, page by page, as an array up to a limit, from a cursor.',
        sources: ['pagination/'],
        first: ['Paginated', 'ListPage', 'ListOptions', 'ToArrayOptions'],
      },
      {
        name: 'ListParams',
        title: 'Parameters of lists',
        description: 'Page size, cursors, parallel readings and repeats.',
        sources: ['api/parameters.ts'],
      },
    ],
  },
  {
    title: 'Events',
    topics: [
      {
        name: 'Events',
        title: 'events',
        description: 'What changed in a district, from a cursor on.',
        sources: ['resources/events.ts'],
        first: ['Events'],
      },
      {
        name: 'RosterEvent',
        description: 'The events of Clever, typed by record and by what happened.',
        sources: ['schemas/event.ts', 'schemas/deep-partial.ts', 'values/events.ts'],
        first: ['RosterEvent', 'isKnownEvent'],
      },
    ],
  },
  {
    title: 'LMS Connect and attendance',
    topics: [
      {
        name: 'Lms',
        title: 'lms',
        description: 'Whether LMS Connect works in a district and a section, and what prevents it.',
        sources: ['resources/lms.ts', 'values/lms-readiness.ts'],
        first: ['Lms', 'explainLms'],
      },
      {
        name: 'Assignments',
        title: 'assignments',
        description: 'Create, read and change assignments, and their records.',
        sources: ['resources/assignments.ts', 'schemas/assignment.ts', 'schemas/attachment.ts'],
        first: ['Assignments', 'Assignment', 'NewAssignment'],
      },
      {
        name: 'Submissions',
        title: 'submissions',
        description: 'Read submissions, grade them, and their records.',
        sources: ['resources/submissions.ts', 'schemas/submission.ts'],
        first: ['Submissions', 'Submission'],
      },
      {
        name: 'Attendance',
        title: 'attendance',
        description: 'Read attendance by day, its records and its known values.',
        sources: ['resources/attendance.ts', 'schemas/attendance-record.ts', 'values/attendance.ts'],
        first: ['Attendance', 'AttendanceRecord'],
      },
      {
        name: 'Resources',
        title: 'resources',
        description: 'Content that is assigned to people and sections.',
        sources: ['resources/resources.ts', 'schemas/resource.ts'],
        first: ['Resources'],
      },
      {
        name: 'lms-values',
        title: 'Values of LMS Connect',
        description: 'States, types and modes of assignments and submissions.',
        sources: ['values/lms.ts'],
      },
    ],
  },
  {
    title: 'Records and schemas',
    topics: [
      {
        name: 'User',
        description: 'A person: a student, teacher, member of staff, administrator or contact.',
        sources: ['schemas/user.ts'],
        first: ['User', 'userSchema'],
      },
      {
        name: 'roles',
        title: 'Roles of a user',
        description: 'What a person has in each role: grade, enrollments, relationships.',
        sources: ['schemas/roles/'],
        first: ['StudentRole', 'TeacherRole', 'StaffRole', 'DistrictAdminRole', 'ContactRole'],
      },
      { name: 'School', description: 'A school, and who leads it.', sources: ['schemas/school.ts'], first: ['School'] },
      {
        name: 'Section',
        description: 'A section: one class, with its teachers and students.',
        sources: ['schemas/section.ts'],
      },
      { name: 'Course', description: 'A course, which sections may have.', sources: ['schemas/course.ts'] },
      { name: 'Term', description: 'A term of a school year, with its dates.', sources: ['schemas/term.ts'] },
      {
        name: 'District',
        description: 'A district, and the people to ask in it.',
        sources: ['schemas/district.ts'],
        first: ['District'],
      },
      {
        name: 'Me',
        title: 'Me, Userinfo and tokens',
        description: 'What Clever says of a person who has logged in, and of tokens.',
        sources: ['schemas/me.ts', 'schemas/userinfo.ts', 'schemas/tokens.ts'],
        first: ['Me', 'Userinfo', 'UserToken', 'DistrictToken', 'TokenInfo'],
      },
      {
        name: 'schemas',
        title: 'Parts and envelopes',
        description: 'Schemas of what records have in common, and of the JSON around them.',
        sources: ['schemas/'],
      },
    ],
  },
  {
    title: 'Values',
    topics: [
      {
        name: 'normalizeGrade',
        title: 'Grades',
        description: 'What a grade means, in which order grades come, and the known ones.',
        sources: ['values/grade.ts'],
        first: ['normalizeGrade', 'gradeOrder', 'gradesBetween', 'isKnownGrade', 'KNOWN_GRADES'],
      },
      {
        name: 'normalizeSubject',
        title: 'Subjects',
        description: 'What a subject means, and the known ones.',
        sources: ['values/subject.ts'],
        first: ['normalizeSubject', 'isKnownSubject', 'KNOWN_SUBJECTS'],
      },
      {
        name: 'parseDob',
        title: 'Dates',
        description: 'Dates of birth, of terms, and timestamps.',
        sources: ['values/dates.ts'],
      },
      {
        name: 'user-roles',
        title: 'Kinds of people',
        description: 'The roles and types that a user can have, and who authorized a token.',
        sources: ['values/roles.ts'],
      },
      {
        name: 'describeAccess',
        title: 'Access of a token',
        description: 'What a token may read, by its scopes, and what is missing.',
        sources: ['values/describe-access.ts', 'values/scopes.ts'],
        first: ['describeAccess'],
      },
      {
        name: 'compact',
        title: 'Empty values',
        description: 'A record without its empty strings, nulls and empty objects.',
        sources: ['values/compact.ts'],
      },
      {
        name: 'demographics',
        title: 'Demographics',
        description: 'Gender, race, and the yes or no of other fields.',
        sources: ['values/demographics.ts'],
      },
      {
        name: 'languages',
        title: 'Home languages',
        description: 'Names and codes of the languages that families speak.',
        sources: ['values/languages.ts'],
        first: ['homeLanguageCode', 'homeLanguageName'],
      },
      {
        name: 'disability',
        title: 'Disabilities',
        description: 'Types and codes of disabilities.',
        sources: ['values/disability.ts'],
      },
      {
        name: 'contacts',
        title: 'Contacts',
        description: 'Relationships and kinds of phones.',
        sources: ['values/contacts.ts'],
      },
      {
        name: 'district-values',
        title: 'Values of districts',
        description: 'States of districts, login methods and LMS.',
        sources: ['values/district.ts'],
      },
      {
        name: 'ceds',
        title: 'CEDS',
        description: 'Grades, subjects, languages, races and sexes as CEDS codes, both ways.',
        sources: ['values/ceds/'],
      },
      {
        name: 'open-values',
        title: 'Known and unknown values',
        description: 'How values are typed that Clever may add to.',
        sources: ['values/'],
      },
    ],
  },
  {
    title: 'Personal data',
    topics: [
      {
        name: 'SensitiveField',
        title: 'Sensitive fields',
        description: 'The fields that stay out until an app names them, and how sensitive each field is.',
        sources: ['privacy/', 'schemas/sensitive-fields.ts', 'schemas/sensitivity.ts'],
        first: ['SensitiveField', 'SENSITIVE_FIELDS'],
      },
      {
        name: 'redact',
        description: 'A record without what must not be logged.',
        sources: ['privacy/redact.ts'],
        first: ['redact'],
      },
    ],
  },
  {
    title: 'Errors',
    topics: [
      {
        name: 'CleverError',
        description: 'What all errors have, how to tell them apart, and every code.',
        sources: ['errors/', 'privacy/harmless-cause.ts'],
        first: ['CleverError', 'hasCode', 'isCleverError', 'AnyCleverError', 'CleverErrorCode'],
      },
      {
        name: 'CleverApiError',
        title: 'Refused requests',
        description: 'Clever answered with an error: 400, 401, 403, 404, 429, 5xx.',
        sources: ['errors/api.ts'],
        first: ['CleverApiError'],
      },
      {
        name: 'CleverOAuthError',
        title: 'Failed logins',
        description: 'Callbacks, codes, tokens and id_tokens that were refused.',
        sources: ['errors/oauth.ts'],
        first: ['CleverOAuthError', 'CleverCallbackError', 'CleverTokenError', 'CleverIdTokenError'],
      },
      {
        name: 'CleverConnectionError',
        title: 'Failed connections',
        description: 'No usable answer came, or none in time.',
        sources: ['errors/connection.ts'],
        first: ['CleverConnectionError', 'CleverTimeoutError'],
      },
      {
        name: 'CleverPaginationError',
        title: 'Interrupted lists',
        description: 'A list that cannot go on, and a cursor that has expired.',
        sources: ['errors/pagination.ts'],
      },
      {
        name: 'CleverValidationError',
        title: 'Unexpected data',
        description: 'Clever sent something that does not have the expected shape.',
        sources: ['errors/validation.ts'],
      },
      {
        name: 'CleverSyncError',
        title: 'Errors of the sync',
        description: 'A sync that cannot run, or that was stopped.',
        sources: ['errors/sync.ts'],
      },
    ],
  },
  {
    title: 'Keep a database in step',
    topics: [
      {
        name: 'createRosterSync',
        description: 'The sync of an app, its options and its calls.',
        sources: ['sync/', 'sync/sync.ts', 'sync/options.ts'],
        first: ['createRosterSync', 'RosterSyncOptions', 'RosterSync'],
      },
      {
        name: 'SyncReport',
        title: 'Runs and plans',
        description: 'What a run did, what it would do, and when it is held.',
        sources: ['sync/run/', 'sync/runs.ts'],
        first: ['SyncReport', 'RunOptions', 'SyncPlan', 'SyncRun', 'GuardOptions', 'DEFAULT_GUARD'],
      },
      {
        name: 'SyncChange',
        title: 'Changes',
        description: 'Each change of a record: as a run hands it on, and as it is kept in the change log.',
        sources: ['sync/changes/', 'sync/explain.ts', 'sync/kinds.ts'],
        first: ['SyncChange', 'SyncKind', 'Explanation'],
      },
      {
        name: 'SyncStore',
        title: 'Stores',
        description: 'The sync on pg, postgres.js, Kysely, Drizzle, Prisma, Knex and PGlite.',
        sources: ['sync/store/'],
        first: [
          'fromPg',
          'fromPostgresJs',
          'fromKysely',
          'fromDrizzle',
          'fromPrisma',
          'fromKnex',
          'fromPglite',
          'openPglite',
          'postgresRateBudget',
          'SyncStore',
        ],
      },
      {
        name: 'SyncWorker',
        title: 'Workers and schedules',
        description: 'A process that syncs every district when it is due.',
        sources: ['sync/worker/', 'sync/engine/', 'sync/schedule.ts', 'sync/duration.ts'],
        first: ['SyncWorker', 'StartOptions', 'ScheduledDistrict'],
      },
      {
        name: 'pgBossEngine',
        title: 'Workers with pg-boss',
        description: 'The districts of a fleet over many machines, by pg-boss.',
        sources: ['sync/pg-boss/'],
        first: ['pgBossEngine'],
      },
      {
        name: 'statusPage',
        title: 'Status',
        description: 'How each district is doing, as data and as a page.',
        sources: ['sync/status.ts', 'sync/page/'],
        first: ['statusPage', 'DistrictStatus', 'SyncSummary'],
      },
      {
        name: 'SyncTables',
        title: 'Tables',
        description: 'The tables of the mirror, for Kysely, for Drizzle and as SQL.',
        sources: ['sync/tables/', 'sync/mirror/'],
        first: ['SyncTables', 'drizzleSchema', 'syncSql', 'DistrictMirror'],
      },
    ],
  },
  {
    title: 'Sandbox',
    topics: [
      {
        name: 'createSandbox',
        description: 'A Clever on your machine: its options, and what can be done with it.',
        sources: ['sandbox/', 'sandbox/sandbox.ts', 'sandbox/world/options.ts'],
        first: ['createSandbox', 'SandboxOptions', 'Sandbox', 'ListeningSandbox'],
      },
      {
        name: 'sandboxHandlers',
        title: 'Sandbox in msw',
        description: 'The sandbox as handlers of Mock Service Worker.',
        sources: ['sandbox/msw.ts'],
      },
      {
        name: 'SandboxDistrict',
        title: 'Districts and people',
        description: 'The districts of a sandbox, and logging in as the people in them.',
        sources: ['sandbox/world/sandbox-district.ts', 'sandbox/world/sandbox-person.ts', 'sandbox/world/people.ts'],
        first: ['SandboxDistrict', 'SandboxPerson'],
      },
      {
        name: 'DistrictChanges',
        title: 'Change a district',
        description: 'The changes of a school year, with the events that follow from them.',
        sources: ['sandbox/world/changes/', 'sandbox/world/events/'],
        first: ['DistrictChanges', 'RosterEdits'],
      },
      {
        name: 'Faults',
        title: 'Faults',
        description: 'What the sandbox does wrong on purpose.',
        sources: ['sandbox/world/faults/'],
        first: ['Faults', 'Fault'],
      },
      {
        name: 'LoggedRequest',
        title: 'Request log',
        description: 'What the sandbox saw of each request.',
        sources: ['sandbox/world/log/'],
        first: ['LoggedRequest'],
      },
      {
        name: 'districtFromCsv',
        title: 'Districts from files',
        description: 'Districts from CSV uploads, OneRoster, recordings and records of your own.',
        sources: ['sandbox/roster/'],
        first: ['districtFromCsv', 'districtFromOneRoster', 'districtFromRecordings', 'DistrictSource'],
      },
    ],
  },
  {
    title: 'Certify',
    topics: [
      {
        name: 'certify',
        description: "Try Clever's certification against a running app.",
        sources: ['certify/'],
        first: ['certify', 'CertifyOptions', 'Certification', 'ProbeResult'],
      },
      {
        name: 'certification-reports',
        title: 'Reports',
        description: "A certification as text, HTML, JSON, JUnit and as the answers of Clever's form.",
        sources: [
          'certify/report/html/',
          'certify/report/form-report.ts',
          'certify/report/json-report.ts',
          'certify/report/junit-report.ts',
          'certify/report/text-report.ts',
        ],
      },
    ],
  },
  {
    title: 'Frameworks',
    topics: [
      {
        name: 'better-auth',
        description: 'Clever in better-auth: the provider, and its account links.',
        sources: ['frameworks/better-auth/', 'frameworks/common/'],
        first: ['clever', 'cleverAccounts'],
      },
      {
        name: 'authjs',
        title: 'Auth.js',
        description: 'Clever in Auth.js 5 and next-auth 4.',
        sources: ['frameworks/authjs/'],
        first: ['default', 'cleverCallbacks', 'guardCallback', 'startSignIn'],
      },
      {
        name: 'passport',
        title: 'Passport',
        description: 'Clever in Passport: the strategy.',
        sources: ['frameworks/passport/', 'frameworks/common/login-steps.ts'],
        first: ['CleverStrategy', 'CleverStrategyOptions'],
      },
      {
        name: 'fastify',
        title: 'Fastify',
        description: 'Clever in Fastify: the plugin.',
        sources: ['frameworks/fastify/'],
        first: ['default', 'CleverPluginOptions'],
      },
      {
        name: 'hono',
        title: 'Hono',
        description: 'Clever in Hono: the middleware.',
        sources: ['frameworks/hono/'],
        first: ['cleverAuth', 'CleverAuthOptions'],
      },
      {
        name: 'nuxt',
        title: 'Nuxt',
        description: 'Clever in Nuxt, with nuxt-auth-utils.',
        sources: ['frameworks/nuxt/'],
        first: ['defineOAuthCleverEventHandler'],
      },
    ],
  },
  {
    title: 'OneRoster',
    topics: [
      {
        name: 'exportOneRoster',
        description: 'A district as OneRoster CSV, with a list of all that had no place.',
        sources: ['oneroster/', 'oneroster-files/'],
        first: ['exportOneRoster', 'ExportOptions', 'OneRosterReport', 'OneRosterLoss', 'lossText'],
      },
      {
        name: 'validateOneRoster',
        description: 'Check OneRoster files, line by line.',
        sources: ['oneroster/validate/', 'oneroster-files/inspect/', 'oneroster-files/archive/'],
        first: ['validateOneRoster'],
      },
    ],
  },
  {
    title: 'Recordings',
    topics: [
      {
        name: 'record',
        title: 'Record a district',
        description: 'A small copy of a real district, in which everyone is a stand-in.',
        sources: ['recording/'],
        first: ['record', 'recorder'],
      },
    ],
  },
];

/** Every page of the reference, in the order of the menu. */
export const TOPICS: readonly Topic[] = TASKS.flatMap(({ topics }) => topics);
