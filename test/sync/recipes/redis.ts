import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';

/** A Redis of a test file's own, which keeps nothing. */
export interface OwnRedis {
  /** How it is reached: a socket in a folder that only this user can enter. */
  readonly path: string;
}

/** `describe` for tests on a real Redis. Without a `redis-server` the tests are skipped, and the run says why. */
export function describeOnRedis(name: string, tests: (redis: () => OwnRedis) => void): void {
  if (!isInstalled()) {
    process.stderr.write(`Skipped, because there is no redis-server on the path: ${name}.\n`);
    describe.skip(`${name} (skipped: no redis-server)`, () => tests(() => ({ path: '' })));
    return;
  }
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-redis-'));
    const path = join(folder, 'redis.sock');
    let server: ChildProcess;
    beforeAll(async () => {
      server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await untilReady(server);
    });
    afterAll(async () => {
      server.kill();
      await new Promise((resolve) => server.once('close', resolve));
      rmSync(folder, { recursive: true, force: true });
    });
    tests(() => ({ path }));
  });
}

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout?.on('data', (part: Buffer) => {
      output += part.toString();
      if (/ready to accept connections/iu.test(output)) {
        resolve();
      }
    });
    server.once('close', (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
  });
}
