import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesetsIn } from '../api-report/changesets.ts';

/** The last release: its tag, or why no tag exists. */
export type LastRelease = { readonly tag: string } | { readonly tag: undefined; readonly why: string };

/**
 * Finds the tag of the last release before what is checked out. Throws when the clone cannot know it, with what to
 * fetch: a comparison with nothing would pass.
 */
export function lastRelease(root: string): LastRelease {
  const described = git(root, ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', '--exclude', '*-*']);
  if (described !== undefined) {
    return { tag: described.trim() };
  }
  if (git(root, ['rev-parse', '--is-shallow-repository'])?.trim() !== 'false') {
    throw new Error('This clone has no history, so the last release is unknown: `git fetch --unshallow --tags`.');
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const releases = releasesIn(root);
  // The change log has this version from its own release on. A changeset that waits after that is for the next one.
  const earlier = changesetsIn(root).length > 0 ? releases[0] : releases.find((release) => release !== version);
  if (earlier !== undefined) {
    throw new Error(
      `CHANGELOG.md names version ${earlier} as released, and this clone has no tag of a release: \`git fetch --tags\`.`,
    );
  }
  return { tag: undefined, why: `No version was released before this one (${version}).` };
}

function releasesIn(root: string): readonly string[] {
  const file = join(root, 'CHANGELOG.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return [...text.matchAll(/^## (\d+\.\d+\.\d+)$/gmu)].map(([, version = '']) => version);
}

/** The text of a file in a revision, or `undefined` if it has none. */
export function fileAt(root: string, revision: string, path: string): string | undefined {
  return git(root, ['show', `${revision}:${path}`]);
}

/** The paths of the files in a folder of a revision. */
export function filesAt(root: string, revision: string, folder: string): readonly string[] {
  const listed = git(root, ['ls-tree', '-r', '--name-only', revision, '--', folder]);
  return (listed ?? '').split('\n').filter((line) => line !== '');
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? stdout : undefined;
}
