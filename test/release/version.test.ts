import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changelogSection } from '../../scripts/release/changelog-section.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The version and the changelog of the copy, whatever this project's own are. */
const CURRENT = '1.2.3';
const CHANGELOG = `# clever-sdk\n\n## ${CURRENT}\n\n### Patch Changes\n\n- Something that was wrong.\n`;
let copy: string;

const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
const versions = (): (string | undefined)[] => [
  (JSON.parse(read('package.json')) as { version: string }).version,
  /VERSION: string = '(.*)'/u.exec(read('src/version.ts'))?.[1],
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
    'src/version.ts',
    'scripts/sync-version.ts',
    'scripts/version-packages.ts',
    'scripts/pack.ts',
  ]) {
    cpSync(root + file, join(copy, file));
  }
  cpSync(`${root}.changeset/config.json`, join(copy, '.changeset/config.json'));
  const manifest = JSON.parse(read('package.json')) as object;
  writeFileSync(join(copy, 'package.json'), `${JSON.stringify({ ...manifest, version: CURRENT }, undefined, 2)}\n`);
  execFileSync(process.execPath, ['scripts/sync-version.ts'], { cwd: copy });
  writeFileSync(join(copy, 'CHANGELOG.md'), CHANGELOG);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy });
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

it('a minor changeset raises the minor version, and becomes the newest section of the changelog', () => {
  writeFileSync(join(copy, '.changeset/new.md'), "---\n'clever-sdk': minor\n---\n\nSomething that was not possible.\n");
  raiseVersion();
  expect(versions()).toEqual(['1.3.0', '1.3.0']);
  expect(changelogSection(read('CHANGELOG.md'), '1.3.0')).toMatch(
    /^### Minor Changes\s+- .*Something that was not possible\.$/u,
  );
  expect(changelogSection(read('CHANGELOG.md'), CURRENT)).toBe(changelogSection(CHANGELOG, CURRENT));
});

it('nothing is released without a changeset', () => {
  const out = execFileSync(process.execPath, ['scripts/version-packages.ts'], { cwd: copy, encoding: 'utf8' });
  expect(out).toBe('No changeset announces anything: the version stays.\n');
  expect(versions()).toEqual([CURRENT, CURRENT]);
  expect(read('CHANGELOG.md')).toBe(CHANGELOG);
});

it('the changelog says what the current version brings', () => {
  const [manifest, changelog] = ['package.json', 'CHANGELOG.md'].map((file) => readFileSync(root + file, 'utf8'));
  const { version } = JSON.parse(String(manifest)) as { version: string };
  expect(changelogSection(String(changelog), version).length).toBeGreaterThan(20);
});
