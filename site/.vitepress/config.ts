import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { slugOf } from '../build/markdown.ts';
import type { Menus } from '../build/menu.ts';
import { markdownPath } from '../build/page.ts';
import { BASE, DESCRIPTION, HOMEPAGE, PAGES_FOLDER, REPOSITORY } from '../build/project.ts';
import { namesIn, proseIn, rankOf, termOf, wordsOf } from '../build/search.ts';
import { sdkInPage } from './theme/try/vite.ts';

const menus = JSON.parse(readFileSync(`${PAGES_FOLDER}/menus.json`, 'utf8')) as Menus;

export default defineConfig({
  srcDir: '.pages',
  srcExclude: ['public/**'],
  base: BASE,
  cleanUrls: true,
  metaChunk: true,
  lang: 'en',
  title: 'clever-sdk',
  description: DESCRIPTION,
  // Addresses of the reader's own machine are in many pages. Every other link must lead somewhere.
  ignoreDeadLinks: 'localhostLinks',
  lastUpdated: false,
  vite: sdkInPage,
  markdown: {
    anchor: { slugify: slugOf },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  sitemap: { hostname: HOMEPAGE },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${BASE}mark.svg` }]],
  transformHead: ({ pageData }) => {
    const path = `/${pageData.relativePath.replace(/(?:^|(?<=\/))index\.md$/u, '').replace(/\.md$/u, '')}`;
    if (pageData.isNotFound === true) {
      return [];
    }
    return [
      ['link', { rel: 'canonical', href: `${HOMEPAGE}${path.slice(1)}` }],
      ['link', { rel: 'alternate', type: 'text/markdown', href: `${BASE}${markdownPath(path).slice(1)}` }],
    ];
  },
  themeConfig: {
    logo: { src: '/mark.svg', alt: '' },
    nav: [
      { text: 'Start', link: '/start/single-sign-on', activeMatch: '/start/' },
      { text: 'Guides', link: '/guides/login', activeMatch: '/guides/' },
      { text: 'Reference', link: '/reference/', activeMatch: '/reference/' },
      { text: 'Errors', link: '/errors/', activeMatch: '/errors/' },
      { text: 'Questions', link: '/questions' },
      { text: 'Try it', link: '/try' },
    ],
    sidebar: { ...menus },
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        disableDetailedView: true,
        miniSearch: {
          options: { tokenize: wordsOf, processTerm: termOf },
          searchOptions: {
            boost: { title: 5, titles: 1, text: 1 },
            boostDocument: rankOf,
            prefix: true,
            // In short words, one other letter is another word: "redis" is not "redirect".
            fuzzy: (term) => (term.length < 7 ? false : 0.15),
          },
        },
        _render: (markdown, env, renderer) => {
          const html = renderer.render(markdown, env);
          const { group, keywords }: { group?: string; keywords?: string } = env.frontmatter ?? {};
          return group === 'Reference' ? namesIn(html) : proseIn(html, keywords);
        },
      },
    },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
});
