import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, inject, it } from 'vitest';

const execute = promisify(execFile);

/** What the integrations are for: an app installs the one that it has. */
const FRAMEWORKS = [
  '@auth/core',
  'better-auth',
  'express',
  'fastify',
  'h3',
  'hono',
  'next',
  'next-auth',
  'nuxt',
  'passport',
];

describe('an app that uses one integration', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([['passport', 'passport@0.7.0'] as const, ['hono', 'hono@4.13.19'] as const])(
    'has %s, and none of the other frameworks',
    async (framework, installed) => {
      folder = mkdtempSync(join(tmpdir(), 'clever-sdk-app-'));
      const npm = (...args: string[]) => execute('npm', args, { cwd: folder });
      writeFileSync(join(folder, 'package.json'), '{ "private": true }');
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
      await npm('install', ...options, inject('tarball'), installed);
      const { stdout } = await npm('ls', '--all', '--parseable');
      const names = stdout.split('\n').flatMap((path) => path.split(/[\\/]node_modules[\\/]/u).slice(-1));
      expect(names).toContain('clever-sdk');
      expect(FRAMEWORKS.filter((name) => names.includes(name))).toEqual([framework]);
    },
  );
});
