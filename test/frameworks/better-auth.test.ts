import { getRequestListener } from '@hono/node-server';
import * as newest from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { genericOAuth } from 'better-auth/plugins';
import * as lowest from 'better-auth-lowest';
import { memoryAdapter as lowestMemoryAdapter } from 'better-auth-lowest/adapters/memory';
import { genericOAuth as lowestGenericOAuth } from 'better-auth-lowest/plugins';
import { cleverEntry } from 'clever-sdk';
import { type CleverAccountsOptions, type CleverOptions, clever, cleverAccounts } from 'clever-sdk/better-auth';
import { afterEach, describe, expect, it } from 'vitest';
import { describeLogin, describeLoginInChromium } from './login-spec.js';
import { type Framework, type Setting, type Stage, setStage, versionOf } from './stage.js';
import { type Page, Visitor } from './visitor.js';

type Database = Record<string, Record<string, unknown>[]>;

/** What the tests use of both versions. */
interface Auth {
  handler(request: Request): Promise<Response>;
}

type Changes = Omit<CleverOptions, 'client'> & CleverAccountsOptions;

const emptyDatabase = (): Database => ({ user: [], session: [], account: [], verification: [] });

const optionsOf = ({ origin, secret }: Setting) => ({
  baseURL: origin,
  secret,
  telemetry: { enabled: false },
  logger: { disabled: true },
  rateLimit: { enabled: false },
  emailAndPassword: { enabled: true },
});

/** better-auth 1.7: it takes up logins without `state` itself. */
function makeNewest(setting: Setting, database: Database, { districtId, ...changes }: Changes = {}): Auth {
  const provider = clever({ client: setting.clever, ...changes });
  return newest.betterAuth({
    ...optionsOf(setting),
    database: memoryAdapter(database),
    plugins: [genericOAuth({ config: [provider] }), cleverAccounts(provider, districtId ? { districtId } : {})],
  });
}

/** better-auth 1.6: `cleverEntry` takes up logins without `state`. */
function makeLowest(setting: Setting, database: Database, { districtId, ...changes }: Changes = {}): Auth {
  const provider = clever({ client: setting.clever, ...changes });
  return lowest.betterAuth({
    ...optionsOf(setting),
    database: lowestMemoryAdapter(database),
    plugins: [lowestGenericOAuth({ config: [provider] }), cleverAccounts(provider, districtId ? { districtId } : {})],
  });
}

/** Starts a login as the button of a page does. */
async function startLogin(auth: Auth, origin: string, path: string): Promise<Response> {
  const started = await auth.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ provider: 'clever', providerId: 'clever', callbackURL: '/' }),
    }),
  );
  const { url } = (await started.json()) as { url: string };
  const headers = new Headers({ location: url });
  for (const cookie of started.headers.getSetCookie()) {
    headers.append('set-cookie', cookie);
  }
  return new Response(null, { status: 302, headers });
}

interface Kind {
  readonly make: typeof makeNewest;
  readonly signIn: string;
  readonly framework: Omit<Framework, 'start'>;
}

const whoIs: Framework['whoIs'] = async (visitor, origin) => {
  const response = await visitor.request(`${origin}/who`);
  return ((await response.json()) as Awaited<ReturnType<Framework['whoIs']>> | null) ?? undefined;
};

const KINDS: readonly Kind[] = [
  {
    make: makeLowest,
    signIn: '/sign-in/oauth2',
    framework: {
      name: 'better-auth',
      version: versionOf('better-auth-lowest'),
      entry: 'clever-sdk/better-auth',
      redirectPaths: ['/auth/clever/entry', '/api/auth/oauth2/callback/clever'],
      withoutEmail: 'reserved address',
      button: '/login',
      whoIs,
    },
  },
  {
    make: makeNewest,
    signIn: '/sign-in/social',
    framework: {
      name: 'better-auth',
      version: versionOf('better-auth'),
      entry: 'clever-sdk/better-auth',
      redirectPaths: ['/api/auth/callback/clever'],
      withoutEmail: 'reserved address',
      button: '/login',
      whoIs,
    },
  },
];

function frameworkOf({ make, signIn, framework }: Kind, changes: Changes = {}, database = emptyDatabase()): Framework {
  return {
    ...framework,
    start(setting) {
      const { origin } = setting;
      const auth = make(setting, database, changes);
      const entry = cleverEntry(() => startLogin(auth, origin, signIn));
      const answer = async (request: Request): Promise<Response> => {
        const { pathname } = new URL(request.url);
        switch (pathname) {
          case '/login':
            return startLogin(auth, origin, signIn);
          case '/auth/clever/entry':
            return entry(request);
          case '/who':
            return Response.json(await whoIn(auth, database, request));
          case '/':
            return new Response('home');
          default:
            return auth.handler(request);
        }
      };
      return { listener: getRequestListener(answer, { overrideGlobalObjects: false }) };
    },
  };
}

/** The person of a session, with what the plugin has kept of the login. */
async function whoIn(auth: Auth, database: Database, request: Request): Promise<unknown> {
  const response = await auth.handler(
    new Request(new URL('/api/auth/get-session', request.url), { headers: request.headers }),
  );
  const session = (await response.json()) as { user: { id: string; email: string; emailVerified: boolean } } | null;
  if (session === null) {
    return null;
  }
  const account = database['account']?.find(({ userId }) => userId === session.user.id);
  const { accountId, cleverRole } = account ?? {};
  return { id: accountId, role: cleverRole, email: session.user.email, emailVerified: session.user.emailVerified };
}

