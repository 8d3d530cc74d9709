/**
 * Takes the changesets together to the next version: package.json, `src/version.ts`, CHANGELOG.md and the lockfiles.
 * Run by `npm run version-packages`. Without a changeset everything stays as it is; changesets itself would fail.
 */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './pack.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const changesets = globSync('.changeset/*.md', { cwd: root }).filter((file) => !file.endsWith('README.md'));

if (changesets.length === 0) {
  console.log('No changeset announces anything: the version stays.');
} else {
  for (const [command = '', ...args] of [
    ['npm', 'exec', '--', 'changeset', 'version'],
    ['npm', 'exec', '--', 'node', 'scripts/sync-version.ts'],
    ['npm', 'install', '--package-lock-only', '--ignore-scripts'],
    ['npm', 'run', 'lockfile'],
  ]) {
    process.stdout.write(run(command, args, root));
  }
}
