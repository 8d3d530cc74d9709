/**
 * The values that snippets are given: what a reader has in the app around the snippet, made from a sandbox.
 *
 * A snippet asks for one by `<!-- given: declare const clever: CleverClient; -->` above it, or by a `declare` of its
 * own, and the compiler checks that what is made here is what the snippet declares. Imports of values are inside the
 * functions, so that the name of a given value can be looked up without loading a library.
 */
import type {
  CleverIdentity,
  CleverLogin,
  DistrictClient,
  LoginOptions,
  RosterEvent,
  StoredDistrictToken,
  User,
  UserToken,
} from 'clever-sdk';
import { expressApp, fastifyApp } from './apps.ts';
import { logIn, visit } from './log-in.ts';
import type { World } from './world.ts';

interface Account {
  readonly key: string;
  readonly cleverId?: string;
}

/** Does what a function of the app does that the snippet is not about. */
const nothing = async (..._values: unknown[]): Promise<void> => undefined;
const response = (..._values: unknown[]): Response => new Response('Welcome');
const redirect = (path: string): Response => new Response(null, { status: 303, headers: { location: path } });

export const givens = {
  // Clever
  sandbox: (world: World) => world.sandbox(),
  clever: (world: World) => world.clever(),
  client: (world: World) => world.clever(),
  credentials: async (world: World) => (await world.sandbox()).clientOptions(),
  district: (world: World) => world.district(),
  districtId: (world: World) => world.districtId(),
  token: (world: World) => world.districtToken(),
  cursor: async (world: World): Promise<string> => {
    const { events } = await world.district();
    const cursor = await events.latestCursor();
    (await world.sandbox()).districts[0].changes.startSchoolYear(); // so that events follow
    return cursor ?? '';
  },
  userId: async (world: World) => (await world.person({ role: 'student' })).id,
  user: async (world: World): Promise<User> => (await world.district()).users.get(await givens.userId(world)),
  sectionId: async (world: World): Promise<string> => {
    const { data } = await (await world.district()).sections.list({ pageSize: 1 }).firstPage();
    return data[0]?.id ?? '';
  },
  /** The token of a teacher who came from the Library. */
  userToken: async (world: World): Promise<UserToken> => {
    const teacher = await world.person({ role: 'teacher', connection: 'library', hasSections: true });
    const token = (await world.sandbox()).userToken({ user: teacher.id });
    return { access_token: token, token_type: 'bearer' };
  },
  stored: async (world: World): Promise<StoredDistrictToken[]> => (await world.clever()).oauth.districtTokens(),

  // Logins
  logIn: (world: World) => logIn(world),
  visit: () => visit,
  /** The address that Clever sends a person back to, and the state that the app kept for it. */
  url: async (world: World) => (await world.callback()).url,
  expectedState: async (world: World) => (await world.callback()).state,
  /** Who has logged in. */
  identity: (world: World) => world.identity(),
  expressApp: () => expressApp(),
  fastifyApp: () => fastifyApp(),
  /** Handlers of Auth.js. */
  handlers: () => ({
    GET: async (_request: Request) => redirect('/'),
    POST: async (_request: Request) => redirect('/'),
  }),
  auth: () => async (request: Request) =>
    request.url.endsWith('/csrf')
      ? Response.json({ csrfToken: 'token' })
      : redirect('https://clever.com/oauth/authorize'),
  /** Throws, as functions of a framework do that end in a redirect. */
  signIn:
    () =>
    async (provider: string, _options: { redirectTo: string }): Promise<never> => {
      const error = new Error(`To the login of ${provider}`);
      error.name = 'RedirectOfTheFramework';
      throw error;
    },
  replaceUserSession: () => nothing,
  login: async (world: World): Promise<CleverLogin> => (await world.clever()).login(loginOptions(world)),
  options: (world: World): LoginOptions => loginOptions(world),
  cookieSecret: (world: World) => world.env['COOKIE_SECRET'] ?? '',
  origin: () => 'https://app.example.com',
  redirectUri: () => 'https://app.example.com/auth/clever/callback',
  request: () => new Request('https://app.example.com/auth/clever'),
  newSession: () => response,
  startSession: () => response,
  createSession: () => response,
  page: () => (text: string, status: number) => new Response(text, { status }),
  redirect: () => redirect,
  sessionOf:
    () =>
    (_request: Request): { userId: string } | undefined =>
      undefined,
  opsSession: () => async (_request: Request) => ({ email: 'ops@example.com', isOps: true }),
  findOrCreate: () => async (identity: CleverIdentity) => ({ id: identity.id }),
  accounts: () => memoryAccounts(),
  accountOf:
    () =>
    async (identity: CleverIdentity): Promise<Account> => ({ key: '1', cleverId: identity.id }),

  // The app's own functions
  later: () => nothing,
  save: () => nothing,
  apply:
    () =>
    async (_event: RosterEvent): Promise<void> =>
      undefined,
  archive: () => nothing,
  feeFor: () => nothing,
  index: () => nothing,
  keepStudents: () => nothing,
  loadPosition: () => async (): Promise<string | undefined> => undefined,
  log: () => ({
    info: (text: string, data: object) => console.log(text, data),
    warn: (error: unknown) => console.warn(error),
  }),
  metrics: () => ({ count: nothing, time: nothing }),
  readEverything: () => async (district: DistrictClient) => {
    await district.users.list().toArray({ maxItems: 10_000 });
  },
  remember: () => nothing,
  savePosition: () => nothing,
  secrets: () => memorySecrets(),
  startFirstSync: () => nothing,
  tryAgainAt: () => nothing,

  // Databases
  pool: (world: World) => world.pool(),
  kysely: async (world: World) => {
    const { Kysely, PostgresDialect } = await import('kysely');
    return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: await world.pool() }) });
  },
  drizzle: async (world: World) => {
    const { drizzle } = await import('drizzle-orm/node-postgres');
    return drizzle(await world.pool());
  },
  knex: async (world: World) => {
    const { default: createKnex } = await import('knex');
    const knex = createKnex({ client: 'pg', connection: world.databaseUrl });
    world.closeLater(() => knex.destroy());
    return knex;
  },
  sql: async (world: World) => {
    const { default: postgres } = await import('postgres');
    const sql = postgres(world.databaseUrl, { fetch_types: false });
    world.closeLater(() => sql.end({ timeout: 1 }));
    return sql;
  },
  transaction: () => memoryTransactions(),
  sync: (world: World) => world.sync(),
};

