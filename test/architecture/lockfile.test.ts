import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Lockfile, lockfileProblems } from '../../scripts/lockfile-rules.js';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

describe('package-lock.json', () => {
  it.each([
    ['', 100],
    ['site/', 100],
    ['test/frameworks/', 100],
    ['.github/canary/', 1],
  ])("of '%s' has a checksum for every package and platform, and no registry", (folder, more) => {
    const text = readFileSync(new URL(`../../${folder}package-lock.json`, import.meta.url), 'utf8');
    const lockfile = JSON.parse(text) as Lockfile;
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(more);
    expect(lockfileProblems(lockfile)).toEqual([]);
    expect(text).not.toMatch(/"resolved"|registry\./u);
  });

  it.each<[string, Lockfile['packages'], string[]]>([
    ['is complete', { '': {}, 'node_modules/a': { integrity: INTEGRITY } }, []],
    ['lacks a checksum', { 'node_modules/a': {} }, ['node_modules/a has no sha512 integrity.']],
    ['has a weak checksum', { 'node_modules/a': { integrity: 'sha1-x' } }, ['node_modules/a has no sha512 integrity.']],
    [
      'names a registry',
      { 'node_modules/a': { integrity: INTEGRITY, resolved: 'https://registry.example/a.tgz' } },
      ['node_modules/a names a registry.'],
    ],
    [
      'lacks a platform',
      { 'node_modules/a': { integrity: INTEGRITY, optionalDependencies: { 'a-win32': '1.0.0' } } },
      ['a-win32, a build that node_modules/a lists, is absent.'],
    ],
  ])('is judged when it %s', (_, packages, problems) => {
    expect(lockfileProblems({ packages })).toEqual(problems);
  });
});
