/**
 * The sync without a process of its own: a function that the platform's cron calls each minute. A web-standard
 * handler, for Vercel, Netlify, Cloudflare Workers, Deno Deploy, Next.js, Hono …
 *
 *     export const GET = scheduledSync(sync, process.env['CRON_SECRET']); // a route; allow it 60 s
 *
 * Each call does what is due for 50 seconds, and what is left goes on at the next call. Two calls at once are
 * harmless: the lease of each district is in the database. A run yields after a page or a chunk, so leave the function
 * 10 seconds more than `budgetMs`, and more than that if your hook takes longer. A first sync of a million people
 * takes many calls; a worker (worker.ts) is done sooner.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { CleverConfigError, isCleverError } from 'clever-sdk';
import type { RosterSync } from 'clever-sdk/sync';

/** Makes the handler. `secret` is what the cron sends: `Authorization: Bearer <secret>`. */
export function scheduledSync(
  sync: Pick<RosterSync, 'tick'>,
  secret: string | undefined,
): (request: Request) => Promise<Response> {
  if (secret === undefined || secret.length < 16) {
    throw new CleverConfigError('scheduledSync() needs a secret of at least 16 characters.');
  }
  const expected = digest(`Bearer ${secret}`);
  return async (request) => {
    if (!timingSafeEqual(digest(request.headers.get('authorization') ?? ''), expected)) {
      return answer({ error: 'unauthorized' }, 401);
    }
    try {
      // { ended, held, unfinished, failed, due, durationMs }: numbers for the log of the cron.
      return answer(await sync.tick({ budgetMs: 50_000 }), 200);
    } catch (error) {
      // The database is away, or has no tables yet. The next call tries again.
      return answer({ error: isCleverError(error) ? error.code : 'unknown' }, 503);
    }
  };
}

/** Digests have one length, so that comparing them takes the same time whatever was sent. */
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

function answer(body: object, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
