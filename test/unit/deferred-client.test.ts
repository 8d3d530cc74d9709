import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { type AppClientOptions, CleverConfigError, cleverOptionsFromEnv, createCleverClient } from 'clever-sdk';
import { describe, expect, vi } from 'vitest';
import { Browser } from '../support/browser.js';
import { it, SMALL } from '../support/fixtures.js';

const APP = 'https://app.example.com';
const CALLBACK = `${APP}/auth/clever/callback`;
const app = { clientId: 'client-id', clientSecret: 'canary-secret', redirectUri: CALLBACK };
it.override('sandboxOptions', { ...SMALL, redirectUris: [CALLBACK] });

const LOGIN = { cookieSecret: 'a-cookie-secret-of-at-least-32-bytes', onLogin: () => new Response('in') };

/** Everything that an app creates at the top of a module. */
function moduleLevel(options: () => AppClientOptions, cookieSecret: string | undefined = LOGIN.cookieSecret) {
  const clever = createCleverClient(options);
  const login = clever.login({ ...LOGIN, cookieSecret });
  const { start, callback } = login;
  const [byId, byToken] = [clever.district({ districtId: 'd' }), clever.district({ token: 'district-token' })];
  return { clever, login, oauth: clever.oauth, start, callback, byId, byToken };
}

/** The first uses, each of which needs the options. */
const USES: readonly [string, (made: ReturnType<typeof moduleLevel>) => unknown][] = [
  ['oauth.authorizationUrl()', ({ oauth }) => oauth.authorizationUrl()],
  ['oauth.instantLoginUrl()', ({ oauth }) => oauth.instantLoginUrl({ districtId: 'd' })],
  ['oauth.exchangeCallback()', ({ oauth }) => oauth.exchangeCallback(CALLBACK, { expectedState: 's' })],
  ['oauth.tokenInfo()', ({ oauth }) => oauth.tokenInfo('t')],
  ['oauth.me()', ({ oauth }) => oauth.me('t')],
  ['oauth.identify()', ({ oauth }) => oauth.identify('t')],
  ['oauth.verifyIdToken()', ({ oauth }) => oauth.verifyIdToken('t')],
  ['oauth.districtTokens()', ({ oauth }) => oauth.districtTokens()],
  ['login.start()', ({ start }) => start(new Request(`${APP}/auth/clever`))],
  ['login.callback()', ({ callback }) => callback(new Request(CALLBACK))],
  ['a district by its id', ({ byId }) => byId.users.get('u')],
  ['a district by its token', ({ byToken }) => byToken.users.count()],
  ['library()', ({ clever }) => clever.library({ token: 't' })],
  ['user()', ({ clever }) => clever.user({ token: 't' })],
];

