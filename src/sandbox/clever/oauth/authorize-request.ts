import type { Context } from 'hono';
import type { District } from '../../world/district.js';
import type { Env } from '../context.js';
import { unknownAppPage, unknownRedirectUriPage } from '../pages/unknown-client-page.js';
import { type Destination, toAppWithError } from './to-app.js';

/** What the app asks for when it sends a person to log in. */
export interface AuthorizeRequest {
  readonly destination: Destination;
  /** The district that `district_id` preselects; `undefined` for an unknown id, which preselects none. */
  readonly district: District | undefined;
}

/** Parameters that may not be repeated (RFC 6749, section 3.1). */
const PROTOCOL = ['response_type', 'client_id', 'redirect_uri', 'state', 'nonce', 'code_challenge'];

/**
 * Reads the parameters of `/oauth/authorize`.
 *
 * @returns The request; or, when the app or its redirect URI is unknown, a page without a redirect, because
 * a redirect to an address that the app did not register would make the login page an open redirector; or,
 * for any other problem, a redirect with an `error`, whose values are inferred.
 */
export async function readAuthorizeRequest(context: Context<Env>): Promise<AuthorizeRequest | Response> {
  const { app, districts, redirectUris } = context.env.world;
  const params = new URL(context.req.url).searchParams;
  if (params.get('client_id') !== app.clientId) {
    return unknownAppPage(context);
  }
  const redirectUri = params.get('redirect_uri');
  if (redirectUri === null || !redirectUris.all.includes(redirectUri)) {
    return unknownRedirectUriPage(context, redirectUri ?? undefined);
  }
  const challenge = params.get('code_challenge') ?? undefined;
  const destination: Destination = {
    redirectUri,
    state: params.get('state') ?? undefined,
    nonce: params.get('nonce') ?? undefined,
    codeChallenge: challenge,
  };
  if (PROTOCOL.some((name) => params.getAll(name).length > 1)) {
    return toAppWithError(context, 'invalid_request', destination);
  }
  if (params.get('response_type') !== 'code') {
    return toAppWithError(context, 'unsupported_response_type', destination);
  }
  if (challenge !== undefined && params.get('code_challenge_method') !== 'S256') {
    return toAppWithError(context, 'invalid_request', destination);
  }
  return { destination, district: districts.find(({ id }) => id === params.get('district_id')) };
}
