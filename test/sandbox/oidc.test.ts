import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { Browser } from './browser.js';
import { ask, authorize, callbackOf, exchange } from './support.js';

const DISCOVERY = '/.well-known/openid-configuration';

interface Tokens {
  readonly access_token: string;
  readonly id_token?: string;
}

const districts = [
  { seed: 5, students: 60 },
  { seed: 6, students: 60, connection: 'library' },
] as const;

it.override('sandboxOptions', { districts, oidc: true });

function personOf(sandbox: Sandbox, role: 'teacher' | 'student' | 'staff' | 'district_admin', district = 0) {
  const districtId = sandbox.districts[district]?.id ?? '';
  const found = sandbox.people({ role, districtId }).find(({ roles }) => roles.length === 1);
  if (found === undefined) {
    throw new Error(`no ${role}`);
  }
  return found;
}

async function logIn(sandbox: Sandbox, user: string, more: Readonly<Record<string, string>> = {}): Promise<Tokens> {
  const code = callbackOf(await authorize(sandbox, { sandbox_user: user, ...more })).get('code') ?? '';
  return (await exchange(sandbox, code)).body as unknown as Tokens;
}

async function keysOf(sandbox: Sandbox): Promise<JSONWebKeySet> {
  return (await (await sandbox.fetch('https://clever.com/oauth/certs')).json()) as JSONWebKeySet;
}

async function verify(sandbox: Sandbox, token: string, now = new Date()) {
  return jwtVerify(token, createLocalJWKSet(await keysOf(sandbox)), {
    issuer: 'https://clever.com',
    audience: sandbox.clientOptions().clientId,
    algorithms: ['RS256'],
    currentDate: now,
  });
}

describe('the discovery document', () => {
  it('names Clever’s endpoints', async ({ sandbox }) => {
    for (const origin of ['https://clever.com', 'https://api.clever.com']) {
      const response = await sandbox.fetch(`${origin}${DISCOVERY}`);
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(await response.json()).toMatchObject({
        issuer: 'https://clever.com',
        authorization_endpoint: 'https://clever.com/oauth/authorize',
        token_endpoint: 'https://clever.com/oauth/tokens',
        userinfo_endpoint: 'https://api.clever.com/userinfo',
        jwks_uri: 'https://clever.com/oauth/certs',
        id_token_signing_alg_values_supported: ['RS256'],
        response_types_supported: ['code'],
      });
    }
  });

  it('names the address at which the sandbox listens, with the host of the request', async ({ listening: { url } }) => {
    for (const origin of [url, url.replace('127.0.0.1', 'localhost')]) {
      const document = (await (await fetch(`${origin}${DISCOVERY}`)).json()) as Record<string, string>;
      expect(document['issuer']).toBe(origin);
      expect(document['userinfo_endpoint']).toBe(`${origin}/userinfo`);
      expect((await fetch(document['jwks_uri'] ?? '')).status).toBe(200);
    }
  });

  it.each([{}, { oidc: false }])(
    'does not exist without OpenID Connect, and neither do keys and id_tokens: %j',
    async (options) => {
      const sandbox = createSandbox({ districts, ...options });
      for (const path of [DISCOVERY, '/oauth/certs']) {
        expect((await sandbox.fetch(`https://clever.com${path}`)).status).toBe(404);
      }
      expect(Object.keys(await logIn(sandbox, personOf(sandbox, 'teacher').id))).toEqual([
        'access_token',
        'token_type',
      ]);
    },
  );
});

describe('the id_token', () => {
  it.each(['teacher', 'student', 'staff', 'district_admin'] as const)(
    'of a %s has the documented claims',
    async (role) => {
      const now = Date.UTC(2026, 8, 1);
      const sandbox = createSandbox({ districts, oidc: true, clock: () => now });
      const person = personOf(sandbox, role);
      const { access_token: token, id_token: idToken = '' } = await logIn(sandbox, person.id, { nonce: 'n-1' });
      const { payload, protectedHeader } = await verify(sandbox, idToken, new Date(now));
      const { body: userinfo } = await ask(sandbox, '/userinfo', token);
      const { user_id: legacyId } = userinfo as unknown as { user_id: string };
      expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: (await keysOf(sandbox)).keys[0]?.kid });
      expect(payload).toEqual({
        iss: 'https://clever.com',
        sub: person.id,
        aud: sandbox.clientOptions().clientId,
        iat: now / 1_000,
        exp: now / 1_000 + 3_600,
        nonce: 'n-1',
        user_id: legacyId,
        multi_role_user_id: person.id,
        user_type: role,
        district: person.districtId,
        ...(person.email === undefined || person.email === '' ? {} : { email: person.email }),
        email_verified: false,
        given_name: person.name.first ?? '',
        family_name: person.name.last ?? '',
      });
    },
  );

  it('has no nonce when none was sent', async ({ sandbox }) => {
    const { id_token: idToken = '' } = await logIn(sandbox, personOf(sandbox, 'student').id);
    expect(decodeJwt(idToken)).not.toHaveProperty('nonce');
  });

  it('has no e-mail address when the person has none', async () => {
    const user = { id: 'u', name: { first: 'Zoë', last: 'Ångström' }, roles: { student: {} }, email: '' };
    const sandbox = createSandbox({ districts: [{ district: { id: 'd' }, users: [user] }], oidc: true });
    const { id_token: idToken = '' } = await logIn(sandbox, 'u');
    const { payload } = await verify(sandbox, idToken);
    expect(payload).not.toHaveProperty('email');
    expect(payload).toMatchObject({ given_name: 'Zoë', family_name: 'Ångström' });
  });

  it('is not issued for a Library login', async ({ sandbox }) => {
    const tokens = await logIn(sandbox, personOf(sandbox, 'teacher', 1).id);
    expect(Object.keys(tokens)).toEqual(['access_token', 'token_type']);
  });
});

