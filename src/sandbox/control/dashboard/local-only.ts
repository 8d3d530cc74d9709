import type { MiddlewareHandler } from 'hono';
import type { Env } from '../../clever/context.js';
import { refusalPage } from '../../clever/pages/refusal.js';
import { isLocalHost } from '../hosts.js';

/**
 * Refuses to show the dashboard under any other host name, also under one at which the rest of the sandbox answers:
 * it shows credentials.
 */
export const localOnly: MiddlewareHandler<Env> = async (context, next) => {
  if (isLocalHost(new URL(context.req.url).hostname)) {
    return await next();
  }
  return await refusalPage(
    context,
    403,
    'Not available at this address',
    'The dashboard shows credentials, so it is available only at localhost and 127.0.0.1. The rest of the sandbox is available here, too.',
  );
};
