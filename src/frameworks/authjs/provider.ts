import { checkOptions } from '../../options/known-keys.js';
import { defineInspect } from '../../privacy/inspect.js';
import { keysOf } from '../../util/keys-of.js';
import { appSecretOf, authorizationEndpointOf, exchangeCode, type OAuthClient } from '../common/exchange.js';
import { addressOf, type CleverPerson, emailOf, personOf } from '../common/person.js';

/** Options of {@link Clever}. */
export interface CleverOptions {
  /** The app's client. It names the app to Clever, and says who the person is. */
  readonly client: OAuthClient;
  /**
   * The address of a person: Clever's, or `null` for a person without (`'clever'`, default), or
   * `<id>@users.clever.invalid` for everyone (`'reserved'`). A database wants each address once: with `'clever'`, a
   * person whose address another user has cannot log in (`OAuthAccountNotLinked`).
   */
  readonly email?: 'clever' | 'reserved';
}

/** What the callbacks of Auth.js get as `profile`. */
export interface CleverProfile extends Omit<CleverPerson, 'email'> {
  readonly email: string | null;
}

/** The tokens of a login, as both versions of Auth.js hand them over. */
interface Tokens {
  readonly access_token?: string | undefined;
  readonly id_token?: string | undefined;
}

/** What `next-auth` 4 passes to a provider that exchanges the code itself. */
interface Exchange {
  readonly params: { readonly code?: string | undefined; readonly state?: string | undefined };
  readonly checks: { readonly state?: string | undefined };
  readonly provider: { readonly callbackUrl: string };
}

/** A provider of Auth.js. */
export interface CleverProvider {
  id: 'clever';
  name: 'Clever';
  type: 'oauth';
  issuer: string;
  clientId: string;
  clientSecret: string;
  checks: ['state'];
  client: { token_endpoint_auth_method: 'client_secret_basic' };
  allowDangerousEmailAccountLinking: false;
  authorization: { url: string; params: { scope: string } };
  token: {
    url: string;
    /** Exchanges the code, by the client; for `next-auth` 4. */
    request(exchange: Exchange): Promise<{ tokens: { access_token: string; token_type: string; id_token?: string } }>;
  };
  userinfo: {
    url: string;
    /** Asks Clever who the person is, by the client. */
    request(context: { tokens: Tokens }): Promise<Record<string, unknown>>;
  };
  /** The user, with Clever's id. */
  profile(profile: CleverProfile): { id: string; name: string; email: string | null; image: null };
}

const OPTION_KEYS = keysOf<CleverOptions>()({ client: true, email: true });

/**
 * Adds Clever to your page, for Auth.js 5 and `next-auth` 4.
 *
 * ### Setup
 *
 * Redirect URIs, in this order: the entry, `https://example.com/auth/clever/entry`, and Auth.js's own callback,
 * `https://example.com/api/auth/callback/clever`.
 *
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import Clever, { cleverCallbacks } from 'clever-sdk/authjs';
 *
 * const client = createCleverClient({
 *   clientId: process.env['AUTH_CLEVER_ID'],
 *   clientSecret: process.env['AUTH_CLEVER_SECRET'],
 * });
 * export const config = { providers: [Clever({ client })], callbacks: cleverCallbacks };
 * ```
 *
 * ### Notes
 *
 * - The provider is of the type `oauth` and not `oidc`, because a login by the Clever Library has no id_token. One that
 * Clever sends is verified by the client.
 * - `state` is checked: the default of Auth.js 5 is PKCE alone, which Clever does not document.
 * - No scope is asked for, because those of an app are set at Clever: `scope` is empty, which counts as omitted (RFC
 * 6749 section 3.1).
 * - `/userinfo` alone does not say who a person is: the profile comes from `client.oauth.identify`.
 * - Accounts are not linked by e-mail: an address can be missing, change, or belong to two people.
 *
 * @throws `CleverConfigError` for an unknown option; when the provider is used, for a client whose options come
 * from a function and cannot work.
 * @see {@link https://dev.clever.com/docs/oauth-implementation | Clever: OAuth}
 */
export function Clever(options: CleverOptions): CleverProvider {
  checkOptions('Clever()', options, OPTION_KEYS);
  const { client, email = 'clever' } = options;
  const at = (path: string): string => new URL(path, authorizationEndpointOf(client).url).href;
  const identify = async ({ access_token = '', id_token }: Tokens): Promise<Record<string, unknown>> => {
    const identity = await client.oauth.identify({ access_token, ...(id_token !== undefined && { id_token }) });
    const address = email === 'reserved' ? addressOf(identity, email) : (emailOf(identity) ?? null);
    return { ...personOf(identity), email: address };
  };
  const provider: CleverProvider = {
    id: 'clever',
    name: 'Clever',
    type: 'oauth',
    // Read when they are needed: the options of the client may come from a function.
    get issuer() {
      return new URL(authorizationEndpointOf(client).url).origin;
    },
    get clientId() {
      return authorizationEndpointOf(client).clientId;
    },
    get clientSecret() {
      return appSecretOf(client);
    },
    checks: ['state'],
    client: { token_endpoint_auth_method: 'client_secret_basic' },
    allowDangerousEmailAccountLinking: false,
    get authorization() {
      return { url: authorizationEndpointOf(client).url, params: { scope: '' } };
    },
    get token() {
      return {
        url: at('/oauth/tokens'),
        // Version 4 does not compare `state` when the provider exchanges the code: the client does.
        async request({ params, checks, provider }: Exchange) {
          const redirectUri = provider.callbackUrl;
          const { access_token, token_type, id_token } = await exchangeCode(client, redirectUri, {
            code: params.code,
            state: params.state,
            expectedState: checks.state,
          });
          return { tokens: { access_token, token_type, ...(id_token && { id_token }) } };
        },
      };
    },
    get userinfo() {
      return { url: at('/userinfo'), request: ({ tokens }: { tokens: Tokens }) => identify(tokens) };
    },
    profile: ({ id, name, email: address }) => ({ id, name, email: address, image: null }),
  };
  // It has the app's secret, as Auth.js wants it.
  return defineInspect(provider, () => ({ id: 'clever', type: 'oauth' }));
}
