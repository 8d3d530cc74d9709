/**
 * Fails when what changed since a commit changes the package, and has no changeset that announces it:
 * `node scripts/release/check-changeset.ts <commit>`.
 */
import { run } from '../pack.ts';
import { main, ROOT } from './command.ts';
import { type Manifest, needsChangeset, parseChangedFiles } from './needs-changeset.ts';

await main(() => {
  const [base = 'origin/main'] = process.argv.slice(2);
  const files = parseChangedFiles(run('git', ['diff', '--name-status', '--no-renames', `${base}...HEAD`], ROOT));
  const parent = run('git', ['merge-base', base, 'HEAD'], ROOT).trim();
  if (needsChangeset(files, manifestAt(parent), manifestAt('HEAD'))) {
    throw new Error(
      'What users get has changed. Announce it with `npm run changeset`, or label the pull request no-changeset.',
    );
  }
  console.log('Nothing is missing: the change is announced, or users do not notice it.');
});

function manifestAt(commit: string): Manifest {
  return JSON.parse(run('git', ['show', `${commit}:package.json`], ROOT)) as Manifest;
}
