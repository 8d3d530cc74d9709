import { inspect } from 'node:util';
import { CleverIdTokenError } from 'clever-sdk';
import { base64url, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  CLIENT_ID,
  type Claims,
  goodClaims,
  logIn,
  makeKey,
  makeProvider,
  PERSON,
  type Provider,
  type SigningKey,
  sign,
} from './provider.js';

let key: SigningKey;
let evil: SigningKey;

beforeAll(async () => {
  [key, evil] = await Promise.all([makeKey('key-1'), makeKey('key-1')]);
});
afterEach(() => void vi.useRealTimers());

const json = (value: unknown): string => base64url.encode(JSON.stringify(value));
const seconds = (): number => Math.floor(Date.now() / 1_000);

/** The public key as an attacker finds it, in the formats that once deceived libraries. */
async function publicPem(): Promise<string> {
  const imported = await crypto.subtle.importKey(
    'jwk',
    key.jwk as JsonWebKey,
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    true,
    ['verify'],
  );
  const der = Buffer.from(await crypto.subtle.exportKey('spki', imported)).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${der.match(/.{1,64}/gu)?.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

const hs256 = (claims: Claims, secret: string): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(new TextEncoder().encode(secret));

type Attack = readonly [string, CleverIdTokenError['reason'] | RegExp, (nonce: string) => Promise<unknown> | unknown];

const ATTACKS: readonly Attack[] = [
  ['alg none', 'algorithm', (nonce) => `${json({ alg: 'none' })}.${json(goodClaims({ nonce }))}.`],
  [
    'alg none, with a signature',
    'algorithm',
    (nonce) => `${json({ alg: 'none', kid: 'key-1' })}.${json(goodClaims({ nonce }))}.AAAA`,
  ],
  ['alg NONE', 'algorithm', (nonce) => `${json({ alg: 'NONE' })}.${json(goodClaims({ nonce }))}.`],
  ['no alg', /algorithm|malformed/u, (nonce) => `${json({})}.${json(goodClaims({ nonce }))}.`],
  ['HS256 with the public key as PEM', 'algorithm', async (nonce) => hs256(goodClaims({ nonce }), await publicPem())],
  ['HS256 with the public key as JWK', 'algorithm', (nonce) => hs256(goodClaims({ nonce }), JSON.stringify(key.jwk))],
  ['HS256 with the client secret', 'algorithm', (nonce) => hs256(goodClaims({ nonce }), 'canary-client-secret')],
  ['RS512', 'algorithm', async (nonce) => rs512(goodClaims({ nonce }))],
  ['the attacker’s key under the right kid', 'signature', (nonce) => sign(goodClaims({ nonce }), evil)],
  ['the attacker’s key in the header', 'signature', (nonce) => sign(goodClaims({ nonce }), evil, { jwk: evil.jwk })],
  [
    'the attacker’s key at an address in the header',
    'signature',
    (nonce) => sign(goodClaims({ nonce }), evil, { jku: 'https://evil.example/keys' }),
  ],
  ['an unknown critical header', /malformed|signature|algorithm/u, async (nonce) => withCritical(nonce)],
  [
    'claims changed after signing',
    'signature',
    async (nonce) => withClaims(await sign(goodClaims({ nonce }), key), goodClaims({ nonce, sub: 'x' })),
  ],
  [
    'a missing signature',
    /signature|malformed/u,
    async (nonce) => `${(await sign(goodClaims({ nonce }), key)).split('.').slice(0, 2).join('.')}.`,
  ],
  ['another issuer', 'issuer', (nonce) => sign(goodClaims({ nonce, iss: 'https://evil.example' }), key)],
  ['the issuer with another slash', 'issuer', (nonce) => sign(goodClaims({ nonce, iss: 'https://clever.com/' }), key)],
  ['no issuer', /issuer|malformed/u, (nonce) => sign(goodClaims({ nonce, iss: undefined }), key)],
  ['another audience', 'audience', (nonce) => sign(goodClaims({ nonce, aud: 'another-app' }), key)],
  ['no audience', /audience|malformed/u, (nonce) => sign(goodClaims({ nonce, aud: undefined }), key)],
  ['an empty list of audiences', /audience|malformed/u, (nonce) => sign(goodClaims({ nonce, aud: [] }), key)],
  [
    'several audiences and no azp',
    'audience',
    (nonce) => sign(goodClaims({ nonce, aud: [CLIENT_ID, 'another-app'] }), key),
  ],
  [
    'several audiences and a foreign azp',
    'audience',
    (nonce) => sign(goodClaims({ nonce, aud: [CLIENT_ID, 'another-app'], azp: 'another-app' }), key),
  ],
  ['one audience and a foreign azp', 'audience', (nonce) => sign(goodClaims({ nonce, azp: 'another-app' }), key)],
  ['another nonce', 'nonce', () => sign(goodClaims({ nonce: 'replayed' }), key)],
  ['no nonce', 'nonce', () => sign(goodClaims(), key)],
  ['a nonce that is not a string', 'nonce', (nonce) => sign(goodClaims({ nonce: [nonce] }), key)],
  [
    'an end in the past',
    'expired',
    (nonce) => sign(goodClaims({ nonce, iat: seconds() - 7_200, exp: seconds() - 3_600 }), key),
  ],
  ['a beginning in the future', 'expired', (nonce) => sign(goodClaims({ nonce, nbf: seconds() + 3_600 }), key)],
  ['no end', /malformed|expired/u, (nonce) => sign(goodClaims({ nonce, exp: undefined }), key)],
  ['an end that is text', /malformed|expired/u, (nonce) => sign(goodClaims({ nonce, exp: '9999999999' }), key)],
  ['no time of issue', 'malformed', (nonce) => sign(goodClaims({ nonce, iat: undefined }), key)],
  ['a time of issue that is text', 'malformed', (nonce) => sign(goodClaims({ nonce, iat: '1' }), key)],
  ['a time of issue in the future', 'expired', (nonce) => sign(goodClaims({ nonce, iat: seconds() + 3_600 }), key)],
  ['a time of issue beyond the tolerance', 'expired', (nonce) => sign(goodClaims({ nonce, iat: seconds() + 90 }), key)],
  ...[undefined, null, '', ' ', 7, true, ['x'], [PERSON], { id: PERSON }].map(
    (subject): Attack => [
      `the subject ${JSON.stringify(subject)}, whatever the other ids`,
      'malformed',
      (nonce) => sign(goodClaims({ nonce, sub: subject, multi_role_user_id: PERSON }), key),
    ],
  ),
  [
    'a person other than that of the access token',
    'subject',
    (nonce) => sign(goodClaims({ nonce, sub: 'x', multi_role_user_id: 'x', user_id: 'x' }), key),
  ],
  [
    'a key that was never published',
    'unknown_key',
    async (nonce) => sign(goodClaims({ nonce }), { ...key, kid: 'key-9' }),
  ],
  [
    'an encrypted token',
    /malformed|algorithm/u,
    () => `${json({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.AAAA.AAAA.AAAA.AAAA`,
  ],
  ['garbage', 'malformed', () => 'canary-garbage'],
  ['garbage in three parts', 'malformed', () => 'canary.gar.bage'],
  ['claims that are a list', 'malformed', () => signedByHand({ alg: 'RS256', kid: 'key-1' }, ['canary'])],
  [
    'claims that are not JSON',
    /malformed|signature/u,
    () => `${json({ alg: 'RS256', kid: 'key-1' })}.${base64url.encode('canary')}.AAAA`,
  ],
  ['nothing but dots', 'malformed', () => '..'],
];

describe('an id_token that must not be believed ends the login', () => {
  it.each(ATTACKS)('%s', async (_, reason, idToken) => {
    const provider = makeProvider(key);
    provider.idToken = idToken;
    const { result, error } = await logIn(provider);
    expect(result).toBeUndefined();
    expect(error).toBeInstanceOf(CleverIdTokenError);
    expect(error).toMatchObject({ code: 'oauth_id_token', isRetryable: false });
    expect((error as CleverIdTokenError).reason).toMatch(
      reason instanceof RegExp ? reason : new RegExp(`^${reason}$`, 'u'),
    );
    expect(error?.userMessage).toMatch(/could not be confirmed/u);
    // The token may be another person's, so no data is requested with it, and nothing of it is shown.
    expect(provider.requests.every(({ origin }) => /^https:\/\/(?:api\.)?clever\.com$/u.test(origin))).toBe(true);
    for (const shown of [
      inspect(error, { depth: 9 }),
      JSON.stringify(error),
      error?.message,
      error?.stack,
      inspect(provider.events, { depth: 9 }),
    ]) {
      expect(shown).not.toMatch(/canary|eyJ/iu);
      expect(shown).not.toContain(PERSON);
    }
  });
});

describe('a valid id_token', () => {
  it('is merged into the identity', async () => {
    const { result, error } = await logIn(makeProvider(key));
    expect(error).toBeUndefined();
    expect({ ...result?.identity }).toMatchObject({
      id: PERSON,
      role: 'teacher',
      email: 'canary@school.example',
      districtId: '5f1000000000000000000010',
      legacyIds: ['5f1000000000000000000091'],
    });
  });

  it.each<[string, Claims | (() => Claims), Record<string, unknown>]>([
    ['has its audience in a list', { aud: [CLIENT_ID] }, {}],
    ['has two audiences and this app as azp', { aud: [CLIENT_ID, 'api'], azp: CLIENT_ID }, {}],
    ['has this app as azp', { azp: CLIENT_ID }, {}],
    ['has no kid, and the provider one key', {}, { kid: undefined }],
    ['has no typ', {}, { typ: undefined }],
    ['has unknown claims', { canary_claim: { deep: true } }, {}],
    ['has no e-mail address', { email: undefined, email_verified: undefined }, {}],
    ['is from a clock that is half a minute slow', () => ({ iat: seconds() - 3_620, exp: seconds() - 20 }), {}],
    ['is from a clock that is half a minute fast', () => ({ iat: seconds() + 20, nbf: seconds() + 20 }), {}],
  ])('may be one that %s', async (_, claims, header) => {
    const provider = makeProvider(key);
    // Times are read when they are needed: on a busy machine, this table is made long before.
    const given = typeof claims === 'function' ? claims() : claims;
    provider.idToken = (nonce) => sign(goodClaims({ nonce, ...given }), key, header);
    const { result, error } = await logIn(provider);
    expect(error).toBeUndefined();
    expect(result?.identity.id).toBe(PERSON);
  });

  it('is also verified by verifyIdToken alone, with or without the nonce', async () => {
    const clever = makeProvider(key).client();
    const claims = await clever.oauth.verifyIdToken(await sign(goodClaims({ nonce: 'n' }), key), {
      expectedNonce: 'n',
    });
    expect(claims).toMatchObject({ sub: PERSON, user_type: 'teacher', nonce: 'n' });
    expect({ ...claims }).not.toHaveProperty('nonce');
    expect(JSON.parse(JSON.stringify(claims))).toMatchObject({ sub: PERSON, nonce: '[redacted]' });
    expect(await clever.oauth.verifyIdToken(await sign(goodClaims(), key))).toMatchObject({ sub: PERSON });
    const unexpected = clever.oauth.verifyIdToken(await sign(goodClaims({ nonce: 'n' }), key));
    await expect(unexpected).rejects.toMatchObject({ code: 'oauth_id_token', reason: 'nonce' });
    const missing = clever.oauth.verifyIdToken(await sign(goodClaims(), key), { expectedNonce: 'n' });
    await expect(missing).rejects.toMatchObject({ reason: 'nonce' });
  });

  it.each([undefined, null, 42, {}, ''])('is never %j', async (idToken) => {
    const call = makeProvider(key)
      .client()
      .oauth.verifyIdToken(idToken as string);
    await expect(call).rejects.toMatchObject({ code: expect.stringMatching(/^(oauth_id_token|config)$/u) });
  });
});

describe('a login with an id_token and without a district', () => {
  const noDistrict = { district: undefined };

  it.each<[string, object | undefined, object, object]>([
    ['no answer names one', { id: PERSON, type: 'user' }, noDistrict, { connection: 'district' }],
    ['/me is not available, and no claim names one', undefined, noDistrict, { connection: 'district' }],
    ['the district authorised it', { id: PERSON, authorized_by: 'district' }, noDistrict, { connection: 'district' }],
    ['only the id_token names one', { id: PERSON }, { district: 'd' }, { connection: 'district', districtId: 'd' }],
    ['a teacher authorised it', { id: PERSON, authorized_by: 'teacher' }, { district: 'd' }, { connection: 'library' }],
  ])('is of the right connection: %s', async (_, me, claims, expected) => {
    const provider = makeProvider(key);
    provider.me = me;
    provider.idToken = (nonce) => sign(goodClaims({ nonce, ...claims }), key);
    const { result, error } = await logIn(provider, provider.client({ oidc: { idToken: 'require' } }));
    expect(error).toBeUndefined();
    expect({ districtId: undefined, ...result?.identity }).toMatchObject({
      id: PERSON,
      districtId: undefined,
      ...expected,
    });
  });
});

describe('an id_token that is missing', () => {
  const none = (provider: Provider): Provider => Object.assign(provider, { idToken: () => undefined });

  it('is tolerated, because most apps have none', async () => {
    const { result } = await logIn(none(makeProvider(key)));
    expect(result?.identity.id).toBe(PERSON);
  });

  it("ends a district login under 'require'", async () => {
    const provider = none(makeProvider(key));
    const { result, error } = await logIn(provider, provider.client({ oidc: { idToken: 'require' } }));
    expect(result).toBeUndefined();
    expect(error).toMatchObject({ code: 'oauth_id_token', reason: 'missing' });
  });

  it.each([
    ['no district', { id: PERSON, type: 'user' }],
    ['a teacher who authorised it', { id: PERSON, type: 'user', authorized_by: 'teacher' }],
  ])("is tolerated under 'require' for a Library login: %s", async (_, me) => {
    const provider = none(makeProvider(key));
    provider.me = me;
    const { result, error } = await logIn(provider, provider.client({ oidc: { idToken: 'require' } }));
    expect(error).toBeUndefined();
    expect(result?.identity.connection).toBe('library');
  });

  it("is not looked at under 'ignore', however wrong", async () => {
    const provider = makeProvider(key);
    provider.idToken = () => 'canary-garbage';
    const { result } = await logIn(provider, provider.client({ oidc: { idToken: 'ignore' } }));
    expect(result?.identity.id).toBe(PERSON);
    expect(provider.count('/oauth/certs')).toBe(0);
  });

  it.each(["'always'", 'true'])('oidc.idToken cannot be %s', (idToken) => {
    const make = () => makeProvider(key).client({ oidc: { idToken: idToken as 'verify' } });
    expect(make).toThrow(expect.objectContaining({ code: 'config' }));
  });
});

async function rs512(claims: Claims): Promise<string> {
  const { kty, n, e } = key.jwk;
  expect([kty, n, e].every((member) => typeof member === 'string')).toBe(true);
  const jwk = await crypto.subtle.exportKey('jwk', key.privateKey);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
  const { alg: _, ...material } = jwk;
  const privateKey = await crypto.subtle.importKey('jwk', material, algorithm, false, ['sign']);
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS512', kid: 'key-1' }).sign(privateKey);
}

function withCritical(nonce: string): Promise<string> {
  return signedByHand({ alg: 'RS256', kid: 'key-1', crit: ['canary'], canary: true }, goodClaims({ nonce }));
}

/** Signs any input correctly; no library would make these tokens. */
async function signedByHand(header: object, payload: unknown): Promise<string> {
  const input = `${json(header)}.${json(payload)}`;
  const bytes = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key.privateKey, new TextEncoder().encode(input));
  return `${input}.${base64url.encode(new Uint8Array(bytes))}`;
}

function withClaims(token: string, claims: Claims): string {
  const [header, , signature] = token.split('.');
  return `${header}.${json(claims)}.${signature}`;
}
