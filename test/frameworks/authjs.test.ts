import type { IncomingMessage, ServerResponse } from 'node:http';
import { Auth } from '@auth/core';
import type { Adapter, AdapterAccount, AdapterUser } from '@auth/core/adapters';
import { ExpressAuth } from '@auth/express';
import { getRequestListener } from '@hono/node-server';
import { ExpressAuth as LowestExpressAuth } from 'auth-express-lowest';
import { cleverEntry, toNodeHandler } from 'clever-sdk';
import Clever, { cleverCallbacks, guardCallback, guardNodeCallback, startSignIn } from 'clever-sdk/authjs';
import express from 'express';
import NextAuth, { type AuthOptions } from 'next-auth';
import LowestNextAuth from 'next-auth-lowest';
import { CookieJar } from 'tough-cookie';
import { afterEach, describe, expect, it } from 'vitest';
import { describeLogin, describeLoginInChromium } from './login-spec.js';
import { type App, type Framework, type Setting, type Stage, setStage, versionOf } from './stage.js';
import { Visitor } from './visitor.js';

const PAGES = { error: '/login-failed', signIn: '/login-failed' };
const noLog = () => undefined;
const LOGGER = { error: noLog, warn: noLog, debug: noLog };

/** Who is logged in by what Auth.js shows the browser. */
function whoIsAt(basePath: string): Framework['whoIs'] {
  return async (visitor, origin) => {
    const response = await visitor.request(`${origin}${basePath}/session`);
    const session = (await response.json()) as {
      user?: { email?: string | null };
      clever?: { id: string; role: string };
    } | null;
    const { clever, user } = session ?? {};
    return clever === undefined ? undefined : { id: clever.id, role: clever.role, email: user?.email };
  };
}

/** Presses the button of Auth.js's own pages: a form with a CSRF token. */
function pressButtonAt(basePath: string): Framework['button'] {
  return async (visitor, origin) => {
    const asked = await visitor.request(`${origin}${basePath}/csrf`);
    const { csrfToken } = (await asked.json()) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, callbackUrl: '/' });
    return { url: `${origin}${basePath}/signin/clever`, init: { method: 'POST', body } };
  };
}

const shared = (basePath: string): Omit<Framework, 'name' | 'version' | 'start'> => ({
  entry: 'clever-sdk/authjs',
  redirectPaths: ['/auth/clever/entry', `${basePath}/callback/clever`],
  withoutEmail: 'none',
  button: pressButtonAt(basePath),
  whoIs: whoIsAt(basePath),
});

const configOf = ({ clever, secret }: Setting) => ({
  providers: [Clever({ client: clever })],
  callbacks: cleverCallbacks,
  pages: PAGES,
  secret,
  trustHost: true,
  basePath: '/auth',
  logger: LOGGER,
});

/** Auth.js 5 as a web-standard handler, as in SvelteKit, Hono, Next.js and others. */
function startCore(setting: Setting, adapter?: Adapter, isGuarded = true): App {
  const config = configOf(setting);
  const auth = (request: Request): Promise<Response> =>
    Auth(request, adapter === undefined ? config : { ...config, adapter, session: { strategy: 'jwt' } });
  const guarded = isGuarded ? guardCallback(auth) : auth;
  const entry = cleverEntry(startSignIn(auth));
  const answer = (request: Request): Promise<Response> | Response => {
    const { pathname } = new URL(request.url);
    return pathname === '/auth/clever/entry'
      ? entry(request)
      : pathname.startsWith('/auth/')
        ? guarded(request)
        : new Response('page');
  };
  return { listener: getRequestListener(answer, { overrideGlobalObjects: false }) };
}

/** Auth.js 5 in Express. */
function startExpress(setting: Setting, expressAuth: typeof ExpressAuth): App {
  const app = express();
  const overNetwork = (request: Request): Promise<Response> => fetch(request, { redirect: 'manual' });
  app.get(
    '/auth/clever/entry',
    toNodeHandler(cleverEntry(startSignIn(overNetwork, { origin: setting.origin })), setting.origin),
  );
  app.use('/auth', guardNodeCallback(), expressAuth(configOf(setting)));
  app.use((_request, response) => {
    response.send('page');
  });
  return { listener: app };
}

