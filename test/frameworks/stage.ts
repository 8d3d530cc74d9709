import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CleverClient, createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';
import type { VisitorLike } from './visitor.js';

/** What an app is built with. */
export interface Setting {
  readonly clever: CleverClient;
  readonly sandbox: ListeningSandbox;
  /** Where the app is served: `http://localhost:<port>`. */
  readonly origin: string;
  readonly secret: string;
}

/** An app that is ready to answer. */
export interface App {
  /** Answers the app's requests. Of a web-standard handler: `getRequestListener(handler)` of `@hono/node-server`. */
  readonly listener: RequestListener;
  /** Ends what the app has started: a process, a database. */
  close?(): Promise<unknown>;
}

/** Whom an app shows as logged in. What the framework does not keep is `undefined`. */
export interface Who {
  /** Clever's id. */
  readonly id: string;
  readonly email?: string | null | undefined;
  readonly emailVerified?: boolean | Date | null | undefined;
  readonly role?: string | undefined;
}

/** A framework with Clever in it: all that the login spec needs to know. */
export interface Framework {
  /** The integration, its version, and the entry of the package, as docs/compatibility.md shows them. */
  readonly name: string;
  readonly version: string;
  readonly entry: string;
  /**
   * The paths of the redirect URIs in the order in which they are registered at Clever: the first gets the logins that
   * begin at Clever.
   */
  readonly redirectPaths: readonly [string, ...string[]];
  /** The path of the framework's own callback. Default: the last of `redirectPaths`. */
  readonly callbackPath?: string;
  /** What a person without an e-mail address gets instead: an address that reaches no one, or none. */
  readonly withoutEmail: 'reserved address' | 'none';
  /** Builds the app. */
  start(setting: Setting): App | Promise<App>;
  /** Presses the button: returns the first request of a login that the app starts. Default: the path is opened. */
  readonly button: string | ((visitor: VisitorLike, origin: string) => Promise<{ url: string; init?: RequestInit }>);
  /** Reads who is logged in, as a page of the app would. */
  whoIs(visitor: VisitorLike, origin: string): Promise<Who | undefined>;
}

/** An app on a port of its own, with a sandbox that knows its redirect URIs. */
export interface Stage extends Setting {
  close(): Promise<void>;
}

/**
 * Serves an app: `localhost` for the app and `127.0.0.1` for Clever, so that they share no cookies.
 *
 * @param oidc - Whether Clever sends id_tokens, as it does for apps that have asked for them.
 */
export async function setStage(framework: Framework, { oidc = false } = {}): Promise<Stage> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUris = framework.redirectPaths.map((path) => `${origin}${path}`);
  const sandbox = await createSandbox({
    oidc,
    redirectUris,
    districts: [
      { seed: 11, students: 60, name: 'Alder Falls Unified' },
      { seed: 12, students: 60, name: 'Birch Harbor Schools', connection: 'library' },
    ],
  }).listen();
  const redirectUri = `${origin}${framework.callbackPath ?? framework.redirectPaths.at(-1)}`;
  const clever = createCleverClient({ ...sandbox.clientOptions(), redirectUri });
  const setting = { clever, sandbox, origin, secret: 'a secret for tests, and of 32 bytes' };
  const app = await framework.start(setting);
  server.on('request', app.listener);
  return {
    ...setting,
    async close() {
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close?.();
    },
  };
}

/** The installed version of a package, for the table: by its name in package.json here. */
export function versionOf(name: string): string {
  const manifest = readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
