import { type AppClientOptions, type ResolvedConfig, resolveConfig, type TokenClientOptions } from './config.js';
import { assertKnownKeys, CleverConfigError } from './errors/index.js';
import { type CleverOAuth, createOAuth } from './oauth/index.js';
import { type SecretSource, showAs } from './redaction/index.js';
import type { ScopeContext } from './resources/context.js';
import { DistrictClient } from './resources/scopes/district.js';
import { LibraryClient } from './resources/scopes/library.js';
import { UserClient } from './resources/scopes/user.js';
import { bearer, createTransport, type Transport } from './transport/index.js';

/** A bearer token, or a function that gives the current one: it is asked before each request, so tokens may rotate. */
export type TokenSource = string | SecretSource | (() => string | Promise<string>);

/** Whose token a client acts with. */
export interface TokenOptions {
  readonly token: TokenSource;
}

/** A client that acts on tokens that others obtained. Made by `createCleverClient()` without an app's credentials. */
export interface CleverTokenClient {
  /** Reads a whole district with a district-app token of a Secure Sync connection. */
  district(options: TokenOptions): DistrictClient;
  /** Reads a teacher's classroom with the token of a Clever Library login. */
  library(options: TokenOptions): LibraryClient;
  /** Reads the signed-in person with the person's own token. */
  user(options: TokenOptions): UserClient;
}

/** A client that acts for an app: it logs people in and finds the app's district tokens. */
export interface CleverClient extends CleverTokenClient {
  /** Clever's OAuth 2.0 flow and what belongs to it. */
  readonly oauth: CleverOAuth;
}

const TOKEN_ADVICE = {
  user: {
    401: 'The token has expired or was revoked: send the person through the login again.',
    404: 'A user token sees the signed-in person and the own district only. For rosters use clever.district() with a district-app token.',
  },
  library: {
    401: 'The Library token has expired: send the teacher through the login again. Rosters must be read at login.',
    404: "A Library token sees the teacher's own sections and their students only, and students see just themselves.",
  },
  district: {
    401: 'The district-app token is unknown or was rotated: fetch it again with clever.oauth.districtTokens().',
  },
} as const;

/**
 * Creates a client for an app: logins by `oauth`, and readers for each kind of token. Checks every option now and reads
 * no environment. Nothing is sent until a call asks for it.
 *
 * @param options - The app's credentials and any of {@link CleverClientOptions}.
 * @throws {@link CleverConfigError} when an option is missing, unknown or impossible.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 *
 * const clever = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 *   redirectUri: 'https://app.example.com/auth/clever/callback',
 * });
 * const { url, state } = clever.oauth.authorizationUrl();
 * ```
 */
export function createCleverClient(options: AppClientOptions): CleverClient;
/**
 * Creates a client without an app: it reads with tokens that others obtained, and has no `oauth`.
 *
 * @param options - Any of {@link CleverClientOptions}.
 * @throws {@link CleverConfigError} when an option is unknown or impossible.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 *
 * const district = createCleverClient().district({ token: 'DISTRICT_APP_TOKEN' });
 * for await (const school of district.schools.list()) {
 *   console.log(school.name);
 * }
 * ```
 */
export function createCleverClient(options?: TokenClientOptions): CleverTokenClient;
export function createCleverClient(options?: AppClientOptions | TokenClientOptions): CleverTokenClient {
  const config = resolveConfig(options);
  const apiTransport = transportTo(config.apiOrigin, config);
  const scope = (name: keyof typeof TOKEN_ADVICE, given: TokenOptions): ScopeContext => {
    const options: object = given ?? {};
    assertKnownKeys(`clever.${name}()`, options, ['token']);
    return {
      transport: apiTransport,
      authorization: bearer(given?.token),
      apiVersion: config.apiVersion,
      validation: config.validation,
      pageSize: name === 'district' ? config.pageSize : undefined,
      prefetch: config.prefetch,
      advice: TOKEN_ADVICE[name],
    };
  };
  const client: CleverTokenClient = {
    district: (given) => new DistrictClient(scope('district', given)),
    library: (given) => new LibraryClient(scope('library', given)),
    user: (given) => new UserClient(scope('user', given)),
  };
  withOAuth(client, config, apiTransport);
  return Object.freeze(showAs(client, () => describe(config)));
}

/** With credentials `oauth` is there; without, touching it says what is missing (the types say so already). */
function withOAuth(client: CleverTokenClient, config: ResolvedConfig, apiTransport: Transport): void {
  const { app, ...rest } = config;
  if (app === undefined) {
    Object.defineProperty(client, 'oauth', {
      get() {
        throw new CleverConfigError(
          'This client has no `oauth`: pass `clientId` and `clientSecret` to createCleverClient() to log people in.',
        );
      },
    });
    return;
  }
  const authTransport = transportTo(config.authOrigin, config);
  const oauth = createOAuth({ ...app, ...rest, apiTransport, authTransport });
  Object.defineProperty(client, 'oauth', { value: oauth, enumerable: true });
}

function transportTo(origin: string, { fetch, userAgent, onEvent, request }: ResolvedConfig): Transport {
  return createTransport({ origin, fetch, userAgent, onEvent, defaults: request });
}

function describe({ app, apiOrigin, authOrigin, apiVersion }: ResolvedConfig): object {
  return { ...(app === undefined ? {} : { clientId: app.clientId }), apiOrigin, authOrigin, apiVersion };
}
