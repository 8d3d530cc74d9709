import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareWithLastRelease } from '../../scripts/api-report/rule.ts';
import { checkLastRelease } from '../../scripts/last-release/check.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const REPORT = 'docs/api-report/index.d.ts.txt';
const report = (text: string): string => `// The API of 'sdk', written.\n\n${text}\n`;
const one = report('export declare function greet(name: string): string;');
const more = report('export declare function greet(name: string): string;\nexport declare function leave(): void;');
const less = report('export declare function leave(): void;');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clever-sdk-releases-'));
  git('init', '--quiet', '--initial-branch=main');
  write({ 'package.json': '{ "version": "0.0.0", "type": "module" }', [REPORT]: one });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

function git(...args: string[]): void {
  const user = ['-c', 'user.name=Invented', '-c', 'user.email=invented@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...user, ...args], { cwd: root, stdio: 'ignore' });
}

function release(version: string): void {
  write({ 'package.json': `{ "version": "${version}", "type": "module" }` });
  git('add', '--all');
  git('commit', '--quiet', '--message', version);
  git('tag', `v${version}`);
}

const changeset = (kind: string, text: string): string => `---\n'clever-sdk': ${kind}\n---\n\n${text}\n`;
const check = (text: string) => compareWithLastRelease(root, new Map([['index.d.ts.txt', text]]));

describe('the reports', () => {
  it('change freely before the first release, whether its version is written or not', () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'begin');
    expect(check(less)).toMatchObject({ holds: true, lines: [expect.stringContaining('(0.0.0)')] });
    write({ 'package.json': '{ "version": "1.0.0" }', 'CHANGELOG.md': '# clever-sdk\n\n## 1.0.0\n' });
    expect(check(less)).toMatchObject({ holds: true, lines: [expect.stringContaining('(1.0.0)')] });
  });

  it('need a changeset of the kind of their difference', () => {
    release('1.0.0');
    expect(check(one)).toEqual({ holds: true, lines: ['The API is that of v1.0.0.'] });
    expect(check(more)).toMatchObject({ holds: false });
    write({ '.changeset/leave.md': changeset('minor', 'You can leave.') });
    expect(check(more)).toMatchObject({ holds: true });
    expect(check(less).holds).toBe(false);
    expect(check(less).lines.join('\n')).toContain('need a changeset of kind major, and the greatest is minor');
    write({ '.changeset/greet.md': changeset('major', '`greet` is gone.') });
    expect(check(less)).toMatchObject({ holds: true });
  });

  it('may differ by as much as the version was raised, once the changesets are taken over', () => {
    release('1.0.0');
    write({ 'package.json': '{ "version": "1.1.0" }' });
    expect(check(more)).toMatchObject({ holds: true });
    expect(check(less)).toMatchObject({ holds: false });
  });

  it('may differ in a doubtful way when a changeset says that it is compatible, and in no other', () => {
    release('1.0.0');
    const other = report('export declare function greet(name: string): Greeting;\ninterface Greeting { text: string }');
    write({ '.changeset/a.md': changeset('minor', 'Text.') });
    expect(check(other).lines.join('\n')).toContain('(?)');
    expect(check(other).holds).toBe(false);
    const comment =
      '<!-- compatible: greet(): a greeting is still a string for every app. -->\n<!-- compatible: greet: no -->';
    write({ '.changeset/a.md': changeset('minor', `Text.\n\n${comment}`) });
    expect(check(other).holds).toBe(true);
    expect(check(less).holds).toBe(false);
  });

  it('may differ in that way also when the change log has taken the changeset over', () => {
    release('1.0.0');
    const other = report('export declare function greet(name: string): Greeting;\ninterface Greeting { text: string }');
    const log = (comment: string): string => `# sdk\n\n## 1.1.0\n\n- Text.\n\n${comment}\n\n## 1.0.0\n\nFirst.\n`;
    write({ 'package.json': '{ "version": "1.1.0" }', 'CHANGELOG.md': log('') });
    expect(check(other).holds).toBe(false);
    write({ 'CHANGELOG.md': log('  <!-- compatible: greet(): a greeting is still\n  a string for every app. -->') });
    expect(check(other).holds).toBe(true);
    write({ 'CHANGELOG.md': `${log('')}\n<!-- compatible: greet(): a reason of an earlier release. -->\n` });
    expect(check(other).holds).toBe(false);
  });

  it('are not compared in a clone that does not know the last release', () => {
    release('1.0.0');
    release('1.0.1');
    const clone = join(root, 'clone');
    git('clone', '--quiet', '--depth=1', '--no-tags', `file://${root}`, clone);
    expect(() => compareWithLastRelease(clone, new Map())).toThrow('git fetch --unshallow --tags');
    rmSync(clone, { recursive: true });
    git('clone', '--quiet', '--no-tags', `file://${root}`, clone);
    writeFileSync(join(clone, 'CHANGELOG.md'), '## 1.0.1\n\n## 1.0.0\n');
    expect(() => compareWithLastRelease(clone, new Map())).toThrow('git fetch --tags');
    // Of one release only: a changeset that waits is for the second.
    const waiting = { 'CHANGELOG.md': '## 1.0.1\n', '.changeset/leave.md': changeset('minor', 'You can leave.') };
    rmSync(join(root, 'clone'), { recursive: true });
    git('clone', '--quiet', '--no-tags', `file://${root}`, clone);
    write(Object.fromEntries(Object.entries(waiting).map(([name, text]) => [join('clone', name), text])));
    expect(() => compareWithLastRelease(clone, new Map())).toThrow('git fetch --tags');
  });
});

