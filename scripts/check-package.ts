/**
 * Checks the package in the form that users get: checks the tarball with publint,
 * arethetypeswrong and our own rules. Run by `npm run check:package`, after `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageUnderTest, run } from './pack.ts';
import { packageProblems, weightOf, weightProblems } from './package-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-package-'));
try {
  const tarball = packageUnderTest(folder);
  const failed = [
    ['publint', 'run', tarball, '--strict'],
    ['attw', tarball, '--profile', 'node16', '--no-emoji'],
  ].filter(([tool = '', ...args]) => spawnSync(tool, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0);

  run('tar', ['-xzf', tarball, '-C', folder], folder);
  const unpacked = join(folder, 'package');
  const weight = weightOf(unpacked, tarball);
  console.log(`${weight.files} files, ${weight.unpackedBytes} bytes, ${weight.packedBytes} of them to download.`);
  const problems = [...packageProblems(unpacked), ...weightProblems(weight)];
  for (const problem of problems) {
    console.error(`✗ ${problem}`);
  }
  if (failed.length > 0 || problems.length > 0) {
    console.error(
      `The package is not fit to publish: ${[...failed.map(([tool]) => tool), ...problems].length} finding(s).`,
    );
    process.exitCode = 1;
  } else {
    console.log('The package contains what it should and nothing else.');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
