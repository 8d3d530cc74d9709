import type { MiddlewareHandler } from 'hono';
import type { Env } from '../../clever/context.js';
import { refusalPage } from '../../clever/pages/refusal.js';

/** Names of this machine, and Clever's, at which tests ask without a network. */
const LOCAL = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:api\.)?clever\.com)$/u;

/**
 * Lets nobody see the dashboard by another name of this machine: a site whose name is made to lead here (DNS rebinding) could
 * otherwise read credentials in the visitor's browser.
 */
export const localOnly: MiddlewareHandler<Env> = async (context, next) => {
  if (LOCAL.test(new URL(context.req.url).hostname)) {
    return await next();
  }
  return await refusalPage(
    context,
    403,
    'Not by this name',
    'The dashboard shows credentials, so it answers at localhost and 127.0.0.1 only. Everything else of the sandbox answers here too.',
  );
};
