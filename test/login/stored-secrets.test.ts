import { type CleverClient, CleverConfigError, createCleverClient, hasCode } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { it as base } from '../support/fixtures.js';
import { printed } from '../support/printed.js';

/*
 * Tokens and secrets that an app reads from where it stored them: as the placeholder that JSON shows, or with
 * what files and forms add. Nothing may be sent with them, because Clever would call them expired.
 */

const it = base
  .extend('sent', (): string[] => [])
  .extend('clever', ({ sandbox, sent }) => {
    const options = sandbox.clientOptions();
    return createCleverClient({
      ...options,
      fetch: async (url, init) => {
        sent.push(String(url));
        return sandbox.fetch(url, init);
      },
    });
  });

const COOKIE_SECRET = 'c'.repeat(32);
const app = { clientId: 'app', clientSecret: 'secret', redirectUri: 'https://app.example.com/callback' };
const onLogin = () => new Response('in');

/** Every place that takes a token, a secret, a code or a `state`, or an id. */
const TOKENS: Readonly<Record<string, (clever: CleverClient, value: string) => unknown>> = {
  'clever.user()': (clever, token) => clever.user({ token }),
  'clever.library()': (clever, token) => clever.library({ token }),
  'clever.district()': (clever, token) => clever.district({ token }),
  'a token function': (clever, token) => clever.district({ token: () => token }).schools.count(),
  'a secret source': (clever, token) => clever.district({ token: { reveal: () => token } }).schools.count(),
  'oauth.me()': (clever, token) => clever.oauth.me(token),
  'oauth.tokenInfo()': (clever, token) => clever.oauth.tokenInfo(token),
  'oauth.identify()': (clever, token) => clever.oauth.identify(token),
  'oauth.identify() with a token': (clever, token) => clever.oauth.identify({ access_token: token }),
};
const SECRETS: typeof TOKENS = {
  clientId: (_, clientId) => createCleverClient({ ...app, clientId }),
  clientSecret: (_, clientSecret) => createCleverClient({ ...app, clientSecret }),
  'a source of clientSecret': (_, secret) => createCleverClient({ ...app, clientSecret: { reveal: () => secret } }),
  cookieSecret: (clever, secret) => clever.login({ cookieSecret: `${secret}${COOKIE_SECRET}${secret}`, onLogin }),
  'an old cookieSecret': (clever, secret) => clever.login({ cookieSecret: [COOKIE_SECRET, secret], onLogin }),
  'authorizationUrl({ state })': (clever, state) => clever.oauth.authorizationUrl({ state }),
  'authorizationUrl({ nonce })': (clever, nonce) => clever.oauth.authorizationUrl({ nonce }),
  'authorizationUrl({ codeChallenge })': (clever, codeChallenge) => clever.oauth.authorizationUrl({ codeChallenge }),
  expectedState: (clever, state) => clever.oauth.exchangeCallback('/callback?code=c', { expectedState: state }),
  codeVerifier: (clever, codeVerifier) =>
    clever.oauth.exchangeCallback('/callback?code=c&state=s', { expectedState: 's', codeVerifier }),
  expectedNonce: (clever, expectedNonce) => clever.oauth.identify('token', { expectedNonce }),
  'expectedNonce of verifyIdToken()': (clever, expectedNonce) => clever.oauth.verifyIdToken('a.b.c', { expectedNonce }),
};
const ID_TOKENS: typeof TOKENS = {
  'oauth.verifyIdToken()': (clever, token) => clever.oauth.verifyIdToken(token),
  'oauth.identify() with an id_token': (clever, token) =>
    clever.oauth.identify({ access_token: 'token', id_token: token }),
};
const IDS: typeof TOKENS = {
  'clever.district({ districtId })': (clever, districtId) => clever.district({ districtId }),
  'oauth.districtTokens()': (clever, districtId) => clever.oauth.districtTokens({ districtId }),
  'oauth.instantLoginUrl()': (clever, districtId) => clever.oauth.instantLoginUrl({ districtId }),
  'authorizationUrl({ districtId })': (clever, districtId) => clever.oauth.authorizationUrl({ districtId }),
  'users.get()': (clever, id) => clever.district({ token: 'token' }).users.get(id),
  'sections.listUsers()': (clever, id) => clever.district({ token: 'token' }).sections.listUsers(id).firstPage(),
  'submissions.get()': (clever, id) => clever.district({ token: 'token' }).submissions.get('section', 'assignment', id),
};

