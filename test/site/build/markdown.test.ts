import { describe, expect, it } from 'vitest';
import { anchorsOf, changeProse, headingsOf, slugOf, withoutComments } from '../../../site/build/markdown.ts';

describe('changeProse', () => {
  it('leaves fenced blocks and code in a line as they are', () => {
    const text = 'a `a` a\n\n```ts\na\n```\n\n  ~~~\n  a\n  ~~~\na ``a ` a``';

    expect(changeProse(text, (prose) => prose.replaceAll('a', 'b'))).toBe(
      'b `a` b\n\n```ts\na\n```\n\n  ~~~\n  a\n  ~~~\nb ``a ` a``',
    );
  });

  it('ends a block at a fence that is as long as its first', () => {
    expect(changeProse('````md\n```ts\na\n```\n````\na', (prose) => prose.replaceAll('a', 'b'))).toBe(
      '````md\n```ts\na\n```\n````\nb',
    );
  });
});

describe('withoutComments', () => {
  it('removes comments and front matter, and keeps those in code', () => {
    const text =
      '---\ntitle: x\n---\n\n# T\n\n<!-- given: declare const x: string; -->\n```html\n<!-- kept -->\n```\nA<!-- b --> C\n';

    expect(withoutComments(text)).toBe('# T\n\n```html\n<!-- kept -->\n```\nA C\n');
  });

  it('shows what is for readers of the site', () => {
    expect(withoutComments('# T\n\n<!-- site: <Try /> -->\n\nText\n')).toBe('# T\n\n<Try />\n\nText\n');
  });
});

describe('headingsOf', () => {
  it.each([
    ['Log people in', 'log-people-in'],
    ['The `sis_id` of a user', 'the-sis_id-of-a-user'],
    ["What's new: v3.1 (beta)", 'whats-new-v31-beta'],
    ['From [passport](a.md)', 'from-passport'],
    ['KNOWN\\_GRADES', 'known_grades'],
    ['A – B', 'a--b'],
  ])('gives %j the anchor of GitHub, %j', (heading, anchor) => {
    expect(headingsOf(`## ${heading}\n`)).toMatchObject([{ level: 2, anchor }]);
  });

  it('numbers headings that repeat, and reads none from code', () => {
    const text = '# A\n\n```sh\n# a comment\n```\n\n## A\n\n### A\n';

    expect(headingsOf(text).map(({ anchor }) => anchor)).toEqual(['a', 'a-1', 'a-2']);
  });

  it('takes the anchor that a generated heading names', () => {
    expect(headingsOf('## list() {#list-3}')).toEqual([{ level: 2, text: 'list()', anchor: 'list-3' }]);
  });
});

describe('anchorsOf', () => {
  it('has the headings and the anchors of tables', () => {
    expect([...anchorsOf('# A\n\n| <a id="property-b"></a> `b` |\n')]).toEqual(['a', 'property-b']);
  });
});

describe('slugOf', () => {
  it('keeps letters of all languages', () => {
    expect(slugOf('Élèves & écoles')).toBe('élèves--écoles');
  });
});
