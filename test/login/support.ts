import {
  type AppClientOptions,
  type CleverClient,
  type CleverLogin,
  type ClientEvent,
  createCleverClient,
  type LoginFailure,
  type LoginOptions,
  type LoginResult,
} from 'clever-sdk';
import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { afterEach, expect, test } from 'vitest';
import { Browser, locationOf } from '../support/browser.js';
import { printed } from '../support/printed.js';

export const APP = 'https://app.example.com';
export const START = `${APP}/auth/clever`;
export const CALLBACK = `${APP}/auth/clever/callback`;
export const COOKIE_SECRET = 'canary0cookie0secret0of0at0least032bytes';

const AUTHORIZE = 'https://clever.com/oauth/authorize';
const TOKENS = '/oauth/tokens';

/** People in whom every value is marked. */
export const PEOPLE = {
  teacher: {
    id: '5f1000000000000000000001',
    name: { first: 'Canaryfirst', middle: 'Canarymiddle', last: 'Canarylast' },
    email: 'canary-teacher@school.example',
    roles: { teacher: { legacy_id: '5f1000000000000000000091' } },
  },
  student: {
    id: '5f1000000000000000000002',
    name: { first: 'Canarykid', last: 'Canaryson' },
    roles: { student: { grade: '3' } },
  },
} as const;

const DISTRICT_ID = '5f1000000000000000000010';

/** An app and its Clever, with every value that must not be shown and everything that was shown. */
export interface App {
  readonly sandbox: Sandbox;
  readonly clever: CleverClient;
  readonly login: CleverLogin;
  readonly results: LoginResult[];
  readonly failures: LoginFailure[];
  /** The bodies of the requests that exchanged a code. */
  readonly exchanges: URLSearchParams[];
  /** Serves the app's pages, including the login. */
  readonly handle: (request: Request) => Promise<Response>;
  /** A browser in which this person is signed in at Clever. */
  browser(person?: string): Browser;
}

export interface AppChanges {
  /** The app's redirect URI, whose origin serves its pages. Default: {@link CALLBACK}. */
  readonly redirectUri?: string;
  readonly login?: Partial<LoginOptions>;
  /** Lets the SDK's own page handle failures. */
  readonly hasDefaultPage?: boolean;
  readonly client?: Partial<AppClientOptions>;
  /** Sees each request before the sandbox does; `undefined` lets the sandbox answer. */
  readonly intercept?: (url: URL, init: RequestInit) => Response | Promise<Response> | undefined;
}

/** A value with a label: what it is, or where it was shown. */
interface Labelled<Value> {
  readonly label: string;
  readonly value: Value;
}

interface Watched {
  readonly secrets: () => Labelled<string>[];
  readonly shown: readonly Labelled<unknown>[];
}

const watched: Watched[] = [];

/** A test with its own app, and with a browser in which a teacher is signed in at Clever. */
export const it = test
  .extend('appChanges', {} as AppChanges)
  .extend('app', ({ appChanges }) => makeApp(appChanges))
  .extend('browser', ({ app }) => app.browser());

/** Makes an app whose failures are kept in `failures` and answered by the app's own page. */
export function makeApp({
  redirectUri = CALLBACK,
  login: loginChanges,
  hasDefaultPage = false,
  client,
  intercept,
}: AppChanges = {}): App {
  const sandbox = createSandbox({
    redirectUris: [redirectUri],
    clock: () => Date.now(),
    oidc: true,
    districts: [{ district: { id: DISTRICT_ID }, users: Object.values(PEOPLE), connection: 'both' }],
  });
  const [tokens, shown] = [[] as Labelled<string>[], [] as Labelled<unknown>[]];
  const show = (label: string, ...values: unknown[]): void =>
    void shown.push(...values.map((value) => ({ label, value })));
  const [exchanges, results, failures] = [[] as URLSearchParams[], [] as LoginResult[], [] as LoginFailure[]];
  const browsers: Browser[] = [];

  async function fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address);
    if (url.pathname === TOKENS && init.method === 'POST') {
      exchanges.push(new URLSearchParams(String(init.body)));
    }
    const response = (await intercept?.(url, init)) ?? (await sandbox.fetch(address, init));
    if (url.pathname === TOKENS && response.ok) {
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      for (const label of ['access_token', 'id_token']) {
        const value: unknown = Object(body)[label];
        if (typeof value === 'string') {
          tokens.push({ label, value });
        }
      }
    }
    return response;
  }

  const clever = createCleverClient({
    ...sandbox.clientOptions(),
    retry: false,
    fetch,
    onEvent: (event: ClientEvent) => show('event', event),
    ...client,
  });
  const keep = (failure: LoginFailure): Response => {
    failures.push(failure);
    show('error', failure.error, failure.error.userMessage);
    return new Response('sorry', { status: failure.status });
  };
  const options: LoginOptions = {
    cookieSecret: COOKIE_SECRET,
    onLogin: (result) => {
      results.push(result);
      return new Response(null, { status: 303, headers: { location: result.returnTo } });
    },
    ...(hasDefaultPage ? {} : { onError: keep }),
    ...loginChanges,
  };
  const login = clever.login(options);
  show('login', login);
  show('client', clever, clever.oauth);

  async function handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/auth/clever' || pathname === '/login') {
      return login.start(request);
    }
    if (pathname === '/auth/clever/callback') {
      const response = await login.callback(request);
      show('page', await response.clone().text());
      return response;
    }
    return new Response(`page ${pathname}`);
  }

  watched.push({
    shown,
    secrets: () => [
      ...tokens,
      ...browsers.flatMap(({ history }) => history.flatMap(secretsOfUrl)),
      ...browsers.flatMap(({ received }) =>
        received.map((header) => ({ label: 'cookie', value: cookieValue(header) })),
      ),
      ...personalData(PEOPLE).map((value) => ({ label: 'person', value })),
      { label: 'client secret', value: sandbox.clientOptions().clientSecret },
      { label: 'cookie secret', value: COOKIE_SECRET },
    ],
  });

  return {
    ...{ sandbox, clever, login, results, failures, exchanges, handle },
    browser(person = PEOPLE.teacher.id) {
      const browser = new Browser({
        [new URL(redirectUri).origin]: handle,
        'https://clever.com': (request) => sandbox.fetch(as(person, request)),
      });
      browsers.push(browser);
      return browser;
    },
  };
}

