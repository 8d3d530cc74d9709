import { ID_TOKEN } from '../errors/catalogue/oauth.js';
import {
  CleverConfigError,
  type CleverErrorCode,
  CleverIdTokenError,
  type ConnectionFailureReason,
  hasCode,
  isCleverError,
} from '../errors/index.js';
import { checkOptions } from '../options/known-keys.js';
import { refusePlaceholder } from '../options/stored.js';
import type { Me } from '../schemas/me.js';
import type { UserToken } from '../schemas/tokens.js';
import type { Userinfo } from '../schemas/userinfo.js';
import { REQUEST_KEYS, type RequestOptions, resolveLink } from '../transport/index.js';
import { isObject } from '../util/is-object.js';
import { keysOf } from '../util/keys-of.js';
import { endpoints, type OAuthConfig } from './context.js';
import { type CleverIdentity, identityFrom } from './identity.js';
import { checkAccessToken, checkParameter } from './input.js';
import { identityOf } from './me.js';
import type { IdTokenClaims, IdTokenVerifier } from './oidc/id-token.js';

/** Options of {@link CleverOAuth.identify}. */
export interface IdentifyOptions extends RequestOptions {
  /** The nonce that the authorization request sent, if it sent one; the id_token must contain it. */
  readonly expectedNonce?: string;
}

const OPTION_KEYS = [
  ...keysOf<Omit<IdentifyOptions, keyof RequestOptions>>()({ expectedNonce: true }),
  ...REQUEST_KEYS,
];

/** Clever's errors when a token has no access, or the person's data is not shared. */
const INVISIBLE: readonly CleverErrorCode[] = ['not_found', 'permission', 'authentication'];

/** Why an answer that arrived cannot be read. */
const UNREADABLE: readonly ConnectionFailureReason[] = ['not_json', 'too_large', 'envelope'];

/** Implements {@link CleverOAuth.identify}. */
export async function identify(
  config: OAuthConfig,
  verifier: IdTokenVerifier,
  token: string | Pick<UserToken, 'access_token' | 'id_token'>,
  options: IdentifyOptions = {},
): Promise<CleverIdentity> {
  const call = 'oauth.identify()';
  checkOptions(call, options, OPTION_KEYS);
  const { expectedNonce: _, ...request } = options;
  const { access_token: accessToken, id_token: idToken } = isObject(token) ? token : { access_token: token };
  checkAccessToken(call, accessToken);
  refusePlaceholder(`${call}: the id_token`, idToken);
  checkParameter(call, 'expectedNonce', options.expectedNonce);
  const mode = config.oidc.idToken ?? 'verify';
  const claims = typeof idToken === 'string' && mode !== 'ignore' ? await verifier.verify(idToken, options) : undefined;
  const calls = identityOf(config, accessToken);
  const me = await visible(calls.me(request), claims !== undefined);
  const [user, userinfo] = await Promise.all([
    me === undefined ? undefined : visible(calls.ownUser(me.data.id, request)),
    // It adds little to the record, so a login must not fail without it.
    calls.userinfo(request, userinfoPath(config)).catch(nothingOf),
  ]);
  checkSamePerson(me, claims);
  const identity = identityFrom({
    me,
    user: user?.id === me?.data.id ? user : undefined,
    userinfo: isAbout(userinfo, me, claims) ? userinfo : undefined,
    claims,
  });
  if (mode === 'require' && claims === undefined && identity.connection === 'district') {
    throw new CleverIdTokenError(ID_TOKEN.missing);
  }
  if (identity.id === '') {
    throw new CleverConfigError(
      `${call}: Clever does not report whose token this is. Pass the access token of a person who logged in.`,
    );
  }
  return identity;
}

/**
 * Returns the answer, or `undefined` when the token has no access to it or it is unreadable. Rethrows other
 * failures.
 */
async function visible<Answer>(answer: Promise<Answer>, isOptional = true): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    const isUnreadable = hasCode(error, 'connection') && UNREADABLE.includes(error.reason);
    if (isOptional && (isUnreadable || (isCleverError(error) && INVISIBLE.includes(error.code)))) {
      return undefined;
    }
    throw error;
  }
}

/** Ignores Clever's failure to answer. Rethrows an abort by the caller, and a validation error. */
function nothingOf(error: unknown): undefined {
  if (!isCleverError(error) || error.code === 'validation') {
    throw error;
  }
}

/** Returns the provider's `/userinfo` path on the Data API's origin, the only origin to which a token is sent. */
function userinfoPath(config: OAuthConfig): string | undefined {
  return resolveLink(config.apiOrigin, endpoints(config).userinfo_endpoint);
}

/** Checks that the id_token and the access token are for the same person: OpenID Connect Core 1.0 section 3.1.3.6. */
function checkSamePerson(me: Me | undefined, claims: IdTokenClaims | undefined): void {
  if (me === undefined || claims === undefined) {
    return;
  }
  const ids = [claims.sub, claims.multi_role_user_id, claims.user_id];
  if (!ids.includes(me.data.id)) {
    throw new CleverIdTokenError(ID_TOKEN.subject);
  }
}

/**
 * Checks that a userinfo is about this person, because another's must not be used. Only its `sub` counts: OpenID
 * Connect Core 1.0 section 5.3.2.
 */
function isAbout(userinfo: Userinfo | undefined, me: Me | undefined, claims: IdTokenClaims | undefined): boolean {
  const sub: unknown = userinfo?.sub;
  return typeof sub === 'string' && sub !== '' && (sub === me?.data.id || sub === claims?.sub);
}
