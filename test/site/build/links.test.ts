import { describe, expect, it } from 'vitest';
import { type LinkTargets, rewriteLinks } from '../../../site/build/links.ts';

const FILES: Readonly<Record<string, string>> = {
  'docs/guides/login.md': '/guides/login',
  'docs/guides/sync.md': '/guides/sync',
  'errors/rate_limit.md': '/errors/rate_limit',
};
const targets: LinkTargets = {
  homepage: 'https://docs.example/sdk/',
  repository: 'https://code.example/sdk',
  pageOf: (file) => FILES[file],
  fileOf: (address) => Object.keys(FILES).find((file) => FILES[file] === address),
  anchorsOf: () => new Set(['tables']),
  kindOf: (path) => ({ 'examples/app.ts': 'file', examples: 'folder' })[path] as 'file' | 'folder' | undefined,
};

describe('rewriteLinks', () => {
  it.each([
    ['a page', '[x](sync.md)', '[x](/guides/sync)'],
    ['a section of a page', '[x](../guides/sync.md#tables)', '[x](/guides/sync#tables)'],
    ['a section of the same page', '[x](#tables)', '[x](#tables)'],
    [
      'a file that is no page',
      '[x](../../examples/app.ts#L3)',
      '[x](https://code.example/sdk/blob/main/examples/app.ts#L3)',
    ],
    ['a folder', '[x](../../examples/)', '[x](https://code.example/sdk/tree/main/examples)'],
    ['the site itself', '[x](https://docs.example/sdk/errors/rate_limit)', '[x](/errors/rate_limit)'],
    ['an address of the site', '[x](/errors/rate_limit#tables)', '[x](/errors/rate_limit#tables)'],
    ['another host', '[x](https://clever.com/)', '[x](https://clever.com/)'],
    ['a definition', '[x]: sync.md\n', '[x]: /guides/sync\n'],
    ['a link in HTML', '<a href="sync.md">x</a>', '<a href="/guides/sync">x</a>'],
    ['code', '`[x](nowhere.md)`', '`[x](nowhere.md)`'],
  ])('rewrites a link to %s', (_, before, after) => {
    expect(rewriteLinks('docs/guides/login.md', before, targets)).toEqual({ markdown: after, problems: [] });
  });

  it.each([
    ['no file', '[x](nowhere.md)', 'leads to no file'],
    ['no heading', '[x](sync.md#nothing)', 'has no heading for'],
    ['no heading of its own', '[x](#nothing)', 'has no heading for'],
    ['no page of the site', '[x](https://docs.example/sdk/nowhere)', 'without a page'],
  ])('reports a link to %s, with the page that has it', (_, markdown, problem) => {
    const { problems } = rewriteLinks('docs/guides/login.md', markdown, targets);

    expect(problems).toEqual([expect.stringMatching(/^docs\/guides\/login\.md: /u)]);
    expect(problems.join()).toContain(problem);
  });
});
