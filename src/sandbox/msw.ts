/**
 * Handlers for Mock Service Worker (msw 3) that answer from a sandbox, for tests that keep Clever's own addresses.
 *
 * @packageDocumentation
 */
import { type HttpHandler, HttpResponse, http } from 'msw';
import type { Sandbox } from './sandbox.js';

/**
 * Returns handlers that answer `https://clever.com` and `https://api.clever.com` from a sandbox. A reset
 * connection becomes a network error.
 *
 * @example
 * ```ts
 * import { createSandbox } from 'clever-sdk/sandbox';
 * import { sandboxHandlers } from 'clever-sdk/sandbox/msw';
 * import { setupServer } from 'msw/node';
 *
 * const sandbox = createSandbox();
 * const server = setupServer(...sandboxHandlers(sandbox));
 * server.listen();
 * ```
 */
export function sandboxHandlers(sandbox: Pick<Sandbox, 'fetch'>): HttpHandler[] {
  return ['https://clever.com/*', 'https://api.clever.com/*'].map((origin) =>
    http.all(origin, async ({ request }) => {
      try {
        return await sandbox.fetch(request);
      } catch {
        return HttpResponse.error();
      }
    }),
  );
}
