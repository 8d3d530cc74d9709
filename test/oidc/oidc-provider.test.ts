import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CleverClient,
  createCleverClient,
  type LoginFailure,
  type LoginResult,
  type OidcOptions,
} from 'clever-sdk';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Browser } from '../support/browser.js';

/*
 * A login at an OpenID provider from outside this project: the SDK receives its origins, its metadata, and
 * the scope that every provider except Clever requires.
 */

const APP = 'https://app.example.com';
const CALLBACK = `${APP}/auth/callback`;
const CLIENT = { client_id: 'clever-sdk-app', client_secret: 'a secret/with:odd+characters%' };
const SUBJECT = 'person-1';

const people: Readonly<Record<string, Record<string, unknown>>> = {
  [SUBJECT]: {
    ...{ sub: SUBJECT, given_name: 'Ana', family_name: 'Silva', name: 'Ana Silva', email: 'ana@school.example' },
    ...{ email_verified: true, user_type: 'teacher', user_id: 'legacy-1', multi_role_user_id: SUBJECT },
  },
};

let jwks: { keys: object[] };

beforeAll(async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  jwks = { keys: [{ ...(await exportJWK(privateKey)), kid: 'peer-key', alg: 'RS256', use: 'sig' }] };
});
beforeEach(() => {
  // It prints reminders of what a production server needs.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
});

interface Peer {
  readonly origin: string;
  /** The paths that were requested, with their methods. */
  readonly asked: string[];
  readonly metadata: NonNullable<OidcOptions['metadata']>;
}

/** An oidc-provider on a local port, with one app and one person who consents to everything. */
async function listen(configuration: object = {}): Promise<Peer> {
  const asked: string[] = [];
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, {
    clients: [{ ...CLIENT, redirect_uris: [CALLBACK], token_endpoint_auth_method: 'client_secret_basic' }],
    jwks,
    cookies: { keys: ['a key of the peer’s own cookies'] },
    claims: {
      openid: ['sub', 'user_type', 'user_id', 'multi_role_user_id'],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name', 'name'],
    },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => people[accountId] }),
    pkce: { required: () => false },
    ...configuration,
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.push(`${request.method} ${path}`);
    if (!path.startsWith('/interaction/')) {
      handle(request, response);
      return;
    }
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: SUBJECT, clientId: params.client_id });
    grant.addOIDCScope('openid email profile');
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { login: { accountId: SUBJECT }, consent });
  });
  const metadata = {
    issuer: origin,
    authorization_endpoint: `${origin}/auth`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    userinfo_endpoint: `${origin}/me`,
  };
  return { origin, asked, metadata };
}

function clientOf({ origin, metadata }: Peer, oidc: OidcOptions = {}): CleverClient {
  return createCleverClient({
    ...{ clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret, redirectUri: CALLBACK },
    ...{ authOrigin: origin, apiOrigin: origin, oidc: { metadata, ...oidc }, retry: false },
  });
}

/** One login in a browser, from the button to the session. */
async function logIn(
  clever: CleverClient,
): Promise<{ result?: LoginResult; failure?: LoginFailure; browser: Browser }> {
  let result: LoginResult | undefined;
  let failure: LoginFailure | undefined;
  const login = clever.login({
    cookieSecret: 'x'.repeat(32),
    extraParams: { scope: 'openid email profile' },
    onLogin: (given) => {
      result = given;
      return new Response(null, { status: 303, headers: { location: given.returnTo } });
    },
    onError: (given) => {
      failure = given;
      return new Response(null, { status: given.status });
    },
  });
  const browser = new Browser({
    [APP]: (request) => {
      const { pathname } = new URL(request.url);
      return pathname === '/start'
        ? login.start(request)
        : pathname === '/auth/callback'
          ? login.callback(request)
          : new Response('home');
    },
  });
  await browser.open(`${APP}/start?returnTo=/lessons`);
  return { browser, ...(result === undefined ? {} : { result }), ...(failure === undefined ? {} : { failure }) };
}

