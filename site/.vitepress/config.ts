import { defineConfig } from 'vitepress';
import { slugOf } from '../build/markdown.ts';
import { BASE, REPOSITORY } from '../build/project.ts';
import { GROUPS } from '../pages.ts';

export default defineConfig({
  srcDir: '.pages',
  srcExclude: ['public/**'],
  base: BASE,
  cleanUrls: true,
  lang: 'en',
  title: 'clever-sdk',
  ignoreDeadLinks: false,
  lastUpdated: false,
  markdown: { anchor: { slugify: slugOf } },
  themeConfig: {
    sidebar: GROUPS.filter(({ pages }) => pages.length > 0).map(({ title, pages, collapsed = false }) => ({
      text: title,
      collapsed,
      items: pages.map((page) => ({ text: page.title, link: page.address })),
    })),
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
});
