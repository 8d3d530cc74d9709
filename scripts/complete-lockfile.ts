/**
 * Lets npm fill in what a package-lock.json lacks: packages without a checksum, and builds for other platforms. npm
 * keeps an entry without `integrity` as it is, so such entries are removed first. Fails when the registry in use lacks
 * what is missing: some mirrors have only the builds of their own platform. Run by `npm run lockfile`, after a
 * dependency has changed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Lockfile, lockfileProblems } from './lockfile-rules.ts';
import { run } from './pack.ts';

/** The folders with dependencies of their own. */
const FOLDERS = ['', 'site/', 'test/frameworks/', '.github/canary/'];

for (const folder of FOLDERS) {
  const root = fileURLToPath(new URL(`../${folder}`, import.meta.url));
  const file = `${root}package-lock.json`;
  const read = (): Lockfile => JSON.parse(readFileSync(file, 'utf8')) as Lockfile;

  const lockfile = read();
  const complete = Object.entries(lockfile.packages).filter(
    ([path, { link, integrity }]) => path === '' || link === true || integrity !== undefined,
  );
  writeFileSync(file, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(complete) }, undefined, 2)}\n`);
  run('npm', ['install', '--package-lock-only', '--ignore-scripts'], root);
  const problems = lockfileProblems(read());
  if (problems.length > 0) {
    throw new Error(
      `${folder}package-lock.json is incomplete. Try a registry that has all platforms.\n${problems.join('\n')}`,
    );
  }
  console.log(`${folder}package-lock.json: every package has its integrity.`);
}