async function refusal(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was refused');
}

describe('a token, secret or code that was stored as `[redacted]`', () => {
  it.for(Object.entries({ ...TOKENS, ...SECRETS, ...ID_TOKENS }))(
    'is refused by %s',
    async ([, call], { clever, sent }) => {
      const error = await refusal(() => call(clever, '[redacted]'));
      expect(error).toBeInstanceOf(CleverConfigError);
      expect(error.message).toMatch(
        /placeholder `\[redacted\]`.*Store the secret by its name, such as `token\.access_token`/u,
      );
      expect(sent).toEqual([]);
    },
  );

  it('is refused as the code of a callback', async ({ clever, sent }) => {
    const callback = '/callback?code=%5Bredacted%5D&state=s';
    const error = await refusal(() => clever.oauth.exchangeCallback(callback, { expectedState: 's' }));
    expect(hasCode(error, 'oauth_callback') && error.reason).toBe('malformed');
    expect(error.message).toContain('placeholder `[redacted]`');
    expect(sent).toEqual([]);
  });

  it('is refused after a round through JSON, and works when it was stored by name', async ({
    clever,
    sandbox,
    sent,
  }) => {
    const [token] = await clever.oauth.districtTokens();
    const stored = JSON.parse(JSON.stringify(token)) as { access_token: string };
    sent.length = 0;
    expect((await refusal(() => clever.district({ token: stored.access_token }))).message).toContain('placeholder');
    expect(sent).toEqual([]);
    const kept = JSON.parse(JSON.stringify({ accessToken: token?.access_token })) as { accessToken: string };
    await expect(clever.district({ token: kept.accessToken }).schools.count()).resolves.toBeGreaterThan(0);
    expect(kept.accessToken).toBe(sandbox.districts[0].token);
  });

  it.for([
    ['a spread', (token: object) => ({ ...token })] as const,
    ['a clone', (token: object) => structuredClone(token)] as const,
  ])('is missing from %s, which is refused as well', async ([, copy], { clever }) => {
    const [token] = await clever.oauth.districtTokens();
    const copied = copy(token as object) as { access_token: string };
    expect((await refusal(() => clever.oauth.identify(copied))).message).toContain('`token.access_token`');
    expect((await refusal(() => clever.district({ token: copied.access_token }))).message).toContain(
      '`token.access_token`',
    );
  });
});

const AROUND: readonly [name: string, damage: (value: string) => string][] = [
  ['a line end after it', (value) => `${value}\n`],
  ['a Windows line end after it', (value) => `${value}\r\n`],
  ['a space before it', (value) => ` ${value}`],
  ['a tab after it', (value) => `${value}\t`],
  ['a line end in it', (value) => `${value.slice(0, 1)}\n${value.slice(1)}`],
  ['a byte order mark before it', (value) => `\ufeff${value}`],
  ['an invisible space after it', (value) => `${value}\u200b`],
  ['a no-break space after it', (value) => `${value}\u00a0`],
];

describe.for(AROUND)('a value with %s', ([, damage]) => {
  it.for(Object.entries({ ...TOKENS, ...SECRETS, ...IDS }))(
    'is refused by %s',
    async ([name, call], { clever, sent }) => {
      const value = damage(`canary${name.length}${'x'.repeat(32)}`);
      const error = await refusal(() => call(clever, value));
      expect(error).toBeInstanceOf(CleverConfigError);
      expect(printed(error)).not.toContain('canary');
      expect(sent).toEqual([]);
    },
  );
});
