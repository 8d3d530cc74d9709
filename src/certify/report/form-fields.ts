import type { Suite, Verdict } from '../verdict.js';
import type { Certification } from './certification.js';

/** A field of Clever's certification form. */
export interface FormField {
  readonly label: string;
  /** What a person has to answer, where the run saw nothing. */
  readonly question: string;
  /** The run's own answer. Default, and `undefined`: the run cannot know. */
  readonly seen?: (run: Run) => string | undefined;
  /** The probes whose verdicts are shown beside the answer. */
  readonly probes?: readonly string[];
}

/** The fields about one thing. */
export interface FormSection {
  readonly title: string;
  /** Left out of the form when none of these suites was run. Default: always there. */
  readonly suites?: readonly Suite[];
  readonly fields: readonly FormField[];
}

/** What a field may ask of a run. */
export interface Run {
  readonly certification: Certification;
  verdictOf(id: string): Verdict | undefined;
}

/** `Yes` and what was seen when the probe passed, `No` when it failed. */
function byProbe(id: string, yes: string, no: string): (run: Run) => string | undefined {
  return (run) => {
    const verdict = run.verdictOf(id);
    return verdict === 'pass' ? yes : verdict === 'fail' || verdict === 'warn' ? no : undefined;
  };
}

/** What a screen after a failed login is tried by. */
const ERROR_SCREENS: readonly string[] = [
  'sso.error-denied',
  'sso.error-unauthorized',
  'sso.error-bad-code',
  'sso.error-old-code',
  'sso.error-token-endpoint',
  'sso.error-api',
];

function listed(values: readonly string[], separator = ', '): string | undefined {
  return values.length === 0 ? undefined : values.join(separator);
}

/** The roles whose logins passed, by what the run saw of people who ended logged in. */
function roles({ certification }: Run): string | undefined {
  return listed(certification.facts.roles);
}

const TOKENS: Readonly<Record<string, string>> = {
  user: 'tokens of people, from their logins',
  district: 'district-app tokens',
  app: "the app's own credentials, for the list of district-app tokens",
};

/**
 * The fields of the form that Clever's partner team asks its partners to fill in. Source: blkwhte/clever-vali
 * (airtable_client.py, `FIELD_MAP`), which says that it comes from Clever's integrations team. The order is ours.
 */
