import type { Context } from 'hono';
import type { Env } from '../context.js';

/** Clever's own origins, used for requests to either of them. */
const CLEVER = { auth: 'https://clever.com', api: 'https://api.clever.com' } as const;

/** The origins of Clever, as the caller sees them. */
export interface Origins {
  /** The issuer: `https://clever.com`, or the origin of the sandbox. */
  readonly auth: string;
  readonly api: string;
}

/**
 * Returns the origins to name in an answer, without a slash at the end. It is the origin of the request,
 * because a client that uses `localhost` for `127.0.0.1` expects that issuer. A request to either of
 * Clever's two origins gets both of them. With a public URL, every request gets that: a proxy may have changed the
 * scheme and the host.
 */
export function originsOf(context: Context<Env>): Origins {
  const { publicUrl } = context.env.world;
  if (publicUrl !== undefined) {
    return { auth: publicUrl, api: publicUrl };
  }
  const { origin } = new URL(context.req.url);
  return origin === CLEVER.auth || origin === CLEVER.api ? CLEVER : { auth: origin, api: origin };
}
