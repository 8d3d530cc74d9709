import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { loadEngine } from '../../src/api/resource-api.js';
import type { ClientEvent, RetryEvent, TransportConfig, TransportRequest } from '../../src/transport/index.js';
import { bearer, createTransport } from '../../src/transport/index.js';

export const TEMPLATE = '/v3.1/users/{id}';

/** A request that any test may send; overridden where it matters. */
function request(overrides: Partial<TransportRequest> = {}): TransportRequest {
  return {
    method: 'GET',
    pathTemplate: TEMPLATE,
    path: '/v3.1/users/u1',
    authorization: bearer('token'),
    ...overrides,
  };
}

/** A transport that records its events and the waits that it reported. */
export function observed(config: Partial<TransportConfig> = {}) {
  const events: ClientEvent[] = [];
  const transport = createTransport(
    {
      origin: 'https://api.example.com',
      fetch: undefined,
      userAgent: 'test/1',
      onEvent: (event) => events.push(event),
      defaults: {},
      ...config,
    },
    loadEngine,
  );
  const send = (overrides?: Partial<TransportRequest>) => transport.send(request(overrides));
  const retries = () => events.filter((event): event is RetryEvent => event.kind === 'retry');
  return { transport, send, events, retries };
}

/**
 * A server for one test on a free loopback port, closed with all its sockets after the test. `disconnected`
 * resolves when the first client has disconnected.
 */
export async function startServer(
  handle: (incoming: IncomingMessage, outgoing: ServerResponse, count: number) => void,
): Promise<{ origin: string; requests: IncomingMessage[]; disconnected: Promise<void> }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push(incoming);
    handle(incoming, outgoing, requests.length);
  });
  const disconnected = new Promise<void>((resolve) => {
    server.once('connection', (socket) => socket.once('close', resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, disconnected };
}

/** An origin at which certainly no server listens. */
export async function deadOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Sends JSON. */
export function json(outgoing: ServerResponse, body: unknown, status = 200): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