/** `next-auth` 4 as an API route calls it: its types are those of a module in CommonJS. */
type NextAuth4 = (request: IncomingMessage, response: ServerResponse, options: AuthOptions) => Promise<void>;

/** `next-auth` 4 as an API route of Next.js, which passes its own request: with cookies, a query and a body. */
function startNextAuth4(setting: Setting, nextAuth: NextAuth4): App {
  const { clever, origin, secret } = setting;
  process.env['NEXTAUTH_URL'] = origin;
  const options: AuthOptions = {
    providers: [Clever({ client: clever })],
    callbacks: cleverCallbacks,
    pages: PAGES,
    secret,
    logger: LOGGER,
  };
  const guard = guardNodeCallback();
  const basePath = '/api/auth';
  const overNetwork = (request: Request): Promise<Response> => fetch(request, { redirect: 'manual' });
  const entry = toNodeHandler(cleverEntry(startSignIn(overNetwork, { basePath, origin })), origin);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname === '/auth/clever/entry') {
      return entry(request, response);
    }
    if (!url.pathname.startsWith(basePath)) {
      response.end('page');
      return;
    }
    const nextauth = url.pathname.slice(basePath.length + 1).split('/');
    const query = { ...Object.fromEntries(url.searchParams), nextauth };
    const cookies = Object.fromEntries(
      (request.headers.cookie ?? '')
        .split('; ')
        .filter(Boolean)
        .map((pair) => {
          const [name = '', ...value] = pair.split('=');
          return [name, decodeURIComponent(value.join('='))];
        }),
    );
    const body = request.method === 'POST' ? Object.fromEntries(new URLSearchParams(await textOf(request))) : {};
    const asNext = Object.assign(request, { query, cookies, body });
    const answering = Object.assign(response, nextMethodsOf(response));
    await guard(asNext, answering, () => nextAuth(asNext, answering, options));
  };
  return {
    listener: (request, response) => {
      answer(request, response).catch(() => response.writeHead(599).end());
    },
  };
}

/** What Next.js adds to Node's response. */
function nextMethodsOf(response: ServerResponse) {
  const methods = {
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    send(body: unknown) {
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
      return response;
    },
    json(body: unknown) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
      return response;
    },
    redirect(status: number, url: string) {
      response.writeHead(status, { location: url }).end();
      return response;
    },
  };
  return methods;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text;
}

describeLogin({
  ...shared('/auth'),
  name: 'Auth.js (@auth/core)',
  version: versionOf('@auth/core'),
  start: (setting) => startCore(setting),
});
describeLogin({
  ...shared('/auth'),
  name: 'Auth.js (@auth/express)',
  version: versionOf('auth-express-lowest'),
  start: (setting) => startExpress(setting, LowestExpressAuth as unknown as typeof ExpressAuth),
});
describeLogin({
  ...shared('/api/auth'),
  name: 'next-auth 4',
  version: versionOf('next-auth-lowest'),
  start: (setting) => startNextAuth4(setting, LowestNextAuth as unknown as NextAuth4),
});
for (const describeHere of [describeLogin, describeLoginInChromium]) {
  describeHere({
    ...shared('/auth'),
    name: 'Auth.js (@auth/express)',
    version: versionOf('@auth/express'),
    start: (setting) => startExpress(setting, ExpressAuth),
  });
  describeHere({
    ...shared('/api/auth'),
    name: 'next-auth 4',
    version: versionOf('next-auth'),
    start: (setting) => startNextAuth4(setting, NextAuth as unknown as NextAuth4),
  });
}

describe('an app that Clever sends id_tokens', () => {
  it.for([
    ['/auth', startCore],
    ['/api/auth', (setting: Setting) => startNextAuth4(setting, NextAuth as unknown as NextAuth4)],
  ] as const)('logs people in at %s', async ([basePath, start]) => {
    const framework = {
      ...shared(basePath),
      name: 'Auth.js',
      version: '',
      start: (setting: Setting) => start(setting),
    };
    const stage = await setStage(framework, { oidc: true });
    try {
      const visitor = new Visitor();
      const [student] = stage.sandbox.people({ role: 'student' });
      await visitor.open(student?.loginUrl() ?? '');
      expect((await framework.whoIs(visitor, stage.origin))?.id).toBe(student?.id);
    } finally {
      await stage.close();
    }
  });
});

