import type { Marks } from './find.ts';

/**
 * The marks of snippets in docstrings, which readers of the code, of hovers and of the reference would all see there.
 * The key is the file and the symbol that the docstring describes; a second example of a symbol ends in `(2)`.
 */
export const docstrings: Readonly<Record<string, Marks>> = {
  'src/errors/base.ts#isCleverError': { run: "explain(new Error('not ours'));" },
  'src/errors/guards.ts#hasCode': { run: "waitFor(new Error('not ours'));" },
  'src/frameworks/authjs/guard.ts#guardCallback': {
    run: "await visit(GET, '/api/auth/callback/clever?code=c&state=s');",
  },
  'src/frameworks/authjs/guard.ts#guardNodeCallback': {
    notRun: 'Auth.js, which answers the login, is left to the reader; the guide has the whole app',
  },
  'src/frameworks/authjs/sign-in.ts#startSignIn': { run: "await visit(GET, '/auth/clever/entry?code=c');" },
  'src/frameworks/fastify/plugin.ts#cleverPlugin': { run: 'await logIn(app);' },
  'src/frameworks/hono/clever-auth.ts#cleverAuth': { run: 'await logIn(app);' },
  'src/frameworks/hono/types.ts#CleverVariables': { run: 'void app; // its type is what the snippet shows' },
  'src/frameworks/nuxt/event-handler.ts#defineOAuthCleverEventHandler': {
    notRun: 'the session and the redirect are left to the reader; the guide has the whole handler',
  },
  'src/frameworks/passport/strategy.ts#CleverStrategy': {
    notRun: 'sessions, which Passport needs, are left to the reader; the guide has the whole app',
  },
  'src/oauth/diff-district-tokens.ts#diffDistrictTokens': { run: 'await newDistricts(clever, stored);' },
  'src/oauth/login/entry.ts#cleverEntry': { run: "await visit(GET, '/auth/clever/entry?code=c');" },
  'src/oauth/types.ts#CleverOAuth.exchangeCallback': {
    run: 'await callback(clever, new Request(url), expectedState);',
  },
  'src/oneroster/validate/validate-oneroster.ts#validateOneRoster': { files: ['OneRoster.zip'] },
  'src/privacy/redact.ts#redact': { run: 'report(user); withoutSensitive(user);' },
  'src/resources/assignments.ts#Assignments.create': { run: 'await assignReading(district, sectionId);' },
  'src/resources/lms.ts#Lms.check': { run: 'await mayWrite(district, sectionId);' },
  'src/sandbox/roster/csv/district-from-csv.ts#districtFromCsv': { files: ['upload:mistakes'] },
  'src/sandbox/roster/oneroster/district-from-oneroster.ts#districtFromOneRoster': { files: ['OneRoster.zip'] },
  'src/sandbox/roster/recordings/district-from-recordings.ts#districtFromRecordings': { files: ['recordings'] },
  'src/sandbox/sandbox.ts#Sandbox.advance': { throws: 'CleverAuthenticationError' },
  'src/schemas/user.ts#userSchema': { run: 'readUser(user);' },
  'src/sync/page/status-page.ts#statusPage': {
    named: { sessionOf: 'opsSession' },
    run: "await visit(page, '/admin/clever');",
  },
  'src/sync/store/from-drizzle.ts#fromDrizzle': { named: { db: 'drizzle' } },
  'src/sync/store/from-prisma.ts#fromPrisma': {
    notRun: "Prisma generates the client from the app's schema; test/sync runs the store on such a client",
  },
  'src/sync/store/from-kysely.ts#fromKysely': { named: { db: 'kysely' } },
  'src/transport/budget/store.ts#RateBudgetStore': { run: 'await clever.district({ token }).schools.count();' },
};
