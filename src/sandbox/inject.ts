import type { Exchange, Server } from './exchange.js';

/**
 * Carries an exchange without a network, as `fetch` would: answers, rejects with a `TypeError` where a connection fails,
 * and with the signal's reason where the caller gives up. Follows no redirects.
 */
export async function inject(server: Server, input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { signal } = request;
  signal.throwIfAborted();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // The race may be over before the abort; its rejection is nobody's then.
  aborted.catch(() => undefined);
  return await Promise.race([server.handle(request).then((exchange) => answer(exchange)), aborted]);
}

async function answer(exchange: Exchange): Promise<Response> {
  switch (exchange.ending) {
    case 'whole':
      return exchange.response;
    case 'partial':
      return broken(exchange.response, exchange.how);
    case 'reset':
      throw connectionReset('fetch failed');
    case 'silent':
      return await new Promise<never>(() => undefined);
  }
}

async function broken(response: Response, how: 'truncated' | 'reset'): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) {
        controller.error(how === 'reset' ? connectionReset('terminated') : new TypeError('terminated'));
      } else if (half.length > 0) {
        controller.enqueue(half);
      }
      isSent = true;
    },
  });
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  return new Response(body, { status: response.status, headers });
}

function connectionReset(message: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}