describe('a browser with a previous session in parts', () => {
  it.for([
    ['/auth', 'authjs', (setting: Setting) => startCore(setting)],
    ['/auth', 'authjs', (setting: Setting) => startExpress(setting, ExpressAuth)],
    ['/api/auth', 'next-auth', (setting: Setting) => startNextAuth4(setting, NextAuth as unknown as NextAuth4)],
  ] as const)('has only the new one after a login at %s of %s', async ([basePath, cookie, start]) => {
    const framework = { ...shared(basePath), name: 'Auth.js', version: '', start };
    const stage = await setStage(framework);
    try {
      const jar = new CookieJar();
      for (const part of ['.0', '.1']) {
        await jar.setCookie(`${cookie}.session-token${part}=old; Path=/; HttpOnly`, stage.origin);
      }
      const visitor = new Visitor(jar);
      const [student] = stage.sandbox.people({ role: 'student' });
      await visitor.open(student?.loginUrl() ?? '');
      expect((await framework.whoIs(visitor, stage.origin))?.id).toBe(student?.id);
      const names = [...(await visitor.cookies(stage.origin)).keys()];
      expect(names.filter((name) => name.includes('session-token'))).toEqual([`${cookie}.session-token`]);
    } finally {
      await stage.close();
    }
  });
});

describe('Auth.js with a database', () => {
  let stage: Stage | undefined;
  afterEach(() => stage?.close());

  it.for([true, false])('keeps two people of one browser apart, with the guard: %s', async (isGuarded) => {
    const { adapter, users, accounts } = memory();
    stage = await setStage({
      ...shared('/auth'),
      name: 'Auth.js',
      version: '5',
      start: (setting) => startCore(setting, adapter, isGuarded),
    });
    const visitor = new Visitor();
    const [student] = stage.sandbox.people({ role: 'student' });
    const [teacher] = stage.sandbox.people({ role: 'teacher' });
    await visitor.open(student?.loginUrl() ?? '');
    await visitor.open(teacher?.loginUrl() ?? '');
    expect(accounts.map(({ providerAccountId }) => providerAccountId)).toEqual([student?.id, teacher?.id]);
    // Without the guard, Auth.js makes one user of them: this is why the guard exists.
    expect([users.length, new Set(accounts.map(({ userId }) => userId)).size]).toEqual(isGuarded ? [2, 2] : [1, 1]);
  });

  it('stores an address of a person as not verified, and none of a person without', async () => {
    const { adapter, users } = memory();
    stage = await setStage({
      ...shared('/auth'),
      name: 'Auth.js',
      version: '5',
      start: (setting) => startCore(setting, adapter),
    });
    const students = stage.sandbox.people({ role: 'student' });
    for (const student of [students.find(({ email }) => email), students.find(({ email }) => !email)]) {
      await new Visitor().open(student?.loginUrl() ?? '');
    }
    expect(users.map(({ email }) => typeof email)).toEqual(['string', 'undefined']);
    expect(users.map(({ emailVerified }) => emailVerified)).toEqual([null, null]);
  });
});

/** As much of a database as a login needs. */
function memory(): { adapter: Adapter; users: AdapterUser[]; accounts: AdapterAccount[] } {
  const [users, accounts] = [[] as AdapterUser[], [] as AdapterAccount[]];
  const userOf = (isWanted: (user: AdapterUser) => boolean): AdapterUser | null => users.find(isWanted) ?? null;
  const adapter: Adapter = {
    createUser: async (user) => {
      users.push(user);
      return user;
    },
    getUser: async (id) => userOf((user) => user.id === id),
    getUserByEmail: async (email) => userOf((user) => user.email === email),
    getUserByAccount: async ({ provider, providerAccountId }) => {
      const account = accounts.find((one) => one.provider === provider && one.providerAccountId === providerAccountId);
      return account === undefined ? null : userOf(({ id }) => id === account.userId);
    },
    updateUser: async (user) => Object.assign(userOf(({ id }) => id === user.id) ?? {}, user) as AdapterUser,
    linkAccount: async (account) => {
      accounts.push(account);
    },
  };
  return { adapter, users, accounts };
}
