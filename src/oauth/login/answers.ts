import { CleverCallbackError, type CleverError, CleverTokenError } from '../../errors/index.js';
import { isTroubleAtClever } from '../../errors/trouble.js';

/** Returns the HTTP status for a failed login. */
export function statusOf(error: CleverError): number {
  if (error instanceof CleverCallbackError) {
    return error.reason !== 'denied' ? 400 : isTroubleAtClever(error) ? 502 : 403;
  }
  if (error instanceof CleverTokenError) {
    return isTroubleAtClever(error) ? 502 : 400;
  }
  return error.code === 'oauth_id_token' ? 400 : 502;
}

/**
 * Sends the browser on, without telling the next address where it comes from.
 *
 * @param status - 307 keeps the method.
 */
export function redirectTo(location: string, status: 302 | 307 = 302): Response {
  return new Response(null, { status, headers: { location, 'referrer-policy': 'no-referrer' } });
}

/** Answers a request that no one has asked for yet. */
export function notYet(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}

/** Answers a request with a method that the address does not have. */
export function methodNotAllowed(allow: string): Response {
  return new Response(null, { status: 405, headers: { allow } });
}
