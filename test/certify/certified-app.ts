import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import { type ServerType, serve } from '@hono/node-server';
import { createCleverClient } from 'clever-sdk';
import type { CertifyEvent, CertifyOptions } from 'clever-sdk/certify';
import { fromPglite } from 'clever-sdk/sync';
import type { createApp } from '../../examples/certified/app.ts';
import type { Command, createCommands } from '../../examples/certified/commands.ts';
import type { createTables } from '../../examples/certified/database.ts';

/** The parts of the reference app, or of a mutant of it. */
export interface AppSources {
  readonly createApp: typeof createApp;
  readonly createCommands: typeof createCommands;
  readonly createTables: typeof createTables;
}

/** A reference app that runs in this process, with its own database in memory. */
export interface CertifiedApp {
  /** What `certify()` needs to try it. */
  readonly options: CertifyOptions;
  close(): Promise<void>;
}

type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Starts an app at a free port. It gets its client from the event `listening`, as a developer puts the variables into
 * the environment and starts the app again.
 *
 * @param db - An empty database. Default: one in memory.
 */
export async function startCertifiedApp(sources: AppSources, db?: PGlite): Promise<CertifiedApp> {
  const pglite = db ?? (await PGlite.create());
  const database = fromPglite(pglite);
  await sources.createTables(database.query);
  let handler: Handler = () => new Response('no variables yet', { status: 503 });
  let commands = new Map<string, Command>();
  const server = await new Promise<ServerType>((resolve) => {
    const starting = serve({ fetch: (request) => handler(request), port: 0, hostname: '127.0.0.1' }, () =>
      resolve(starting),
    );
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const configure = (variables: Readonly<Record<string, string>>): void => {
    Object.assign(process.env, variables); // for what a mutant has written by hand
    const clever = createCleverClient({
      clientId: variables['CLEVER_CLIENT_ID'] ?? '',
      clientSecret: variables['CLEVER_CLIENT_SECRET'] ?? '',
      apiOrigin: variables['CLEVER_API_ORIGIN'],
      authOrigin: variables['CLEVER_AUTH_ORIGIN'],
      redirectUri: `${origin}/auth/clever/callback`,
    });
    const cookieSecret = 'the secret of an app that runs in a test';
    handler = sources.createApp({ clever, database, origin, cookieSecret }).fetch;
    commands = new Map(Object.entries(sources.createCommands(clever, database)));
  };
  const run = async (name: string, variables: Readonly<Record<string, string>> = {}): Promise<readonly object[]> =>
    (await commands.get(name)?.(variables)) ?? [];
  return {
    options: {
      app: origin,
      port: 0,
      suites: ['sso', 'library', 'sync', 'lms'],
      whoami: '/api/me#id',
      syncCommand: () => run('sync'),
      rosterCommand: async () => (await run('roster')) as Awaited<ReturnType<RosterCommand>>,
      purgeCommand: (districtId) => run('purge', { CLEVER_DISTRICT_ID: districtId }),
      lmsCommand: (variables) => run('lms', variables),
      onEvent: (event: CertifyEvent) => {
        if (event.kind === 'listening') {
          configure(event.variables);
        }
      },
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        'closeAllConnections' in server && server.closeAllConnections();
      });
      if (db === undefined) {
        await pglite.close();
      }
    },
  };
}

type RosterCommand = Extract<CertifyOptions['rosterCommand'], (...args: never) => unknown>;
