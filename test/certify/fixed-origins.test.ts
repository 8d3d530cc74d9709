import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { certify } from 'clever-sdk/certify';
import { expect, it, onTestFinished } from 'vitest';
import { startSmallApp } from './small-app.js';

/** Serves an app as a reverse proxy does that rewrites its redirects: the last lines of the guide's file for Caddy. */
async function startProxy(target: string, redirectsTo: () => string): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    const { cookie = '' } = request.headers;
    void fetch(new URL(request.url ?? '/', target), { headers: { cookie }, redirect: 'manual' }).then(
      async ({ status, headers, body }) => {
        response.statusCode = status;
        for (const [name, value] of headers) {
          if (name !== 'set-cookie' && !name.startsWith('content-')) {
            response.setHeader(name, name === 'location' ? value.replace('https://clever.com', redirectsTo()) : value);
          }
        }
        response.setHeader('content-type', headers.get('content-type') ?? 'text/plain');
        response.setHeader('set-cookie', headers.getSetCookie());
        response.end(body === null ? undefined : Buffer.from(await new Response(body).arrayBuffer()));
      },
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}

it('tries an app whose origins are fixed, through a proxy and a hosts file', async () => {
  const app = await startSmallApp();
  let sandbox = '';
  const { origin, server } = await startProxy(app.origin, () => sandbox);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
  });
  const { probes } = await certify({
    app: origin,
    port: 0,
    only: ['sso.code-grant', 'sso.portal-login'],
    whoami: '/api/me#id',
    redirectUris: [`${origin}/auth/clever/callback`],
    onEvent: (event) => {
      if (event.kind === 'listening') {
        sandbox = event.url;
        app.use(event.variables, {
          redirectUri: `${origin}/auth/clever/callback`,
          authOrigin: 'https://clever.com',
          apiOrigin: 'https://api.clever.com',
          // What the hosts file and the proxy make of the app's requests.
          fetch: (url, init) => fetch(url.replace(/^https:\/\/(?:api\.)?clever\.com/u, sandbox), init),
        });
      }
    },
  });
  expect(probes.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['sso.code-grant', 'pass'],
    ['sso.portal-login', 'pass'],
  ]);
});
