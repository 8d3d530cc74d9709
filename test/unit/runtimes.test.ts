import { CleverConfigError, createCleverClient, describeAccess } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { Browser } from '../support/browser.js';
import { it, SMALL } from '../support/fixtures.js';

const APP = 'https://app.example.com';
const CALLBACK = `${APP}/auth/clever/callback`;
const app = { clientId: 'client-id', clientSecret: 'canary-secret', redirectUri: CALLBACK };
const TOKEN = { token: 'canary-district-token' };

it.override('sandboxOptions', { ...SMALL, redirectUris: [CALLBACK] });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Lets the code believe that it runs in a page. */
function openPage(userAgent?: string): void {
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', userAgent === undefined ? undefined : { userAgent });
}

describe('in a web page', () => {
  beforeEach(() => openPage('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0'));

  it.for<[string, () => unknown]>([
    ['an app', () => createCleverClient(app)],
    ['an app with a secret source', () => createCleverClient({ ...app, clientSecret: { reveal: () => 'canary' } })],
    ['an app whose options come later', () => createCleverClient(() => app).oauth.authorizationUrl()],
    ['a district by its token', () => createCleverClient().district(TOKEN)],
    ['a district by a token that comes later', () => createCleverClient().district({ token: () => 'canary' })],
    ['a district whose options come later', () => createCleverClient(() => ({})).district(TOKEN).users],
  ])('%s is refused', ([, create]) => {
    expect(create).toThrow(CleverConfigError);
    expect(create).toThrow(/web page.*on your server.*dangerouslyAllowBrowser: true/u);
    expect(create).not.toThrow(/canary/u);
  });

  it("a person's own token is not", () => {
    expect(() => createCleverClient().user({ token: 'persons-token' })).not.toThrow();
    expect(() => createCleverClient().library({ token: 'persons-token' })).not.toThrow();
  });

  it('the app can allow what is refused', () => {
    const allowed = { dangerouslyAllowBrowser: true } as const;
    expect(() => createCleverClient({ ...app, ...allowed }).district({ districtId: 'd' })).not.toThrow();
    expect(() => createCleverClient(allowed).district(TOKEN)).not.toThrow();
    expect(() => createCleverClient({ ...app, dangerouslyAllowBrowser: false })).toThrow(CleverConfigError);
  });

  it('is still one without a user agent', () => {
    openPage();
    expect(() => createCleverClient(app)).toThrow(/web page/u);
  });
});

describe('no web page', () => {
  it.for([
    'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/27.2.0',
    'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HappyDOM/20.0.11',
  ])('is the document of a test: %s', (userAgent) => {
    openPage(userAgent);
    expect(() => createCleverClient(app).district(TOKEN)).not.toThrow();
  });

  it.for(['window', 'document'])('is a runtime that has only %s', (name) => {
    vi.stubGlobal(name, {});
    expect(() => createCleverClient(app).district(TOKEN)).not.toThrow();
  });

  it.for(['true', 1, null])('is made one by dangerouslyAllowBrowser: %j', (dangerouslyAllowBrowser) => {
    const options = { ...app, dangerouslyAllowBrowser } as unknown as typeof app;
    expect(() => createCleverClient(options)).toThrow(/`dangerouslyAllowBrowser` must be true or false/u);
  });
});

/** Built-ins that Node 20.9 or a Worker of 2023 does not have. */
const NEW: readonly [object, readonly string[]][] = [
  [Promise, ['withResolvers', 'try']],
  [Map, ['groupBy']],
  [Object, ['groupBy']],
  [Array, ['fromAsync']],
  [Array.prototype, ['toSorted', 'toReversed', 'toSpliced', 'with']],
  [AbortSignal, ['any']],
  [URL, ['parse']],
  [Uint8Array, ['fromBase64', 'fromHex']],
  [Uint8Array.prototype, ['toBase64', 'toHex']],
  [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf']],
  [Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object, ['map', 'filter', 'toArray', 'some', 'find']],
  [RegExp, ['escape']],
  [Error, ['isError']],
];

/** Takes built-ins away, and returns what gives them back. */
function without(names: typeof NEW): () => void {
  const taken = names.flatMap(([owner, keys]) =>
    keys.flatMap((key) => {
      const descriptor = Object.getOwnPropertyDescriptor(owner, key);
      return descriptor === undefined ? [] : [{ owner, key, descriptor }];
    }),
  );
  for (const { owner, key } of taken) {
    Reflect.deleteProperty(owner, key);
  }
  return () => {
    for (const { owner, key, descriptor } of taken) {
      Object.defineProperty(owner, key, descriptor);
    }
  };
}

describe('an old runtime', () => {
  it('logs in and reads without the newest built-ins', async ({ listening, sandbox }) => {
    const [person] = sandbox.people({ role: 'teacher', connection: 'district' });
    const give = without(NEW);
    try {
      expect('withResolvers' in Promise).toBe(false);
      const clever = createCleverClient({ ...listening.clientOptions(), redirectUri: CALLBACK });
      const login = clever.login({
        cookieSecret: 'a-cookie-secret-of-at-least-32-bytes',
        onLogin: ({ identity }) => new Response(identity.id),
        extraParams: { sandbox_user: person?.id ?? '' },
      });
      const browser = new Browser({
        [APP]: (request) => (request.url.startsWith(CALLBACK) ? login.callback(request) : login.start(request)),
      });
      expect((await browser.open(`${APP}/auth/clever`)).text).toBe(person?.id);
      const { users, events } = clever.district({ token: sandbox.districts[0].token });
      const signal = new AbortController().signal;
      const read = await users.list({ pageSize: 10, parallel: 3, signal }).toArray({ maxItems: 1_000 });
      expect(read).toHaveLength(await users.count());
      expect(await events.latestCursor()).toEqual(await events.latestCursor());
      expect(describeAccess(['read:students']).text).toContain('Not visible');
    } finally {
      give();
    }
  });

  it.for<[string, () => void]>([
    ['crypto.subtle', () => vi.stubGlobal('crypto', undefined)],
    ['crypto.subtle', () => vi.stubGlobal('crypto', {})],
    ['structuredClone', () => vi.stubGlobal('structuredClone', undefined)],
    ['URL.canParse', () => vi.stubGlobal('URL', class {})],
  ])('without %s is refused at once, with the runtimes that have it', ([name, take]) => {
    take();
    const create = () => createCleverClient(app);
    expect(create).toThrow(CleverConfigError);
    expect(create).toThrow(`This runtime has no \`${name}\`. The SDK runs on Node 20.9 or newer`);
    expect(() => createSandbox()).toThrow(`This runtime has no \`${name}\`. The sandbox runs on Node 20.9 or newer`);
  });
});
