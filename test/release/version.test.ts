import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changelogSection } from '../../scripts/release/changelog-section.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version: current } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
let copy: string;

const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
const versions = (): (string | undefined)[] => [
  (JSON.parse(read('package.json')) as { version: string }).version,
  /VERSION = '(.*)'/u.exec(read('src/version.ts'))?.[1],
];

/** The part of `npm run version-packages` that writes versions; the other writes the lockfiles. */
function raiseVersion(): void {
  const options = { cwd: copy, stdio: 'pipe' } as const;
  execFileSync(process.execPath, [`${root}node_modules/@changesets/cli/bin.js`, 'version'], options);
  execFileSync(process.execPath, ['scripts/sync-version.ts'], options);
}

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'clever-sdk-version-'));
  for (const file of [
    'package.json',
    'package-lock.json',
    'CHANGELOG.md',
    'src/version.ts',
    'scripts/sync-version.ts',
    'scripts/version-packages.ts',
    'scripts/pack.ts',
  ]) {
    cpSync(root + file, join(copy, file));
  }
  cpSync(`${root}.changeset/config.json`, join(copy, '.changeset/config.json'));
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy });
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

it('a minor changeset raises the minor version, and becomes the newest section of the changelog', () => {
  writeFileSync(join(copy, '.changeset/new.md'), "---\n'clever-sdk': minor\n---\n\nSomething that was not possible.\n");
  raiseVersion();
  const [major, minor] = current.split('.').map(Number);
  const next = `${major}.${Number(minor) + 1}.0`;
  expect(versions()).toEqual([next, next]);
  expect(changelogSection(read('CHANGELOG.md'), next)).toMatch(
    /^### Minor Changes\s+- .*Something that was not possible\.$/u,
  );
  expect(changelogSection(read('CHANGELOG.md'), current)).toBe(
    changelogSection(readFileSync(`${root}CHANGELOG.md`, 'utf8'), current),
  );
});

it('nothing is released without a changeset', () => {
  const out = execFileSync(process.execPath, ['scripts/version-packages.ts'], { cwd: copy, encoding: 'utf8' });
  expect(out).toBe('No changeset announces anything: the version stays.\n');
  expect(versions()).toEqual([current, current]);
  expect(read('CHANGELOG.md')).toBe(readFileSync(`${root}CHANGELOG.md`, 'utf8'));
});

it('the changelog says what the current version brings', () => {
  expect(changelogSection(read('CHANGELOG.md'), current).length).toBeGreaterThan(20);
});
