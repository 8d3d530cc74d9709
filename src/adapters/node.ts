import { CleverConfigError } from '../errors/index.js';

/*
 * Web-standard handlers on Node's `http`, without a dependency and without an import of `node:http`: only
 * the few members that are used are required, so that Express's and Fastify's (raw) objects fit as well as
 * Node's own.
 */

/** The members of `http.IncomingMessage` that the adapter reads. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express keeps the full URL here when a router is mounted below a path. */
  readonly originalUrl?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The members of `http.ServerResponse` that the adapter uses. */
export interface NodeResponse {
  statusCode: number;
  /** The header as set so far. */
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

/**
 * Serves a web-standard handler with Node's `http`, with Express as it is, and with Fastify by its raw objects:
 * `await handle(request.raw, reply.raw); reply.hijack();`.
 *
 * Request bodies are not passed on: a login has none. What the handler throws rejects the promise, which
 * Express 5 and Fastify turn into their error handling.
 *
 * @param handler - For example `login.start`.
 * @param origin - The app's public origin, `https://app.example.com`. Stated rather than guessed, because a
 * `Host` header can be forged.
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
export function toNodeHandler(
  handler: WebHandler,
  origin: string,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
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
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      if (name.startsWith(':')) {
        // HTTP/2's own fields, which Node lists among the headers.
        continue;
      }
      for (const single of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
        headers.append(name, single);
      }
    }
    const url = new URL(`${origin}${(incoming.originalUrl ?? incoming.url ?? '/').replace(/^\/*/u, '/')}`);
    const response = await handler(new Request(url, { method, headers }));
    // Read first: a response whose body fails must not be sent in part.
    const body = new Uint8Array(await response.arrayBuffer());
    outgoing.statusCode = response.status;
    for (const [name, value] of response.headers) {
      if (name !== 'set-cookie') {
        outgoing.setHeader(name, value);
      }
    }
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) {
      // Added to those that the framework has already set, such as its session's.
      outgoing.setHeader('set-cookie', [outgoing.getHeader('set-cookie') ?? [], cookies].flat().map(String));
    }
    outgoing.end(body);
  };
}
