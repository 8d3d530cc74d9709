import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SyncWorker } from '../../../sync/index.js';

/** Where a worker is asked how it is. */
export interface HealthAddress {
  readonly port: number;
  readonly host: string;
}

/** What answers. */
export interface HealthServer {
  /** The address of the check that asks the database as well. */
  readonly url: string;
  close(): void;
}

/**
 * Answers to what supervises the process. `/livez`: whether the worker works; a database that is away is no reason to
 * restart it. `/healthz`: whether it can do its work, the database included. Both with 200 or 503, and with numbers and
 * codes alone, because more processes than the user's own may be able to ask.
 */
export async function serveHealth(worker: SyncWorker, { port, host }: HealthAddress): Promise<HealthServer> {
  const server = createServer(async ({ method, url }, response) => {
    const path = url?.replace(/\?.*$/u, '');
    if (path !== '/livez' && path !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { isHealthy, running, ...health } = await worker.health();
    const isFine = path === '/healthz' ? isHealthy : health.state !== 'stopped';
    response.writeHead(isFine ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ isHealthy, running: running.length, ...health }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: open } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${open}/healthz`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
