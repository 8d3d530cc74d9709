import type { Login } from '../../world/access/grants.js';
import type { SigningKeys } from '../../world/access/signing-keys.js';

/** What an id_token contains besides the login. */
export interface IdTokenContext {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One hour. Source: dev.clever.com/docs/oauth-implementation. */
const LIFETIME_SECONDS = 3_600;

/**
 * Signs the id_token of a login by a district; a Library login has none (dev.clever.com/docs/the-userinfo-endpoint).
 *
 * Source of the claims: dev.clever.com/docs/oauth-implementation. The `user_type` of a district admin is
 * `district_admin` here; the documentation does not say how it is spelled.
 */
export async function signIdToken(keys: SigningKeys, login: Login, context: IdTokenContext): Promise<string> {
  const { district, userId, role } = login;
  const { issuer, clientId, nonce, now } = context;
  const user = district.store.get('users', userId);
  const issuedAt = Math.floor(now / 1_000);
  const email = user?.email ?? '';
  return keys.sign({
    iss: issuer,
    sub: userId,
    aud: clientId,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    nonce,
    // The id that the person had before API v3. The ids of students did not change.
    user_id: user?.roles[role]?.legacy_id ?? userId,
    multi_role_user_id: userId,
    user_type: role,
    district: district.id,
    ...(email === '' ? {} : { email }),
    email_verified: false,
    given_name: user?.name.first ?? '',
    family_name: user?.name.last ?? '',
  });
}