for (const kind of KINDS) {
  const title = `${kind.framework.name} ${kind.framework.version}`;
  describeLogin(frameworkOf(kind));
  describeLoginInChromium(frameworkOf(kind));

  describe(`${title}, with its plugin,`, () => {
    let stage: Stage | undefined;
    afterEach(() => stage?.close());
    const opened = async (changes: Changes = {}, database = emptyDatabase()): Promise<Stage> => {
      stage = await setStage(frameworkOf(kind, changes, database));
      return stage;
    };
    const arrive = async ({ sandbox }: Stage, role: 'student' | 'teacher', visitor = new Visitor()): Promise<Page> =>
      visitor.open(sandbox.people({ role, connection: 'district' })[0]?.loginUrl() ?? '');

    it('keeps role, district and connection in the account, those of the last login', async () => {
      const database = emptyDatabase();
      const { sandbox } = await opened({}, database);
      for (const role of ['district_admin', 'staff'] as const) {
        const [admin] = sandbox.people({ role, connection: 'district' }).filter(({ roles }) => roles.length > 1);
        await new Visitor().open(admin?.loginUrl() ?? '');
        const account = database['account']?.find(({ accountId }) => accountId === admin?.id);
        expect(account).toMatchObject({
          cleverRole: role,
          cleverDistrictId: admin?.districtId,
          cleverConnection: 'district',
        });
      }
    });

    it('ends the session of the person before', async () => {
      const { sandbox, origin } = await opened();
      const visitor = new Visitor();
      const [student, teacher] = [
        sandbox.people({ role: 'student' })[0]?.id,
        sandbox.people({ role: 'teacher' })[0]?.id,
      ];
      await arrive(stage as Stage, 'student', visitor);
      const copy = await visitor.copy();
      expect((await whoIs(copy, origin))?.id).toBe(student);
      await arrive(stage as Stage, 'teacher', visitor);
      expect((await whoIs(visitor, origin))?.id).toBe(teacher);
      expect(await whoIs(copy, origin)).toBeUndefined();
    });

    it("lets only the people of the tenant's district in", async () => {
      const seen: string[] = [];
      const database = emptyDatabase();
      const { origin } = await opened(
        {
          districtId({ headers }) {
            seen.push(headers?.get('host') ?? '');
            return 'ffffffffffffffffffffffff';
          },
        },
        database,
      );
      const visitor = new Visitor();
      const page = await arrive(stage as Stage, 'student', visitor);
      expect(page.url.href).toMatch(/error=unable_to_create_session/u);
      expect(await whoIs(visitor, origin)).toBeUndefined();
      expect(database['session']).toEqual([]);
      expect(seen).toEqual([new URL(origin).host]);
    });

    it('gives two people with one address an account each, with reserved addresses', async () => {
      const { sandbox, origin } = await opened({ email: 'reserved' });
      const [one, other] = sandbox.people({ role: 'student' });
      sandbox.district(other?.districtId ?? '').users.update(other?.id ?? '', { email: one?.email ?? '' });
      for (const person of [one, other]) {
        const visitor = new Visitor();
        await visitor.open(person?.loginUrl() ?? '');
        expect(await whoIs(visitor, origin)).toMatchObject({
          id: person?.id,
          email: `${person?.id}@users.clever.invalid`,
        });
      }
    });

    it('never takes over an account that was made with the address before', async () => {
      const database = emptyDatabase();
      const { sandbox, origin } = await opened({}, database);
      const [teacher] = sandbox.people({ role: 'teacher' });
      await fetch(`${origin}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ name: 'Mallory', email: teacher?.email, password: 'a long password' }),
      });
      expect(database['user']).toHaveLength(1);
      const visitor = new Visitor();
      const page = await visitor.open(teacher?.loginUrl() ?? '');
      expect(page.url.href).toContain('error=account_not_linked');
      expect(await whoIs(visitor, origin)).toBeUndefined();
    });

    it("ends in the app's own page when Clever does not say who the person is", async () => {
      const { sandbox, origin } = await opened();
      const visitor = new Visitor();
      sandbox.faults.add({ path: '/v3.1/me', status: 403, times: 1 });
      const page = await arrive(stage as Stage, 'student', visitor);
      expect([page.status < 500, page.url.searchParams.get('error')]).toEqual([
        true,
        expect.stringMatching(/^(?:user_info_is_missing|unable_to_get_user_info)$/u),
      ]);
      expect(await whoIs(visitor, origin)).toBeUndefined();
    });

    it('adds what the app wants to the user', async () => {
      const profiles: unknown[] = [];
      const { sandbox } = await opened({
        mapProfileToUser(person) {
          profiles.push(person);
          return { name: `${person.role}` };
        },
      });
      await arrive(stage as Stage, 'student');
      const [student] = sandbox.people({ role: 'student' });
      expect(profiles[0]).toMatchObject({ id: student?.id, districtId: student?.districtId, role: 'student' });
    });
  });
}

describe('the provider for better-auth', () => {
  it('refuses options that it does not know, and a copy of itself', async () => {
    const { createCleverClient } = await import('clever-sdk');
    const client = createCleverClient({ clientId: 'a', clientSecret: 'b' });
    expect(() => clever({ client, disableSignup: true } as object as CleverOptions)).toThrow(
      /clever\(\) has no option `disableSignup`/u,
    );
    expect(() => cleverAccounts({ ...clever({ client }) })).toThrow(/not a copy/u);
  });
});