describe('keys.rotate()', () => {
  it('signs with a new key and keeps the old one published', async ({ sandbox }) => {
    const user = personOf(sandbox, 'teacher').id;
    const { id_token: before = '' } = await logIn(sandbox, user);
    await sandbox.keys.rotate();
    const { id_token: after = '' } = await logIn(sandbox, user);
    const [first, second] = [decodeProtectedHeader(before).kid, decodeProtectedHeader(after).kid];
    expect(first).not.toBe(second);
    expect((await keysOf(sandbox)).keys.map(({ kid }) => kid)).toEqual([second, first]);
    await verify(sandbox, before);
    await verify(sandbox, after);
  });

  it('forgets the old key on request', async ({ sandbox }) => {
    const user = personOf(sandbox, 'teacher').id;
    const { id_token: before = '' } = await logIn(sandbox, user);
    await sandbox.keys.rotate({ removeOld: true });
    expect((await keysOf(sandbox)).keys).toHaveLength(1);
    await expect(verify(sandbox, before)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('publishes nothing private, and keeps its keys after a reset()', async ({ sandbox }) => {
    const { keys } = await keysOf(sandbox);
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
    sandbox.reset();
    expect((await keysOf(sandbox)).keys).toEqual(keys);
  });
});

describe('PKCE', () => {
  const verifier = 'a-verifier-of-forty-three-characters-and-more';

  async function codeWith(sandbox: Sandbox, challenge?: string): Promise<string> {
    const pkce = challenge === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' };
    const user = personOf(sandbox, 'teacher').id;
    return callbackOf(await authorize(sandbox, { sandbox_user: user, ...pkce })).get('code') ?? '';
  }

  it.for([
    ['the verifier of the challenge', true, verifier, 200],
    ['another verifier', true, `${verifier}x`, 400],
    ['a verifier that is too short', true, 'short', 400],
    ['no verifier', true, undefined, 400],
    ['a verifier without a challenge', false, verifier, 400],
    ['neither', false, undefined, 200],
  ] as const)('treats %s as RFC 7636 has it', async ([_what, hasChallenge, sent, status], { sandbox }) => {
    const challenge = hasChallenge ? await client.calculatePKCECodeChallenge(verifier) : undefined;
    const code = await codeWith(sandbox, challenge);
    const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
    const response = await sandbox.fetch('https://clever.com/oauth/tokens', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri },
        ...(sent === undefined ? {} : { code_verifier: sent }),
      }),
    });
    expect(response.status).toBe(status);
    expect((await exchange(sandbox, code)).status).toBe(400);
  });
});

describe('openid-client', () => {
  const authentications = [
    ['client_secret_basic', client.ClientSecretBasic],
    ['client_secret_post', client.ClientSecretPost],
  ] as const;

  // Characters that RFC 6749 requires clients to encode.
  const clientSecret = 'a secret: +%&é';
  it.override('sandboxOptions', { districts, clientSecret, oidc: true });

  it.for(authentications)(
    'logs in by its own flow, with %s, PKCE and a nonce',
    async ([_name, authentication], { listening: sandbox }) => {
      const { clientId, redirectUri } = sandbox.clientOptions();
      const config = await client.discovery(new URL(sandbox.url), clientId, undefined, authentication(clientSecret), {
        execute: [client.allowInsecureRequests],
      });
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const authorizeUrl = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      const browser = new Browser(sandbox);
      const person = personOf(sandbox, 'staff');
      const page = await browser.open(`${authorizeUrl.href}&q=${person.id}`);
      const arrival = await browser.press(page, `${person.name.first} ${person.name.last}`);
      const tokens = await client.authorizationCodeGrant(config, arrival.url, {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
      });
      expect(tokens.claims()).toMatchObject({ iss: sandbox.url, sub: person.id, user_type: 'staff' });
      const userinfo = await client.fetchUserInfo(config, tokens.access_token, person.id);
      expect(userinfo.sub).toBe(person.id);
    },
  );
});
