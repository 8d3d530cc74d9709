import {
  type AppClientOptions,
  type CleverClient,
  type CleverError,
  type ClientEvent,
  createCleverClient,
  type LoginResult,
} from 'clever-sdk';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const CLIENT_ID = 'aaaaaaaaaaaaaaaaaaaa';
export const ISSUER = 'https://clever.com';
const CALLBACK = 'https://app.example.com/auth/clever/callback';
export const PERSON = '5f1000000000000000000001';
const DISTRICT = '5f1000000000000000000010';

export const DISCOVERY_PATH = '/.well-known/openid-configuration';
export const CERTS_PATH = '/oauth/certs';

/** A key pair as a provider has it: the private half signs, the public half is published. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** Makes an RSA key; 2048 bits, because smaller ones are refused. */
export async function makeKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

export type Claims = Record<string, unknown>;

/** Signs claims as a provider would. */
export function sign(claims: Claims, key: SigningKey, header: Record<string, unknown> = {}): Promise<string> {
  const protectedHeader = { alg: 'RS256', typ: 'JWT', kid: key.kid, ...header };
  return new SignJWT(claims as JWTPayload).setProtectedHeader(protectedHeader).sign(key.privateKey);
}

/** The claims that Clever documents, current and valid. */
export function goodClaims(changes: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: ISSUER,
    sub: PERSON,
    aud: CLIENT_ID,
    iat: now,
    exp: now + 3_600,
    user_id: '5f1000000000000000000091',
    multi_role_user_id: PERSON,
    user_type: 'teacher',
    district: DISTRICT,
    email: 'canary@school.example',
    email_verified: false,
    given_name: 'Canaryfirst',
    family_name: 'Canarylast',
    ...changes,
  };
}

/** The answers of the provider double; each member may be replaced while a test runs. */
export interface Provider {
  /** Keys at the certs endpoint. */
  published: readonly JWK[];
  /** The discovery document; `undefined` answers 404. */
  discovery: object | string | undefined;
  /** The id_token of the next exchange, given the nonce of its login; `undefined` for none. */
  idToken: (nonce: string) => Promise<unknown> | unknown;
  /** `data` of `/me`; `undefined` answers 404. */
  me: object | undefined;
  /** Answers of other paths. */
  readonly answers: Map<string, () => Response | Promise<Response>>;
  /** Every URL that was requested. */
  readonly requests: URL[];
  readonly events: ClientEvent[];
  /** The number of requests for a path. */
  count(path: string): number;
  client(options?: Partial<AppClientOptions>): CleverClient;
}

/** A provider without a network, whose key is `key`. Its tokens are valid until a test changes them. */
export function makeProvider(key: SigningKey): Provider {
  const requests: URL[] = [];
  const events: ClientEvent[] = [];

  async function fetch(address: string): Promise<Response> {
    const url = new URL(address);
    requests.push(url);
    const answer = provider.answers.get(url.pathname);
    if (answer !== undefined) {
      return answer();
    }
    switch (url.pathname) {
      case DISCOVERY_PATH:
        return typeof provider.discovery === 'object' ? Response.json(provider.discovery) : page(provider.discovery);
      case CERTS_PATH:
        return Response.json({ keys: provider.published });
      case '/oauth/tokens':
        return Response.json({
          access_token: 'il-canary-access-token',
          token_type: 'bearer',
          id_token: await provider.idToken(nonces.at(-1) ?? ''),
        });
      case '/v3.1/me':
        return provider.me === undefined ? page() : Response.json({ type: 'user', data: provider.me });
      default:
        return page();
    }
  }

  const nonces: string[] = [];
  const provider: Provider = {
    published: [key.jwk],
    discovery: { issuer: ISSUER, jwks_uri: `${ISSUER}${CERTS_PATH}` },
    idToken: (nonce) => sign(goodClaims({ nonce }), key),
    me: { id: PERSON, district: DISTRICT, type: 'user', authorized_by: 'district' },
    answers: new Map(),
    requests,
    events,
    count: (path) => requests.filter(({ pathname }) => pathname === path).length,
    client: (options = {}) =>
      createCleverClient({
        clientId: CLIENT_ID,
        clientSecret: 'canary-client-secret',
        redirectUri: CALLBACK,
        retry: false,
        fetch,
        onEvent: (event) => void events.push(event),
        ...options,
      }),
  };
  noncesOf.set(provider, nonces);
  return provider;
}

const noncesOf = new WeakMap<Provider, string[]>();

function page(text = '<html><body>canary: not found</body></html>'): Response {
  return new Response(text, { status: 404, headers: { 'content-type': 'text/html' } });
}

/** How a login ended: with a person, or with an error. */
export interface Outcome {
  readonly result: LoginResult | undefined;
  readonly error: CleverError | undefined;
}

/** One full login with `clever.login`, from the button to the session. */
export async function logIn(provider: Provider, clever: CleverClient = provider.client()): Promise<Outcome> {
  let result: LoginResult | undefined;
  let error: CleverError | undefined;
  const login = clever.login({
    cookieSecret: 'x'.repeat(32),
    onLogin: (given) => {
      result = given;
      return new Response();
    },
    onError: (failure) => {
      error = failure.error;
      return new Response(null, { status: failure.status });
    },
  });
  const away = await login.start(new Request('https://app.example.com/auth/clever'));
  const { searchParams } = new URL(away.headers.get('location') ?? '');
  noncesOf.get(provider)?.push(searchParams.get('nonce') ?? '');
  const cookie = away.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const callback = `${CALLBACK}?code=${crypto.randomUUID()}&state=${searchParams.get('state')}`;
  await login.callback(new Request(callback, { headers: { cookie } }));
  return { result, error };
}