export const FORM_SECTIONS: readonly FormSection[] = [
  {
    title: 'The app and its company',
    fields: [
      { label: 'Company', question: 'What is the name of the company?' },
      { label: 'App name', question: 'Under which name do people find the app in Clever?' },
      {
        label: 'Development client id',
        question: 'What is the client id of the app at Clever? It is on the dashboard of developers.',
      },
      { label: 'Technical contact', question: 'Who answers questions about the integration, with name and address?' },
      { label: 'Support contact', question: 'Where do districts ask for help?' },
      { label: 'Summary', question: 'What does the app do, and for whom, in two or three sentences?' },
      { label: 'Tech stack', question: 'Which languages, frameworks and databases is the app built on?' },
      { label: 'Regions', question: 'In which countries or states is the app used?' },
      {
        label: 'LMS or CMS',
        question: 'Is the app a learning management or content management system, or part of one?',
      },
      { label: 'Go-live date', question: 'When does the first district begin?' },
      { label: 'Contract date', question: 'When was, or will, the contract with the first district be signed?' },
      { label: 'Unfinished work', question: 'Which parts of the integration are not finished, and when will they be?' },
    ],
  },
  {
    title: 'Single sign-on',
    suites: ['sso', 'library'],
    fields: [
      {
        label: 'Single sign-on supported',
        question: 'Can people log in through Clever?',
        seen: byProbe(
          'sso.portal-login',
          'Yes: a login from the portal ended inside the app.',
          'Not yet: a login from the portal failed.',
        ),
        probes: ['sso.portal-login', 'sso.instant-login'],
      },
      {
        label: 'Auth type',
        question: 'Which way of OAuth 2.0 or OpenID Connect does the app use?',
        // A warning is about the client secret. A failure may be a login that never got so far.
        seen: ({ verdictOf }) =>
          ['pass', 'warn'].includes(verdictOf('sso.code-grant') ?? '')
            ? 'OAuth 2.0, authorization-code grant.'
            : undefined,
        probes: ['sso.code-grant', 'sso.code-once'],
      },
      {
        label: 'Redirect URIs',
        question: 'Which redirect URIs does the app use in production? The first is the primary one.',
        seen: ({ certification }) => {
          const uris = listed(certification.facts.redirectUris);
          return uris === undefined
            ? undefined
            : `In this run: ${uris}. In production they have other hosts, and https.`;
        },
        probes: ['sso.one-redirect-uri', 'sso.https'],
      },
      {
        label: 'Invalidates previous sessions',
        question: 'When a second person logs in on the same device, does the session of the first one end?',
        seen: byProbe(
          'sso.shared-device',
          'Yes: the second login replaced the session of the first.',
          'No: the second login did not replace the session.',
        ),
        probes: ['sso.shared-device', 'sso.session-fixation'],
      },
      {
        label: 'Log in with Clever button',
        question: 'Where is the button?',
        seen: ({ verdictOf }) => {
          const verdict = verdictOf('sso.login-button');
          return verdict === 'pass'
            ? 'Yes, on the login page.'
            : verdict === 'warn'
              ? 'Not found on the login page.'
              : undefined;
        },
        probes: ['sso.login-button'],
      },
      {
        label: 'Supported user types',
        question: 'Which of students, teachers, staff and district admins may log in?',
        seen: (run) => {
          const seen = roles(run);
          return seen === undefined ? undefined : `Ended logged in: ${seen}.`;
        },
        probes: ['sso.roles', 'sso.multi-role'],
      },
      {
        label: 'Loading behaviour',
        question: 'What does a person see while the first login loads their data, and for how long?',
      },
      {
        label: 'Error handling',
        question: 'What does a person see when a login fails?',
        seen: ({ verdictOf }) => {
          const verdicts = ERROR_SCREENS.map(verdictOf);
          return verdicts.includes('fail')
            ? 'Not every failure ends on a page that a person understands.'
            : verdicts.includes('pass')
              ? 'A page of the app, with no crash. A person has to judge its words.'
              : undefined;
        },
        probes: ERROR_SCREENS,
      },
      { label: 'Identity provider', question: 'Is the app an identity provider for other apps?' },
      {
        label: 'Hybrid logins',
        question: 'Can the same person also log in in another way (password, Google)? How are both led to one account?',
      },
      {
        label: 'User accounts provisioned',
        question: 'Are accounts made at the first login, from the roster, or by hand?',
        seen: byProbe(
          'library.provision-teacher',
          'At the first login: a teacher without an account got one.',
          'A teacher without an account got none at the first login.',
        ),
        probes: ['library.provision-teacher', 'library.provision-student'],
      },
    ],
  },
  {
    title: 'Identity of people and records',
    fields: [
      {
        label: 'Clever id is the primary id',
        question: "Is Clever's id the key of people and records?",
        seen: ({ verdictOf }) => {
          const verdicts = ['sync.clever-id-key', 'sso.match', 'sso.no-email-key', 'sso.no-sis-id-key'].map(verdictOf);
          return verdicts.includes('fail') ? 'Not everywhere.' : verdicts.includes('pass') ? 'Yes.' : undefined;
        },
        probes: ['sync.clever-id-key', 'sso.match', 'sso.no-email-key', 'sso.no-sis-id-key'],
      },
      {
        label: 'Key identifier',
        question: 'Under which name does the database keep the key, and what else is matched on?',
      },
      {
        label: 'Record matching',
        question: 'How are people who existed before matched with people of Clever?',
        seen: byProbe(
          'sync.matching',
          'People with the same name were not merged silently.',
          'Not every one of two people with the same name is a person of the app.',
        ),
        probes: ['sync.matching', 'library.merge'],
      },
      {
        label: 'Missing fields',
        question: 'What does the app do when a field is empty?',
        seen: ({ verdictOf }) => {
          const verdicts = ['sync.missing-fields', 'sso.missing-fields', 'library.sparse'].map(verdictOf);
          return verdicts.includes('fail')
            ? 'It fails for some.'
            : verdicts.includes('pass')
              ? 'It goes on without them.'
              : undefined;
        },
        probes: ['sync.missing-fields', 'sso.missing-fields', 'library.sparse'],
      },
      {
        label: 'Required fields',
        question: 'Which fields that Clever does not guarantee does the app need, and how does it get them?',
      },
    ],
  },
  {
    title: 'Rosters',
    suites: ['sync', 'library'],
    fields: [
      {
        label: 'Uses rosters',
        question: 'Does the app read rosters?',
        seen: ({ certification: { facts } }) => (facts.syncBy === undefined ? undefined : 'Yes.'),
      },
      {
        label: 'Sync methods',
        question: 'By events, by reading everything, or both? How often?',
        seen: ({ certification: { facts } }) =>
          facts.syncBy === undefined
            ? undefined
            : { events: 'Events.', full: 'Reading everything.', both: 'Events, and reading everything.' }[facts.syncBy],
        probes: ['sync.daily', 'sync.on-demand'],
      },
      {
        label: 'Syncs events',
        question: 'Does the app read events?',
        seen: ({ certification: { facts } }) =>
          facts.syncBy === undefined ? undefined : facts.syncBy === 'full' ? 'No.' : 'Yes.',
        probes: ['sync.old-cursor', 'sync.idempotent-events'],
      },
      {
        label: 'API versions',
        question: 'Which versions of the Data API does the app use?',
        seen: ({ certification }) => listed(certification.facts.apiVersions),
        probes: ['sync.api-version'],
      },
      {
        label: 'Endpoints used',
        question: 'Which endpoints does the app read?',
        seen: ({ certification }) => listed(Object.keys(certification.facts.endpoints)),
        probes: ['sync.unneeded-data'],
      },
      {
        label: 'Tokens used',
        question: 'Which kinds of token does the app use?',
        seen: ({ certification: { facts } }) =>
          listed(
            facts.tokens.map((token) => TOKENS[token] ?? token),
            '; ',
          ),
        probes: ['sync.districts-apart', 'sync.token-rotation'],
      },
      {
        label: 'District-app tokens used',
        question: 'Does the app use the tokens of districts?',
        seen: ({ certification: { facts } }) =>
          facts.tokens.length === 0 ? undefined : facts.tokens.includes('district') ? 'Yes.' : 'Not in this run.',
      },
      {
        label: 'Deleted records',
        question: 'What happens to people and classes that are deleted or no longer shared?',
        seen: byProbe(
          'sync.archive',
          'They are archived, and not deleted.',
          'They were not archived as Clever asks for.',
        ),
        probes: ['sync.archive', 'sync.mass-deletion'],
      },
      {
        label: 'Restoring records',
        question: 'What happens when a record comes back?',
        seen: byProbe(
          'sync.restore',
          'The same record of the app is active again.',
          'It does not come back as it was.',
        ),
        probes: ['sync.restore', 'sync.history'],
      },
      {
        label: 'Deleted sections',
        question: 'What happens to the work of students in a section that is deleted?',
        probes: ['sync.archive', 'sync.oddities'],
      },
      {
        label: 'Rollover',
        question: 'Which steps does a district or the app take at the change of the school year?',
        seen: byProbe(
          'sync.rollover',
          'Old sections are archived, new ones appear, and no student has two accounts. Steps of people are not known.',
          'The change of the school year was not followed.',
        ),
        probes: ['sync.rollover'],
      },
      { label: 'Term data usage', question: 'How does the app use terms and their dates?' },
      {
        label: 'District onboarding steps',
        question: 'What has a district to do before the first sync, and who does it?',
      },
      {
        label: 'Logging and alerting of syncs',
        question: 'Who learns that a sync has failed, and when?',
        probes: ['sync.rate-limit', 'sync.server-errors'],
      },
      {
        label: 'Data deletion',
        question: 'When, and how, is the data of a district deleted after the contract has ended?',
        seen: byProbe(
          'sync.purge',
          'A purge left nothing of the district. When it is run has to be answered.',
          'A purge left something of the district.',
        ),
        probes: ['sync.purge'],
      },
    ],
  },
  {
    title: 'LMS Connect',
    suites: ['lms'],
    fields: [
      {
        label: 'LMS Connect',
        question: 'Which calls of LMS Connect does the app use?',
        seen: ({ certification }) =>
          listed(Object.keys(certification.facts.endpoints).filter((path) => path.includes('/assignments'))),
        probes: [
          'lms.ready-districts',
          'lms.keeps-ids',
          'lms.refusals',
          'lms.slow-answers',
          'lms.patch-only',
          'lms.deletes',
        ],
      },
      {
        label: 'LTI launch',
        question: 'Does the app support LTI 1.3 launches, and with which reference implementation was it tested?',
      },
    ],
  },
];
