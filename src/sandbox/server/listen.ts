import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { knownBody } from '../clever/api/answers.js';
import { hostCheck, misdirected } from '../control/hosts.js';
import type { Exchange, Server } from './server.js';
import { slowly } from './slow-body.js';

/** Options of {@link Sandbox.listen}. */
export interface ListenOptions {
  /** Port on 127.0.0.1. Default 0: any free port. */
  readonly port?: number;
  /**
   * Host names at which the sandbox answers, such as the name of a container or a tunnel, without scheme and port. It
   * always answers at `localhost`, names that end in `.localhost`, 127.0.0.1 and the rest of its network, `[::1]`,
   * `clever.com` and `api.clever.com`. At any other name, every route answers with 421, so that no web page reaches the
   * sandbox under a name of its own (DNS rebinding). Default: none.
   */
  readonly hosts?: readonly string[];
  /**
   * A private key and its certificate, both in PEM, for clients that speak only https: the sandbox then listens with
   * TLS. The certificate must name the host that clients use; make it with a tool such as mkcert. Default: no TLS.
   */
  readonly https?: { readonly key: string | Uint8Array; readonly cert: string | Uint8Array };
}

/** What else a listener needs to know. */
export interface ListenerOptions extends ListenOptions {
  /** Host names of the public URL, at which the sandbox answers, too. */
  readonly publicHosts?: readonly string[];
}

/** A server on this machine. */
export interface Listener {
  /** `http://127.0.0.1:<port>`, or with https, without a slash at the end. */
  readonly url: string;
  /** Stops listening and ends every connection, including those that wait for an answer. */
  close(): Promise<void>;
}

interface NodeBindings {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Loopback only, because the sandbox gives a token to every caller. */
const HOST = '127.0.0.1';

/**
 * Lets the sandbox listen on a port of the loopback interface; 0 chooses a free port. Rejects when the port
 * is taken, and for a wrong list of hosts.
 */
export async function listen(
  server: Server,
  { port = 0, hosts = [], publicHosts = [], https }: ListenerOptions,
): Promise<Listener> {
  const isNamed = hostCheck(hosts);
  const isPublic = hostCheck(publicHosts);
  const isAllowed = (host: string | undefined): boolean => isNamed(host) || isPublic(host);
  const http = createAdaptorServer({
    ...(https === undefined
      ? { createServer: createHttpServer }
      : { createServer: createHttpsServer, serverOptions: secureOptions(https) }),
    // Without this option the adapter replaces the global `Request` and `Response` of the process.
    overrideGlobalObjects: false,
    fetch: async (request, env) => {
      const { incoming } = env as NodeBindings;
      // The target of a request may name another host than its header.
      const isMisdirected = !(isAllowed(incoming.headers.host) && isAllowed(new URL(request.url).host));
      return isMisdirected ? misdirected() : send(await server.handle(request), env as NodeBindings);
    },
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, HOST, () => {
      http.off('error', reject);
      resolve();
    });
  });
  const { port: boundPort } = http.address() as AddressInfo;
  return {
    url: `${https === undefined ? 'http' : 'https'}://${HOST}:${boundPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        http.close((error) => (error === undefined ? resolve() : reject(error)));
        if ('closeAllConnections' in http) {
          http.closeAllConnections();
        }
      }),
  };
}

/** Whether a key and its certificate can be used. The error of OpenSSL is not shown, because it may quote them. */
export function isUsable(https: unknown): https is Required<ListenOptions>['https'] {
  const { key, cert } = (https ?? {}) as Partial<Required<ListenOptions>['https']>;
  if (![key, cert].every((value) => typeof value === 'string' || value instanceof Uint8Array)) {
    return false;
  }
  try {
    createSecureContext(secureOptions({ key: key ?? '', cert: cert ?? '' }));
    return true;
  } catch {
    return false;
  }
}

/** Node's own types want buffers where it takes any bytes. */
function secureOptions({ key, cert }: Required<ListenOptions>['https']): {
  readonly key: string;
  readonly cert: string;
} {
  return { key: key as string, cert: cert as string };
}

async function send(exchange: Exchange, { incoming, outgoing }: NodeBindings): Promise<Response> {
  switch (exchange.ending) {
    case 'whole':
      return sendWhole(exchange.response, outgoing);
    case 'partial': {
      const { response, how } = exchange;
      const bytes = new Uint8Array(await response.arrayBuffer());
      outgoing.writeHead(response.status, {
        ...Object.fromEntries(response.headers),
        'content-length': String(bytes.length),
      });
      await new Promise((resolve) => outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), resolve));
      if (how === 'reset') {
        incoming.socket.resetAndDestroy();
      } else if (how === 'truncated') {
        incoming.socket.end();
      }
      return RESPONSE_ALREADY_SENT;
    }
    case 'slow':
      return await slowly(exchange);
    case 'reset':
    case 'unreachable':
      incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case 'silent':
      return await new Promise<never>(() => undefined);
  }
}

function sendWhole(response: Response, outgoing: ServerResponse): Response {
  const body = knownBody(response);
  if (body === undefined) {
    return response;
  }
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length });
  outgoing.end(body);
  return RESPONSE_ALREADY_SENT;
}
