import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { withCheckedClaims } from '../../scripts/snippets/claims.js';
import { execute, type Result } from '../../scripts/snippets/execute.js';
import { snippetsOf } from '../../scripts/snippets/find.js';
import { compareOutput, updatedOutput } from '../../scripts/snippets/output.js';
import { partsOf } from '../../scripts/snippets/parts.js';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '');
const block = (code: string): string => `\`\`\`ts\n${code}\n\`\`\`\n`;
const shown = (text: string): string => `\n<!-- output -->\n\`\`\`console\n${text}\n\`\`\`\n`;

/** A page with one snippet for each thing that can go wrong, and some that are right. */
const PAGE = [
  block("console.log('one', { two: 2 });") + shown('one { two: 2 }'),
  block("console.log('this');") + shown('that'),
  block("const first = 1;\nthrow new Error('odd');"),
  block("await fetch('https://example.com').catch(() => undefined);"),
  `<!-- files: nothing-makes-this -->\n${block('export {};')}`,
  block("'a'.length; // 2"),
  block("Promise.reject(new Error('unseen'));"),
  block('function idle() {}'),
  `<!-- run: twice(1); -->\n${block('function twice(n: number) {\n  return 2 * n;\n}')}`,
  `<!-- not run: it would send an e-mail -->\n${block('send();')}`,
  `<!-- throws: RangeError -->\n${block("'a'.repeat(-1);")}`,
  `<!-- given: declare const nobodyMakesThis: string; -->\n${block('nobodyMakesThis.length;')}`,
  block("const { connect } = await import('node:net');\nconnect({ host: 'example.com', port: 443 });"),
];

describe('snippets that are executed', () => {
  let results: Result[];
  beforeAll(async () => {
    results = await execute(snippetsOf('page.md', PAGE.join('\n')), { root, parallel: 1, timeLimitMs: 60_000 });
  }, 120_000);

  it.each([
    [0, 'what is shown is printed', { kind: 'executed', printed: 'one { two: 2 }\n' }],
    [1, 'something else is printed', { kind: 'failed', text: expect.stringContaining('it prints something else') }],
    [2, 'it throws', { kind: 'failed', text: 'Error: odd', line: lineOf('odd') }],
    [3, 'it leaves the machine', { kind: 'failed', text: expect.stringContaining('tried to reach example.com') }],
    [4, 'a file is not known', { kind: 'failed', text: expect.stringContaining('Nothing makes the file') }],
    [5, 'a comment is wrong', { kind: 'failed', text: expect.stringContaining('is 1, and the comment says 2') }],
    [6, 'a promise fails unseen', { kind: 'failed', text: 'Error: unseen' }],
    [7, 'nothing is called', { kind: 'failed', text: expect.stringContaining('nothing calls `idle`') }],
    [8, 'its function is called', { kind: 'executed' }],
    [9, 'it is not to run', { kind: 'not run', reason: 'it would send an e-mail' }],
    [10, 'it throws as it says', { kind: 'executed' }],
    [
      11,
      'a value is not known',
      { kind: 'failed', text: expect.stringContaining('add it to scripts/snippets/givens.ts') },
    ],
    [
      12,
      'a socket leaves the machine',
      { kind: 'failed', text: expect.stringContaining('tried to reach example.com') },
    ],
  ] as const)('snippet %i: %s', (index, _title, expected) => {
    expect(results[index]).toMatchObject(expected);
  });

  it('are ended when they do not end', async () => {
    const endless = snippetsOf('page.md', block('while (true);'));
    const [result] = await execute(endless, { root, parallel: 1, timeLimitMs: 500 });
    expect(result).toMatchObject({ kind: 'failed', text: 'it did not end within 0.5 s' });
  }, 60_000);
});

function lineOf(text: string): number {
  return PAGE.join('\n').split(text)[0]?.split('\n').length ?? 0;
}

describe('what is found', () => {
  it('has the marks above a block, in any order', () => {
    const text = `<!-- run: f(); -->\n<!-- given: declare function f(): void; -->\n\n${block('f();')}`;
    expect(snippetsOf('page.md', text)).toMatchObject([{ run: 'f();', given: 'declare function f(): void;', line: 4 }]);
  });

  it('has the symbol of a docstring, and its lines', () => {
    const text = '/**\n * Adds.\n *\n * @example\n * ```ts\n * add(1, 2);\n * ```\n */\nexport function add() {}\n';
    expect(snippetsOf('src/a.ts', text)).toMatchObject([{ line: 5, code: 'add(1, 2);\n' }]);
  });

  it('leaves the start pages to their own test', () => {
    const [snippet] = snippetsOf('docs/start/library.md', block('run();'));
    expect(snippet?.notRun).toContain('test/dist/start.test.ts');
  });

  it('says which values a snippet needs', () => {
    const [snippet] = snippetsOf('page.md', `<!-- given: const token = userToken; -->\n${block('token;')}`);
    expect(snippet && partsOf(snippet).givens).toEqual([{ name: 'userToken', key: 'userToken' }]);
  });
});

describe('values in comments', () => {
  it.each([
    ["f(1); // 'one'", 1],
    ["f(1);\n// { a: [1, 'b'], c: undefined }", 1],
    ["console.log(f(1)); // 'one': because", 1],
    ['f(1); // what f does', 0],
    ['f(1); // one, two', 0],
    ['f(1);', 0],
  ])('are found in %j', (code, count) => {
    expect(withCheckedClaims(code, 'check').claims).toBe(count);
  });
});

describe('output', () => {
  it('may leave lines out, and does not depend on ports', () => {
    expect(compareOutput('1\n…\n4', '1\n2\n3\n4\n')).toBeUndefined();
    expect(compareOutput('http://localhost:3000/', 'http://localhost:41234/\n')).toBeUndefined();
    expect(compareOutput('1\n…\n3', '1\n2\n3\n4\n')).toContain('something else');
  });

  it('is written with as many lines as were shown', () => {
    expect(updatedOutput('a\n…\nb', '1\n2\n3\n4\n')).toBe('1\n…\n4');
    expect(updatedOutput('old', '1\n2\n')).toBe('1\n2');
  });
});
