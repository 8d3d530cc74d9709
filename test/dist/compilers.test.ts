import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { describesRow, proves } from '../support/evidence.js';
import { TYPESCRIPT_VERSIONS } from './setup.js';

const execute = promisify(execFile);
const consumer = inject('consumer');
const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'dist', 'index.d.ts');
const typeTests = readdirSync(join(consumer, 'types')).map((name) => join('types', name));

/** How users' projects resolve modules. A `.cts` file is CommonJS in all of them. */
const settings = {
  node16: { module: 'node16' },
  node20: { module: 'node20' },
  nodenext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** Where the types of web standards come from. */
const platforms = {
  'the DOM library': { lib: ['ES2023', 'DOM', 'DOM.Iterable'], types: [] },
  '@types/node': { lib: ['ES2023'], types: ['node'] },
};

/**
 * Compiles the consumer's program, strictly and with every declaration file checked; returns the compiler's
 * output.
 */
async function compile(typescript: string, name: string, options: object, files: readonly string[]): Promise<string> {
  const project = join(consumer, `tsconfig.${name}.json`);
  const compilerOptions = { strict: true, skipLibCheck: false, noEmit: true, target: 'es2022', ...options };
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  return execute(process.execPath, [compilerOf(typescript), '--project', project], { cwd: consumer }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

function compilerOf(typescript: string): string {
  return join(inject('toolchain'), 'node_modules', `typescript-${typescript}`, 'bin', 'tsc');
}

const cases = Object.entries(settings).flatMap(([setting, resolution]) =>
  Object.entries(platforms).map(([platform, names]) => ({ setting, platform, resolution, names })),
);

describe.each(Object.keys(TYPESCRIPT_VERSIONS))('TypeScript %s', (typescript) => {
  describesRow(async () => {
    const { stdout } = await execute(process.execPath, [compilerOf(typescript), '--version']);
    return { part: 'compilers', name: 'TypeScript', version: stdout.trim().replace('Version ', '') };
  });

  it.for(cases)('compiles both formats under $setting with $platform', async (one, { task }) => {
    const { setting, resolution, names } = one;
    task.meta.proves = [setting];
    const name = `${typescript}.${setting}.${names.types.length}`;
    expect(
      await compile(typescript, name, { ...resolution, ...names }, ['program.mts', 'program.cts', 'types.mts']),
    ).toBe('');
  });

  // msw 3 has no CommonJS, so `.cts` files need a compiler that supports require(esm); its own types need
  // the DOM library.
  it.for([
    ['node16', ['mocked.mts']],
    ['node20', ['mocked.mts', 'mocked.cts']],
    ['nodenext', ['mocked.mts', 'mocked.cts']],
    ['bundler', ['mocked.mts', 'mocked.cts']],
  ] as const)('compiles a test with msw under %s', async ([setting, files], { task }) => {
    task.meta.proves = [setting];
    const options = { ...settings[setting], ...platforms['the DOM library'] };
    expect(await compile(typescript, `${typescript}.${setting}.msw`, { ...options, types: ['node'] }, files)).toBe('');
  });

  it('agrees with every type test', proves('type tests'), async () => {
    const options = {
      ...{ ...settings.nodenext, ...platforms['@types/node'] },
      ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
      // The test runner's types are not under test; they come from this project.
      ...{ skipLibCheck: true, paths: { vitest: [vitest] } },
    };
    expect(typeTests.length).toBeGreaterThan(3);
    expect(await compile(typescript, `${typescript}.types`, options, typeTests)).toBe('');
  });

  it('refuses a mistake', proves('type tests'), async () => {
    const mistake = "import { createCleverClient } from 'clever-sdk';\ncreateCleverClient(1);\n";
    writeFileSync(join(consumer, 'mistake.mts'), mistake);
    expect(await compile(typescript, 'mistake', settings.nodenext, ['mistake.mts'])).toContain('error TS2');
  });
});