// Each of these starts a compiler and a run of tests.
describe('the tests of the last release', { timeout: 180_000 }, () => {
  const source = 'export function greet(name: string): string {\n  return "Hello " + name;\n}\n';
  const project = {
    'src/index.ts': source,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        strict: true,
        skipLibCheck: true,
        lib: ['es2022'],
        types: [],
        paths: { sdk: ['./src/index.ts'] },
      },
    }),
    'vitest.config.ts': `export default { resolve: { alias: { sdk: new URL('./src/index.ts', import.meta.url).pathname } } };`,
    'test/http/greet.test.ts': `import { greet } from 'sdk';
import { expect, it } from 'vitest';
import { name } from '../support/name.js';
it('greets', () => { expect(greet(name)).toBe('Hello Ada'); });`,
    'test/types/greet.test.ts': `import { greet } from 'sdk';
import { expectTypeOf, it } from 'vitest';
it('takes a name', () => { expectTypeOf(greet).parameter(0).toEqualTypeOf<string>(); });`,
    'test/http/inner.test.ts': `import { greet } from '../../src/index.js';
import { expect, it } from 'vitest';
it('has a length', () => { expect(greet.length).toBe(1); });`,
    'test/support/name.ts': `export const name = 'Ada';`,
  };

  beforeEach(() => {
    write(project);
    symlinkSync(modules, join(root, 'node_modules'), 'junction');
    write({ '.gitignore': 'node_modules' });
  });

  it('pass after a compatible change, and are not those of today', () => {
    release('1.0.0');
    write({
      'src/index.ts': `${source}export const more = 1;\n`,
      'test/http/greet.test.ts': 'throw new Error();',
    });
    expect(checkLastRelease(root)).toEqual({ holds: true, lines: ['2 of 2 files of public tests of v1.0.0 pass.'] });
  });

  it('fail when a type or a behaviour breaks, unless a major changeset names them', () => {
    release('1.0.0');
    write({ 'src/index.ts': 'export function greet(name: string | number): string {\n  return "Hi " + name;\n}\n' });
    const text = '`greet` says "Hi".\n\n<!-- breaks: test/types/greet.test.ts -->';
    write({ '.changeset/hi.md': changeset('major', text) });
    const { holds, lines } = checkLastRelease(root);
    expect(holds).toBe(false);
    expect(lines).toContain('✗ test/http/greet.test.ts of v1.0.0 breaks.');
    expect(lines).toContain('test/types/greet.test.ts breaks, as a major changeset says.');
  });

  it('are not said to pass when the run fails and none of them does', () => {
    release('1.0.0');
    const setup = `{ test: { globalSetup: [${JSON.stringify(join(root, 'setup.ts'))}] }, resolve`;
    write({
      'vitest.config.ts': project['vitest.config.ts'].replace('{ resolve', setup),
      'setup.ts': 'export default () => () => { process.exitCode = 3; };',
    });
    expect(() => checkLastRelease(root)).toThrow('The run failed, and no test of the last release did');
  });

  it('break when the run ends without their results', () => {
    release('1.0.0');
    write({
      'src/index.ts': `declare const process: { kill(pid: number, signal: string): void; pid: number };
process.kill(process.pid, 'SIGKILL');
${source}`,
    });
    const { holds, lines } = checkLastRelease(root);
    expect(holds).toBe(false);
    expect(lines).toContain('✗ test/http/greet.test.ts of v1.0.0 breaks.');
  });

  it('are none before the first release', () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'begin');
    expect(checkLastRelease(root)).toMatchObject({ holds: true, lines: [expect.stringContaining('(0.0.0)')] });
  });
});
