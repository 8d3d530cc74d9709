import type { MiddlewareHandler } from 'hono';
import { isAskedHere } from '../../clever/browser/this-machine.js';
import type { Env } from '../../clever/context.js';
import { refusalPage } from '../../clever/pages/refusal.js';

/**
 * Refuses to show the dashboard under any other host name, also under one at which the rest of the sandbox answers:
 * it shows credentials. The same for a proxy that says that it was reached under another name.
 */
export const localOnly: MiddlewareHandler<Env> = async (context, next) => {
  if (isAskedHere(context.req.raw)) {
    return await next();
  }
  return await refusalPage(
    context,
    403,
    'Not available at this address',
    'The dashboard shows credentials, so it is available only on the machine that the sandbox runs on: open the address there that the sandbox printed when it started, at localhost or 127.0.0.1. Logins, the portal and the API are available here, too.',
    // Not the start page, which is this one.
    [
      ['/portal', 'Go to the portal'],
      ['/library', 'Go to the Clever Library'],
    ],
  );
};
