import { CleverConfigError, type CleverErrorCode, hasCode, isCleverError } from '../errors/index.js';
import { checkOptions } from '../options/known-keys.js';
import { deliver, readSingleEnvelope } from '../records/index.js';
import type { Me } from '../schemas/me.js';
import type { UserToken } from '../schemas/token.js';
import type { OwnUser } from '../schemas/user.js';
import type { Userinfo } from '../schemas/userinfo.js';
import { bearer, buildPath, REQUEST_KEYS, type RequestOptions, resolveLink } from '../transport/index.js';
import { isObject } from '../util/is-object.js';
import { keysOf } from '../util/keys-of.js';
import { endpoints, type OAuthConfig } from './context.js';
import { type CleverIdentity, identityFrom } from './identity.js';
import { checkAccessToken } from './input.js';
import { me as readMe } from './me.js';
import { type IdTokenClaims, type IdTokenVerifier, idTokenError } from './oidc/id-token.js';

/** Options of {@link CleverOAuth.identify}. */
export interface IdentifyOptions extends RequestOptions {
  /** The nonce that the authorization request sent, when it sent one: the id_token must hold it. */
  readonly expectedNonce?: string;
}

const OPTION_KEYS = [
  ...keysOf<Omit<IdentifyOptions, keyof RequestOptions>>()({ expectedNonce: true }),
  ...REQUEST_KEYS,
];

/** What Clever answers where a token may not see something, or the person's data is not shared. */
const INVISIBLE: readonly CleverErrorCode[] = ['not_found', 'permission', 'authentication'];

/** Implements {@link CleverOAuth.identify}. */
export async function identify(
  config: OAuthConfig,
  verifier: IdTokenVerifier,
  token: string | Pick<UserToken, 'access_token' | 'id_token'>,
  options: IdentifyOptions = {},
): Promise<CleverIdentity> {
  const call = 'oauth.identify()';
  checkOptions(call, options, OPTION_KEYS);
  const { expectedNonce, ...request } = options;
  const { access_token: accessToken, id_token: idToken } = isObject(token) ? token : { access_token: token };
  checkAccessToken(call, accessToken);
  const mode = config.oidc.idToken ?? 'verify';
  const claims =
    typeof idToken === 'string' && mode !== 'ignore'
      ? await verifier.verify(idToken, { ...request, ...(expectedNonce === undefined ? {} : { expectedNonce }) })
      : undefined;
  const me = await visible(readMe(config, accessToken, request), claims !== undefined);
  const [user, userinfo] = await Promise.all([
    me === undefined ? undefined : visible(readOwnUser(config, accessToken, me.data.id, request)),
    // It adds little to the record: a login must not fail for want of it.
    readUserinfo(config, accessToken, request).catch(nothingOf),
  ]);
  checkSamePerson(me, claims);
  const identity = identityFrom({
    me,
    user: user?.id === me?.data.id ? user : undefined,
    userinfo: isAbout(userinfo, me, claims) ? userinfo : undefined,
    claims,
  });
  if (mode === 'require' && claims === undefined && identity.connection === 'district') {
    throw idTokenError('missing');
  }
  if (identity.id === '') {
    throw new CleverConfigError(`${call}: nothing that this token sees says whose it is.`);
  }
  return identity;
}

/** The answer, or `undefined` where this token gets none, or none that can be read. Any other failure is the caller's to know. */
async function visible<Answer>(answer: Promise<Answer>, isOptional = true): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    const isUnreadable = hasCode(error, 'connection') && (error.reason === 'not_json' || error.reason === 'envelope');
    if (isOptional && (isUnreadable || (isCleverError(error) && INVISIBLE.includes(error.code)))) {
      return undefined;
    }
    throw error;
  }
}

/** Nothing in place of what Clever could not tell; an abort by the caller is still an abort. */
function nothingOf(error: unknown): undefined {
  if (!isCleverError(error) || error.code === 'validation') {
    throw error;
  }
}

async function readOwnUser(
  { apiTransport: transport, apiVersion, validation }: OAuthConfig,
  accessToken: string,
  id: string,
  options: RequestOptions,
): Promise<OwnUser> {
  const pathTemplate = `/${apiVersion}/users/{id}`;
  const path = buildPath(pathTemplate, { id });
  const { json } = await transport.send({
    method: 'GET',
    pathTemplate,
    path,
    authorization: bearer(accessToken),
    options,
  });
  const record = readSingleEnvelope(json, 'GET', pathTemplate);
  return deliver({ transport, method: 'GET', pathTemplate, validation }, 'ownUser', record);
}

async function readUserinfo(
  config: OAuthConfig,
  accessToken: string,
  options: RequestOptions,
): Promise<Userinfo | undefined> {
  const { apiTransport: transport, apiOrigin, validation } = config;
  const path = resolveLink(apiOrigin, endpoints(config).userinfo_endpoint) ?? '/userinfo';
  const authorization = bearer(accessToken);
  const { json } = await transport.send({ method: 'GET', pathTemplate: path, path, authorization, options });
  return isObject(json)
    ? deliver({ transport, method: 'GET', pathTemplate: path, validation }, 'userinfo', json)
    : undefined;
}

/** The id_token and the access token must speak of one person: OpenID Connect Core 1.0 section 3.1.3.6. */
function checkSamePerson(me: Me | undefined, claims: IdTokenClaims | undefined): void {
  if (me === undefined || claims === undefined) {
    return;
  }
  const ids = [claims.sub, claims.multi_role_user_id, claims.user_id];
  if (!ids.includes(me.data.id)) {
    throw idTokenError('subject');
  }
}

/** A userinfo of somebody else must not be used: OpenID Connect Core 1.0 section 5.3.2. */
function isAbout(userinfo: Userinfo | undefined, me: Me | undefined, claims: IdTokenClaims | undefined): boolean {
  const ids = [userinfo?.sub, userinfo?.multi_role_user_id, userinfo?.user_id];
  const known = me?.data.id ?? claims?.sub;
  return known !== undefined && ids.includes(known);
}
