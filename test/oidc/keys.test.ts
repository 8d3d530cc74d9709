import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CERTS_PATH,
  DISCOVERY_PATH,
  goodClaims,
  ISSUER,
  logIn,
  makeKey,
  makeProvider,
  PERSON,
  type Provider,
  type SigningKey,
  sign,
} from './provider.js';

let [one, two, three] = [] as SigningKey[];

beforeAll(async () => {
  [one, two, three] = await Promise.all([makeKey('one'), makeKey('two'), makeKey('three')]);
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const later = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);

/** The keys, which `beforeAll` made. */
function keys(): { one: SigningKey; two: SigningKey; three: SigningKey } {
  if (one === undefined || two === undefined || three === undefined) {
    throw new Error('the keys do not exist yet');
  }
  return { one, two, three };
}

describe('the provider’s keys', () => {
  it('are read once for many logins', async () => {
    const { one } = keys();
    const provider = makeProvider(one);
    const clever = provider.client();
    for (let login = 0; login < 3; login += 1) {
      expect((await logIn(provider, clever)).error).toBeUndefined();
    }
    expect(provider.count(CERTS_PATH)).toBe(1);
    expect(provider.count(DISCOVERY_PATH)).toBe(1);
  });

  it('are read once for many logins at the same time', async () => {
    const { one } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    const idToken = await sign(goodClaims(), one);
    await Promise.all(Array.from({ length: 5 }, () => oauth.verifyIdToken(idToken)));
    expect(provider.count(CERTS_PATH)).toBe(1);
    expect(provider.count(DISCOVERY_PATH)).toBe(1);
  });

  it('may rotate in the middle of a login', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    const clever = provider.client();
    await logIn(provider, clever);
    provider.idToken = (nonce) => {
      provider.published = [two.jwk];
      return sign(goodClaims({ nonce }), two);
    };
    const { result, error } = await logIn(provider, clever);
    expect(error).toBeUndefined();
    expect(result?.identity.id).toBe(PERSON);
    expect(provider.count(CERTS_PATH)).toBe(2);
  });

  it('may rotate while many people log in at the same time: all logins succeed, and the keys are read one more time', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    await oauth.verifyIdToken(await sign(goodClaims(), one));
    provider.published = [one.jwk, two.jwk];
    const idToken = await sign(goodClaims(), two);
    const verified = await Promise.allSettled(Array.from({ length: 5 }, () => oauth.verifyIdToken(idToken)));
    expect(verified.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'fulfilled'));
    expect(provider.count(CERTS_PATH)).toBe(2);
  });

  it('that are unknown are requested once, then not again for a while', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    await oauth.verifyIdToken(await sign(goodClaims(), one));
    expect(provider.count(CERTS_PATH)).toBe(1);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const forged = await sign(goodClaims(), { ...two, kid: `forged-${attempt}` });
      await expect(oauth.verifyIdToken(forged)).rejects.toMatchObject({ reason: 'unknown_key' });
    }
    expect(provider.count(CERTS_PATH)).toBe(2);
    // In the meantime the known key still works.
    await oauth.verifyIdToken(await sign(goodClaims(), one));
    expect(provider.count(CERTS_PATH)).toBe(2);

    later(31_000);
    provider.published = [one.jwk, two.jwk];
    await oauth.verifyIdToken(await sign(goodClaims(), two));
    expect(provider.count(CERTS_PATH)).toBe(3);
  });

  it('reach one caller even when another caller, who asked first, gave up', async () => {
    const { one } = keys();
    const { oauth } = makeProvider(one).client();
    const idToken = await sign(goodClaims(), one);
    const controller = new AbortController();
    const reason = new Error('left');
    const first = oauth.verifyIdToken(idToken, { signal: controller.signal });
    const second = oauth.verifyIdToken(idToken);
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect(second).resolves.toMatchObject({ sub: PERSON });
  });

  it('that were withdrawn stop working within an hour', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    await oauth.verifyIdToken(await sign(goodClaims(), one));
    provider.published = [two.jwk];
    later(61 * 60_000);
    await expect(oauth.verifyIdToken(await sign(goodClaims(), one))).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it('that were withdrawn stop working, and new ones work, after the clock was set back', async () => {
    const { one, two, three } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    await oauth.verifyIdToken(await sign(goodClaims(), one));
    provider.published = [two.jwk];
    await oauth.verifyIdToken(await sign(goodClaims(), two));
    later(-24 * 60 * 60_000);
    provider.published = [three.jwk];
    await expect(oauth.verifyIdToken(await sign(goodClaims(), two))).rejects.toMatchObject({ reason: 'unknown_key' });
    await expect(oauth.verifyIdToken(await sign(goodClaims(), three))).resolves.toMatchObject({ sub: PERSON });
  });

  it('are found by their kid among several, including keys of other types', async () => {
    const { one, two, three } = keys();
    const provider = makeProvider(one);
    const elliptic = {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      kid: 'ec',
    };
    provider.published = [elliptic, three.jwk, { kty: 'oct', k: 'AAAA', kid: 'oct' }, two.jwk];
    const { oauth } = provider.client();
    await expect(oauth.verifyIdToken(await sign(goodClaims(), two))).resolves.toMatchObject({ sub: PERSON });
  });

  it.each<[string, (one: SigningKey) => readonly unknown[]]>([
    ['elements that are not keys', ({ jwk }) => [null, 'canary', 7, true, [], [jwk], {}, jwk]],
    ['members that are null', ({ jwk }) => [{ ...jwk, use: null, alg: null, key_ops: null, ext: null, x5c: null }]],
    ['a broken key of the same kid before it', ({ kid, jwk }) => [{ kty: 'RSA', kid, n: 7, e: null }, jwk]],
    ['a broken key of the same kid after it', ({ kid, jwk }) => [jwk, { kty: 'RSA', kid, n: '', e: '' }]],
  ])('work beside %s', async (_, published) => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.published = published(one) as Provider['published'];
    const { result, error } = await logIn(provider);
    expect(error).toBeUndefined();
    expect(result?.identity.id).toBe(PERSON);
  });

  it('are all tried for a token without a kid', async () => {
    const { one, two, three } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    provider.published = [two.jwk, one.jwk];
    await expect(oauth.verifyIdToken(await sign(goodClaims(), one, { kid: undefined }))).resolves.toMatchObject({
      sub: PERSON,
    });
    const forged = await sign(goodClaims(), three, { kid: undefined });
    await expect(oauth.verifyIdToken(forged)).rejects.toMatchObject({ reason: 'signature' });
    const old = await sign(goodClaims({ exp: 1 }), one, { kid: undefined });
    await expect(oauth.verifyIdToken(old)).rejects.toMatchObject({ reason: 'expired' });
  });

  it.each([
    ['is down', () => new Response('canary0', { status: 503 })],
    ['is a web page', () => new Response('<html>canary0</html>', { headers: { 'content-type': 'text/html' } })],
    ['is missing', () => new Response('<html>canary0</html>', { status: 404 })],
  ])('are not available: the endpoint %s, and no one is logged in', async (_, answer) => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.answers.set(CERTS_PATH, answer);
    const clever = provider.client();
    const { result, error } = await logIn(provider, clever);
    expect(result).toBeUndefined();
    expect(error?.code).toMatch(/^(server|connection|not_found)$/u);
    expect(error?.message).not.toMatch(/canary/u);
    // The next login tries again.
    provider.answers.delete(CERTS_PATH);
    expect((await logIn(provider, clever)).result?.identity.id).toBe(PERSON);
  });

  it('that are unavailable for a moment during a rotation are read soon after', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    const { oauth } = provider.client();
    await oauth.verifyIdToken(await sign(goodClaims(), one));
    provider.published = [two.jwk];
    provider.answers.set(CERTS_PATH, () => new Response('', { status: 503 }));
    const idToken = await sign(goodClaims(), two);
    await expect(oauth.verifyIdToken(idToken)).rejects.toMatchObject({ code: 'server' });
    provider.answers.delete(CERTS_PATH);
    await expect(oauth.verifyIdToken(idToken)).resolves.toMatchObject({ sub: PERSON });
  });

  it.each([[{}], [{ keys: 'canary' }], [{ keys: [null, 1, {}] }], [[]], ['canary']])(
    'that are useless (%j) verify nothing',
    async (body) => {
      const { one } = keys();
      const provider = makeProvider(one);
      provider.answers.set(CERTS_PATH, () => Response.json(body));
      const { result, error } = await logIn(provider);
      expect(result).toBeUndefined();
      expect(error).toMatchObject({ code: 'oauth_id_token' });
    },
  );
});

