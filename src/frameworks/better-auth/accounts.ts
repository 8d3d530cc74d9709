import { CleverConfigError } from '../../errors/config.js';
import { checkOptions } from '../../options/known-keys.js';
import { keysOf } from '../../util/keys-of.js';
import { type Arrival, arrivedWith, type CleverProvider } from './provider.js';

/** Options of {@link cleverAccounts}. */
export interface CleverAccountsOptions {
  /**
   * Returns Clever's id of the district whose people may log in at this request: that of the tenant, by its host name,
   * for example. A person of another district, and of the Clever Library, gets no session
   * (`unable_to_create_session`). `undefined` lets no one in: the host name of a request may be any. Default: no check.
   *
   * It is asked at the login alone. An app whose session cookie reaches several tenants' hosts must also compare
   * `cleverDistrictId` of the account at each request.
   */
  readonly districtId?: (request: {
    readonly headers?: Headers | undefined;
  }) => string | undefined | Promise<string | undefined>;
}

const OPTION_KEYS = keysOf<CleverAccountsOptions>()({ districtId: true });

/** The columns that {@link cleverAccounts} adds to the accounts: those of the last login. */
export interface CleverAccountColumns {
  readonly cleverRole?: string | null;
  readonly cleverDistrictId?: string | null;
  readonly cleverConnection?: string | null;
}

/** What better-auth hands to a hook of its database, as far as the plugin reads it. */
interface HookContext {
  readonly headers?: Headers | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly context: {
    readonly secret: string;
    readonly authCookies: { readonly sessionToken: { readonly name: string } };
    readonly internalAdapter: {
      findAccounts(userId: string): Promise<readonly Account[]>;
      updateAccount(id: string, columns: object): Promise<unknown>;
      deleteSession(token: string): Promise<unknown>;
    };
  };
  getSignedCookie(name: string, secret: string): Promise<string | false | null | undefined>;
}

interface Account {
  readonly id: string;
  readonly providerId: string;
  readonly accountId: string;
}

interface NewSession {
  readonly userId: string;
  readonly token: string;
}

const COLUMN = { type: 'string', required: false, input: false } as const;

/** The plugin for better-auth. */
export interface CleverAccountsPlugin {
  readonly id: 'clever-accounts';
  readonly schema: {
    readonly account: {
      readonly fields: Record<keyof CleverAccountColumns, { type: 'string'; required: false; input: false }>;
    };
  };
  /** Adds hooks to the sessions that better-auth makes. */
  init(): { options: { databaseHooks: { session: { create: SessionHooks } } } };
}

interface SessionHooks {
  before(session: NewSession, context: HookContext | null): Promise<false | undefined>;
  after(session: NewSession, context: HookContext | null): Promise<void>;
}

/**
 * A plugin for what a provider of better-auth cannot do, at each login with Clever:
 *
 * - It keeps the role, the district and the connection of the login in columns of the account: `cleverRole`,
 * `cleverDistrictId`, `cleverConnection`. Add them to your tables (`npx @better-auth/cli generate`).
 * - It ends the session that the browser had before, whichever person it belonged to: better-auth itself only replaces
 * the cookie. Clever does not certify an app that keeps the previous person's session. Source:
 * dev.clever.com/docs/il-security.
 * - It lets only the people of the tenant's district in: {@link CleverAccountsOptions.districtId}.
 *
 * @param provider - The object that {@link clever} returned, and not a copy of it.
 * @throws `CleverConfigError` for another object, and for an unknown option.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { clever, cleverAccounts } from 'clever-sdk/better-auth';
 *
 * const client = createCleverClient({ clientId: 'client-id', clientSecret: 'client-secret' });
 * const provider = clever({ client });
 * export const plugin = cleverAccounts(provider); // plugins: [genericOAuth({ config: [provider] }), plugin]
 * ```
 */
export function cleverAccounts(provider: CleverProvider, options: CleverAccountsOptions = {}): CleverAccountsPlugin {
  checkOptions('cleverAccounts()', options, OPTION_KEYS);
  const { districtId } = options;
  const arrived = arrivedWith(provider);
  if (arrived === undefined) {
    throw new CleverConfigError('cleverAccounts() needs the object that clever() returned, and not a copy of it.');
  }

  async function before({ userId }: NewSession, context: HookContext | null): Promise<false | undefined> {
    if (context === null || !isOfClever(context)) {
      return undefined;
    }
    const login = await loginOf(userId, context, arrived as ReadonlyMap<string, Arrival>);
    if (districtId !== undefined && !isOfDistrict(login, await districtId({ headers: context.headers }))) {
      return false;
    }
    if (login === undefined) {
      return undefined;
    }
    const { account, arrival } = login;
    await context.context.internalAdapter.updateAccount(account.id, {
      cleverRole: arrival.role ?? null,
      cleverDistrictId: arrival.districtId ?? null,
      cleverConnection: arrival.connection,
    });
    return undefined;
  }

  async function after({ token }: NewSession, context: HookContext | null): Promise<void> {
    if (context === null || !isOfClever(context)) {
      return;
    }
    const { authCookies, secret, internalAdapter } = context.context;
    const previous = await context.getSignedCookie(authCookies.sessionToken.name, secret);
    if (previous && previous !== token) {
      await internalAdapter.deleteSession(previous);
    }
  }

  return {
    id: 'clever-accounts',
    schema: { account: { fields: { cleverRole: COLUMN, cleverDistrictId: COLUMN, cleverConnection: COLUMN } } },
    init: () => ({ options: { databaseHooks: { session: { create: { before, after } } } } }),
  };
}

interface Login {
  readonly account: Account;
  readonly arrival: Arrival;
}

/**
 * The login with Clever for which better-auth is about to make a session. A user may have several accounts at Clever:
 * the login is by the one that arrived last.
 */
async function loginOf(
  userId: string,
  context: HookContext,
  arrived: ReadonlyMap<string, Arrival>,
): Promise<Login | undefined> {
  const accounts = (await context.context.internalAdapter.findAccounts(userId)).filter(
    ({ providerId }) => providerId === 'clever',
  );
  for (const [id, arrival] of [...arrived].reverse()) {
    const account = accounts.find(({ accountId }) => accountId === id);
    if (account !== undefined) {
      return { account, arrival };
    }
  }
  return undefined;
}

/** Whether a login is one of the tenant's district. Without a district, as for an unknown host, none is. */
function isOfDistrict(login: Login | undefined, districtId: string | undefined): boolean {
  return Boolean(districtId) && login?.arrival.districtId === districtId;
}

/** Whether a request is a callback from Clever: better-auth 1.6 and 1.7 name the provider in different parameters. */
function isOfClever({ params }: HookContext): boolean {
  return (params?.['id'] ?? params?.['providerId']) === 'clever';
}
