import { CleverConfigError } from '../../errors/index.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import type { CleverEntryOptions, CleverEntryStart } from './types.js';

/**
 * Creates the handler of an app's entry: the address at which people arrive who begin their login inside Clever, in an
 * app whose framework has a login of its own.
 *
 * A login from the portal, from the Clever Library or by an Instant Login link has no `state`, so frameworks refuse it.
 * Register two redirect URIs at Clever: **first** the entry, because such logins arrive at the first one, **second**
 * the framework's own callback. The entry throws the code away, without exchanging it, and starts the framework's
 * login. The person is signed in at Clever and notices nothing; the framework gets a callback with the `state` that it
 * has sent, and its protection against forged logins stays complete.
 *
 * Answers `GET` only; another method gets status 405, a prefetch status 204. An `error` from Clever, a `state`, or a
 * parameter that appears twice ends in `onError`, and so does a browser that arrives four times within 20 seconds; a
 * cookie of 20 seconds, `clever_entry`, counts. Without `code` it starts a login.
 *
 * That logins without `state` arrive at the first registered URI, and that the registered ones are a list from which
 * `redirect_uri` chooses, is documented (dev.clever.com/docs/oauth-implementation, dev.clever.com/docs/il-design). That
 * Clever takes a second one for the same app in the login that follows at once is inferred.
 *
 * @param start - Starts the framework's login.
 * @returns A web-standard handler. `toNodeHandler` serves it in Express and Fastify.
 * @throws {@link CleverConfigError} when `start` is no function, or an option is unknown.
 *
 * @example
 * ```ts
 * import { cleverEntry } from 'clever-sdk';
 *
 * // At /auth/clever/entry: sends the browser to where the app's own button leads.
 * export const GET = cleverEntry(() => '/auth/clever');
 * ```
 */
export function cleverEntry<Given extends unknown[] = []>(
  start: CleverEntryStart<Given>,
  options: CleverEntryOptions = {},
): (request: Request, ...given: Given) => Promise<Response> {
  assertKnownKeys('cleverEntry()', options, ['onError', 'retryPath']);
  if (typeof start !== 'function') {
    throw new CleverConfigError('cleverEntry() needs the function that starts a login of your framework.');
  }
  return async (...given) => (await import('../login-flow.js')).createEntryHandler(start, options)(...given);
}
