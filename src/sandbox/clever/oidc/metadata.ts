import type { Context } from 'hono';
import { cannot, json } from '../api/answers.js';
import type { Env } from '../context.js';
import { originsOf } from './issuer.js';

/**
 * `GET /.well-known/openid-configuration`. Source of the endpoints:
 * dev.clever.com/docs/oauth-implementation; `jwks_uri` is known from integrations in production. The rest
 * of Clever's document was not found, and is inferred from what the sandbox supports.
 */
export function discovery(context: Context<Env>): Response {
  if (context.env.world.signingKeys === undefined) {
    return cannot(context.req.method, context.req.path);
  }
  const { auth, api } = originsOf(context);
  return json({
    issuer: auth,
    authorization_endpoint: `${auth}/oauth/authorize`,
    token_endpoint: `${auth}/oauth/tokens`,
    userinfo_endpoint: `${api}/userinfo`,
    jwks_uri: `${auth}/oauth/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'email', 'profile'],
    claims_supported: [
      'iss',
      'sub',
      'aud',
      'iat',
      'exp',
      'nonce',
      'user_id',
      'multi_role_user_id',
      'user_type',
      'district',
      'email',
      'email_verified',
      'given_name',
      'family_name',
    ],
  });
}

/** `GET /oauth/certs`: the public keys as a JWK Set (RFC 7517). */
export async function certificates(context: Context<Env>): Promise<Response> {
  const { signingKeys } = context.env.world;
  return signingKeys === undefined
    ? cannot(context.req.method, context.req.path)
    : json({ keys: await signingKeys.publicKeys() });
}