/** Clever knows the person from its own session. */
function as(person: string, request: Request): Request {
  const url = new URL(request.url);
  if (!url.searchParams.has('sandbox_user')) {
    url.searchParams.set('sandbox_user', person);
  }
  return new Request(url, request);
}

/** Presses the app's button and logs in at Clever. Returns the callback that the browser is about to call. */
export async function comeBack(browser: Browser, start: string = START): Promise<URL> {
  const away = await browser.send(start);
  expect(locationOf(away).href).toMatch(AUTHORIZE);
  return locationOf(await browser.send(locationOf(away)));
}

/**
 * Clicks the app's icon in the Clever Portal. Returns the callback that the browser is about to call,
 * without `state`.
 */
export async function comeFromPortal({ sandbox }: App, browser: Browser): Promise<URL> {
  const url = new URL('https://clever.com/oauth/instant-login');
  url.searchParams.set('client_id', sandbox.clientOptions().clientId);
  url.searchParams.set('district_id', DISTRICT_ID);
  const callback = locationOf(await browser.send(url));
  expect(callback.searchParams.has('state')).toBe(false);
  return callback;
}

/** The callback with some parameters replaced; `undefined` removes one. */
export function changed(url: URL, parameters: Readonly<Record<string, string | undefined>>): URL {
  const result = new URL(url);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) {
      result.searchParams.delete(name);
    } else {
      result.searchParams.set(name, value);
    }
  }
  return result;
}

/** The login cookies that a response sets, as a `Cookie` header. */
export function cookiesOf(response: Response): string {
  const pairs = response.headers
    .getSetCookie()
    .filter((header) => /^(__Host-)?clever_login/u.test(header))
    .map((header) => header.split(';')[0]);
  if (pairs.length === 0) {
    throw new Error('the response sets no login cookie');
  }
  return pairs.join('; ');
}

/** What someone without the key can read of a sealed value: the bytes after its vector and its tag. */
export function readSealed(value: string): string {
  return atob(value.slice(38).replaceAll('-', '+').replaceAll('_', '/'));
}

function cookieValue(header: string): string {
  return header.split(';')[0]?.replace(/^[^=]*=/u, '') ?? '';
}

/** Whether a response sends the browser to Clever's login. */
export function isRestart(response: Response): boolean {
  return response.status === 302 && response.headers.get('location')?.startsWith(AUTHORIZE) === true;
}

function secretsOfUrl({ searchParams }: URL): Labelled<string>[] {
  return [...searchParams]
    .filter(([name]) => ['code', 'state', 'nonce', 'error_description', 'code_challenge'].includes(name))
    .map(([label, value]) => ({ label, value }));
}

function personalData(people: object): string[] {
  return Object.values(people).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? personalData(value) : [],
  );
}

/**
 * The secrets that were shown since the last call, as `what in where`. Very short values are not counted as
 * secrets.
 */
function leaks(): string[] {
  const found = watched.splice(0).flatMap(({ secrets, shown }) => {
    const long = secrets().filter(({ value }) => value.length >= 6);
    return shown.flatMap(({ label, value }) => {
      const text = printed(value);
      return long.filter((secret) => text.includes(secret.value)).map((secret) => `${secret.label} in ${label}`);
    });
  });
  return [...new Set(found)].sort();
}

/**
 * Checks after every test of the file: no code, token, state, nonce, cookie, secret or person in anything
 * that could be logged.
 */
export function expectNoLeaks(): void {
  afterEach(() => {
    expect(leaks()).toEqual([]);
  });
}
