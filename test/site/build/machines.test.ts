import { describe, expect, it } from 'vitest';
import { llmsFull, llmsIndex, twinOf } from '../../../site/build/machines.ts';
import type { SitePage } from '../../../site/build/page.ts';

const HOMEPAGE = 'https://docs.example/sdk/';
const page = (change: Partial<SitePage> = {}): SitePage => ({
  file: 'docs/guides/login.md',
  address: '/guides/login',
  title: 'Log people in',
  description: 'All entrances.',
  group: 'Guides',
  markdown: '# Log people in\n\nSee [sync](/guides/sync#tables), [home](/) and [Clever](https://clever.com/).\n',
  ...change,
});

describe('twinOf', () => {
  it('links to other twins by their whole address', () => {
    expect(twinOf(page(), HOMEPAGE)).toBe(
      '# Log people in\n\nSee [sync](https://docs.example/sdk/guides/sync.md#tables), ' +
        '[home](https://docs.example/sdk/index.md) and [Clever](https://clever.com/).\n',
    );
  });

  it('leaves out what only a browser shows', () => {
    const markdown = '<div class="a">\n\n# T {#start}\n\n| <a id="x"></a> `b` |\n\n```html\n<div>\n```\n</div>\n';

    expect(twinOf(page({ markdown }), HOMEPAGE)).toBe('\n# T\n\n| `b` |\n\n```html\n<div>\n```\n'.trimStart());
  });
});

describe('llmsIndex', () => {
  it('lists twins by group, with what is in them', () => {
    const text = llmsIndex([page(), page({ group: 'Errors', address: '/errors/', title: 'Errors' })], {
      homepage: HOMEPAGE,
      name: 'sdk',
      description: 'An SDK.',
    });

    expect(text).toContain('# sdk\n\n> An SDK.\n');
    expect(text).toContain(
      '## Guides\n\n- [Log people in](https://docs.example/sdk/guides/login.md): All entrances.\n',
    );
    expect(text).toContain('## Errors\n\n- [Errors](https://docs.example/sdk/errors/index.md)');
  });
});

describe('llmsFull', () => {
  it('has what is read, and not what is looked up', () => {
    const text = llmsFull([page(), page({ group: 'Reference', markdown: '# Users\n' })], HOMEPAGE);

    expect(text).toContain('# Log people in');
    expect(text).not.toContain('# Users');
  });
});
