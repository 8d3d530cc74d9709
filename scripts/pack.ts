import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Packs what `npm publish` would send, from the latest build, and returns the tarball's path.
 *
 * @param destination - An existing folder for the tarball.
 */
export function pack(destination: string): string {
  if (!existsSync(join(root, 'dist', 'index.d.ts'))) {
    throw new Error('dist/ is missing or has no declarations: run `npm run build` first.');
  }
  const packed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', destination], root);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  return join(destination, filename);
}

/** Runs a command to its end and returns its output. Throws when it fails, with all of its output. */
export function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  if (error !== undefined) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed (${status})\n${stdout}${stderr}`);
  }
  return stdout;
}
