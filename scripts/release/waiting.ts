import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the changesets that wait for the next version. While previews are made (`changeset pre enter`), the ones that
 * a preview has used stay in the folder, and do not wait.
 *
 * @param root - The project's folder.
 */
export function waitingChangesets(root: string): string[] {
  const state = join(root, '.changeset/pre.json');
  const { mode, changesets } = existsSync(state)
    ? (JSON.parse(readFileSync(state, 'utf8')) as { mode: string; changesets: string[] })
    : { mode: 'none', changesets: [] };
  const used = mode === 'pre' ? changesets : [];
  return globSync('*.md', { cwd: join(root, '.changeset') })
    .filter((file) => file !== 'README.md' && !used.includes(file.replace(/\.md$/u, '')))
    .sort();
}
