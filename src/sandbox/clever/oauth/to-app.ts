import type { Context } from 'hono';
import type { Login, LoginDetails } from '../../world/access/grants.js';
import type { Env } from '../context.js';

/** Where a login returns to the app. */
export interface Destination extends LoginDetails {
  /** A redirect URI that the app registered. */
  readonly redirectUri: string;
  /** Returned unchanged; absent for logins that start at Clever. */
  readonly state?: string | undefined;
}

/**
 * Returns the destination of portal, Library and Instant Login links: the primary redirect URI, without
 * `state` and without a nonce.
 */
export function primaryDestination(context: Context<Env>): Destination {
  return { redirectUri: context.env.world.redirectUris.primary };
}

/** Redirects a person to the app with a code. */
export function toApp(context: Context<Env>, login: Login, destination: Destination): Response {
  const { redirectUri, state, ...details } = destination;
  const code = context.env.world.grants.issueCode(login, redirectUri, details);
  return redirect(context, redirectUri, { code, state });
}

/** Redirects a person to the app with an error in the place of a code. */
export function toAppWithError(
  context: Context<Env>,
  error: 'unauthorized-user' | 'unsupported_response_type' | 'invalid_request',
  { redirectUri, state }: Destination,
): Response {
  return redirect(context, redirectUri, { error, state });
}

/** Redirects so that the next request is a GET, whatever the method of this one. */
export function goTo(context: Context<Env>, address: string): Response {
  context.header('cache-control', 'no-store');
  return context.redirect(address, context.req.method === 'POST' ? 303 : 302);
}

function redirect(
  context: Context<Env>,
  redirectUri: string,
  params: Readonly<Record<string, string | undefined>>,
): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) {
      url.searchParams.append(name, value);
    }
  }
  return goTo(context, url.href);
}