/** The values by their names. */
export type Givens = { readonly [Name in keyof typeof givens]: Awaited<ReturnType<(typeof givens)[Name]>> };

function loginOptions(world: World): LoginOptions {
  return { cookieSecret: world.env['COOKIE_SECRET'] ?? '', onLogin: response };
}

function memoryAccounts() {
  const accounts = new Map<string, Account>();
  const put = async (key: string, cleverId: string): Promise<Account> => {
    accounts.set(key, { key, cleverId });
    return { key, cleverId };
  };
  return {
    findByCleverId: async (id: string) => [...accounts.values()].find(({ cleverId }) => cleverId === id),
    setCleverId: put,
    merge: async (first: Account, other: Account) => {
      accounts.delete(other.key);
      return first;
    },
    create: ({ cleverId }: { cleverId: string }) => put(String(accounts.size + 1), cleverId),
  };
}

function memoryTransactions() {
  const states = new Map<string, object>();
  return async <T>(
    key: string,
    work: (row: { state?: object; nowMs: number }) => { state: object; keepMs: number; result: T },
  ): Promise<T> => {
    const state = states.get(key);
    const change = work({ ...(state === undefined ? {} : { state }), nowMs: Date.now() });
    states.set(key, change.state);
    return change.result;
  };
}

function memorySecrets() {
  const values = new Map<string, unknown>();
  return {
    set: async (name: string, value: object): Promise<void> => void values.set(name, value),
    get: async (name: string) => values.get(name) as { accessToken: string; receivedAt: number },
  };
}
