import { describe, expect, it } from 'vitest';
import { contentsProblems } from '../../../site/build/contents.ts';
import { menusOf } from '../../../site/build/menu.ts';
import { PAGES } from '../../../site/pages.ts';
import { TOPICS } from '../../../site/reference.ts';

const page = { source: 'docs/a.md', address: '/a', title: 'A', description: 'A page.' };

describe('contentsProblems', () => {
  it('finds nothing when each file is listed once', () => {
    expect(contentsProblems([page], new Set(['docs/a.md', 'README.md']))).toEqual([]);
  });

  it('says where to list a page that is not listed', () => {
    expect(contentsProblems([page], new Set(['docs/a.md', 'docs/b.md']))).toEqual([
      expect.stringMatching(/^docs\/b\.md is not in site\/pages\.ts: add its line/u),
    ]);
  });

  it('says what to do about a page that does not exist', () => {
    expect(contentsProblems([page], new Set())).toEqual([
      expect.stringContaining('write the page, or remove its line'),
    ]);
  });

  it('refuses two addresses that differ in case alone', () => {
    const other = { ...page, source: 'docs/b.md', address: '/A' };

    expect(contentsProblems([page, other], new Set(['docs/a.md', 'docs/b.md']))).toEqual([
      expect.stringContaining('has the address /a more than once'),
    ]);
  });
});

describe('the tables of the site', () => {
  it('have addresses that differ on file systems without upper case', () => {
    const names = TOPICS.map(({ name }) => name.toLowerCase());

    expect(new Set(names).size).toBe(names.length);
  });

  it.each([...PAGES, ...TOPICS])('describe $address$name in one sentence that ends', ({ description }) => {
    expect(description).toMatch(/^[^\n]{10,140}\.$/u);
  });
});

describe('menusOf', () => {
  it('shows pages in their groups, and the reference by task', () => {
    const guide = {
      file: 'docs/guides/login.md',
      address: '/guides/login',
      title: 'Log in',
      description: '',
      group: 'Guides',
      markdown: '',
    };
    const menus = menusOf([guide]);

    expect(menus['/']).toEqual([{ text: 'Guides', items: [{ text: 'Log in', link: '/guides/login' }] }]);
    expect(menus['/reference/']).toContainEqual(expect.objectContaining({ text: 'Log people in' }));
  });
});
