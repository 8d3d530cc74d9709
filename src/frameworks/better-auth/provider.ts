import { isCleverError } from '../../errors/base.js';
import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { authorizationEndpointOf, exchangeCheckedCode, type OAuthClient } from '../common/exchange.js';
import { type CleverPerson, type EmailChoice, personOf } from '../common/person.js';

/** Options of {@link clever}. Those from `redirectURI` on are better-auth's own, with its meaning. */
export interface CleverOptions {
  /** The app's client. It exchanges the code and says who the person is. */
  readonly client: OAuthClient;
  /**
   * The address of a person: Clever's, or a reserved one for a person without (`'clever'`, default), or a reserved one
   * for everyone (`'reserved'`). better-auth wants each address once: with `'clever'`, a person whose address another
   * user has cannot log in (`account_not_linked`).
   */
  readonly email?: EmailChoice;
  readonly redirectURI?: string;
  readonly disableSignUp?: boolean;
  readonly disableImplicitSignUp?: boolean;
  /** Whether each login updates the name and the address of the user. Default `false`. */
  readonly overrideUserInfo?: boolean;
  /**
   * Adds to the user: better-auth's `additionalFields`, for example. `id` and `emailVerified` are left out of what it
   * returns: an account is always that of Clever's id, and no address is verified.
   */
  readonly mapProfileToUser?: (profile: CleverPerson) => Record<string, unknown> | Promise<Record<string, unknown>>;
}

const OPTION_KEYS = keysOf<CleverOptions>()({
  client: true,
  email: true,
  redirectURI: true,
  disableSignUp: true,
  disableImplicitSignUp: true,
  overrideUserInfo: true,
  mapProfileToUser: true,
});

/** The tokens of a login as better-auth keeps them. Clever has no refresh tokens. */
export interface CleverTokens {
  readonly tokenType?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly idToken?: string | undefined;
}

/** The configuration of a provider for `genericOAuth`. */
export interface CleverProvider {
  readonly providerId: 'clever';
  readonly name: 'Clever';
  readonly clientId: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly pkce: false;
  readonly allowIdpInitiated: true;
  redirectURI?: string;
  disableSignUp?: boolean;
  disableImplicitSignUp?: boolean;
  overrideUserInfo?: boolean;
  /** Clever's id, which is the key of the account. */
  accountSubject(context: { readonly profile: { readonly id?: unknown } }): string;
  /** Exchanges the code, by the client. */
  getToken(data: { code: string; redirectURI: string }): Promise<CleverTokens>;
  /** `null` when Clever does not say who the person is; the `onEvent` of the client says why. */
  getUserInfo(tokens: CleverTokens): Promise<CleverProfile | null>;
  /** What the option of the same name adds to the user, without `id` and `emailVerified`. */
  mapProfileToUser(profile: object): Record<string, unknown> | Promise<Record<string, unknown>>;
}

/**
 * A person as better-auth reads a profile. What is Clever's is in `clever`, where no column of the app has its name.
 */
export interface CleverProfile {
  id: string;
  name: string;
  email: string;
  emailVerified: false;
  readonly clever: CleverPerson;
  [name: string]: unknown;
}

/** What {@link cleverAccounts} needs to know of a login: no name and no address, because it is kept in memory. */
export type Arrival = Pick<CleverPerson, 'role' | 'districtId' | 'connection'>;

/**
 * Who logged in lately, by Clever's id, the last one at the end: what {@link cleverAccounts} knows when better-auth
 * makes the session. Two logins of a person at the same time both need it, so a session does not remove it.
 */
const ARRIVED = new WeakMap<object, Map<string, Arrival>>();
const MOST_ARRIVED = 1_000;

/** The logins of late with a provider, by Clever's id; `undefined` for another object. */
export function arrivedWith(provider: object): ReadonlyMap<string, Arrival> | undefined {
  return ARRIVED.get(provider);
}

/**
 * Makes a provider for better-auth's `genericOAuth`, keyed by Clever's id.
 *
 * A person without an e-mail address gets `<id>@users.clever.invalid`, because better-auth ends a login without one
 * with `email_not_found`. No address is ever verified, so better-auth links no account by it: keep
 * `account.accountLinking.trustedProviders` without `clever`.
 *
 * better-auth 1.7 also takes up logins from the portal, the Library and Instant Login links (`allowIdpInitiated`; it
 * needs `baseURL`). For 1.6, put `cleverEntry` before it.
 *
 * @throws `CleverConfigError` by better-auth's start, when the client's options come from a function and cannot
 * work.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { clever } from 'clever-sdk/better-auth';
 *
 * const client = createCleverClient({
 *   clientId: process.env['CLEVER_CLIENT_ID'],
 *   clientSecret: process.env['CLEVER_CLIENT_SECRET'],
 * });
 * export const provider = clever({ client }); // betterAuth({ plugins: [genericOAuth({ config: [provider] })] })
 * ```
 */
export function clever(options: CleverOptions): CleverProvider {
  checkOptions('clever()', options, OPTION_KEYS);
  const { client, email = 'clever', mapProfileToUser, ...passedOn } = options;
  const arrived = new Map<string, Arrival>();
  const provider: CleverProvider = {
    ...passedOn,
    providerId: 'clever',
    name: 'Clever',
    // Read when they are needed: the options of the client may come from a function.
    get clientId() {
      return authorizationEndpointOf(client).clientId;
    },
    get authorizationUrl() {
      return authorizationEndpointOf(client).url;
    },
    get tokenUrl() {
      return new URL('/oauth/tokens', authorizationEndpointOf(client).url).href;
    },
    pkce: false,
    allowIdpInitiated: true,
    accountSubject: ({ profile }) => String(profile.id),
    async getToken({ code, redirectURI }) {
      const token = await exchangeCheckedCode(client, passedOn.redirectURI ?? redirectURI, code);
      return { tokenType: token.token_type, accessToken: token.access_token, idToken: token.id_token ?? undefined };
    },
    async getUserInfo({ accessToken = '', idToken }) {
      const token = { access_token: accessToken, ...(idToken !== undefined && { id_token: idToken }) };
      const identity = await client.oauth.identify(token).catch((error: unknown) => {
        // better-auth answers what is thrown here with status 500, and `null` with the app's own page for errors.
        if (isCleverError(error)) {
          return null;
        }
        throw error;
      });
      if (identity === null) {
        return null;
      }
      const person = personOf(identity, email);
      remember(arrived, person);
      const { id, name, email: address, emailVerified } = person;
      return { id, name, email: address, emailVerified, clever: person };
    },
    async mapProfileToUser(profile) {
      // better-auth 1.6 takes the account's id from here, and both versions link accounts by a verified address.
      const {
        id: _id,
        emailVerified: _verified,
        ...added
      } = (await mapProfileToUser?.((profile as CleverProfile).clever)) ?? {};
      return added;
    },
  };
  ARRIVED.set(provider, arrived);
  return provider;
}

function remember(arrived: Map<string, Arrival>, { id: person, role, districtId, connection }: CleverPerson): void {
  // Deleted first, so that the last one to arrive is at the end.
  arrived.delete(person);
  arrived.set(person, { role, districtId, connection });
  for (const id of arrived.keys()) {
    if (arrived.size <= MOST_ARRIVED) {
      break;
    }
    arrived.delete(id);
  }
}
