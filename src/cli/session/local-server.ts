import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler, type WebHandler } from '../../index.js';
import { CommandFailure } from './failure.js';

/** How long answers under way may take when a server is closed, in milliseconds. */
const CLOSING_MS = 1_000;

/** Where a server listens. */
interface Place {
  /** A name or an address of this machine, which says who can reach the server. Default `127.0.0.1`: this machine. */
  readonly hostname?: string;
  /** 0 for any free one. */
  readonly port: number;
  /** What to do when the port is taken: the end of a sentence. */
  readonly ifTaken: string;
  /** The origin of the URLs that the handler gets. Default: that of the `Host` header, which the handler must check. */
  readonly origin?: string;
}

/** A server in this process. */
export interface LocalServer {
  readonly port: number;
  /** Takes no more requests, and ends when those under way are answered. */
  close(): Promise<void>;
}

/**
 * Serves a handler at a port of this machine.
 *
 * @throws {@link CommandFailure} when the port is taken, or not allowed.
 */
export async function serveLocally(
  handler: WebHandler,
  { hostname = '127.0.0.1', port, ifTaken, origin }: Place,
): Promise<LocalServer> {
  const handle = toNodeHandler(handler, origin);
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      response.statusCode = 500;
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      error.code === 'EADDRINUSE'
        ? `port ${port} is taken: ${ifTaken}.`
        : `cannot listen on port ${port} (${error.code ?? 'unknown'}).`,
    );
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  // Browsers open connections that they may never use.
  const late = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(late);
}
