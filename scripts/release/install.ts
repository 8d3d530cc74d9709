/**
 * Installs the tarball in `release/` into an empty project and runs a first program and the command line there: on the
 * operating systems on which the tests do not run.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../pack.ts';
import { main, npm, releaseFolder } from './command.ts';
import { firstSteps, makeProject } from './project.ts';
import { readRecord } from './record.ts';

await main(() => {
  const release = releaseFolder();
  const { file, version } = readRecord(release);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clever-sdk-install-')));
  try {
    const project = makeProject(folder, 'node');
    npm(['install', join(release, file)], { cwd: project });
    firstSteps(`Node ${process.version} on ${process.platform}`, process.execPath, ['first-steps.mjs'], project);
    const printed = run('npm', ['exec', '--', 'clever-sdk', '--version'], project).trim();
    if (printed !== version) {
      throw new Error(`The command line is ${printed}, and the package ${version}.`);
    }
    console.log(`The command line is ${printed}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
