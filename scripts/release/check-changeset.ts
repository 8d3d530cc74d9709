/**
 * Fails when what changed since a commit changes the package, and has no changeset that announces it:
 * `node scripts/release/check-changeset.ts <commit>`.
 */
import { run } from '../pack.ts';
import { main, ROOT } from './command.ts';
import { needsChangeset, parseChangedFiles } from './needs-changeset.ts';

await main(() => {
  const [base = 'origin/main'] = process.argv.slice(2);
  const files = parseChangedFiles(run('git', ['diff', '--name-status', '--no-renames', `${base}...HEAD`], ROOT));
  if (needsChangeset(files)) {
    throw new Error('src/ has changed. Announce it with `npm run changeset`, or label the pull request no-changeset.');
  }
  console.log('Nothing is missing: the change is announced, or users do not notice it.');
});
