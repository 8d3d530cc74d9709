import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { describesRow, proves } from '../support/evidence.js';
import { NODE_VERSIONS, OLD_NODES } from './setup.js';

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
  describesRow(async () => ({ part: 'runtimes', name: 'Node', version: (await node('--version')).slice(1) }));

  it('runs on that Node', async () => {
    expect(await node('--version')).toBe(`v${version}`);
  });

  it('runs as ES modules', proves('ES modules'), async () => {
    expect(JSON.parse(await node('program.mts'))).toEqual(seen);
  });

  it('runs as CommonJS', proves('CommonJS'), async () => {
    expect(JSON.parse(await node('program.cjs'))).toEqual(seen);
  });

  it.each(['mocked.mts', 'mocked.cjs'])('mocks Clever in %s', proves('msw'), async (program) => {
    expect(await node(program)).toBe('true');
  });

  it.each([
    'clever-sdk',
    'clever-sdk/values',
    'clever-sdk/schemas',
    'clever-sdk/sandbox',
    'clever-sdk/sync',
    'clever-sdk/sync/pg-boss',
    'clever-sdk/certify',
    'clever-sdk/oneroster',
    'clever-sdk/recording',
    'clever-sdk/better-auth',
    'clever-sdk/authjs',
    'clever-sdk/passport',
    'clever-sdk/fastify',
    'clever-sdk/hono',
    'clever-sdk/nuxt',
  ])('requires %s without require(esm)', proves('CommonJS'), async (entry) => {
    const script = `console.log(Object.keys(require('${entry}')).length > 0)`;
    expect(await node('--no-experimental-require-module', '--eval', script)).toBe('true');
  });

  it('keeps a roster in an embedded database', proves('roster in PGlite'), async () => {
    const folder = join(consumer, `roster-${major}`);
    const { modes, students } = JSON.parse(await node('synced.mjs', folder)) as { modes: string[]; students: number };
    expect([modes, students]).toEqual([['full done', 'events done'], 120]);
  });

  it('has one class of errors in CommonJS, also for the sync', async () => {
    const script = `const { CleverError } = require('clever-sdk');
      console.log(require('clever-sdk/sync').CleverSyncError.prototype instanceof CleverError)`;
    expect(await node('--eval', script)).toBe('true');
  });

  it('has one class of errors in CommonJS, also for the engine on pg-boss', async () => {
    const boss = "{ notifyWorker() {}, getQueues: () => Promise.reject(new Error('lost')) }";
    const script = `const { CleverSyncError } = require('clever-sdk/sync');
      const { pgBossEngine } = require('clever-sdk/sync/pg-boss');
      pgBossEngine(${boss}).request(['a']).catch((error) => console.log(error instanceof CleverSyncError, error.code))`;
    expect(await node('--eval', script)).toBe('true sync_engine');
  });

  it('recognises the errors of the other format', async () => {
    expect(await node('both-formats.mjs')).toBe('true');
  });

  it('has the command line', proves('command line'), async () => {
    expect(await node(join('node_modules', 'clever-sdk', 'dist', 'cli.js'), '--help')).toContain('sandbox');
  });
});

describe('on old Nodes', () => {
  const node = (version: keyof typeof OLD_NODES, ...args: string[]) =>
    execute(join(inject('toolchain'), 'node_modules', `node-${version}`, 'bin', 'node'), args, { cwd: consumer });
  const logIn = ['--input-type=module', '--eval', "import worker from './worker.mjs'; await worker.test();"];

  it('reads and logs in on the oldest that has all that is needed', proves('CommonJS', 'login'), async ({ task }) => {
    const version = (await node('oldest', '--version')).stdout.trim();
    task.meta.subject = { part: 'runtimes', name: 'Node', version: version.slice(1) };
    expect(version).toBe(`v${OLD_NODES.oldest}`);
    expect(JSON.parse((await node('oldest', 'program.cjs')).stdout)).toEqual(seen);
    await node('oldest', ...logIn);
  });

  it('says at once, on an older one, what is missing and where it runs', async () => {
    await expect(node('too-old', 'program.cjs')).rejects.toThrow(
      /This runtime has no `crypto\.subtle`. The sandbox runs on Node 20\.9 or newer/u,
    );
    await expect(node('too-old', 'too-old.mjs')).rejects.toThrow(
      /CleverConfigError.*This runtime has no `crypto\.subtle`. The SDK runs on Node 20\.9 or newer/u,
    );
    const help = node('too-old', join('node_modules', 'clever-sdk', 'dist', 'cli.js'), '--help');
    await expect(help).rejects.toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: `clever-sdk: needs Node 22.12 or newer; this is Node ${OLD_NODES['too-old']}.\n`,
    });
  });
});

it('installs the command line as clever-sdk', async () => {
  const { stdout } = await execute(join('node_modules', '.bin', 'clever-sdk'), ['--help'], { cwd: consumer });
  expect(stdout).toMatch(/^Usage: clever-sdk/u);
});

it('asks npm for three dependencies, and leaves all others to the users who need them', async () => {
  const text = await readFile(join(consumer, 'node_modules', 'clever-sdk', 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { dependencies: object; peerDependenciesMeta: object };
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['ky', 'oauth4webapi', 'zod']);
  expect(manifest.peerDependenciesMeta).toEqual({
    '@electric-sql/pglite': { optional: true },
    '@opentelemetry/api': { optional: true },
    msw: { optional: true },
    'pg-boss': { optional: true },
    'playwright-core': { optional: true },
  });
});