describe('a login at oidc-provider', () => {
  it('with clever.login ends with the person of the verified id_token', async () => {
    const peer = await listen();
    const { result, failure, browser } = await logIn(clientOf(peer, { idToken: 'require' }));
    expect(failure?.error).toBeUndefined();
    expect(browser.history.at(-1)?.href).toBe(`${APP}/lessons`);
    expect({ ...result?.identity }).toMatchObject({
      ...{ id: SUBJECT, role: 'teacher', email: 'ana@school.example', legacyIds: ['legacy-1'] },
      name: { first: 'Ana', middle: '', last: 'Silva' },
    });
    expect(peer.asked.filter((path) => path === 'POST /token')).toHaveLength(1);
    expect(peer.asked).toContain('GET /jwks');
  });

  it('reads the keys once for many logins', async () => {
    const peer = await listen();
    const clever = clientOf(peer);
    expect((await logIn(clever)).result?.identity.id).toBe(SUBJECT);
    expect((await logIn(clever)).result?.identity.id).toBe(SUBJECT);
    expect(peer.asked.filter((path) => path === 'GET /jwks')).toHaveLength(1);
  });

  it('works where PKCE is required, with pkce: true', async () => {
    const peer = await listen({ pkce: { required: () => true } });
    const { result, browser } = await logIn(clientOf(peer, { pkce: true }));
    expect(result?.identity.id).toBe(SUBJECT);
    const authorize = browser.history.find(({ pathname }) => pathname === '/auth');
    expect(authorize?.searchParams.get('code_challenge_method')).toBe('S256');
    expect(authorize?.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/u);
  });

  it('is denied where PKCE is required but off, as it is by default', async () => {
    const peer = await listen({ pkce: { required: () => true } });
    const { result, failure, browser } = await logIn(clientOf(peer));
    expect(result).toBeUndefined();
    expect(failure?.error).toMatchObject({ code: 'oauth_callback', reason: 'denied', error: 'invalid_request' });
    expect(browser.history.find(({ pathname }) => pathname === '/auth')?.searchParams.has('code_challenge')).toBe(
      false,
    );
  });

  it('finds its keys by discovery when only the login’s endpoints are given', async () => {
    const peer = await listen();
    const { authorization_endpoint, token_endpoint, issuer } = peer.metadata;
    const only = { issuer, authorization_endpoint, token_endpoint } as Peer['metadata'];
    const { result } = await logIn(clientOf({ ...peer, metadata: only }));
    expect(result?.identity.id).toBe(SUBJECT);
    expect(peer.asked).toContain('GET /.well-known/openid-configuration');
    expect(peer.asked).toContain('GET /jwks');
  });

  it('reads the person from the metadata’s userinfo endpoint when the id_token says little', async () => {
    const peer = await listen({ conformIdTokenClaims: true });
    const { result } = await logIn(clientOf(peer));
    expect(peer.asked).toContain('GET /me');
    expect({ ...result?.identity }).toMatchObject({
      ...{ id: SUBJECT, email: 'ana@school.example', role: 'teacher' },
      name: { first: 'Ana', last: 'Silva' },
    });
  });

  it('works step by step: authorizationUrl, exchangeCallback, verifyIdToken, identify', async () => {
    const peer = await listen();
    const { oauth } = clientOf(peer);
    const { url, state } = oauth.authorizationUrl({ nonce: 'nonce-1', extraParams: { scope: 'openid email profile' } });
    const browser = new Browser({ [APP]: () => new Response('callback') });
    const { url: callback } = await browser.open(url);
    expect(callback.searchParams.get('iss')).toBe(peer.origin);
    const token = await oauth.exchangeCallback(callback, { expectedState: state });
    const claims = await oauth.verifyIdToken(token.id_token ?? '', { expectedNonce: 'nonce-1' });
    expect(claims).toMatchObject({ iss: peer.origin, sub: SUBJECT, aud: CLIENT.client_id, nonce: 'nonce-1' });
    expect(claims.exp - claims.iat).toBeGreaterThan(0);
    expect((await oauth.identify(token, { expectedNonce: 'nonce-1' })).id).toBe(SUBJECT);
    await expect(oauth.identify(token, { expectedNonce: 'nonce-2' })).rejects.toMatchObject({ reason: 'nonce' });
    // A code works once, at this provider as at any other.
    await expect(oauth.exchangeCallback(callback, { expectedState: state })).rejects.toMatchObject({
      ...{ code: 'oauth_token', error: 'invalid_grant', status: 400 },
    });
  });

  it('works step by step with PKCE: the verifier is required, and must be the right one', async () => {
    const peer = await listen({ pkce: { required: () => true } });
    const { oauth } = clientOf(peer);
    const codeVerifier = 'a-verifier-of-more-than-forty-three-characters-0123456789';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const codeChallenge = Buffer.from(digest).toString('base64url');
    const come = async () => {
      const { url, state } = oauth.authorizationUrl({ codeChallenge, extraParams: { scope: 'openid' } });
      const browser = new Browser({ [APP]: () => new Response('callback') });
      return { callback: (await browser.open(url)).url, expectedState: state };
    };
    const wrong = [undefined, `${codeVerifier}x`];
    for (const verifier of wrong) {
      const { callback, expectedState } = await come();
      const options = { expectedState, ...(verifier === undefined ? {} : { codeVerifier: verifier }) };
      await expect(oauth.exchangeCallback(callback, options)).rejects.toMatchObject({ code: 'oauth_token' });
    }
    const { callback, expectedState } = await come();
    const token = await oauth.exchangeCallback(callback, { expectedState, codeVerifier });
    expect((await oauth.identify(token)).id).toBe(SUBJECT);
  });

  it('explains wrong credentials', async () => {
    const peer = await listen();
    const clever = createCleverClient({
      ...{ clientId: CLIENT.client_id, clientSecret: 'wrong', redirectUri: CALLBACK },
      ...{ authOrigin: peer.origin, apiOrigin: peer.origin, oidc: { metadata: peer.metadata } },
    });
    const { failure } = await logIn(clever);
    expect(failure?.error).toMatchObject({ code: 'oauth_token', status: 401, error: 'invalid_client' });
  });

  it('trusts no provider other than the one in the metadata', async () => {
    const peer = await listen();
    const { failure } = await logIn(
      clientOf({ ...peer, metadata: { ...peer.metadata, issuer: 'https://clever.com' } }),
    );
    expect(failure?.error.code).toMatch(/^oauth_(callback|id_token)$/u);
  });
});
