import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, stop } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { HAS_RUNTIMES, RUNTIMES } from '../../scripts/runtimes.js';
import { describesRow, proves } from '../support/evidence.js';
import { COMPATIBILITY_DATES } from './setup.js';

const execute = promisify(execFile);
const consumer = inject('consumer');
const reason = HAS_RUNTIMES ? '' : ' (skipped: only on Linux on x64, whose binaries the tests install)';

async function run(runtime: keyof typeof RUNTIMES, ...args: string[]): Promise<string> {
  const program = join(inject('toolchain'), 'node_modules', RUNTIMES[runtime].binary);
  const { stdout, stderr } = await execute(program, args, { cwd: consumer });
  return (stdout + stderr).trim();
}

const seen = { students: 120, parsed: 120, knowsGrades: true, code: 'not_found', startsLogin: true };

/** The version that the program itself reports. */
async function versionOf(runtime: keyof typeof RUNTIMES): Promise<string> {
  return /\d[\d.-]*/u.exec(await run(runtime, '--version'))?.[0] ?? '';
}

describe.runIf(HAS_RUNTIMES)(`Bun${reason}`, () => {
  describesRow(async () => ({ part: 'runtimes', name: 'Bun', version: await versionOf('bun') }));

  it('runs as Node does', proves('ES modules'), async () => {
    expect(JSON.parse(await run('bun', 'program.mts'))).toEqual(seen);
  });

  it('runs as Node does, as CommonJS', proves('CommonJS'), async () => {
    expect(JSON.parse(await run('bun', 'program.cjs'))).toEqual(seen);
  });
});

describe.runIf(HAS_RUNTIMES)(`Deno${reason}`, () => {
  describesRow(async () => ({ part: 'runtimes', name: 'Deno', version: await versionOf('deno') }));

  it('runs as Node does', proves('ES modules'), async () => {
    expect(JSON.parse(await run('deno', 'run', '--allow-all', '--cached-only', '--quiet', 'program.mts'))).toEqual(
      seen,
    );
  });
});

describe.runIf(HAS_RUNTIMES)(`a Worker${reason}`, () => {
  const folder = join(consumer, 'worker');

  beforeAll(async () => {
    await build({
      absWorkingDir: consumer,
      entryPoints: ['worker.mjs'],
      outdir: folder,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      splitting: true,
      conditions: ['workerd', 'worker', 'browser'],
      external: ['node:*'],
      outExtension: { '.js': '.mjs' },
    });
    for (const date of COMPATIBILITY_DATES) {
      await writeFile(join(folder, `${date}.capnp`), await configurationOf(folder, date));
    }
  });

  afterAll(() => stop());

  describe.for(COMPATIBILITY_DATES)('of %s', (date) => {
    describesRow(async () => {
      const version = `${date}, in workerd ${await versionOf('workerd')}`;
      return { part: 'runtimes', name: 'Workers', version };
    });

    it('reads a district and logs a teacher in, without Node', proves('ES modules', 'login'), async () => {
      expect(await run('workerd', 'test', join(folder, `${date}.capnp`))).toMatch(/\[ PASS \]/u);
    });
  });
});

/** Every chunk is embedded as a module; chunks that only Node needs are never loaded. */
async function configurationOf(folder: string, compatibilityDate: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const chunks = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  const modules = ['worker.mjs', ...chunks.filter((name) => name !== 'worker.mjs')].map(
    (name) => `(name = "${name}", esModule = embed "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
const worker :Workerd.Worker = (modules = [${modules.join(', ')}], compatibilityDate = "${compatibilityDate}");
`;
}
