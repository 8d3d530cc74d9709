/** The menus: one of all pages, and one each for the reference and the errors, which have more than fit in it. */
import { GROUPS } from '../pages.ts';
import { TASKS } from '../reference.ts';
import type { SitePage } from './page.ts';

/** An entry of a menu, as VitePress has it. */
export interface MenuItem {
  readonly text: string;
  readonly link?: string;
  readonly items?: MenuItem[];
}

/** The menus by the address that they begin at; the longest that fits a page is shown. */
export type Menus = Readonly<Record<string, MenuItem[]>>;

/** Makes the menus of the pages that exist. */
export function menusOf(pages: readonly SitePage[]): Menus {
  // The start page is one click away everywhere: the name of the site leads to it.
  const inGroup = (group: string): MenuItem[] =>
    pages.filter((page) => page.group === group && page.address !== '/').map(itemOf);
  const main = GROUPS.map(({ title, generated }) => ({
    text: title,
    items: generated === undefined ? inGroup(title) : inGroup(title).slice(0, 1),
  })).filter(({ items }) => items.length > 0);
  const tasks = TASKS.map(({ title, topics }) => ({
    text: title,
    items: topics.map((topic) => ({ text: topic.title ?? topic.name, link: `/reference/${topic.name}` })),
  }));
  return {
    '/': main,
    '/reference/': [BACK, ...tasks],
    '/errors/': [BACK, { text: 'Errors', items: inGroup('Errors') }],
  };
}

const BACK: MenuItem = { text: 'All pages', link: '/' };

/** An error is looked up by its code, which is the end of its address. */
function itemOf({ title, address }: SitePage): MenuItem {
  const [, code] = /^\/errors\/(.+)$/u.exec(address) ?? [];
  return { text: code ?? title, link: address };
}
