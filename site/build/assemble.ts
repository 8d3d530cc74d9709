/**
 * Collects the pages of the site in `site/.pages`, where VitePress reads them: `npm run docs:site`.
 *
 * Exits with 1, and a sentence for each problem, when a page is missing, not listed, or has a link that leads nowhere.
 */
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { collect } from './collect.ts';
import { type LinkTargets, rewriteLinks } from './links.ts';
import { llmsFull, llmsIndex, twinOf } from './machines.ts';
import { anchorsOf } from './markdown.ts';
import { menusOf } from './menu.ts';
import { markdownPath, type SitePage } from './page.ts';
import { DESCRIPTION, HOMEPAGE, PAGES_FOLDER, REPOSITORY, ROOT } from './project.ts';

const collected = await collect();
const problems = [...collected.problems];
const targets = targetsAmong(collected.pages);
const pages = collected.pages.map((page) => {
  const rewritten = rewriteLinks(page.file, page.markdown, targets);
  problems.push(...rewritten.problems);
  return { ...page, markdown: rewritten.markdown };
});

rmSync(PAGES_FOLDER, { recursive: true, force: true });
for (const page of pages) {
  const path = markdownPath(page.address);
  write(path, `${frontMatter(page)}\n${page.markdown}`);
  write(`/public${path}`, twinOf(page, HOMEPAGE));
}
cpSync(`${ROOT}/site/public`, `${PAGES_FOLDER}/public`, { recursive: true });
write('/menus.json', JSON.stringify(menusOf(pages)));
write('/public/llms.txt', llmsIndex(pages, { homepage: HOMEPAGE, name: 'clever-sdk', description: DESCRIPTION }));
write('/public/llms-full.txt', llmsFull(pages, HOMEPAGE));
write('/public/robots.txt', `User-agent: *\nAllow: /\nSitemap: ${HOMEPAGE}sitemap.xml\n`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

function targetsAmong(all: readonly SitePage[]): LinkTargets {
  const byFile = new Map(all.map((page) => [page.file, { page, anchors: anchorsOf(page.markdown) }]));
  const byAddress = new Map(all.map((page) => [page.address, page.file]));
  return {
    homepage: HOMEPAGE,
    repository: REPOSITORY,
    pageOf: (file) => byFile.get(file)?.page.address,
    fileOf: (address) => byAddress.get(address),
    anchorsOf: (file) => byFile.get(file)?.anchors ?? new Set(),
    kindOf: (path) => {
      const stats = statSync(`${ROOT}/${path}`, { throwIfNoEntry: false });
      return stats === undefined ? undefined : stats.isDirectory() ? 'folder' : 'file';
    },
  };
}

/** What VitePress needs to know of a page. JSON is YAML. */
function frontMatter({ address, description, group, keywords }: SitePage): string {
  const facts = { description, group, keywords, layout: address === '/' ? 'home' : undefined };
  const lines = Object.entries(facts).filter(([, value]) => value !== undefined);
  return `---\n${lines.map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join('')}---\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(`${PAGES_FOLDER}${path}`), { recursive: true });
  writeFileSync(`${PAGES_FOLDER}${path}`, text);
}
