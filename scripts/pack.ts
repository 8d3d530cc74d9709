import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Packs what `npm publish` would send, from the latest build, and returns the tarball's path.
 *
 * @param destination - An existing folder for the tarball.
 */
export function packBuild(destination: string): string {
  if (!existsSync(join(root, 'dist', 'index.d.ts'))) {
    throw new Error('dist/ is missing or has no declarations: run `npm run build` first.');
  }
  return pack(root, destination);
}

/** Packs a folder as it is, without its scripts, and returns the tarball's path. */
export function pack(source: string, destination: string): string {
  const packed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', destination], source);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  return join(destination, filename);
}

/**
 * Returns the package that the gates test, as a copy in a folder: the tarball that `CLEVER_SDK_TARBALL` names, which a
 * release tests and then publishes, or else one packed from the latest build.
 *
 * @param destination - An existing folder for the tarball.
 */
export function packageUnderTest(destination: string): string {
  const given = process.env['CLEVER_SDK_TARBALL'];
  if (given === undefined || given === '') {
    return packBuild(destination);
  }
  const copy = join(destination, basename(given));
  copyFileSync(given, copy);
  return copy;
}

/** Variables beside those of this process. Not `ProcessEnv`, which frameworks extend by members that it must have. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a command to its end and returns its output. Throws when it fails, with all of its output. */
export function run(command: string, args: readonly string[], cwd: string, env: Environment = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npm is a script, which only a shell runs; for a program, a shell would split its path at spaces.
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (error !== undefined) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed (${status})\n${stdout}${stderr}`);
  }
  return stdout;
}
