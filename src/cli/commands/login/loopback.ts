import { type LocalServer, serveLocally } from '../../session/local-server.js';

/** The two handlers of a login. */
interface Handlers {
  start(request: Request): Promise<Response>;
  callback(request: Request): Promise<Response>;
}

/** A server on this machine that a browser returns to. */
export interface LoginServer extends LocalServer {
  /** Where the browser goes first. */
  readonly startUrl: string;
}

/**
 * Serves a login at its redirect URI.
 *
 * @throws {@link CommandFailure} when the port is taken.
 */
export async function serveLogin(redirectUri: URL, { start, callback }: Handlers): Promise<LoginServer> {
  const { origin, hostname, port } = redirectUri;
  const startPath = redirectUri.pathname === '/login' ? '/start' : '/login';
  const server = await serveLocally(
    (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === redirectUri.pathname) {
        return callback(request);
      }
      return pathname === startPath ? start(request) : new Response('Not here', { status: 404 });
    },
    {
      origin,
      hostname: hostname.replaceAll(/[[\]]/gu, ''),
      port: port === '' ? 80 : Number(port),
      ifTaken: 'stop what uses it, or register another redirect URI on localhost',
    },
  );
  return { ...server, startUrl: `${origin}${startPath}` };
}
