import type { Context } from 'hono';
import { parseJson } from '../../../util/parse-json.js';
import type { Redeemed } from '../../world/access/grants.js';
import { userScopes } from '../../world/access/scopes.js';
import type { District } from '../../world/district.js';
import { json, Refusal } from '../api/answers.js';
import { bearerToken } from '../api/gate.js';
import { readText, TOO_LARGE } from '../body.js';
import type { Env } from '../context.js';
import { signIdToken } from '../oidc/id-token.js';
import { originsOf } from '../oidc/issuer.js';
import { isFromApp, oauthError } from './credentials.js';
import { isVerified } from './pkce.js';

const unknownApp = (): Response => oauthError(401, 'invalid_client', 'Invalid client: unknown client id or secret');

/**
 * `POST /oauth/tokens`: exchanges a code for a user token. Adds an id_token when OpenID Connect is switched
 * on and the login came by a district's connection. Accepts JSON and form bodies (both observed).
 *
 * Source for the text of a bad code: dev.clever.com/docs/error-messages; the other texts are inferred.
 */
export async function exchangeCode(context: Context<Env>): Promise<Response> {
  if (context.req.header('authorization') !== undefined && !isFromApp(context)) {
    return unknownApp();
  }
  const body = await readBody(context);
  if (body === undefined) {
    return oauthError(413, 'invalid_request', `Invalid request: ${TOO_LARGE}`);
  }
  if (!isFromApp(context, body)) {
    return unknownApp();
  }
  const { code, grant_type: grantType, redirect_uri: redirectUri, code_verifier: codeVerifier } = body;
  if (grantType !== 'authorization_code') {
    return oauthError(400, 'unsupported_grant_type', 'Invalid request: grant_type must be authorization_code');
  }
  if (code === undefined || redirectUri === undefined) {
    return oauthError(400, 'invalid_request', 'Invalid request: code and redirect_uri are required');
  }
  const redeemed = context.env.world.grants.redeemCode(code, redirectUri);
  if (redeemed === undefined || !(await isVerified(redeemed.codeChallenge, codeVerifier))) {
    return oauthError(400, 'invalid_grant', 'Invalid grant: invalid code');
  }
  return answerWithTokens(context, redeemed);
}

async function answerWithTokens(context: Context<Env>, { login, nonce }: Redeemed): Promise<Response> {
  const { app, grants, signingKeys } = context.env.world;
  const token = { access_token: grants.issueUserToken(login), token_type: 'bearer' };
  const response = json(
    signingKeys === undefined || login.connection === 'library'
      ? token
      : {
          ...token,
          id_token: await signIdToken(signingKeys, login, {
            issuer: originsOf(context).auth,
            clientId: app.clientId,
            nonce,
            now: context.env.now,
          }),
        },
  );
  response.headers.set('cache-control', 'no-store');
  return response;
}

/**
 * `GET /oauth/tokens`: the app's district-app tokens, of all districts or of one. The list is never paged
 * (observed).
 */
export function listDistrictTokens(context: Context<Env>): Response {
  if (!isFromApp(context)) {
    return unknownApp();
  }
  const [ownerType, district] = [context.req.query('owner_type'), context.req.query('district')];
  if (ownerType === undefined ? district === undefined : ownerType !== 'district') {
    return oauthError(400, 'invalid_request', 'Invalid request: owner_type must be district');
  }
  const districts = context.env.world.districts.filter(({ id }) => district === undefined || id === district);
  const self = `/oauth/tokens?owner_type=district${district === undefined ? '' : `&district=${encodeURIComponent(district)}`}`;
  return json({ data: districts.flatMap(tokenEntry), links: [{ rel: 'self', uri: self }] });
}

/** `GET /oauth/tokeninfo`: the app and the scopes of a bearer token. */
export function tokenInfo(context: Context<Env>): Response {
  const { grants, app } = context.env.world;
  const grant = grants.resolve(bearerToken(context.req.header('authorization')) ?? '');
  if (grant === undefined) {
    throw new Refusal(401, 'Unrecognized token string');
  }
  const scopes = grant.kind === 'district' ? grant.scopes : userScopes(grant.connection);
  return json({ client_id: app.clientId, scopes });
}

function tokenEntry({ id, appToken }: District): object[] {
  if (appToken === undefined) {
    return [];
  }
  const { id: tokenId, created, value, scopes } = appToken;
  return [{ id: tokenId, created, owner: { type: 'district', id }, access_token: value, scopes }];
}

async function readBody(context: Context<Env>): Promise<Record<string, string | undefined> | undefined> {
  const text = await readText(context);
  if (text === undefined) {
    return undefined;
  }
  if (!(context.req.header('content-type') ?? '').includes('json')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  const body = parseJson(text);
  const members = Object.entries(typeof body === 'object' && body !== null ? body : {});
  return Object.fromEntries(members.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
