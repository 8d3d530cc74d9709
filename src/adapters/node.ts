import { CleverConfigError } from '../errors/index.js';

/*
 * Serves web-standard handlers on Node's `http`, without a dependency and without importing `node:http`. It
 * requires only the few members that it uses, so Express's and Fastify's (raw) objects work as well as
 * Node's own.
 */

/** The members of `http.IncomingMessage` that the adapter reads. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The full URL in Express, even when a router is mounted below a path. */
  readonly originalUrl?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The chunks of the body. */
  [Symbol.asyncIterator]?(): AsyncIterator<Uint8Array>;
}

/** The members of `http.ServerResponse` that the adapter uses. */
export interface NodeResponse {
  statusCode: number;
  /** Returns the current value of a header. */
  getHeader(name: string): number | string | string[] | undefined;
  /** Sets a header before the body is sent. */
  setHeader(name: string, value: string | readonly string[]): unknown;
  /** Sends the body and ends the answer. */
  end(body?: Uint8Array): unknown;
}

/** Methods that a web-standard `Request` cannot have. Source: the Fetch standard, "forbidden method". */
const UNSUPPORTED: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** A web-standard handler, such as `login.callback`. */
export type WebHandler = (request: Request) => Response | Promise<Response>;

/** The server's own request and response, which a handler receives beside the web-standard request. */
export interface NodeExchange<
  Incoming extends NodeRequest = NodeRequest,
  Outgoing extends NodeResponse = NodeResponse,
> {
  readonly req: Incoming;
  readonly res: Outgoing;
}

/**
 * Serves a web-standard handler with Node's `http` or Express directly, and with Fastify through its raw objects:
 * `await handle(request.raw, reply.raw); reply.hijack();`.
 *
 * A body is read when the handler reads it, so a parser of bodies must not have read it before. An error thrown by the
 * handler rejects the promise, which Express 5 and Fastify pass to their error handling.
 *
 * @param handler - For example `login.start`. Its second argument has the server's own request and response, for
 * what the framework keeps there: a session, a logger.
 * @param origin - The app's public origin, `https://app.example.com`. Default: `http:` and the `Host` header, which
 * can be forged; that is sufficient for the handlers of a login, which only compare it with `redirectUri`.
 * @throws {@link CleverConfigError} for anything but an origin.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { toNodeHandler } from 'clever-sdk';
 *
 * const handle = toNodeHandler(() => new Response('hello'), 'https://app.example.com');
 * createServer((request, response) => {
 *   handle(request, response).catch(() => response.writeHead(500).end());
 * });
 * ```
 */
export function toNodeHandler<Incoming extends NodeRequest = NodeRequest, Outgoing extends NodeResponse = NodeResponse>(
  handler: (request: Request, exchange: NodeExchange<Incoming, Outgoing>) => Response | Promise<Response>,
  origin?: string,
): (request: Incoming, response: Outgoing) => Promise<void>;
export function toNodeHandler(
  handler: WebHandler,
  origin?: string,
): (request: NodeRequest, response: NodeResponse) => Promise<void>;
export function toNodeHandler(
  handler: (request: Request, exchange: NodeExchange) => Response | Promise<Response>,
  origin?: string,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).origin !== origin)) {
    throw new CleverConfigError(
      "toNodeHandler(): pass the app's public origin, such as 'https://app.example.com', without a path.",
    );
  }
  return async (incoming, outgoing) => {
    const method = incoming.method ?? 'GET';
    if (UNSUPPORTED.has(method)) {
      outgoing.statusCode = 501;
      outgoing.end();
      return;
    }
    await sendResponse(outgoing, await handler(webRequest(incoming, origin), { req: incoming, res: outgoing }));
  };
}

/**
 * The web-standard form of a request. Nothing of its body is read before someone asks for it.
 *
 * @param origin - The app's public origin. Default: `http:` and the `Host` header, or `:authority` of HTTP/2.
 */
export function webRequest(incoming: NodeRequest, origin?: string): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name.startsWith(':')) {
      // Skips HTTP/2's pseudo-header fields, which Node lists among the headers.
      continue;
    }
    for (const single of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
      headers.append(name, single);
    }
  }
  const path = (incoming.originalUrl ?? incoming.url ?? '/').replace(/^\/*/u, '/');
  // HTTP/2 has the pseudo-header `:authority` in the place of `Host`. Source: RFC 9113 section 8.3.1.
  const host = headers.get('host') ?? String(incoming.headers[':authority'] ?? '');
  const url = new URL(`${origin ?? originOf(host)}${path}`);
  const body = bodyOf(method, incoming);
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
}

/** Sends an answer, with the cookies and headers that the framework has already set. */
export async function sendResponse(outgoing: NodeResponse, response: Response): Promise<void> {
  // The body is read first, so that a response whose body fails is not sent in part.
  const content = new Uint8Array(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') {
      outgoing.setHeader(name, value);
    }
  }
  addCookies(outgoing, response.headers.getSetCookie());
  outgoing.end(content);
}

/** Adds cookies to those that the framework has already set, such as its session cookie. */
export function addCookies(outgoing: NodeResponse, cookies: readonly string[]): void {
  if (cookies.length > 0) {
    outgoing.setHeader('set-cookie', [outgoing.getHeader('set-cookie') ?? [], cookies].flat().map(String));
  }
}

/** The body of a request as a stream, of which nothing is read before the handler asks for it. */
function bodyOf(method: string, incoming: NodeRequest): ReadableStream | null {
  const chunks = method === 'GET' || method === 'HEAD' ? undefined : incoming[Symbol.asyncIterator]?.();
  return chunks === undefined
    ? null
    : new ReadableStream(
        {
          async pull(stream) {
            const { done, value } = await chunks.next();
            done ? stream.close() : stream.enqueue(value);
          },
        },
        { highWaterMark: 0 },
      );
}

function originOf(host: string): string {
  const address = `http://${host}`;
  return URL.canParse(address) ? new URL(address).origin : 'http://localhost';
}
