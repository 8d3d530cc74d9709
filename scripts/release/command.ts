import { spawnSync } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../pack.ts';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of the release, whose name is relative to the project, or absolute. */
export function releaseFolder(name = 'release'): string {
  return isAbsolute(name) ? name : join(ROOT, name);
}

/** Runs npm to its end with its output visible. Throws when it fails. */
export function npm(args: readonly string[], { cwd = ROOT, env = {} }: { cwd?: string; env?: Environment } = {}) {
  const { status, error } = spawnSync('npm', args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error !== undefined) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(`npm ${args.join(' ')} failed (${status}).`);
  }
}

/** Runs the main function of a step. An expected failure is one sentence, without a stack. */
export async function main(step: () => void | Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
