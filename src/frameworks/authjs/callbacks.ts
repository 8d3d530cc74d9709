import type { CleverProfile } from './provider.js';

/** What {@link cleverCallbacks} keep of a login with Clever, in the token of a session and in the session. */
export interface CleverInSession {
  /** Clever's id of the person. */
  readonly id: string;
  readonly role: string | undefined;
  readonly districtId: string | undefined;
  readonly connection: 'district' | 'library';
}

/** The token of a session after a login with Clever. */
export interface CleverInToken {
  readonly clever?: CleverInSession;
}

interface Account {
  readonly provider: string;
  readonly providerAccountId: string;
}

/**
 * Callbacks of Auth.js for sessions in a token (`strategy: 'jwt'`, the default without a database): they keep Clever's
 * id, the role, the district and the connection of the login as `session.clever`.
 *
 * Auth.js 5 gives a user a new random id at each login when there is no database, so `session.user.id` is no key: use
 * `session.clever.id`. Each login replaces what the last one has kept; a login with another provider removes it.
 *
 * @example
 * ```ts
 * import { cleverCallbacks } from 'clever-sdk/authjs';
 *
 * export const config = { callbacks: { ...cleverCallbacks } };
 * ```
 */
export const cleverCallbacks = {
  /** Keeps the login in the token. */
  // biome-ignore lint/suspicious/noExplicitAny: the two versions of Auth.js type tokens and accounts differently
  jwt({ token, account, profile }: { token: any; account?: any; profile?: any }): any {
    return account ? withLogin(token, account as Account, profile as CleverProfile | undefined) : token;
  },
  /** Shows the login in the session. */
  // biome-ignore lint/suspicious/noExplicitAny: the same
  session({ session, token }: { session: any; token?: any }): any {
    const { clever } = (token ?? {}) as CleverInToken;
    return clever === undefined ? session : { ...session, clever };
  },
};

function withLogin(token: object, account: Account, profile: CleverProfile | undefined): object {
  const { clever: _, ...rest } = token as CleverInToken;
  if (account.provider !== 'clever' || profile === undefined) {
    return rest;
  }
  const { role, districtId, connection } = profile;
  return { ...rest, clever: { id: account.providerAccountId, role, districtId, connection } satisfies CleverInSession };
}
