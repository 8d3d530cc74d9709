/*
 * Applies each mutant to a copy of the sources, and runs the tests that must find it: `npm run test:mutants [name]`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MUTANTS, type Mutant } from './list.ts';

const [wanted = ''] = process.argv.slice(2);
const survivors: string[] = [];
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  for (const folder of ['src', 'test', 'scripts', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(folder, join(copy, folder), { recursive: true });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  for (const mutant of MUTANTS.filter(({ name }) => name.includes(wanted))) {
    const isFound = test(mutant);
    process.stdout.write(`${isFound ? 'found   ' : 'SURVIVED'} ${mutant.name}\n`);
    if (!isFound) {
      survivors.push(mutant.name);
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = survivors.length === 0 ? 0 : 1;

function test({ file, from, to, tests }: Mutant): boolean {
  const path = join(copy, 'src/sync', file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  const name = tests.name === undefined ? [] : ['--testNamePattern', tests.name.replaceAll(/[.*+?()]/gu, '\\$&')];
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', `test/sync/${tests.file}`, ...name],
    { cwd: copy, encoding: 'utf8', env: { ...process.env, HISTORIES: '60' } },
  );
  writeFileSync(path, source);
  // A mutant that does not even start has shown nothing.
  return status !== 0 && /Tests .*\d+ failed/u.test(stdout);
}