describe('createCleverClient(() => options)', () => {
  it('reads no option while a module is loaded, and none to be printed', () => {
    const options = vi.fn(() => app);
    const made = moduleLevel(options, undefined);
    for (const shown of [inspect(made, { depth: 9 }), JSON.stringify(made), inspect(made, { customInspect: false })]) {
      expect(shown).not.toContain('canary');
    }
    expect(options).not.toHaveBeenCalled();
  });

  it.for(USES)('reads them at the first use: %s', async ([, use]) => {
    const options = vi.fn((): AppClientOptions => ({ ...app, clientId: undefined }));
    const made = moduleLevel(options);
    expect(options).not.toHaveBeenCalled();
    await expect((async () => use(made))()).rejects.toThrow(/`clientId` is missing/u);
    expect(options).toHaveBeenCalledTimes(1);
  });

  it('rejects, and does not throw, where the method returns a promise', () => {
    const { oauth, login } = moduleLevel(() => ({ ...app, clientId: undefined }));
    for (const sent of [oauth.me('t'), oauth.districtTokens(), login.start(new Request(APP))]) {
      expect(sent).toBeInstanceOf(Promise);
      sent.catch(() => undefined);
    }
  });

  it('reads them once for all uses, and again after a use that failed', () => {
    const options = vi
      .fn(() => app)
      .mockImplementationOnce(() => {
        throw new RangeError('no secret yet');
      });
    const { clever, oauth } = moduleLevel(options);
    expect(() => oauth.authorizationUrl()).toThrow(RangeError);
    const { url } = oauth.authorizationUrl();
    expect(new URL(url).searchParams.get('client_id')).toBe('client-id');
    expect(clever.district({ token: 't' }).users).toBeDefined();
    clever.user({ token: 't' });
    expect(options).toHaveBeenCalledTimes(2);
  });

  it.for<[string, object]>([
    ['a misspelt option', { clientID: 'x' }],
    ['an invalid origin', { ...app, apiOrigin: 'http://api.clever.com' }],
    ['an empty secret', { ...app, clientSecret: '' }],
    ['an invalid limit', { ...app, timeoutMs: 0 }],
  ])('makes the same checks: %s', ([, options]) => {
    const immediate = (() => {
      try {
        return createCleverClient(options);
      } catch (error) {
        return error;
      }
    })();
    expect(immediate).toBeInstanceOf(CleverConfigError);
    const deferred = createCleverClient(() => options as AppClientOptions);
    expect(() => deferred.oauth.authorizationUrl()).toThrow(immediate as CleverConfigError);
    expect(() => deferred.user({ token: 't' })).toThrow(immediate as CleverConfigError);
  });

  it.for([undefined, null, 'options', 7, [], Promise.resolve(app), () => app])(
    'refuses %s from the function',
    (returned) => {
      const clever = createCleverClient(() => returned as unknown as AppClientOptions);
      expect(() => clever.oauth.authorizationUrl()).toThrow(CleverConfigError);
      expect(() => clever.oauth.authorizationUrl()).toThrow(/must return the options as an object/u);
      expect(() => clever.user({ token: 't' })).toThrow(CleverConfigError);
    },
  );

  it('has no app without credentials', async () => {
    const clever = createCleverClient(() => ({}));
    expect(() => clever.user({ token: 't' })).not.toThrow();
    const { oauth } = clever as unknown as ReturnType<typeof moduleLevel>;
    expect(() => oauth.authorizationUrl()).toThrow(/pass `clientId` and `clientSecret`/u);
  });

  it('says of a v3.0 client that it has no LMS Connect', () => {
    const district = createCleverClient(() => ({ ...app, apiVersion: 'v3.0' as const })).district({ token: 't' });
    expect(() => (district as unknown as { lms: unknown }).lms).toThrow(/needs API v3.1/u);
  });

  it('logs in and reads as any other client', async ({ listening, sandbox }) => {
    const [person] = sandbox.people({ role: 'teacher', connection: 'district' });
    const [{ id: districtId }] = sandbox.districts;
    const clever = createCleverClient(() => ({ ...listening.clientOptions(), redirectUri: CALLBACK }));
    const login = clever.login({
      ...LOGIN,
      onLogin: ({ identity }) => new Response(identity.id),
      extraParams: { sandbox_user: person?.id ?? '' },
    });
    const district = clever.district({ districtId, sensitiveFields: ['frl_status'] });
    const browser = new Browser({
      [APP]: (request) => (request.url.startsWith(CALLBACK) ? login.callback(request) : login.start(request)),
    });
    expect((await browser.open(`${APP}/auth/clever`)).text).toBe(person?.id);
    expect(await district.users.count()).toBe(await clever.district({ districtId }).users.count());
  });
});

