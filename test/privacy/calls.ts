import { type ClientEvent, createCleverClient, type SensitiveField, type ValidationMode } from 'clever-sdk';
import { SECRET } from './marks.js';

/** Answers every request of a client. */
export type Answer = (url: URL, method: string) => Response;
/** A public method, ready to call. */
export type Call = () => unknown;

const newAssignment = { title: 't', description: 'd', due_date: '2026-12-01' };
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  'events.latestCursor': [],
  'lms.check': [{ sectionId: 'id' }],
  'assignments.create': ['id', newAssignment],
  'assignments.get': ['id', 'id'],
  'assignments.update': ['id', 'id', newAssignment],
  'assignments.delete': ['id', 'id'],
  'submissions.list': ['id', 'id'],
  'submissions.get': ['id', 'id', 'id'],
  'submissions.update': ['id', 'id', 'id', { grade: '1' }],
};

/** An app and its clients with the test's own answers, and all events that they report. */
export function open(answer: Answer, validation: ValidationMode, sensitiveFields: readonly SensitiveField[] = []) {
  const events: ClientEvent[] = [];
  const clever = createCleverClient({
    clientId: 'app',
    clientSecret: `${SECRET}.client`,
    redirectUri: 'https://app.example.com/callback',
    validation,
    retry: false,
    onEvent: (event) => void events.push(event),
    fetch: async (url, init) => answer(new URL(url), init.method ?? 'GET'),
  });
  const token = `${SECRET}.token`;
  return {
    clever,
    events,
    district: clever.district({ token, sensitiveFields }),
    library: clever.library({ token }),
    user: clever.user({ token }),
  };
}

/** Every public method by its name, called as a user would. */
export function callsOf({ clever, district, library, user }: ReturnType<typeof open>): [name: string, call: Call][] {
  const token = `${SECRET}.token`;
  const state = `${SECRET}.state`;
  const callback = `/callback?code=${SECRET}.code&state=${state}`;
  const login = clever.login({ cookieSecret: SECRET.repeat(9), onLogin: () => new Response('in') });
  return [
    ...Object.entries({ ...district }).flatMap(([name, resource]) => methodsOf(name, resource as object)),
    ...methodsOf('library', library),
    ...methodsOf('user', user),
    ['oauth.authorizationUrl', () => clever.oauth.authorizationUrl({ state, nonce: `${SECRET}.nonce` })],
    ['oauth.exchangeCallback', () => clever.oauth.exchangeCallback(callback, { expectedState: state })],
    ['oauth.tokenInfo', () => clever.oauth.tokenInfo(token)],
    ['oauth.me', () => clever.oauth.me(token)],
    ['oauth.identify', () => clever.oauth.identify(token)],
    ['oauth.verifyIdToken', () => clever.oauth.verifyIdToken(`${SECRET}.id.token`)],
    ['oauth.districtTokens', () => clever.oauth.districtTokens()],
    ['district by id', () => clever.district({ districtId: 'id' }).users.list().firstPage()],
    ['login.start', async () => pageOf(await login.start(new Request('https://app.example.com/login')))],
    ['login.callback', async () => pageOf(await login.callback(new Request(`https://app.example.com${callback}`)))],
  ];
}

function methodsOf(name: string, resource: object): [name: string, call: Call][] {
  const prototype = Object.getPrototypeOf(resource) as Record<string, (...args: unknown[]) => unknown>;
  return Object.getOwnPropertyNames(prototype)
    .filter((key) => key !== 'constructor')
    .map((key): [string, Call] => {
      const method = `${name}.${key}`;
      const takesNoId = /\.(list|count|me|userinfo|classroom|getUser|getDistrict)$/u.test(method);
      const isOwn = /^(user|library)\./u.test(method) || /\.(list|count)$/u.test(method);
      const args = [...(ARGUMENTS[method] ?? (takesNoId && isOwn ? [] : ['id']))];
      return [method, () => prototype[key]?.apply(resource, args)];
    });
}

/** What a login page shows; the code that it sends to Clever belongs there. */
async function pageOf(response: Response): Promise<string> {
  return `${response.status} ${await response.text()}`;
}

/** Everything that a call returns, delivers or throws. */
export async function outcomeOf(call: Call): Promise<unknown> {
  try {
    const result = await call();
    const isListing = typeof result === 'object' && result !== null && 'toArray' in result;
    if (!isListing) {
      return result;
    }
    const listing = result as { firstPage(): Promise<unknown>; toArray(o: object): Promise<unknown[]> };
    return [await listing.firstPage(), await listing.toArray({ maxItems: 99 }), listing];
  } catch (error) {
    return error;
  }
}
