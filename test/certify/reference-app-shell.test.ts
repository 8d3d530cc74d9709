import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certify } from 'clever-sdk/certify';
import { expect, it, onTestFinished } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Runs the sources without a build. */
const NODE = [
  process.execPath,
  '--import',
  path('scripts/resolve-sources.ts'),
  '--import',
  path('test/sync/recipes/resolve-entries.ts'),
];
const MAIN = path('examples/certified/main.ts');

async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** A port of loopback that is free, as is the one after it. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const first = await listening(0);
    const { port } = first.address() as { port: number };
    try {
      (await listening(port + 1)).close();
      return port;
    } catch {
      // The next one is taken: try another pair.
    } finally {
      first.close();
    }
  }
}

it('works from the shell, while the server has the embedded database open', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'certified-'));
  const port = await twoFreePorts();
  let server: ChildProcess | undefined;
  onTestFinished(async () => {
    if (server?.exitCode === null) {
      server.kill();
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });
  const command = (name: string): string => `PORT=${port} ${NODE.join(' ')} ${MAIN} ${name}`;
  const { probes } = await certify({
    app: `http://localhost:${port}`,
    port: 0,
    suites: ['sso', 'sync'],
    only: ['sso.portal-login', 'sync.on-demand', 'sync.purge'],
    whoami: '/api/me#id',
    syncCommand: command('sync'),
    rosterCommand: command('roster'),
    purgeCommand: command('purge'),
    onEvent: (event) => {
      if (event.kind === 'listening') {
        const [program = '', ...before] = NODE;
        server = spawn(program, [...before, MAIN], {
          cwd: folder,
          env: { ...process.env, ...event.variables, PORT: String(port) },
          stdio: 'ignore',
        });
      }
    },
  });
  expect(probes.map(({ id, verdict, evidence }) => [id, verdict, evidence])).toEqual([
    ['sso.portal-login', 'pass', expect.anything()],
    ['sync.on-demand', 'pass', expect.anything()],
    ['sync.purge', 'pass', expect.anything()],
  ]);
});
