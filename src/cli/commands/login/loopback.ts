import { createServer, type Server } from 'node:http';
import { toNodeHandler } from '../../../index.js';
import { CommandFailure } from '../../session/failure.js';

/** The two handlers of a login. */
interface Handlers {
  start(request: Request): Promise<Response>;
  callback(request: Request): Promise<Response>;
}

/** A server on this machine that a browser returns to. */
export interface LoginServer {
  /** Where the browser goes first. */
  readonly startUrl: string;
  /** Takes no more requests, and ends when the last answer is sent. */
  close(): Promise<void>;
}

/**
 * Serves a login at its redirect URI.
 *
 * @throws {@link CommandFailure} when the port is taken.
 */
export async function serveLogin(redirectUri: URL, { start, callback }: Handlers): Promise<LoginServer> {
  const startPath = redirectUri.pathname === '/login' ? '/start' : '/login';
  const handle = toNodeHandler((request) => {
    const { pathname } = new URL(request.url);
    if (pathname === redirectUri.pathname) {
      return callback(request);
    }
    return pathname === startPath ? start(request) : new Response('Not here', { status: 404 });
  }, redirectUri.origin);
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      response.statusCode = 500;
      response.end();
    });
  });
  await listen(server, redirectUri);
  return {
    startUrl: `${redirectUri.origin}${startPath}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function listen(server: Server, { hostname, port }: URL): Promise<void> {
  const number = port === '' ? 80 : Number(port);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(number, hostname.replaceAll(/[[\]]/gu, ''), resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      error.code === 'EADDRINUSE'
        ? `port ${number} is taken: stop what uses it, or register another redirect URI on localhost.`
        : `cannot listen on port ${number} (${error.code ?? 'unknown'}).`,
    );
  });
}
