import { untilAborted } from '../../util/abort.js';
import type { Exchange, Server } from './server.js';
import { slowly } from './slow-body.js';

/**
 * Carries out an exchange without a network, as `fetch` would: it returns the answer, rejects with a
 * `TypeError` when the connection fails, and with the signal's reason when the caller aborts. Follows no
 * redirects.
 */
export async function inject(server: Server, input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { signal } = request;
  return await untilAborted(signal, async () => answer(await server.handle(request), signal));
}

async function answer(exchange: Exchange, signal: AbortSignal): Promise<Response> {
  switch (exchange.ending) {
    case 'whole':
      return exchange.response;
    case 'partial':
      return await broken(exchange.response, exchange.how, signal);
    case 'slow':
      return await slowly(exchange, signal);
    case 'reset':
      throw failed('fetch failed', 'read ECONNRESET', 'ECONNRESET');
    case 'unreachable':
      throw failed('fetch failed', 'getaddrinfo ENOTFOUND', 'ENOTFOUND');
    case 'silent':
      return await new Promise<never>(() => undefined);
  }
}

/**
 * Returns half of a body, followed by what a failing connection does to a `fetch`. An abort ends the body
 * as usual.
 */
async function broken(
  response: Response,
  how: 'truncated' | 'reset' | 'silent',
  signal: AbortSignal,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true });
    },
    async pull(controller) {
      if (!isSent && half.length > 0) {
        controller.enqueue(half);
      } else if (how === 'silent') {
        await new Promise<never>(() => undefined);
      } else {
        // Code that passes the body on, as msw does, must have had the time to send the first half.
        await nextTask();
        controller.error(
          how === 'reset' ? failed('terminated', 'read ECONNRESET', 'ECONNRESET') : new TypeError('terminated'),
        );
      }
      isSent = true;
    },
  });
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  return new Response(body, { status: response.status, headers });
}

/** Lets all other tasks that are ready run. It uses no timer, because tests may have stopped timers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

function failed(message: string, because: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(because), { code }) });
}
