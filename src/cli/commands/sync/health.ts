import type { SyncWorker } from '../../../sync/index.js';

/** The paths that answer. */
const PATHS: readonly string[] = ['/livez', '/healthz'];

/**
 * Answers to what supervises the process. `/livez`: whether the worker works; a database that is away is no reason to
 * restart it. `/healthz`: whether it can do its work, the database included. Both with 200 or 503, and with numbers and
 * codes alone, because more processes than the user's own may be able to ask.
 */
export function healthChecks(worker: Pick<SyncWorker, 'health'>): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const { pathname } = new URL(url);
    if (!PATHS.includes(pathname)) {
      return new Response(null, { status: 404 });
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    const { isHealthy, running, ...health } = await worker.health();
    const isFine = pathname === '/healthz' ? isHealthy : health.state !== 'stopped';
    return Response.json(
      { isHealthy, running: running.length, ...health },
      { status: isFine ? 200 : 503, headers: { 'cache-control': 'no-store' } },
    );
  };
}
