import type { Context } from 'hono';
import type { Env } from '../context.js';

/**
 * Checks whether one of the sandbox's own pages sent a form, by headers that browsers add to every POST and
 * scripts cannot forge. A request without these headers does not come from a browser, so it carries no
 * cookies of a visitor.
 */
export function isFromOwnPage(context: Context<Env>): boolean {
  const { headers, url } = context.req.raw;
  const site = headers.get('sec-fetch-site');
  if (site !== null) {
    return site === 'same-origin';
  }
  const origin = headers.get('origin');
  return origin === null || origin === new URL(url).origin || origin === context.env.world.publicUrl;
}
