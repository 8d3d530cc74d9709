/**
 * The table of contents: every page of the site that is written by hand, in the order of the menu.
 *
 * To add a page, write its Markdown file and add its line here. A file in `docs/` without a line, and a line without a
 * file, fail the build.
 */

/** A page that is made from a Markdown file of the project. */
export interface Page {
  /** The file, from the project's root. */
  readonly source: string;
  /** Where the page is on the site, from its root: `/guides/login`. */
  readonly address: string;
  /** Its name in the menu, which may be shorter than its heading. */
  readonly title: string;
  /** What a reader gets, in one line: for the overview, search engines and llms.txt. */
  readonly description: string;
  /** Words that readers search for, and the page does not use or hardly uses: only the search reads them. */
  readonly keywords?: string;
}

/** Pages that are made by code, from the errors or from the source's comments. */
export type Generated = 'errors' | 'reference';

/** A part of the menu. */
export interface Group {
  readonly title: string;
  readonly pages: readonly Page[];
  /** Pages that follow those of the table. */
  readonly generated?: Generated;
}

export const GROUPS: readonly Group[] = [
  {
    title: 'Start',
    pages: [
      {
        source: 'docs/start/single-sign-on.md',
        address: '/start/single-sign-on',
        title: 'Single sign-on',
        description: 'From an empty folder to a web app with a "Log in with Clever" button, in ten minutes.',
        keywords: 'sso quickstart tutorial setup install getting started hello world oauth',
      },
      {
        source: 'docs/start/library.md',
        address: '/start/library',
        title: 'The Clever Library',
        description: "From an empty folder to a teacher's login and her classes, in ten minutes.",
        keywords: 'quickstart tutorial getting started teacher',
      },
      {
        source: 'docs/start/secure-sync.md',
        address: '/start/secure-sync',
        title: 'Secure Sync',
        description: 'From an empty folder to a database that follows a district, in ten minutes.',
        keywords: 'quickstart tutorial getting started rostering sync database',
      },
      {
        source: 'docs/choose.md',
        address: '/choose',
        title: 'Which token, which client',
        description: 'Three questions lead to the right token and client, and a table says what each may read.',
        keywords: 'which client token scopes permissions access secure sync library district app compare',
      },
      {
        source: 'docs/try.md',
        address: '/try',
        title: 'Try it in this page',
        description: 'A Clever in your browser: run code, log people in, and make it fail.',
        keywords: 'playground demo repl online browser sandbox live',
      },
      {
        source: 'docs/questions.md',
        address: '/questions',
        title: 'Questions and answers',
        description: 'What people ask while they put Clever into an app, each with a short answer.',
        keywords: 'faq help how to logout sign out paging pagination summer',
      },
    ],
  },
  {
    title: 'Guides',
    pages: [
      {
        source: 'docs/guides/login.md',
        address: '/guides/login',
        title: 'Log people in',
        description: 'Single sign-on by all five entrances, with two handlers and no store on the server.',
        keywords:
          'sso login sign in sign on sign out logout oauth2 authentication callback redirect session cookie express next',
      },
      {
        source: 'docs/guides/frameworks.md',
        address: '/guides/frameworks',
        title: 'Frameworks',
        description: 'Clever in better-auth, Auth.js, Passport, Fastify, Hono, Nuxt and any other login.',
        keywords: 'nextauth next.js nextjs express sveltekit remix plugin integration middleware adapter',
      },
      {
        source: 'docs/guides/rostering.md',
        address: '/guides/rostering',
        title: "Pull a district's roster",
        description: 'Read people, schools and sections of a district, all of them or only what has changed.',
        keywords:
          'pagination paging pages cursor limit throttling rostering students teachers sections backoff retry fetch all polling webhook webhooks',
      },
      {
        source: 'docs/guides/sync.md',
        address: '/guides/sync',
        title: 'Keep a database in step',
        description: 'A mirror of each district in PostgreSQL, with your own tables in the same transaction.',
        keywords:
          'rostering mirror webhook webhooks replicate upsert archive deleted soft delete drizzle prisma kysely knex summer',
      },
      {
        source: 'docs/guides/scale.md',
        address: '/guides/scale',
        title: 'Sync thousands of districts',
        description: 'What many districts cost in requests, disk and workers, from measured constants.',
        keywords: 'capacity throughput how many districts cost memory',
      },
      {
        source: 'docs/guides/values.md',
        address: '/guides/values',
        title: "Work with Clever's values",
        description: 'Grades, subjects, races, genders and languages: what Clever sends, and what it means.',
        keywords: 'grade levels normalize enum custom roles gender subject birthday dob',
      },
      {
        source: 'docs/guides/privacy.md',
        address: '/guides/privacy',
        title: 'Personal data',
        description: 'What the SDK does with tokens and personal data, and what it never shows.',
        keywords: 'ferpa coppa gdpr pii secrets security logging redaction',
      },
      {
        source: 'docs/guides/errors.md',
        address: '/guides/errors',
        title: 'Handle errors',
        description: 'Catch errors by code, repeat what may be repeated, and log and show what is safe.',
        keywords: 'exceptions try catch retry retryable error codes error handling',
      },
      {
        source: 'docs/guides/testing.md',
        address: '/guides/testing',
        title: 'Test your app',
        description: 'A Clever in your tests: in the process, as msw handlers, or on a port.',
        keywords:
          'sandbox mock fake stub emulator local locally offline unit test e2e integration cypress fixtures nock',
      },
      {
        source: 'docs/guides/changing-districts.md',
        address: '/guides/changing-districts',
        title: 'Simulate a changing district',
        description: 'Make the changes of a school year happen in the sandbox, with the events that follow.',
        keywords: 'rollover summer simulate events time travel clock',
      },
      {
        source: 'docs/guides/recordings.md',
        address: '/guides/recordings',
        title: 'Recordings of real districts',
        description: 'A small copy of a real district, in which everyone is a stand-in.',
        keywords: 'fixtures anonymize snapshot record replay production data',
      },
      {
        source: 'docs/guides/sandbox-scale.md',
        address: '/guides/sandbox-scale',
        title: 'How large a sandbox can be',
        description: 'Districts of up to ten million students, computed when they are read.',
        keywords: 'load test big large district performance synthetic data',
      },
      {
        source: 'docs/guides/oneroster.md',
        address: '/guides/oneroster',
        title: 'OneRoster',
        description: 'Write a district as OneRoster CSV, check such files, and load them into the sandbox.',
        keywords: 'csv sis import export one roster',
      },
      {
        source: 'docs/guides/certification.md',
        address: '/guides/certification',
        title: 'Certification: test your app before Clever does',
        description: "Try Clever's certification against your running app, and fill in its form.",
        keywords: 'certify go live launch review checklist approval production',
      },
      {
        source: 'docs/guides/cli.md',
        address: '/guides/cli',
        title: 'Use the command line',
        description: 'Every command of clever-sdk: sandbox, doctor, pull, events, record, sync, export, certify.',
        keywords: 'terminal command npx shell download csv export excel diagnose',
      },
      {
        source: 'docs/guides/runtimes.md',
        address: '/guides/runtimes',
        title: 'Runtimes and bundle size',
        description: 'Runtimes, module formats and sizes, per entry point.',
        keywords: 'bun deno edge lambda vercel browser commonjs esm bundle kb gzip tree shaking',
      },
    ],
  },
  {
    title: 'Errors',
    pages: [],
    generated: 'errors',
  },
  {
    title: 'Reference',
    pages: [],
    generated: 'reference',
  },
  {
    title: 'Explanation',
    pages: [
      {
        source: 'docs/explanation/how-clever-behaves.md',
        address: '/explanation/how-clever-behaves',
        title: 'How Clever really behaves',
        description: 'What Clever answers, leaves out and changes, and how each is known.',
        keywords: 'quirks gotchas undocumented pitfalls api behaviour',
      },
      {
        source: 'docs/explanation/terms.md',
        address: '/explanation/terms',
        title: 'Terms',
        description: 'The words of Clever, of schools and of OAuth, in a sentence each.',
        keywords: 'glossary definitions vocabulary meaning',
      },
    ],
  },
  {
    title: 'Migrate to clever-sdk',
    pages: [
      {
        source: 'docs/migrate/index.md',
        address: '/migrate/',
        title: 'What changes',
        description: 'What changes in code and data, by what you have today.',
        keywords: 'migrate migration switch upgrade replace',
      },
      {
        source: 'docs/migrate/existing-accounts.md',
        address: '/migrate/existing-accounts',
        title: 'Existing accounts',
        description: 'People find the account that they have, although API v3 has other ids than v2.',
        keywords: 'migrate v2 ids link accounts legacy',
      },
      {
        source: 'docs/migrate/passport.md',
        address: '/migrate/passport',
        title: 'From passport-clever',
        description: 'Another strategy, another verify; the routes stay.',
        keywords: 'passport strategy migrate express',
      },
      {
        source: 'docs/migrate/better-auth.md',
        address: '/migrate/better-auth',
        title: 'From generic OAuth in better-auth',
        description: 'One function in the place of the configuration of genericOAuth.',
      },
      {
        source: 'docs/migrate/oauth-client.md',
        address: '/migrate/oauth-client',
        title: 'From another OAuth library',
        description: 'From arctic, openid-client, simple-oauth2 or a provider of your own in Auth.js.',
      },
      {
        source: 'docs/migrate/npm-clever.md',
        address: '/migrate/npm-clever',
        title: 'From the npm package clever',
        description: 'From API v1.2, which is gone, to a client per district.',
        keywords: 'clever-js v1 migrate deprecated',
      },
      {
        source: 'docs/migrate/own-client.md',
        address: '/migrate/own-client',
        title: 'From a client of your own',
        description: 'From fetch on API v2 to clever.login and v3.',
        keywords: 'axios fetch migrate rest',
      },
    ],
  },
  {
    title: 'What is supported',
    pages: [
      {
        source: 'SUPPORTED.md',
        address: '/supported',
        title: 'What the sandbox supports',
        description: 'Every behaviour of the sandbox, and how it is known that Clever does so.',
        keywords: 'coverage matrix features limitations supported endpoints',
      },
      {
        source: 'docs/compatibility.md',
        address: '/compatibility',
        title: 'Tested versions',
        description:
          'Runtimes, compilers, frameworks, databases, versions of the API and sizes, from runs of the tests.',
        keywords: 'versions node bun deno browsers requirements typescript',
      },
      {
        source: 'docs/performance.md',
        address: '/performance',
        title: 'Performance',
        description: 'Measured pulls, against a bare loop of fetch and other clients.',
        keywords: 'benchmark speed fast slow throughput memory',
      },
    ],
  },
  {
    title: 'Help',
    pages: [
      {
        source: 'SUPPORT.md',
        address: '/support',
        title: 'Help, versions and upgrades',
        description: 'Where to ask, what to post, and which versions get fixes.',
        keywords: 'contact question bug report issue lts node versions upgrade semver end of life',
      },
      {
        source: 'SECURITY.md',
        address: '/security',
        title: 'Security',
        description: 'How to report a vulnerability, and what the library promises.',
        keywords: 'vulnerability disclosure cve advisory supply chain provenance audit',
      },
    ],
  },
  {
    title: 'Decisions',
    pages: [
      {
        source: 'docs/decisions/0001-two-formats.md',
        address: '/decisions/0001-two-formats',
        title: '1. Both formats',
        description: 'Why the package has ES modules and CommonJS, and what each of them contains.',
      },
      {
        source: 'docs/decisions/0002-own-retry-loop.md',
        address: '/decisions/0002-own-retry-loop',
        title: '2. Our own retry loop',
        description: 'Why ky sends one attempt, and the loop around it is ours.',
      },
      {
        source: 'docs/decisions/0003-declarations-per-entry.md',
        address: '/decisions/0003-declarations-per-entry',
        title: '3. Declarations per entry',
        description: "Why each entry's declarations are built on their own.",
      },
      {
        source: 'docs/decisions/0004-generated-checks.md',
        address: '/decisions/0004-generated-checks',
        title: '4. Generated checks',
        description: 'Why records are checked by generated code, and zod explains what is wrong.',
      },
      {
        source: 'docs/decisions/0005-rate-budget.md',
        address: '/decisions/0005-rate-budget',
        title: '5. A rate budget',
        description: 'Why requests are held back before Clever refuses them.',
      },
      {
        source: 'docs/decisions/0006-loaded-when-needed.md',
        address: '/decisions/0006-loaded-when-needed',
        title: '6. Loaded when needed',
        description: 'Why what only a request needs is loaded by the first request.',
      },
      {
        source: 'docs/decisions/0007-parallel-by-id.md',
        address: '/decisions/0007-parallel-by-id',
        title: '7. Parallel by id',
        description: 'How one listing is read by several requests at a time, and every record comes once.',
      },
      {
        source: 'docs/decisions/0008-lists-in-slices.md',
        address: '/decisions/0008-lists-in-slices',
        title: '8. Lists in slices',
        description: 'How large pages are parsed without holding them four times.',
      },
      {
        source: 'docs/decisions/0009-frameworks-by-shape.md',
        address: '/decisions/0009-frameworks-by-shape',
        title: '9. Frameworks by shape',
        description: 'Why no framework is imported, and how logins without state reach one.',
      },
    ],
  },
  {
    title: 'Changelog',
    pages: [
      {
        source: 'CHANGELOG.md',
        address: '/changelog',
        title: 'Changelog',
        description: 'What each release changes for its users, and what to do about it.',
        keywords: 'releases versions breaking changes upgrade news',
      },
    ],
  },
];

/** Every page of the table, in its order. */
export const PAGES: readonly Page[] = GROUPS.flatMap(({ pages }) => pages);
