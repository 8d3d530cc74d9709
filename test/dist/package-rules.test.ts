import { appendFileSync, chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { LIMITS, packageProblems, weightOf, weightProblems } from '../../scripts/package-rules.ts';

describe('the rules for the package', () => {
  let copy = '';
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  /** The problems that the rules report in the package after a change that breaks it. */
  function problemsAfter(spoil: (path: (file: string) => string) => void): string[] {
    copy = mkdtempSync(join(tmpdir(), 'clever-sdk-rules-'));
    cpSync(inject('unpacked'), copy, { recursive: true });
    spoil((file) => join(copy, file));
    return packageProblems(copy);
  }

  it('hold', () => {
    expect(packageProblems(inject('unpacked'))).toEqual([]);
  });

  it.each(['dist/index.ts', 'dist/.env', 'tsconfig.json'])('refuse %s', (file) => {
    expect(problemsAfter((path) => writeFileSync(path(file), ''))).toEqual([`${file} must not be in the package`]);
  });

  it('refuse a package without its licences', () => {
    const problems = problemsAfter((path) => {
      rmSync(path('LICENSE'));
      writeFileSync(path('dist/THIRD-PARTY-LICENSES.txt'), '');
    });
    expect(problems).toContain('LICENSE is missing');
    expect(problems).toContain('the bundles contain ky, and THIRD-PARTY-LICENSES.txt does not name it');
  });

  it.each([
    ['zod in the root declarations', 'dist/index.d.ts', "import * as z from 'zod';", "imports types of 'zod'"],
    ['a type of ky in place', 'dist/index.d.cts', "export type A = import('ky').Options;", "imports types of 'ky'"],
    ['hono in the sandbox declarations', 'dist/sandbox.d.ts', "export * from 'hono';", "imports types of 'hono'"],
    ['node: in the root', 'dist/index.js', "import 'node:fs';", "imports 'node:fs'"],
    ['node: in the CommonJS root', 'dist/index.cjs', 'require("node:fs");', "imports 'node:fs'"],
    ['a dynamic import of node: in the schemas', 'dist/schemas.js', "await import('node:fs');", "imports 'node:fs'"],
    ['a package that users do not have', 'dist/sandbox.js', "import 'hono';", "imports 'hono'"],
    ['an ESM-only package in CommonJS', 'dist/index.cjs', 'require("ky");', "requires 'ky'"],
  ])('refuse %s', (_what, file, code, problem) => {
    const problems = problemsAfter((path) => appendFileSync(path(file), `\n${code}\n`));
    expect(problems).not.toEqual([]);
    // Entries that load the file have the problem, too.
    expect(problems.filter((text) => !text.includes(problem))).toEqual([]);
  });

  it('refuse source maps without sources, or with paths of a machine', () => {
    const problems = problemsAfter((path) => {
      writeFileSync(path('dist/schemas.js.map'), JSON.stringify({ sources: ['../src/schemas/user.ts'] }));
      writeFileSync(path('dist/index.js.map'), JSON.stringify({ sources: ['/home/me/src/index.ts'] }));
    });
    expect(problems).toEqual([
      expect.stringContaining("dist/index.js.map names '/home/me/src/index.ts'"),
      expect.stringContaining('dist/schemas.js.map does not contain the text of ../src/schemas/user.ts'),
    ]);
  });

  it('refuse the text of a package in a source map', () => {
    const map = { sources: ['../node_modules/jose/index.js'], sourcesContent: ['export {};'] };
    expect(problemsAfter((path) => writeFileSync(path('dist/index.js.map'), JSON.stringify(map)))).toEqual([
      expect.stringContaining('contains the text of ../node_modules/jose/index.js'),
    ]);
  });

  it('hold the package to a weight', () => {
    expect(weightProblems(weightOf(inject('unpacked'), inject('tarball')))).toEqual([]);
    expect(weightProblems(LIMITS)).toEqual([]);
    for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
      expect(weightProblems({ ...LIMITS, [name]: LIMITS[name] + 1 })).toEqual([expect.stringContaining(name)]);
    }
  });

  it('refuse a command line that cannot be run', () => {
    const problems = problemsAfter((path) => {
      writeFileSync(path('dist/cli.js'), readFileSync(path('dist/cli.js'), 'utf8').replace(/^#!.*\n/u, ''));
      chmodSync(path('dist/cli.js'), 0o644);
    });
    expect(problems).toEqual(['dist/cli.js has no shebang', 'dist/cli.js is not executable']);
  });
});
