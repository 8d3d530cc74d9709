import { hideMembers } from './inspect.js';

/** The members of tokens that are not secret. All others are, including any that Clever may add. */
export const NOT_SECRET_IN = {
  token: ['token_type', 'expires_in', 'scope'],
  districtToken: ['id', 'created', 'owner', 'scopes'],
} as const;

/** A kind of record that is a token. */
export type TokenKind = keyof typeof NOT_SECRET_IN;

export function isTokenKind(kind: string): kind is TokenKind {
  return Object.hasOwn(NOT_SECRET_IN, kind);
}

/** Checks whether a member of a token is secret: every one that is not known to be none. */
export function isSecretMember(kind: string, name: string | undefined): boolean {
  return name !== undefined && isTokenKind(kind) && !(NOT_SECRET_IN[kind] as readonly string[]).includes(name);
}

/** Returns a token whose secrets only code finds that reads them by name: see {@link hideMembers}. */
export function hideSecretsOf<T extends object>(kind: TokenKind, token: T): T {
  return hideMembers(
    token,
    Object.keys(token).filter((name) => isSecretMember(kind, name)),
  );
}
