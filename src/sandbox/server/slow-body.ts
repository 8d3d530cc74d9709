import type { Exchange } from './server.js';

const PARTS = 10;

/**
 * Returns the same answer with a body that arrives in parts over a period of time.
 *
 * @param signal - Ends the body with the signal's reason. Not needed where a connection ends it.
 */
export async function slowly(
  { response, overMs, onAbandoned }: Extract<Exchange, { ending: 'slow' }>,
  signal?: AbortSignal,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const size = Math.max(1, Math.ceil(bytes.length / PARTS));
  let sent = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp = (): void => undefined;
  const finish = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      giveUp = () => {
        finish();
        onAbandoned();
        controller.error(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp);
    },
    pull(controller) {
      return new Promise((resolve) => {
        timer = setTimeout(() => {
          controller.enqueue(bytes.subarray(sent, sent + size));
          sent += size;
          if (sent >= bytes.length) {
            finish();
            controller.close();
          }
          resolve();
        }, overMs / PARTS);
      });
    },
    cancel() {
      finish();
      onAbandoned();
    },
  });
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  return new Response(body, { status: response.status, headers });
}