describe('the discovery document', () => {
  it.each([
    ['missing', undefined],
    ['a page', '<html>canary0</html>'],
    ['empty', {}],
    ['odd', { issuer: 1, jwks_uri: ['canary'] }],
    ['a list', []],
  ])('may be %s: Clever’s known endpoints are used', async (_, discovery) => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.discovery = discovery;
    const { result, error } = await logIn(provider);
    expect(error).toBeUndefined();
    expect(result?.identity.id).toBe(PERSON);
    expect(provider.count(CERTS_PATH)).toBe(1);
  });

  it('may move the keys on the same origin', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    provider.discovery = { issuer: ISSUER, jwks_uri: `${ISSUER}/oauth/keys/v2` };
    provider.answers.set('/oauth/keys/v2', () => Response.json({ keys: [two.jwk] }));
    provider.idToken = (nonce) => sign(goodClaims({ nonce }), two);
    expect((await logIn(provider)).result?.identity.id).toBe(PERSON);
    expect(provider.count(CERTS_PATH)).toBe(0);
  });

  it.each([
    'https://evil.example/oauth/certs',
    '//evil.example/oauth/certs',
    'http://clever.com/oauth/certs',
    'https://clever.com@evil.example/oauth/certs',
    'https://clever.com.evil.example/oauth/certs',
    'https:\\\\evil.example/certs',
    'data:application/json,{"keys":[]}',
    'file:///etc/keys',
  ])('cannot move the keys to %s', async (jwks_uri) => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.discovery = {
      issuer: ISSUER,
      jwks_uri,
      token_endpoint: 'https://evil.example/token',
      authorization_endpoint: 'https://evil.example/authorize',
      userinfo_endpoint: 'https://evil.example/userinfo',
    };
    const { result } = await logIn(provider);
    expect(result?.identity.id).toBe(PERSON);
    expect(new Set(provider.requests.map(({ origin }) => origin))).toEqual(
      new Set(['https://clever.com', 'https://api.clever.com']),
    );
    expect(provider.count(CERTS_PATH)).toBe(1);
  });

  it('is requested again when it was missing, but not at every login', async () => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.discovery = undefined;
    const clever = provider.client();
    await logIn(provider, clever);
    await logIn(provider, clever);
    expect(provider.count(DISCOVERY_PATH)).toBe(1);
    later(6 * 60_000);
    await logIn(provider, clever);
    expect(provider.count(DISCOVERY_PATH)).toBe(2);
  });

  it('is overridden by the app’s own metadata', async () => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.answers.set('/my/keys', () => Response.json({ keys: [one.jwk] }));
    provider.idToken = (nonce) => sign(goodClaims({ nonce, iss: 'https://id.example' }), one);
    const clever = provider.client({
      oidc: { metadata: { issuer: 'https://id.example', jwks_uri: 'https://clever.com/my/keys' } },
    });
    expect((await logIn(provider, clever)).result?.identity.id).toBe(PERSON);
    expect(provider.count('/my/keys')).toBe(1);
  });

  it('for another origin than the app’s metadata is refused or read there, and never mixed with Clever’s keys', async () => {
    const { one, two } = keys();
    const provider = makeProvider(one);
    provider.answers.set('/my/keys', () => Response.json({ keys: [two.jwk] }));
    const make = () => provider.client({ oidc: { metadata: { jwks_uri: 'https://keys.example/my/keys' } } });
    let clever: ReturnType<typeof make>;
    try {
      clever = make();
    } catch (error) {
      expect(error).toMatchObject({ code: 'config' });
      return;
    }
    await expect(clever.oauth.verifyIdToken(await sign(goodClaims(), two))).resolves.toMatchObject({ sub: PERSON });
    expect(provider.requests.some(({ href }) => href === 'https://keys.example/my/keys')).toBe(true);
  });

  it('is not needed by a login without an id_token', async () => {
    const { one } = keys();
    const provider = makeProvider(one);
    provider.idToken = () => undefined;
    await logIn(provider);
    expect(provider.count(DISCOVERY_PATH)).toBe(0);
    expect(provider.count(CERTS_PATH)).toBe(0);
  });
});
