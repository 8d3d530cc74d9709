import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { NODE_VERSIONS } from './setup.js';

const execute = promisify(execFile);
const consumer = inject('consumer');

const seen = {
  students: 120,
  parsed: 120,
  knowsGrades: true,
  code: 'not_found',
  startsLogin: true,
};

describe.each(Object.entries(NODE_VERSIONS))('on Node %s', (major, version) => {
  const node = async (...args: string[]): Promise<string> => {
    const program = join(inject('toolchain'), 'node_modules', `node-${major}`, 'bin', 'node');
    const { stdout } = await execute(program, args, { cwd: consumer });
    return stdout.trim();
  };

  it('runs on that Node', async () => {
    expect(await node('--version')).toBe(`v${version}`);
  });

  it('runs as ES modules', async () => {
    expect(JSON.parse(await node('program.mts'))).toEqual(seen);
  });

  it('runs as CommonJS', async () => {
    expect(JSON.parse(await node('program.cjs'))).toEqual(seen);
  });

  it.each(['mocked.mts', 'mocked.cjs'])('mocks Clever in %s', async (program) => {
    expect(await node(program)).toBe('true');
  });

  it.each(['clever-sdk', 'clever-sdk/values', 'clever-sdk/schemas', 'clever-sdk/sandbox'])(
    'requires %s without require(esm)',
    async (entry) => {
      const script = `console.log(Object.keys(require('${entry}')).length > 0)`;
      expect(await node('--no-experimental-require-module', '--eval', script)).toBe('true');
    },
  );

  it('recognises the errors of the other format', async () => {
    expect(await node('both-formats.mjs')).toBe('true');
  });

  it('has the command line', async () => {
    expect(await node(join('node_modules', 'clever-sdk', 'dist', 'cli.js'), '--help')).toContain('sandbox');
  });
});

it('installs the command line as clever-sdk', async () => {
  const { stdout } = await execute(join('node_modules', '.bin', 'clever-sdk'), ['--help'], { cwd: consumer });
  expect(stdout).toMatch(/^Usage: clever-sdk/u);
});

it('asks npm for three dependencies, and leaves msw and PGlite to the users who need them', async () => {
  const text = await readFile(join(consumer, 'node_modules', 'clever-sdk', 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { dependencies: object; peerDependenciesMeta: object };
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['ky', 'oauth4webapi', 'zod']);
  expect(manifest.peerDependenciesMeta).toEqual({
    '@electric-sql/pglite': { optional: true },
    msw: { optional: true },
  });
});