describe('cleverOptionsFromEnv()', () => {
  const env = {
    CLEVER_CLIENT_ID: 'client-id',
    CLEVER_CLIENT_SECRET: 'canary-secret',
    CLEVER_REDIRECT_URI: CALLBACK,
    CLEVER_API_ORIGIN: 'http://127.0.0.1:3789',
    CLEVER_AUTH_ORIGIN: 'http://localhost:3789',
  };

  it('reads the documented names, and no others', () => {
    const others = {
      PATH: '/bin',
      COOKIE_SECRET: 'canary',
      CLEVER_DISTRICT_TOKEN: 'canary',
      CLEVER_LIBRARY_TOKEN: 'canary',
    };
    const { clientSecret, ...rest } = cleverOptionsFromEnv({ ...env, ...others });
    expect(clientSecret.reveal()).toBe('canary-secret');
    expect(rest).toEqual({
      clientId: 'client-id',
      redirectUri: CALLBACK,
      apiOrigin: 'http://127.0.0.1:3789',
      authOrigin: 'http://localhost:3789',
    });
  });

  it('makes a client, in one line and with further options', () => {
    const clever = createCleverClient(() => cleverOptionsFromEnv(env));
    const url = new URL(clever.oauth.authorizationUrl().url);
    expect(url.origin).toBe('http://localhost:3789');
    expect(url.searchParams.get('redirect_uri')).toBe(CALLBACK);
    const v30 = createCleverClient({ ...cleverOptionsFromEnv(env), apiVersion: 'v3.0' });
    expect(JSON.parse(JSON.stringify(v30))).toMatchObject({ clientId: 'client-id', apiVersion: 'v3.0' });
  });

  it('takes an empty variable for none, so that a copied .env.example works', () => {
    const empty = { CLEVER_API_ORIGIN: '', CLEVER_AUTH_ORIGIN: ' ', CLEVER_REDIRECT_URI: undefined };
    expect(Object.keys(cleverOptionsFromEnv({ ...env, ...empty }))).toEqual(['clientId', 'clientSecret']);
  });

  it.for<[object, RegExp]>([
    [{}, /CLEVER_CLIENT_ID and CLEVER_CLIENT_SECRET must be set/u],
    [{ CLEVER_CLIENT_ID: 'x', CLEVER_CLIENT_SECRET: '' }, /: CLEVER_CLIENT_SECRET must be set/u],
    [{ ...env, CLEVER_CLIENT_ID: 7 }, /: CLEVER_CLIENT_ID must be set/u],
    [{ ...env, CLEVER_SECRET: 'canary' }, /does not know CLEVER_SECRET\. It reads: CLEVER_CLIENT_ID, /u],
    [{ ...env, CLEVER_REDIRECT_URL: '', CLEVER_clientId: 'canary' }, /CLEVER_REDIRECT_URL, CLEVER_clientId\./u],
    [{ ...env, 'CLEVER_SECRET canary': 'canary' }, /a name with characters that no variable has/u],
    [{ ...env, CLEVER_CONSTRUCTOR: 'canary' }, /does not know CLEVER_CONSTRUCTOR/u],
    [Object.create(env) as object, /must be set/u],
    [null as unknown as object, /as an object/u],
    ['canary' as unknown as object, /as an object/u],
  ])('refuses %j, without a value', ([given, message]) => {
    const read = () => cleverOptionsFromEnv(given as Record<string, unknown>);
    expect(read).toThrow(CleverConfigError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/canary/u);
  });

  it('ignores what certify sets for the commands of an app', () => {
    const ofCertify = {
      CLEVER_DISTRICT_ID: 'd',
      CLEVER_SECTION_ID: 's',
      CLEVER_TEACHER_ID: 't',
      CLEVER_LMS_ACTION: 'create',
      CLEVER_ASSIGNMENT: 'Fractions',
    };
    expect(cleverOptionsFromEnv({ ...env, ...ofCertify })).toEqual(cleverOptionsFromEnv(env));
  });

  it('knows every name of .env.example', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const names = example.match(/\bCLEVER_[A-Z_]+(?==)/gu) ?? [];
    expect(names).toHaveLength(7);
    expect(() => cleverOptionsFromEnv({ ...Object.fromEntries(names.map((name) => [name, 'x'])) })).not.toThrow();
  });

  it('shows no secret when it is printed', () => {
    const options = cleverOptionsFromEnv(env);
    for (const shown of [
      inspect(options),
      inspect(options, { customInspect: false, showHidden: true }),
      JSON.stringify(options),
    ]) {
      expect(shown).not.toContain('canary');
    }
  });
});
