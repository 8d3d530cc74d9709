import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { changelogSection } from '../../scripts/release/changelog-section.js';
import { needsChangeset, parseChangedFiles } from '../../scripts/release/needs-changeset.js';
import { isAtLeast, isNotFound } from '../../scripts/release/npm-answers.js';
import { integrityOf, readRecord, writeRecord } from '../../scripts/release/record.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const testStep = join(root, 'scripts/release/test.ts');

describe('needsChangeset', () => {
  it.for([
    ['a source', 'M\tsrc/client.ts', true],
    ['a source that is gone', 'D\tsrc/client.ts', true],
    ['a source and a changeset', 'M\tsrc/client.ts\nA\t.changeset/quick-foxes-jump.md', false],
    ['a source and a change of an old changeset', 'M\tsrc/client.ts\nM\t.changeset/quick-foxes-jump.md', true],
    ['a source and the README of changesets', 'M\tsrc/client.ts\nA\t.changeset/README.md', true],
    ['the build', 'M\ttsup.config.ts', true],
    ['the guide for agents in the package', 'M\tAGENTS.md', true],
    ['tests and guides', 'M\ttest/unit/a.test.ts\nA\tdocs/guides/login.md', false],
    ['a release', 'M\tsrc/version.ts\nM\tCHANGELOG.md\nD\t.changeset/quick-foxes-jump.md', false],
    ['nothing', '', false],
  ] as const)('%s: %s → %s', ([, output, expected]) => {
    expect(needsChangeset(parseChangedFiles(output), {}, {})).toBe(expected);
  });

  it.for([
    ['a dependency', { dependencies: { ky: '2.0.0' } }, { dependencies: { ky: '2.0.1' } }, true],
    ['a program that is gone', { bin: { a: './a.js' } }, {}, true],
    [
      'the order of exports',
      { exports: { import: 'a', default: 'b' } },
      { exports: { default: 'b', import: 'a' } },
      true,
    ],
    ['the oldest Node', { engines: { node: '>=22' } }, { engines: { node: '>=24' } }, true],
    ['scripts and the version', { version: '1.0.0' }, { version: '1.1.0', scripts: { a: 'b' } }, false],
    ['what developers use', { devDependencies: {} }, { devDependencies: { a: '1.0.0' } }, false],
  ] as const)('%s in package.json: %o → %o → %s', ([, before, after, expected]) => {
    const files = parseChangedFiles('M\tpackage.json');
    expect(needsChangeset(files, before, after)).toBe(expected);
    expect(needsChangeset([...files, { status: 'A', path: '.changeset/new-one.md' }], before, after)).toBe(false);
  });
});

describe('isAtLeast', () => {
  it.for([
    ['11.5.1', true],
    ['11.5.2', true],
    ['11.6.0', true],
    ['12.0.0', true],
    ['11.5.0', false],
    ['11.4.9', false],
    ['10.9.9', false],
    ['9.20.0', false],
  ] as const)('npm %s knows trusted publishing: %s', ([version, expected]) => {
    expect(isAtLeast(version, '11.5.1')).toBe(expected);
  });
});

describe('isNotFound', () => {
  it.for([
    ['no package', '{\n  "error": {\n    "code": "E404",\n    "summary": "Not Found"\n  }\n}', true],
    ['no such version', '{"error":{"code":"ETARGET","summary":"No matching version found"}}', true],
    ['no right', '{"error":{"code":"E403","summary":"Forbidden: see E404"}}', false],
    ['nothing', '', false],
  ] as const)('%s', ([, output, expected]) => {
    expect(isNotFound(output)).toBe(expected);
  });
});

describe('changelogSection', () => {
  const changelog =
    '# clever-sdk\n\n## 1.1.0\n\n### Minor Changes\n\n- New.\n\n## 1.1.0-next.0\n\n- Early.\n\n## 1.0.0\n\nFirst.\n';

  it.for([
    ['1.1.0', '### Minor Changes\n\n- New.'],
    ['1.1.0-next.0', '- Early.'],
    ['1.0.0', 'First.'],
  ] as const)('of %s', ([version, expected]) => {
    expect(changelogSection(changelog, version)).toBe(expected);
  });

  it('refuses a version that the changelog does not have', () => {
    expect(() => changelogSection(changelog, '1.0')).toThrow('CHANGELOG.md says nothing about 1.0.');
  });
});

it('a file that was not committed is refused before anything is packed', () => {
  const copy = mkdtempSync(join(tmpdir(), 'clever-sdk-pack-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(join(root, 'scripts/release'), join(copy, 'scripts/release'), { recursive: true });
  cpSync(join(root, 'scripts/pack.ts'), join(copy, 'scripts/pack.ts'));
  const manifest = { name: 'made-for-a-test', type: 'module', scripts: { build: 'node --version' } };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest));
  spawnSync('git', ['init', '--quiet'], { cwd: copy });
  spawnSync('git', ['add', '.'], { cwd: copy });
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@school.example', '-c', 'commit.gpgsign=false'];
  spawnSync('git', [...author, 'commit', '--quiet', '--message', 'all'], { cwd: copy });
  writeFileSync(join(copy, 'notes.txt'), 'mine');
  const packed = spawnSync(process.execPath, ['scripts/release/pack.ts'], { cwd: copy, encoding: 'utf8' });
  expect({ status: packed.status, stderr: packed.stderr }).toEqual({
    status: 1,
    stderr: '✗ These files are not as they were committed. Commit or remove them, then pack again:\n?? notes.txt\n',
  });
  expect(existsSync(join(copy, 'release'))).toBe(false);
});

describe('the record of a release', () => {
  function makeFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-record-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'a.tgz'), 'tested');
    writeRecord(folder, {
      ...{ name: 'a', version: '1.0.0', commit: '0'.repeat(40), file: 'a.tgz', passed: [] },
      integrity: integrityOf(join(folder, 'a.tgz')),
    });
    return folder;
  }

  it('names the bytes as npm does', () => {
    // printf tested | openssl dgst -sha512 -binary | openssl base64 -A
    expect(readRecord(makeFolder()).integrity).toBe(
      'sha512-XHaw3Egf7e6DZWNvKq68kfTpUMxEXvpSb747FrtCpgYWbpbS6kkCmA4TKWCCKvJ8+3ewKha5gdbA5NZ/tYxIog==',
    );
  });

  it('is refused for other bytes, before anything is tested', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'a.tgz'), 'changed');
    const { status, stderr } = spawnSync(process.execPath, [testStep, '--folder', folder], { encoding: 'utf8' });
    expect({ status, stderr: stderr.slice(0, 42) }).toEqual({
      status: 1,
      stderr: '✗ a.tgz has changed since it was packed: i',
    });
  });

  it('knows no other gates', () => {
    const { status, stderr } = spawnSync(process.execPath, [testStep, '--folder', makeFolder(), 'test:all'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: '✗ No gate is called test:all: there are check:package, test:dist, test:frameworks.\n',
    });
  });
});
