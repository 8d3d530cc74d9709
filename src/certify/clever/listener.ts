import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CertifyError } from '../error.js';

/** Answers a request; throws a `TypeError` where the connection is to break. */
export type Answer = (request: Request) => Promise<Response>;

/** The place at which the app finds Clever, whatever world answers at present. */
export interface Listener {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
}

const KEEP_ALIVE_MS = 10 * 60 * 1_000;
const HOST = '127.0.0.1';
const MOST_BYTES = 1024 * 1024;

/**
 * Listens on loopback. Requests are answered by a function that may change while the address stays: an app is pointed
 * at it once, and meets many worlds there.
 */
export async function listen(port: number, answer: Answer): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing, answer).catch(() => incoming.socket.resetAndDestroy());
  });
  // Connections are ended by the app and the visitors: one that Clever ends just before a request looks like a fault.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    throw new CertifyError(
      'options',
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken, perhaps by another run. End that one, or choose another port: \`port\`, --port.`
        : `The sandbox cannot listen on port ${port} (${error.code ?? 'unknown reason'}). Choose another: \`port\`, --port.`,
    );
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function carry(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): Promise<void> {
  const abandoned = new AbortController();
  outgoing.once('close', () => abandoned.abort());
  const body = await bodyOf(incoming);
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? HOST}`);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) {
      headers.append(name, one);
    }
  }
  const { method = 'GET' } = incoming;
  const request = new Request(url, {
    method,
    headers,
    signal: abandoned.signal,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  const response = await answer(request);
  const kept = Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'));
  outgoing.writeHead(response.status, { ...kept, 'set-cookie': response.headers.getSetCookie() });
  for await (const chunk of response.body ?? []) {
    outgoing.write(chunk);
  }
  outgoing.end();
}

async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      throw new RangeError('body too large');
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
