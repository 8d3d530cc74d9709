import type { MiddlewareHandler } from 'hono';
import type { Env } from '../../clever/context.js';
import { refusalPage } from '../../clever/pages/refusal.js';

/** The host names of this machine, and those of Clever, which tests use without a network. */
const LOCAL = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:api\.)?clever\.com)$/u;

/**
 * Refuses to show the dashboard under any other host name. Otherwise a site whose name resolves to this
 * machine (DNS rebinding) could read credentials in the visitor's browser.
 */
export const localOnly: MiddlewareHandler<Env> = async (context, next) => {
  if (LOCAL.test(new URL(context.req.url).hostname)) {
    return await next();
  }
  return await refusalPage(
    context,
    403,
    'Not available at this address',
    'The dashboard shows credentials, so it is available only at localhost and 127.0.0.1. The rest of the sandbox is available here, too.',
  );
};
