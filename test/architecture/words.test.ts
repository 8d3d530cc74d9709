import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { widthProblems, wordProblems } from './words.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const code = filesOf('{src,test,bench,scripts,examples,site}/**/*.ts').filter(
  (path) => !path.startsWith('test/architecture/words'),
);
const prose = filesOf(
  '{*.md,.changeset/*.md,src/**/*.md,docs/{,start/,guides/,explanation/,migrate/,decisions/}*.md,site/*.md}',
);

describe('what readers read', () => {
  it('is found', () => {
    expect(code.length).toBeGreaterThan(500);
    expect(prose.length).toBeGreaterThan(20);
  });

  it.each([...code, ...prose])('is plain English in %s', (path) => {
    expect(wordProblems(path, read(path))).toEqual([]);
  });

  it.each(code)('is wrapped in the comments of %s', (path) => {
    expect(widthProblems(path, read(path))).toEqual([]);
  });
});

describe('the list of phrases', () => {
  it.each([
    'Pages behind the cursor.',
    'What stands in it.',
    'Nobody waits for it.',
    'An event that tells of a change.',
    'The member is not there.',
    'In front of the router.',
    ' * A page that is\n * not there yet.',
    '// Nothing is in\n// front of it.',
  ])('refuses %j', (text) => {
    expect(wordProblems('a.ts', text)).not.toEqual([]);
  });

  it.each([
    'Pages after the cursor.',
    'An app behind a TLS proxy.',
    'How to tell users apart.',
    'Is there a next page? There is one.',
    'The stand-in of an id.',
  ])('allows %j', (text) => {
    expect(wordProblems('a.ts', text)).toEqual([]);
  });

  it('finds a comment that is too wide, and leaves code to the formatter', () => {
    const long = 'x'.repeat(130);
    expect(widthProblems('a.ts', ` * ${long}`)).toHaveLength(1);
    expect(widthProblems('a.ts', `const text = '${long}';`)).toEqual([]);
  });
});

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(?:^|\/)node_modules\//u.test(path))
    .sort();
}

function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}
