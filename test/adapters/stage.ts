import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';
import type { WebOptions } from '../../examples/web/support/environment.js';

/** An app on a local port, with its own sandbox that knows its redirect URI. */
export interface Stage {
  readonly origin: string;
  readonly sandbox: ListeningSandbox;
  close(): Promise<void>;
}

/** Builds an app for the origin at which it is served. */
export type MakeApp = (options: WebOptions) => RequestListener | Promise<RequestListener>;

/**
 * Serves an app on a free port: `localhost` for the app and `127.0.0.1` for Clever, so that they share no
 * cookies.
 */
export async function setStage(makeApp: MakeApp): Promise<Stage> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const sandbox = await createSandbox({
    oidc: true,
    redirectUris: [`${origin}/auth/clever/callback`],
    districts: [
      { seed: 11, students: 60, name: 'Alder Falls Unified' },
      { seed: 12, students: 60, name: 'Birch Harbor Schools', connection: 'library' },
    ],
  }).listen();
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  server.on('request', await makeApp({ clever, origin, cookieSecret: 'a secret for tests, and of 32 bytes' }));
  return {
    origin,
    sandbox,
    async close() {
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
